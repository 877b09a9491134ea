"""The heavy part of an import: rows are compared with what is known, understood, and written in short units of work.

A feed of thousands is taken in by a process of its own, with a connection of its own. Where only the understanding was
done there, what came back was unpacked, matched and written beside the conversation: commands waited up to 0.6 s.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.community import models as _  # noqa: F401 - a lead's community is one of its tables: this process may know no other
from bot.db import Database
from bot.leads import writing
from bot.leads.models import Sighting
from bot.leads.nearby import openings_near
from bot.leads.prepare import Changes, Known, compare
from bot.leads.sources.sighting import RawSighting, Rejected
from bot.worker import ending

if TYPE_CHECKING:
    from bot.leads.ingest import Origin

T = TypeVar("T")
CHUNK = 200
"""Rows of one unit of work: a member's save waits for that many at most, about 15 ms."""
PAUSE = 0.01
"""Seconds at most between two units of work on SQLite, as long as the one before took: it has one writer at a time, and
whoever waits for another process tries again every few milliseconds."""
_ROWS = msgspec.msgpack.Decoder(list[RawSighting])


class IntakeError(Exception):
    """A feed could not be taken in to the end. What was written is found unchanged by the next try."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a source shows; picklable, so rows are packed: 20,000 as objects take 0.2 s to pickle."""

    source: int
    origin: "Origin"
    rows: bytes
    now: datetime
    complete: bool
    unreadable: tuple[str, ...] = ()
    cautious: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was written, in rows, and what is left to do: the keys of sightings that closed and reopened."""

    seen: int
    ml_internships: int
    new: int
    edited: int
    duplicates: int
    closed: list[str]
    reopened: list[str]
    rejected: list[Rejected]
    held: int


def pack(sightings: Sequence[RawSighting]) -> bytes:
    """Return rows as a batch carries them."""
    return msgspec.msgpack.encode(sightings)


def take_in_apart(url: str, batch: Batch) -> Outcome:
    """Take a batch in with a loop and a connection of its own: for a process or a thread that has neither.

    Raises IntakeError when the database refuses, or when the process is to end.
    """

    async def work() -> Outcome:
        database = Database(url, pool=1)
        try:
            return await take_in(database, batch, PAUSE if database.is_sqlite else 0)
        finally:
            await database.close()

    try:
        return asyncio.run(work())
    except sa.exc.DBAPIError as error:
        # Its own kind may not survive the way to the other process, and it shows the values of a row.
        raise refused(error) from None


def refused(error: sa.exc.DBAPIError) -> IntakeError:
    """Return in words why the database refused a feed."""
    if isinstance(error, sa.exc.IntegrityError):
        return IntakeError(
            "Another process takes in the same source at this moment. Try again when it is done; nothing is lost."
        )
    return IntakeError(f"The database refused a feed: {type(error.orig).__name__}: {error.orig}")


async def take_in(database: Database, batch: Batch, pause: float = 0) -> Outcome:
    """Write what is new and edited in a batch; what closed and reopened is only found.

    pause: seconds at most to wait between two units of work
    """
    known = await database.read(lambda c: _known(c, batch.source))
    changes = await asyncio.to_thread(
        compare,
        _ROWS.decode(batch.rows),
        known,
        complete=batch.complete,
        unreadable=batch.unreadable,
        cautious=batch.cautious,
    )
    return Outcome(
        seen=changes.seen,
        ml_internships=changes.ml_internships,
        new=len(changes.new),
        edited=len(changes.edited),
        duplicates=await _write(database, batch, changes, pause),
        closed=changes.closed,
        reopened=changes.reopened,
        rejected=changes.rejected,
        held=changes.held,
    )


async def _write(database: Database, batch: Batch, changes: Changes, pause: float) -> int:
    source, origin, now = batch.source, batch.origin, batch.now
    duplicates = 0
    if changes.new:
        index = await database.read(lambda c: openings_near(c, origin, changes.new, now))
        for chunk in batched(changes.new, CHUNK):
            add = partial(writing.add_new, source=source, origin=origin, new=chunk, index=index, now=now)
            duplicates += await _unit(database, add, pause)
    for edited in batched(changes.edited, CHUNK):
        await _unit(database, partial(writing.edit, source=source, edited=edited, now=now), pause)
    return duplicates


async def _unit(database: Database, work: Callable[[Connection], T], pause: float) -> T:
    if ending():
        raise IntakeError("The bot is ending; the feed is taken in when it is back.")
    began = time.monotonic()
    done = await database.run(work)
    if pause:
        await asyncio.sleep(min(pause, time.monotonic() - began))
    return done


def _known(connection: Connection, source: int) -> dict[str, Known]:
    query = sa.select(Sighting.key, Sighting.row_hash, Sighting.active).where(Sighting.source_id == source)
    return {key: Known(row_hash, active) for key, row_hash, active in connection.execute(query)}


def batched(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield the items in runs of at most `size` (itertools has it from Python 3.12)."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
