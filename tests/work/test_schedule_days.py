"""Over zones and years: one run for a local day, none left out, however often one ticks and whatever is moved."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.db import Base, Database
from bot.work.engine import Args, Run
from bot.work.memory_engine import MemoryEngine
from bot.work.models import Schedule
from bot.work.schedules import Schedules, moment_of

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",  # changes by half an hour
    "Africa/Cairo",  # changes at midnight
    "America/Santiago",  # so does this, on the other half of the world
    "Pacific/Kiritimati",
    "Pacific/Apia",
    "Africa/Casablanca",  # leaves summer time for a month
)
CHANGES = (datetime(2027, 3, 12, tzinfo=UTC), datetime(2027, 3, 27, tzinfo=UTC), datetime(2027, 10, 29, tzinfo=UTC))
zones = st.sampled_from(ZONES)
hours = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from((0, 15, 30, 59)))
starts = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes), st.sampled_from(CHANGES), st.integers(0, 3_000)
)
steps = st.lists(st.integers(1, 3_000), min_size=20, max_size=40)
"""Minutes between two ticks: from one to more than two days of silence."""
many = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Days:
    """Schedules on the engine's twin, with a job that writes down its days."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.engine = MemoryEngine(now)
        self.schedules = Schedules(database, self.engine, self.engine.clock)
        self.ran: list[tuple[date, datetime]] = []
        self.engine.job("note", self._note)

    async def _note(self, run: Run, args: Args) -> None:
        self.ran.append((date.fromisoformat(args["day"]), self.engine.now))

    async def set(self, at: str, zone: str) -> datetime:
        return await self.schedules.set_daily("a", "note", {}, at, zone)

    async def pass_time(self, minutes: int) -> None:
        self.engine.now += timedelta(minutes=minutes)
        await self.schedules.tick()
        await self.engine.settle()


@pytest.fixture
def database_file(tmp_path: Path) -> Path:
    return tmp_path / "days.sqlite"


async def _fresh(path: Path) -> Database:
    database = Database(f"sqlite:///{path}")
    await database.run(lambda c: Base.metadata.tables["schedule"].create(c, checkfirst=True))
    await database.run(lambda c: c.execute(sa.delete(Schedule)))
    return database


@many
@given(zone=zones, at=hours, start=starts)
def test_who_ticks_often_runs_every_day_at_its_moment(database_file: Path, zone: str, at: str, start: datetime) -> None:
    async def live() -> None:
        database = await _fresh(database_file)
        days = Days(database, start)
        first = await days.set(at, zone)
        for _ in range(4 * 24 * 4):
            await days.pass_time(15)
        await database.close()
        wanted = [first.astimezone(ZoneInfo(zone)).date() + timedelta(days=n) for n in range(len(days.ran))]
        assert [day for day, _ in days.ran] == wanted
        assert len(days.ran) >= 3
        assert all(timedelta(0) <= ran - moment_of(day, at, zone) <= timedelta(minutes=15) for day, ran in days.ran)

    asyncio.run(live())


@many
@given(zone=zones, at=hours, start=starts, minutes=steps)
def test_after_silence_only_the_latest_day_runs(
    database_file: Path, zone: str, at: str, start: datetime, minutes: list[int]
) -> None:
    async def live() -> None:
        database = await _fresh(database_file)
        days = Days(database, start)
        await days.set(at, zone)
        for silence in minutes:
            before = len(days.ran)
            await days.pass_time(silence)
            assert len(days.ran) - before <= 1  # no burst
            # Whatever is due by now has run, and nothing runs before its time.
            today = days.engine.now.astimezone(ZoneInfo(zone)).date()
            due = [d for n in (0, 1) if moment_of(d := today - timedelta(days=n), at, zone) <= days.engine.now]
            if days.ran:
                assert days.ran[-1][0] == due[0]
        await database.close()
        assert all(earlier[0] < later[0] for earlier, later in pairwise(days.ran))

    asyncio.run(live())


@many
@given(start=starts, moves=st.lists(st.tuples(zones, hours, st.integers(1, 900)), min_size=10, max_size=30))
def test_moving_hour_and_zone_never_makes_two_runs_on_a_local_day(
    database_file: Path, start: datetime, moves: list[tuple[str, str, int]]
) -> None:
    async def live() -> None:
        database = await _fresh(database_file)
        days = Days(database, start)
        for zone, at, minutes in moves:
            await days.set(at, zone)
            await days.pass_time(minutes)
        await database.close()
        assert all(earlier[0] < later[0] for earlier, later in pairwise(days.ran))

    asyncio.run(live())


async def test_saving_again_what_is_due_just_now_does_not_lose_the_day(database: Database) -> None:
    days = Days(database, datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
    await days.set("09:00", "UTC")
    days.engine.now += timedelta(hours=1, seconds=20)  # due, and the minute's tick is yet to come
    await days.set("09:00", "UTC")
    await days.pass_time(1)
    assert [day.isoformat() for day, _ in days.ran] == ["2026-11-20"]


async def test_moving_what_is_due_just_now_to_the_evening_runs_it_in_the_evening(database: Database) -> None:
    days = Days(database, datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
    await days.set("09:00", "UTC")
    days.engine.now += timedelta(hours=1, seconds=20)
    assert await days.set("18:00", "UTC") == datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    await days.pass_time(1)
    assert days.ran == []
    await days.pass_time(9 * 60)
    assert [day.isoformat() for day, _ in days.ran] == ["2026-11-20"]
