"""Large feeds are taken in by a process of their own: the same leads, in units that others get in between."""

import asyncio
import os
import shutil
import signal
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.db import Database
from bot.leads import ingest, intake
from bot.leads.ingest import Ingest, Origin, Report
from bot.leads.intake import Batch, IntakeError, pack, take_in_apart
from bot.leads.models import Lead, LeadEvent
from bot.leads.prepare import warm_up
from bot.leads.sources.sighting import Fetched, RawSighting
from bot.worker import ending, worker_process
from tests.support.stage import in_thread, raw
from tests.support.worker_jobs import nothing, wait_for_file, who, work_until_the_end

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LIST = Origin("list", "listings")
T = TypeVar("T")


def feed(count: int = 120) -> list[RawSighting]:
    return [raw(str(n), f"Machine Learning Intern {n % 7}", f"Co{n // 2} Labs") for n in range(count)]


class Watched(Database):
    """A database that tells what units of work this process ran."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.units = 0

    async def run(self, work: Callable[[Connection], T]) -> T:
        self.units += 1
        return await super().run(work)


async def two_days(database: Database, offload: Any) -> tuple[list[Report], list[int]]:
    """Take in a feed and, a day later, another in which rows changed, closed, are new and can't be read."""
    touched: list[int] = []

    def note(connection: Connection, leads: Sequence[int], now: datetime) -> None:
        del connection, now
        touched.extend(leads)

    taking = Ingest(database, offload, note)
    first = await taking.take(LIST, Fetched(feed()), NOW)
    rows = feed()
    changed = raw("3", "Deep Learning Intern", "Co1 Labs", url=rows[3].url)
    later = [changed, *rows[4:], raw("900", company="Umbrella"), raw("901", company="Hooli", url="nothing")]
    second = await taking.take(LIST, Fetched(later), NOW + timedelta(days=1))
    return [first, second], touched


async def leads_of(database: Database) -> list[Any]:
    """Return all leads and what happened to them."""
    queries = (
        sa.select(Lead.__table__).order_by(Lead.id),
        sa.select(LeadEvent.lead_id, LeadEvent.kind, LeadEvent.at).order_by(LeadEvent.id),
    )
    return await database.read(lambda c: [tuple(row) for query in queries for row in c.execute(query)])


async def test_a_process_of_its_own_writes_what_a_feed_brings(database_url: str) -> None:
    offload, close = worker_process(warm_up)
    database = Watched(database_url)
    try:
        (first, second), touched = await two_days(database, offload)
    finally:
        await close()
    assert (first.seen, first.new, first.ml_internships) == (120, 120, 120)
    assert (second.updated, second.new, second.closed, second.rejected) == (1, 1, 3, 1)
    assert len(touched) == 3
    if database.is_sqlite:  # elsewhere reads are units of work as well
        assert database.units == 5, "of each feed the source and the end, and once what closed"
    await database.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_few_rows_take_the_same_way_in_this_process(
    database_url: str, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = shutil.copy(sqlite_template, tmp_path / "other.sqlite")
    apart, beside = Database(database_url), Database(f"sqlite:///{other}")
    results = [await two_days(apart, in_thread)]
    monkeypatch.setattr(ingest, "FEW", 10_000)
    results.append(await two_days(beside, None))
    assert results[0] == results[1]
    assert await leads_of(apart) == await leads_of(beside)
    await apart.close()
    await beside.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_another_process_writes_between_two_units(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a whole feed: while it is taken in, every short write of ours gets its turn."""
    monkeypatch.setattr(intake, "CHUNK", 5)
    taking = Ingest(database, in_thread, lambda connection, leads, now: None)
    feeding = asyncio.create_task(taking.take(LIST, Fetched(feed(400)), NOW))
    seen: list[int] = []
    count = sa.select(sa.func.count()).select_from(Lead)

    def save(connection: Connection) -> int:
        connection.execute(sa.text("UPDATE source SET error = error"))
        return connection.execute(count).scalar_one()

    while not feeding.done():
        seen.append(await database.run(save))
    assert (await feeding).new == 400
    assert any(0 < number < 400 for number in seen)


async def test_what_the_database_refuses_says_so_without_the_row(tmp_path: Path) -> None:
    batch = Batch(1, LIST, pack([raw("1", "My Secret Intern")]), NOW, complete=True)
    with pytest.raises(IntakeError, match="no such table") as refused:
        await in_thread(take_in_apart, f"sqlite:///{tmp_path / 'empty.sqlite'}", batch)
    assert "Secret" not in str(refused.value)


async def test_an_end_comes_between_two_units_and_the_next_try_finishes(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False, True])
    monkeypatch.setattr(intake, "CHUNK", 50)
    taking = Ingest(database, in_thread, lambda connection, leads, now: None)
    with monkeypatch.context() as patched:
        patched.setattr(intake, "ending", partial(next, answers))
        with pytest.raises(IntakeError, match="is ending"):
            await taking.take(LIST, Fetched(feed()), NOW)
    assert (await taking.take(LIST, Fetched(feed()), NOW)).new == 70


async def test_the_process_steps_back_and_ends_when_it_is_told(tmp_path: Path) -> None:
    offload, close = worker_process(nothing)
    assert not ending()
    process, nice, ends = await offload(who)
    assert process != os.getpid()
    assert nice >= os.nice(0) + 5 or nice == 19
    assert not ends
    working = asyncio.ensure_future(offload(work_until_the_end, str(tmp_path / "begun")))
    await in_thread(wait_for_file, tmp_path / "begun")
    await close()
    assert await working == "ended"


async def test_a_process_that_was_killed_is_followed_by_another(tmp_path: Path) -> None:
    offload, close = worker_process(nothing)
    process, _, _ = await offload(who)
    working = asyncio.ensure_future(offload(work_until_the_end, str(tmp_path / "begun")))
    await in_thread(wait_for_file, tmp_path / "begun")
    os.kill(process, signal.SIGKILL)
    with pytest.raises(BrokenProcessPool):
        await working
    other, _, _ = await offload(who)
    assert other != process
    await close()
