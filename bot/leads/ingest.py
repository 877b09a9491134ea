"""From a fetched feed to leads: what is new and edited is written by `intake`, what closed and reopened here."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.db import Database
from bot.leads import writing
from bot.leads.intake import CHUNK, Batch, Outcome, batched, pack, refused, take_in, take_in_apart
from bot.leads.models import SourceRow
from bot.leads.sources.sighting import Fetched, FetchState, Rejected

DOUBTS = 3
"""How often a list that lost more than half of its rows is doubted before it is believed."""
FEW = 50
"""So many rows are taken in beside the conversation: who shares a lead does not wait for a feed of thousands."""


@dataclass(slots=True)
class Report:
    """What an import did, in rows of the source; `duplicates` of the new ones belong to a lead that was there."""

    seen: int = 0
    new: int = 0
    updated: int = 0
    closed: int = 0
    reopened: int = 0
    duplicates: int = 0
    rejected: int = 0
    ml_internships: int = 0
    """How many of the rows that were kept (`seen` without `rejected`) are ML internships, open or not."""

    def data(self) -> dict[str, int]:
        """Return the report as JSON data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Origin:
    """A source as it is kept: its name, kind and the address that we link back to."""

    name: str
    kind: str
    home: str = ""
    community: int | None = None
    """Set where only one community sees what it brings."""


class Touched(Protocol):
    """Called inside the unit of work that closed or reopened leads, so that their announcements follow for certain."""

    def __call__(self, connection: Connection, leads: Sequence[int], now: datetime) -> None:
        """Follow up on the leads that turned."""
        ...


Offload = Callable[..., Awaitable[Any]]
"""Runs a function off the loop: in a worker process, or in a thread."""


class Ingest:
    """Takes feeds in. Feeds of one source must not be taken at the same time; `bot.work` sees to it."""

    def __init__(self, database: Database, offload: Offload, touched: Touched) -> None:
        self._database = database
        self._offload = offload
        self._touched = touched

    async def state(self, origin: Origin) -> FetchState:
        """Return what to fetch with: the marks of the last feed that was taken in."""
        row = await self._database.run(lambda c: writing.open_source(c, origin))
        return FetchState(row.etag, row.last_modified, row.digest)

    async def failed(self, origin: Origin, error: str, now: datetime, before: int | None = None) -> None:
        """Note that a source did not answer; nothing of what it showed is touched. `before`: failures until now."""

        def work(connection: Connection) -> None:
            source = writing.open_source(connection, origin)
            failures = source.failures if before is None else before
            values = {"tried_at": now, "failures": failures + 1, "error": error[:500]}
            connection.execute(sa.update(SourceRow).where(SourceRow.id == source.id).values(values))

        await self._database.run(work)

    async def take(self, origin: Origin, fetched: Fetched, now: datetime) -> Report:
        """Write what a feed changed. Safe to repeat after a crash at any point: what was written is found unchanged."""
        source = await self._database.run(lambda c: writing.open_source(c, origin))
        if fetched.unchanged:
            await self._database.run(lambda c: writing.note_success(c, source.id, fetched.state, now))
            return Report(seen=source.seen, rejected=source.rejected, ml_internships=source.ml_internships)
        batch = Batch(
            source.id,
            origin,
            pack(fetched.sightings),
            now,
            complete=fetched.complete,
            unreadable=tuple(row.key for row in fetched.rejected if row.key),
            cautious=source.failures < DOUBTS,
        )
        outcome = await self._take_in(batch, len(fetched.sightings))
        for active, keys in ((False, outcome.closed), (True, outcome.reopened)):
            for some in batched(keys, CHUNK):
                turn = partial(self._set_active, source=source.id, keys=some, active=active, now=now)
                await self._database.run(turn)
        rejected = [*fetched.rejected, *outcome.rejected]
        report = Report(
            seen=outcome.seen + len(fetched.rejected),
            new=outcome.new,
            updated=outcome.edited,
            closed=len(outcome.closed),
            reopened=len(outcome.reopened),
            duplicates=outcome.duplicates,
            rejected=len(rejected),
            ml_internships=outcome.ml_internships,
        )
        # Without its digest a doubted feed is read again the next time, even if it stays as it is.
        state = FetchState() if outcome.held else fetched.state
        await self._finish(source.id, state, report, rejected, now)
        if outcome.held:
            doubt = f"{outcome.held} rows are missing at once; not believed yet"
            await self.failed(origin, doubt, now, source.failures)
        return report

    async def _take_in(self, batch: Batch, rows: int) -> Outcome:
        if rows <= FEW:
            try:
                return await take_in(self._database, batch)
            except sa.exc.IntegrityError as error:
                raise refused(error) from None
        outcome: Outcome = await self._offload(take_in_apart, self._database.url, batch)
        return outcome

    def _set_active(
        self, connection: Connection, source: int, keys: Sequence[str], *, active: bool, now: datetime
    ) -> None:
        turned = writing.set_active(connection, source, keys, active=active, now=now)
        if turned:
            self._touched(connection, turned, now)

    async def _finish(
        self, source: int, state: FetchState, report: Report, rejected: Sequence[Rejected], now: datetime
    ) -> None:
        def work(connection: Connection) -> None:
            writing.keep_rejected(connection, source, rejected, now)
            counts = {"seen": report.seen, "rejected": report.rejected, "ml_internships": report.ml_internships}
            writing.note_success(connection, source, state, now, counts)

        await self._database.run(work)
