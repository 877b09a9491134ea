"""The promises of the engine, kept by its twin in memory and by DBOS on both databases."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from dbos import DBOS

from bot.work.dbos_engine import DbosEngine, engine_url
from bot.work.engine import ROUNDS, Args, Engine, Run
from bot.work.memory_engine import MemoryEngine
from bot.work.slots import Slots
from tests.support import postgres


async def until(engine: Engine, true: Callable[[], bool]) -> None:
    """Wait for something to become true: for DBOS in real time, for the twin by moving its clock."""
    for _ in range(600):
        if isinstance(engine, MemoryEngine):
            await engine.advance(timedelta(milliseconds=20))
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come about")


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def running(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Engine, list[Any]]]:
    """A started engine with a job that notes its argument, and one that asks and waits for an answer."""
    url = ""
    if request.param == "memory":
        engine: Engine = MemoryEngine(datetime(2026, 1, 1, tzinfo=UTC))
    else:
        url = f"sqlite:///{tmp_path / 'rung.sqlite'}" if request.param == "sqlite" else postgres.new_database()
        engine = DbosEngine(url)
    seen: list[Any] = []

    async def note(run: Run, args: Args) -> None:
        seen.append((run.key, args["x"]))

    async def ask(run: Run, args: Args) -> None:
        async def draw() -> int:
            seen.append("drawn")
            return int(args["x"]) * 2

        drawn = await run.step("draw", draw)
        seen.append((drawn, await run.wait_for("answer", 30)))

    engine.job("note", note)
    engine.job("ask", ask)
    await engine.start()
    yield engine, seen
    await engine.stop()
    if request.param == "postgresql":
        postgres.drop_database(url)


async def test_a_job_runs_once_for_its_key(running: tuple[Engine, list[Any]]) -> None:
    engine, seen = running
    for _ in range(3):
        await engine.enqueue("k", "note", {"x": 1})
    await engine.enqueue("l", "note", {"x": 2})
    await until(engine, lambda: len(seen) >= 2)
    assert sorted(seen) == [("k", 1), ("l", 2)]


async def test_a_job_waits_for_a_signal(running: tuple[Engine, list[Any]]) -> None:
    engine, seen = running
    await engine.enqueue("round", "ask", {"x": 4}, queue=ROUNDS)
    await until(engine, lambda: bool(seen))
    await engine.signal("round", "answer", {"text": "yes"})
    await until(engine, lambda: len(seen) == 2)
    assert seen == ["drawn", (8, {"text": "yes"})]


async def test_a_job_waits_for_its_delay_and_can_be_moved(running: tuple[Engine, list[Any]]) -> None:
    engine, seen = running
    await engine.enqueue("late", "note", {"x": 1}, delay=3_600)
    await engine.enqueue("late", "note", {"x": 2}, delay=0.05)  # a key that was given does nothing
    await engine.enqueue("soon", "note", {"x": 3}, delay=0.3)
    await until(engine, lambda: bool(seen))
    assert seen == [("soon", 3)]
    await engine.move("late", 0.1)
    await until(engine, lambda: len(seen) == 2)
    assert seen[1] == ("late", 1)
    await engine.move("late", 0.1)  # it began, and stays as it is
    await engine.move("unknown", 0.1)


async def test_a_cancelled_job_never_begins(running: tuple[Engine, list[Any]]) -> None:
    engine, seen = running
    await engine.enqueue("k", "note", {"x": 1}, delay=3_600)
    await engine.cancel("k")
    await engine.move("k", 0.1)
    await engine.cancel("unknown")
    await engine.enqueue("unknown", "note", {"x": 2}, delay=0.3)
    await until(engine, lambda: bool(seen))
    await engine.enqueue("k", "note", {"x": 3})  # the key was given
    await engine.enqueue("l", "note", {"x": 4})
    await until(engine, lambda: len(seen) == 2)
    assert seen == [("unknown", 2), ("l", 4)]


async def test_what_a_job_enqueues_is_no_step_of_it(tmp_path: Path) -> None:
    """A job that is run again after a crash must be able to enqueue something else than the first time."""
    engine = DbosEngine(f"sqlite:///{tmp_path / 'rung.sqlite'}")
    seen: list[str] = []

    async def chain(run: Run, args: Args) -> None:
        seen.append(run.key)
        if args["more"]:
            await engine.enqueue(f"{run.key}:next", "chain", {"more": False})

    engine.job("chain", chain)
    await engine.start()
    await engine.enqueue("k", "chain", {"more": True})
    await until(engine, lambda: len(seen) == 2)
    steps = await DBOS.list_workflow_steps_async("k")
    await engine.stop()
    assert seen == ["k", "k:next"]
    assert [step["function_name"] for step in steps] == []


async def test_the_twin_moves_its_clock() -> None:
    engine = MemoryEngine(datetime(2026, 1, 1, tzinfo=UTC))
    seen: list[Any] = []
    minutes: list[datetime] = []

    async def late(run: Run, args: Args) -> None:
        await run.sleep(120)
        seen.append((args["x"], engine.now.minute, await run.wait_for("nothing", 60), engine.now.minute))

    async def minutely() -> None:
        minutes.append(engine.now)

    engine.job("late", late)
    engine.every_minute(minutely)
    await engine.start()
    await engine.enqueue("a", "late", {"x": 1}, delay=60)
    await engine.advance(timedelta(minutes=5))
    assert seen == [(1, 3, None, 4)]
    assert len(minutes) == 5
    await engine.enqueue("b", "late", {"x": 2})
    await engine.settle()
    await engine.cancel("b")
    await engine.advance(timedelta(minutes=5))
    assert len(seen) == 1
    await engine.stop()


async def test_the_twin_keeps_a_signal_that_comes_early_and_notes_failures() -> None:
    engine = MemoryEngine(datetime(2026, 1, 1, tzinfo=UTC))
    seen: list[Any] = []

    async def hears(run: Run, args: Args) -> None:
        seen.append(await run.wait_for("t", 60))
        raise RuntimeError("broken")

    engine.job("hears", hears)
    await engine.signal("a", "t", 7)
    await engine.enqueue("a", "hears", {})
    await engine.settle()
    assert seen == [7]
    assert [key for key, _ in engine.failed] == ["a"]


async def test_a_job_that_nobody_handles_is_refused() -> None:
    with pytest.raises(KeyError, match="nobody handles"):
        await DbosEngine("sqlite:///x.sqlite").enqueue("k", "unknown", {})


async def test_sqlite_writes_ahead(tmp_path: Path) -> None:
    engine = DbosEngine(f"sqlite:///{tmp_path / 'rung.sqlite'}")
    await engine.start()
    with closing(sqlite3.connect(tmp_path / "rung-work.sqlite")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    await engine.stop()


def test_where_the_engine_keeps_its_tables() -> None:
    assert engine_url("sqlite:///data/rung.sqlite") == "sqlite:///data/rung-work.sqlite"
    assert engine_url("postgresql://u:p@h/d") == "postgresql+psycopg://u:p@h/d"


async def test_what_is_done_every_minute_is_done_at_once_when_a_process_ends() -> None:
    url = postgres.new_database()
    engine = DbosEngine(url)
    seen: list[str] = []

    async def look() -> None:
        seen.append("looked")

    engine.every_minute(look)
    await engine.start()
    other = Slots(url, lambda: None)
    await other.take()
    slots = engine._slots
    assert slots is not None
    await until(engine, lambda: len(seen) == 1 and len(slots._held) > 1)
    await other.release()
    await until(engine, lambda: len(seen) > 1)
    await engine.stop()
    postgres.drop_database(url)


async def test_old_jobs_are_forgotten_and_a_broken_minute_does_not_stop_the_next(tmp_path: Path) -> None:
    engine = DbosEngine(f"sqlite:///{tmp_path / 'rung.sqlite'}", days=-1)
    seen: list[str] = []

    async def note(run: Run, args: Args) -> None:
        seen.append(run.key)

    async def breaks() -> None:
        seen.append("tick")
        raise RuntimeError("once")

    engine.job("note", note)
    engine.every_minute(breaks)
    await engine.start()
    await engine.enqueue("old", "note", {})
    await until(engine, lambda: "old" in seen)
    await engine.enqueue("later", "note", {}, delay=3_600)
    await engine.cancel("later")
    for _ in range(200):
        await engine._forget()
        if await _runs_again(engine, seen):
            break
        await asyncio.sleep(0.05)
    await engine.stop()
    assert seen.count("old") == 2
    assert "tick" in seen


async def _runs_again(engine: DbosEngine, seen: list[str]) -> bool:
    """A key that was forgotten runs again: so one sees that it was forgotten."""
    await engine.enqueue("old", "note", {})
    await asyncio.sleep(0.3)
    return seen.count("old") == 2
