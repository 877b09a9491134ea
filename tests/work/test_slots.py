"""Slots: each process holds one, a dead one's work is adopted by one other, who loses the lease gives up."""

import asyncio
from collections.abc import Iterator

import psycopg
import pytest

from bot.work import slots
from bot.work.slots import Slots
from tests.support import postgres


@pytest.fixture
def url() -> Iterator[str]:
    made = postgres.new_database()
    yield made
    postgres.drop_database(made)


async def until(adopted: list[str], count: int) -> None:
    for _ in range(300):
        if len(adopted) >= count:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"adopted only {adopted}")


async def test_each_takes_its_own_and_a_dead_ones_work_is_adopted(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "LOOK_EVERY", 0.05)
    first, second = Slots(url, lambda: None), Slots(url, lambda: None)
    assert [await first.take(), await second.take()] == ["slot-0", "slot-1"]
    adopted: list[str] = []

    async def orphans() -> set[str]:
        return {"slot-0", "slot-1", "somebody"}

    async def adopt(executor: str) -> None:
        adopted.append(executor)
        raise RuntimeError("the first try fails, and the lock is given back")

    left: list[str] = []
    second.watch(orphans, adopt, lambda: left.append("somebody"))
    await asyncio.sleep(0.3)
    assert adopted == left == []  # the first one lives
    await first.release()
    await until(adopted, 2)
    assert set(adopted) == {"slot-0"}
    await second.release()


async def test_who_is_about_to_end_takes_over_nobodys_work(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "LOOK_EVERY", 0.05)
    first, second = Slots(url, lambda: None), Slots(url, lambda: None)
    await first.take()
    await second.take()
    asked: list[str] = []

    async def orphans() -> set[str]:
        asked.append("whose work is left")
        return set()

    async def adopt(executor: str) -> None:
        raise AssertionError(executor)

    second.watch(orphans, adopt, lambda: None)
    await until(asked, 1)
    await second.leave_others()
    asked.clear()
    await asyncio.sleep(0.3)
    assert asked == []
    assert await first._try(1) is False, "the lease is kept until the end"
    await second.release()
    await first.release()


async def test_that_a_process_ended_is_told_also_when_it_left_no_work(url: str) -> None:
    first, second = Slots(url, lambda: None), Slots(url, lambda: None)
    await first.take()
    await second.take()
    left: list[str] = []

    async def orphans() -> set[str]:
        return set()

    async def adopt(executor: str) -> None:
        raise AssertionError(executor)

    second.watch(orphans, adopt, lambda: left.append("somebody"))
    await asyncio.sleep(0.6)
    assert left == []
    await first.release()
    await until(left, 1)
    await second.release()


async def test_who_loses_the_lease_gives_up(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "LOOK_EVERY", 0.05)
    lost: list[str] = []
    held = Slots(url, lambda: lost.append("lost"))
    await held.take()

    async def orphans() -> set[str]:
        return set()

    async def adopt(executor: str) -> None:
        raise AssertionError(executor)

    held.watch(orphans, adopt, lambda: None)
    assert held._lease is not None
    await held._lease.close()
    await until(lost, 1)
    await held.release()


async def test_who_was_cut_off_or_hears_no_answer_gives_up(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "LOOK_EVERY", 0.05)
    lost: list[str] = []
    cut, silent = Slots(url, lambda: lost.append("cut")), Slots(url, lambda: lost.append("silent"))
    await cut.take()
    await silent.take()

    async def orphans() -> set[str]:
        raise RuntimeError("the engine's tables are busy: that alone loses no lease")

    async def adopt(executor: str) -> None:
        raise AssertionError(executor)

    cut.watch(orphans, adopt, lambda: None)
    assert cut._lease is not None
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(%s)", [cut._lease.info.backend_pid])
    await until(lost, 1)
    monkeypatch.setattr(slots, "ANSWERS_WITHIN", 0.0)
    silent.watch(orphans, adopt, lambda: None)
    await until(lost, 2)
    assert lost == ["cut", "silent"]
    await cut.release()
    await silent.release()


async def test_all_slots_taken_and_none_taken(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "MOST", 1)
    first, second = Slots(url, lambda: None), Slots(url, lambda: None)
    await first.take()
    with pytest.raises(RuntimeError, match="1 processes"):
        await second.take()
    await first.release()
    await second.release()
    with pytest.raises(RuntimeError, match="take a slot first"):
        await Slots(url, lambda: None)._execute("SELECT true")
