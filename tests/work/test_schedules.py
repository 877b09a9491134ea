"""Schedules: once for a local day, whatever clocks, zones and outages do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.db import Database
from bot.work.engine import Args, Run
from bot.work.memory_engine import MemoryEngine
from bot.work.schedules import Schedules, latest_day, moment_of, next_run

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Sao_Paulo",
)


class World:
    """Schedules on the engine's twin, with a job that writes down its days."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.engine = MemoryEngine(now)
        self.schedules = Schedules(database, self.engine, self.engine.clock)
        self.days: list[tuple[str, datetime]] = []
        self.engine.job("note", self._note)

    async def _note(self, run: Run, args: Args) -> None:
        self.days.append((args["day"], self.engine.now))

    async def live(self, duration: timedelta, step: timedelta = timedelta(minutes=10)) -> None:
        end = self.engine.now + duration
        while self.engine.now < end:
            self.engine.now += step
            await self.schedules.tick()
            await self.engine.settle()


async def test_runs_once_a_day_at_the_local_hour(database: Database) -> None:
    world = World(database, datetime(2026, 11, 20, 6, 0, tzinfo=UTC))
    await world.schedules.set_daily("a", "note", {"x": 1}, "09:00", "Europe/Berlin")
    await world.live(timedelta(days=3))
    assert [day for day, _ in world.days] == ["2026-11-20", "2026-11-21", "2026-11-22"]
    assert all(at.astimezone(ZoneInfo("Europe/Berlin")).hour == 9 for _, at in world.days)


@pytest.mark.parametrize("start", [datetime(2027, 3, 26, tzinfo=UTC), datetime(2027, 10, 29, tzinfo=UTC)])
async def test_summer_time_neither_doubles_nor_skips_a_day(database: Database, start: datetime) -> None:
    world = World(database, start)
    await world.schedules.set_daily("a", "note", {}, "02:30", "Europe/Berlin")
    await world.live(timedelta(days=5))
    days = [day for day, _ in world.days]
    assert days == sorted(set(days))
    assert len(days) == 5


async def test_missed_days_are_caught_up_by_one_run(database: Database) -> None:
    world = World(database, datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
    await world.schedules.set_daily("a", "note", {}, "09:00", "UTC")
    world.engine.now += timedelta(days=6)
    await world.live(timedelta(hours=1))
    assert [day for day, _ in world.days] == ["2026-11-26"]


async def test_moving_the_hour_never_makes_two_runs_on_a_day(database: Database) -> None:
    world = World(database, datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
    await world.schedules.set_daily("a", "note", {}, "09:00", "UTC")
    await world.live(timedelta(hours=2))
    await world.schedules.set_daily("a", "note", {}, "18:00", "UTC")
    await world.live(timedelta(hours=24))
    assert [day for day, _ in world.days] == ["2026-11-20", "2026-11-21"][: len(world.days)]
    assert [day for day, _ in world.days].count("2026-11-20") == 1


async def test_two_processes_that_tick_at_once_run_it_once(database: Database) -> None:
    world = World(database, datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
    other = Schedules(database, world.engine, world.engine.clock)
    await world.schedules.set_daily("a", "note", {}, "09:00", "UTC")
    world.engine.now += timedelta(hours=2)
    await world.schedules.tick()
    await other.tick()
    await world.engine.settle()
    assert len(world.days) == 1


async def test_weekdays_and_removal(database: Database) -> None:
    world = World(database, datetime(2026, 11, 20, 8, 0, tzinfo=UTC))  # a Friday
    await world.schedules.set_daily("a", "note", {}, "09:00", "UTC", days="1")
    await world.live(timedelta(days=4))
    assert [day for day, _ in world.days] == ["2026-11-23"]
    await world.schedules.remove("a")
    await world.live(timedelta(days=8), timedelta(hours=1))
    assert len(world.days) == 1


@settings(max_examples=200, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda t: f"{t.hour:02}:{t.minute:02}"),
    now=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - zone beside it
)
def test_the_next_run_is_ahead_and_less_than_two_days_away(zone: str, at: str, now: datetime) -> None:
    following = next_run(at, zone, "1234567", now, None)
    assert now < following <= now + timedelta(hours=49)
    day = latest_day(at, zone, "1234567", now)
    assert moment_of(day, at, zone) <= now
    after = next_run(at, zone, "1234567", following, latest_day(at, zone, "1234567", following))
    assert after > following


def test_a_moment_that_is_left_out_is_as_far_after_the_change() -> None:
    assert moment_of(date(2027, 3, 28), "02:30", "Europe/Berlin") == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_no_weekday_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="no day"):
        next_run("09:00", "UTC", "", datetime(2026, 1, 1, tzinfo=UTC), None)
    with pytest.raises(ValueError, match="no day"):
        latest_day("09:00", "UTC", "", datetime(2026, 1, 1, tzinfo=UTC))
