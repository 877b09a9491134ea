"""The read side: searching leads, and looking at one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.db import Database
from bot.leads.filters import Filter, keep_filter, load_filter, tidy
from bot.leads.member_models import LeadHidden, LeadMark
from bot.leads.models import OPEN, Lead, LeadPlace, Sighting, SourceRow
from bot.leads.prepare import SMALL
from bot.leads.search_index import matching

PAGE = 4
"""Leads on a page: with their buttons they just fit into the 40 components of a Discord message."""
_TERMS = {"autumn": "fall"}


@dataclass(frozen=True, slots=True)
class LeadView:
    """A lead as members see it."""

    id: int
    company: str
    title: str
    url: str
    state: str
    internship: bool
    ml: bool
    score: float
    why: tuple[str, ...]
    kind: str
    term: str
    year: int | None
    degrees: tuple[str, ...]
    paid: bool | None
    mode: str
    part_time: bool | None
    sponsorship: str
    research: bool
    size: str
    research_team: bool | None
    places: tuple[tuple[str, str, str], ...]
    first_seen: datetime
    posted_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None


VIEW = tuple(getattr(Lead, name) for name in LeadView.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of leads. `number` counts from 1; `query` is the number of the kept filter, for the buttons."""

    leads: tuple[LeadView, ...]
    total: int
    number: int
    query: int
    spec: Filter

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a lead was seen: a source, its link back, and the address there."""

    source: str
    home: str
    url: str
    active: bool
    first_seen: datetime


class Catalog:
    """Finds leads for the members of a community."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def search(self, spec: Filter, community: int, member: int | None = None, number: int = 1) -> Page:
        """Return a page of open leads that fit, the best match first, else the newest.

        A lead that the member marked "not for me", or that was hidden in the community, is left out.
        """
        spec = tidy(spec)
        now = self._clock()

        def work(connection: Connection) -> Page:
            query = wanted(spec, community, member, now, connection.dialect.name)
            total = connection.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one()
            at = max(1, min(number, -(-total // PAGE)))
            rows = connection.execute(query.limit(PAGE).offset((at - 1) * PAGE)).all()
            return Page(tuple(map(view, rows)), total, at, keep_filter(connection, spec), spec)

        return await self._database.run(work)

    async def page(self, query: int, community: int, member: int, number: int) -> Page | None:
        """Return another page of an earlier search by the number of its filter; None when there is no such filter."""
        spec = await self._database.read(lambda c: load_filter(c, query))
        return None if spec is None else await self.search(spec, community, member, number)

    async def show(self, lead: int, community: int) -> tuple[LeadView, list[Shown]] | None:
        """Return a lead of any state with the places where it was seen; None when the community has no such lead."""

        def work(connection: Connection) -> tuple[LeadView, list[Shown]] | None:
            found = view_many(connection, [lead], community)
            return (found[0], _seen_at(connection, lead)) if found else None

        return await self._database.read(work)

    async def many(self, leads: Sequence[int], community: int) -> list[LeadView]:
        """Return leads of any state by their numbers, in that order; those the community may not see are left out."""
        return await self._database.read(lambda c: view_many(c, leads, community))

    async def suggest_places(self, typed: str) -> list[str]:
        """Return names of places that begin so, those with the most open leads first; 25 at most."""
        query = (
            sa.select(LeadPlace.name)
            .join(Lead, Lead.id == LeadPlace.lead_id)
            .where(
                LeadPlace.name.startswith(typed.lower().strip(), autoescape=True), Lead.state == OPEN, Lead.internship
            )
            .group_by(LeadPlace.name)
            .order_by(sa.func.count().desc(), LeadPlace.name)
            .limit(25)
        )
        return list(await self._database.read(lambda c: c.execute(query).scalars().all()))


def view(row: sa.Row[Any]) -> LeadView:
    """Return a row of the columns `VIEW` as members see it."""
    values = {name: getattr(row, name) for name in LeadView.__dataclass_fields__}
    for name in ("why", "degrees"):
        values[name] = tuple(values[name])
    values["places"] = tuple((p[0], p[1], p[2]) for p in values["places"])
    return LeadView(**values)


def view_many(connection: Connection, leads: Sequence[int], community: int) -> list[LeadView]:
    """Return leads of any state by their numbers, in that order, as far as the community may see them."""
    query = sa.select(*VIEW).where(Lead.id.in_(leads), _visible(community))
    found = {row.id: view(row) for row in connection.execute(query)}
    return [found[n] for n in leads if n in found]


def wanted(spec: Filter, community: int, member: int | None, now: datetime, dialect: str) -> sa.Select[Any]:
    """Return the query of the open leads that fit a filter (`VIEW` columns), in order."""
    query = sa.select(*VIEW).where(Lead.state == OPEN, Lead.internship, _visible(community))
    query = query.where(*_conditions(spec, now))
    if member is not None:
        marked = sa.exists().where(LeadMark.member_id == member, LeadMark.lead_id == Lead.id)
        query = query.where(~marked)
    ranks: list[Any] = []
    matched = matching(spec.words, dialect)
    if matched is not None:
        query = query.join(matched, matched.c.lead_id == Lead.id)
        ranks = [matched.c.rank.desc()]
    return query.order_by(*ranks, Lead.first_seen.desc(), Lead.goodness.desc(), Lead.id.desc())


def _conditions(spec: Filter, now: datetime) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if spec.ml_internships:
        conditions.append(Lead.ml.is_(True))
    if spec.where:
        place = spec.where.split(",")[0].strip()
        conditions.append(sa.exists().where(LeadPlace.lead_id == Lead.id, LeadPlace.name == place))
    for word in spec.term.split():
        known = _TERMS.get(word, word)
        conditions.append(Lead.year == int(word) if word.isdecimal() else Lead.term == known)
    if spec.remote:
        conditions.append(Lead.mode == "remote")
    if spec.part_time:
        conditions.append(Lead.part_time.is_(True))
    if spec.startup:
        conditions.append(Lead.size.in_(SMALL))
    if spec.days:
        conditions.append(Lead.first_seen >= now - timedelta(days=spec.days))
    return conditions


def _visible(community: int) -> sa.ColumnElement[bool]:
    hidden = sa.exists().where(LeadHidden.community_id == community, LeadHidden.lead_id == Lead.id)
    return sa.and_(sa.or_(Lead.community_id.is_(None), Lead.community_id == community), ~hidden)


def _seen_at(connection: Connection, lead: int) -> list[Shown]:
    query = (
        sa.select(SourceRow.name, SourceRow.home, Sighting.url, Sighting.active, Sighting.first_seen)
        .join(SourceRow, SourceRow.id == Sighting.source_id)
        .where(Sighting.lead_id == lead)
        .order_by(Sighting.first_seen, Sighting.id)
    )
    return [Shown(*row) for row in connection.execute(query)]
