"""The read side: searching leads, and looking at one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.db import Database
from bot.leads.filters import Filter, keep_filter, kept_filter, load_filter, tidy
from bot.leads.matches import PAGE, page_of
from bot.leads.models import OPEN, Lead, LeadPlace, Sighting, SourceRow
from bot.leads.views import LeadView, view, view_many


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

    async def search(
        self, spec: Filter, community: int, member: int | None = None, number: int = 1, *, or_gone: bool = False
    ) -> Page:
        """Return a page of leads that fit, the best match first, else the newest; the last page beyond it.

        A lead that the member marked "not for me", or that was hidden in the community, is left out. Waits for no
        running write, but for a filter that nobody ever looked for: that is written.

        or_gone: where nothing open fits, return what fits and is no longer open, with `spec.gone` set
        """
        spec = tidy(spec)
        now = self._clock()

        def work(connection: Connection) -> tuple[list[LeadView], int, int, int | None, Filter]:
            asked = spec
            rows, total, at = page_of(connection, asked, community, member, now, number)
            if not rows and or_gone:
                gone = replace(spec, gone=True)
                rows, total, at = page_of(connection, gone, community, member, now, number)
                asked = gone if rows else spec
            return [view(row) for row in rows], total, at, kept_filter(connection, asked), asked

        leads, total, at, query, found = await self._database.read(work)
        if query is None:
            query = await self._database.run(lambda c: keep_filter(c, found))
        return Page(tuple(leads), total, at, query, found)

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


def _seen_at(connection: Connection, lead: int) -> list[Shown]:
    query = (
        sa.select(SourceRow.name, SourceRow.home, Sighting.url, Sighting.active, Sighting.first_seen)
        .join(SourceRow, SourceRow.id == Sighting.source_id)
        .where(Sighting.lead_id == lead)
        .order_by(Sighting.first_seen, Sighting.id)
    )
    return [Shown(*row) for row in connection.execute(query)]
