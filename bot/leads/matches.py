"""Which open leads fit a filter, and a page of them: one statement, built once for every shape of a filter.

Building a statement and reading its columns take SQLAlchemy a millisecond, as long as the search itself over some
thousand leads. Filters that ask for the same things differ in values alone, so they share a statement.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.leads.filters import Filter
from bot.leads.member_models import LeadMark
from bot.leads.models import CLOSED, OPEN, STALE, Lead, LeadPlace
from bot.leads.prepare import SMALL
from bot.leads.search_index import match_words, ranked
from bot.leads.views import VIEW, visible_to

PAGE = 4
"""Leads on a page: with their buttons they just fit into the 40 components of a Discord message."""
_TERMS = {"autumn": "fall"}


class Shape(NamedTuple):
    """What a filter asks for, without the values."""

    words: bool
    where: bool
    term: bool
    remote: bool
    part_time: bool
    startup: bool
    ml_internships: bool
    days: bool
    member: bool
    """Whether leads that a member marked are left out."""
    gone: bool


def wanted(spec: Filter, community: int, member: int | None, now: datetime, dialect: str) -> sa.Select[Any]:
    """Return the query of the leads that fit a filter (`VIEW` columns), the best match first, else the newest."""
    shape, values = _asked(spec, community, member, now, dialect)
    query, order = _fitting(shape, dialect)
    return query.with_only_columns(*VIEW).order_by(*(column.desc() for column in order)).params(values)


def page_of(
    connection: Connection, spec: Filter, community: int, member: int | None, now: datetime, number: int
) -> tuple[Sequence[sa.Row[Any]], int, int]:
    """Return a page of `wanted`, how many leads there are on all pages, and the page's number: the last, beyond it."""
    shape, values = _asked(spec, community, member, now, connection.dialect.name)
    statement = _page(shape, connection.dialect.name)
    number = max(1, number)
    rows = connection.execute(statement, {**values, "skip": (number - 1) * PAGE}).all()
    if rows or number == 1:
        return rows, rows[0].total if rows else 0, number
    # Beyond the end: leads closed since the page before was shown.
    first, total, _ = page_of(connection, spec, community, member, now, 1)
    return page_of(connection, spec, community, member, now, -(-total // PAGE)) if total > PAGE else (first, total, 1)


def _asked(
    spec: Filter, community: int, member: int | None, now: datetime, dialect: str
) -> tuple[Shape, dict[str, Any]]:
    """Return a filter's shape and the values that its statement takes."""
    match, term = match_words(spec.words, dialect), _season(spec.term)
    shape = Shape(
        words=bool(match),
        where=bool(spec.where),
        term=bool(term),
        remote=spec.remote,
        part_time=spec.part_time,
        startup=spec.startup,
        ml_internships=spec.ml_internships,
        days=bool(spec.days),
        member=member is not None,
        gone=spec.gone,
    )
    values: dict[str, Any] = {"community": community}
    values |= {"term": f"%{term}%"} if term else {}
    if match:
        values["match"] = match
    if spec.where:
        values["place"] = spec.where.split(",")[0].strip()
    if spec.days:
        values["since"] = now - timedelta(days=spec.days)
    if member is not None:
        values["member"] = member
    return shape, values


def _season(term: str) -> str:
    """Return a filter's term as leads keep it: the season before the year, with no sign that stands for others."""
    words = [_TERMS.get(word, word) for word in term.split() if word.isalnum()]
    return " ".join(sorted(words, key=str.isdecimal))


def _fitting(shape: Shape, dialect: str) -> tuple[sa.Select[Any], tuple[sa.ColumnElement[Any], ...]]:
    """Return the query of the leads that fit, and the columns by which they stand in order, the highest first."""
    state = Lead.state.in_((CLOSED, STALE)) if shape.gone else Lead.state == OPEN
    query = sa.select(Lead.id).where(state, Lead.internship, visible_to(sa.bindparam("community")))
    query = query.where(*_conditions(shape))
    order: tuple[sa.ColumnElement[Any], ...] = (
        Lead.first_seen.expression,
        Lead.goodness.expression,
        Lead.id.expression,
    )
    if not shape.words:
        return query, order
    matched = ranked(dialect)
    return query.join(matched, matched.c.lead_id == Lead.id), (matched.c.rank, *order)


def _conditions(shape: Shape) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if shape.ml_internships:
        conditions.append(Lead.ml.is_(True))
    if shape.where:
        place = LeadPlace.name == sa.bindparam("place")
        conditions.append(sa.exists().where(LeadPlace.lead_id == Lead.id, place))
    if shape.term:
        conditions.append(Lead.seasons.like(sa.bindparam("term")))
    if shape.remote:
        conditions.append(Lead.mode == "remote")
    if shape.part_time:
        conditions.append(Lead.part_time.is_(True))
    if shape.startup:
        conditions.append(Lead.size.in_(SMALL))
    if shape.days:
        conditions.append(Lead.first_seen >= sa.bindparam("since"))
    if shape.member:
        marked = sa.select(LeadMark.lead_id).where(LeadMark.member_id == sa.bindparam("member"))
        conditions.append(Lead.id.not_in(marked))
    return conditions


@lru_cache(maxsize=256)
def _page(shape: Shape, dialect: str) -> sa.Select[Any]:
    """Return the statement of a page: `VIEW` columns and `total`.

    Words are matched and ranked once, for the page and for the total, and whole leads are read only for the page. (A
    total of its own would be faster on PostgreSQL beyond 50,000 matches, where several processes then share the work,
    and slower everywhere else.)
    """
    query, order = _fitting(shape, dialect)
    names = [f"by{number}" for number in range(len(order))]
    labelled = [column.label(name) for column, name in zip(order, names, strict=True)]
    found = query.with_only_columns(*labelled).cte("found")
    total = sa.select(sa.func.count()).select_from(found).scalar_subquery().label("total")
    ordered = sa.select(found, total).order_by(*(found.c[name].desc() for name in names))
    hits = ordered.limit(PAGE).offset(sa.bindparam("skip", type_=sa.Integer)).subquery("hits")
    page = sa.select(*VIEW, hits.c.total).join(hits, hits.c[names[-1]] == Lead.id)
    return page.order_by(*(hits.c[name].desc() for name in names))
