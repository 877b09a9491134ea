"""The end of a lead that nobody shows any more, and merges explained and undone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.db import Database
from bot.leads import writing
from bot.leads.ingest import Touched
from bot.leads.models import OPEN, STALE, Lead, LeadEvent, Merge, Sighting, SourceRow

STALE_AFTER = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Joined:
    """A sighting that was given to a lead which was there before."""

    merge: int
    lead: int
    source: str
    title: str
    company: str
    url: str
    why: tuple[str, ...]
    undone: bool


class Life:
    """Ends leads, and undoes what was joined wrongly."""

    def __init__(self, database: Database, touched: Touched, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._touched = touched
        self._clock = clock

    async def expire(self) -> list[int]:
        """Mark open leads stale that no source has shown for 60 days; returns them."""
        now = self._clock()

        def work(connection: Connection) -> list[int]:
            # An active sighting was seen when its source last answered; a shared link when it was shared.
            answered = sa.func.coalesce(SourceRow.ok_at, Sighting.changed_at)
            seen = sa.case((SourceRow.kind == "share", Sighting.changed_at), else_=answered)
            fresh = (
                sa.exists()
                .where(Sighting.lead_id == Lead.id, Sighting.active, SourceRow.id == Sighting.source_id)
                .where(seen >= now - STALE_AFTER)
            )
            statement = sa.update(Lead).where(Lead.state == OPEN, ~fresh).values(state=STALE, closed_at=now)
            leads = list(connection.execute(statement.returning(Lead.id)).scalars())
            if leads:
                rows = [{"lead_id": n, "kind": "stale", "at": now, "detail": {}} for n in leads]
                connection.execute(sa.insert(LeadEvent), rows)
                self._touched(connection, leads, now)
            return leads

        return await self._database.run(work)

    async def joined(self, lead: int) -> list[Joined]:
        """Return what was joined to a lead, and why."""
        query = (
            sa.select(
                Merge.id,
                Merge.lead_id,
                SourceRow.name,
                Sighting.raw,
                Sighting.url,
                Merge.why,
                Merge.undone_at,
            )
            .join(Sighting, Sighting.id == Merge.sighting_id)
            .join(SourceRow, SourceRow.id == Sighting.source_id)
            .where(Merge.lead_id == lead)
            .order_by(Merge.id)
        )
        return [
            Joined(
                r.id, r.lead_id, r.name, r.raw["title"], r.raw["company"], r.url, tuple(r.why), r.undone_at is not None
            )
            for r in await self._database.read(lambda c: c.execute(query).all())
        ]

    async def separate(self, merge: int) -> int | None:
        """Undo a merge: the sighting gets a lead of its own; returns it, None when there is no such merge."""
        now = self._clock()

        def work(connection: Connection) -> int | None:
            query = sa.select(Merge.sighting_id).where(Merge.id == merge, Merge.undone_at.is_(None))
            sighting = connection.execute(query).scalar_one_or_none()
            if sighting is None:
                return None
            connection.execute(sa.update(Merge).where(Merge.id == merge).values(undone_at=now))
            return writing.give_own_lead(connection, sighting, now)

        return await self._database.run(work)
