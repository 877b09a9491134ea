"""A lead as members see it, and which leads a community may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.leads.member_models import LeadHidden
from bot.leads.models import Lead


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
    seasons: str
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


def view(row: sa.Row[Any]) -> LeadView:
    """Return a row of the columns `VIEW` as members see it."""
    values = {name: getattr(row, name) for name in LeadView.__dataclass_fields__}
    for name in ("why", "degrees"):
        values[name] = tuple(values[name])
    values["places"] = tuple((p[0], p[1], p[2]) for p in values["places"])
    return LeadView(**values)


def view_many(connection: Connection, leads: Sequence[int], community: int) -> list[LeadView]:
    """Return leads of any state by their numbers, in that order, as far as the community may see them."""
    query = sa.select(*VIEW).where(Lead.id.in_(leads), visible_to(community))
    found = {row.id: view(row) for row in connection.execute(query)}
    return [found[n] for n in leads if n in found]


def visible_to(community: "int | sa.BindParameter[int]") -> sa.ColumnElement[bool]:
    """Return the condition that a community may see a lead: nobody's or its own, and not hidden there."""
    hidden = sa.select(LeadHidden.lead_id).where(LeadHidden.community_id == community)
    return sa.and_(sa.or_(Lead.community_id.is_(None), Lead.community_id == community), Lead.id.not_in(hidden))
