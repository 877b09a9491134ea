"""The history on each database and its twin in memory do the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat import Card, File, Reply, Text
from bot.db import Database
from bot.platforms.web.sql_history import SqlHistory
from bot.platforms.web.store import Entry, History
from tests.support.web_memory import MemoryHistory

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
BODY = Reply("hi", (Card("A card", (Text("words"),)),), files=(File("a.bin", b"\x00\xff"),))


@pytest.fixture
def twins(database: Database) -> list[History]:
    return [MemoryHistory(), SqlHistory(database)]


def entry(place: str = "leads", *, at: datetime = AT, only_for: str = "", key: str = "") -> Entry:
    return Entry(place=place, at=at, body=BODY, only_for=only_for, key=key)


async def test_an_entry_comes_back_as_it_was(twins: list[History]) -> None:
    plain = entry(only_for="ada", key="k")
    full = replace(plain, asked="/x", asked_by="Ada", beneath=3, spot="a.b:1", thread="t", author="bob", name="Bob")
    for history in twins:
        kept = await history.add(full)
        assert kept.id > 0
        assert kept == replace(full, id=kept.id)
        assert await history.get(kept.id) == kept
        assert await history.find_by_key("k") == kept
        assert await history.get(kept.id + 1) is None
        assert await history.find_by_key("other") is None


async def test_a_key_stands_once_and_no_key_as_often_as_wanted(twins: list[History]) -> None:
    for history in twins:
        first = await history.add(entry(key="k"))
        assert await history.add(entry(key="k", place="showcase")) == first
        assert (await history.add(entry())).id != (await history.add(entry())).id


async def test_ids_rise_and_are_never_used_again(twins: list[History]) -> None:
    for history in twins:
        first, second = await history.add(entry()), await history.add(entry())
        assert await history.remove(second.id)
        assert not await history.remove(second.id)
        third = await history.add(entry())
        assert first.id < second.id < third.id


async def test_pages_hold_what_a_person_sees_oldest_first(twins: list[History]) -> None:
    for history in twins:
        added = [await history.add(entry(only_for=who)) for who in ("", "ada", "bob", "", "ada")]
        await history.add(entry("showcase"))
        seen = [e.id for e in await history.list("leads", "ada", most=3)]
        assert seen == [added[n].id for n in (1, 3, 4)]
        older = await history.list("leads", "ada", before=seen[0], most=3)
        assert [e.id for e in older] == [added[0].id]
        assert [e.id for e in await history.list("leads", "eve")] == [added[0].id, added[3].id]
        assert list(await history.list("nowhere", "ada")) == []


async def test_places_name_the_newest_that_a_person_sees(twins: list[History]) -> None:
    for history in twins:
        first = await history.add(entry())
        await history.add(entry(only_for="bob"))
        await history.add(entry(f"leads/{first.id}"))
        direct = await history.add(entry("direct:ada", only_for="ada"))
        assert await history.places("ada") == {"leads": first.id, "direct:ada": direct.id}
        assert await history.places("eve") == {"leads": first.id}


async def test_an_edit_changes_the_body_and_says_when(twins: list[History]) -> None:
    for history in twins:
        kept = await history.add(entry())
        edited = await history.edit(kept.id, Reply("new"), AT + HOUR)
        assert edited == replace(kept, body=Reply("new"), edited_at=AT + HOUR)
        assert await history.edit(kept.id + 1, Reply("new"), AT) is None


async def test_a_thread_keeps_its_first_title_and_counts_its_answers(twins: list[History]) -> None:
    for history in twins:
        root = await history.add(entry())
        assert await history.open_thread(root.id + 1, "x") is None
        await history.open_thread(root.id, "First")
        opened = await history.open_thread(root.id, "Second")
        assert opened is not None
        assert (opened.thread, opened.replies, opened.replied_at) == ("First", 0, None)
        for who, hours in (("", 1), ("", 2), ("ada", 3)):
            await history.add(entry(f"leads/{root.id}", only_for=who, at=AT + hours * HOUR))
        grown = await history.get(root.id)
        assert grown is not None
        assert (grown.replies, grown.replied_at) == (2, AT + 2 * HOUR)


async def test_a_name_belongs_to_who_came_first(twins: list[History]) -> None:
    for history in twins:
        assert not await history.knows("ada")
        assert await history.claim("ada", "Ada", "one", AT) == "one"
        assert await history.claim("ada", "ADA", "two", AT) == "one"
        assert await history.knows("ada")


async def test_the_secret_stays(twins: list[History]) -> None:
    for history in twins:
        secret = await history.secret()
        assert len(secret) == 32
        assert await history.secret() == secret


async def test_the_secret_and_all_that_was_said_survive_a_start(database: Database) -> None:
    before, after = SqlHistory(database), SqlHistory(database)
    kept = await before.add(entry())
    assert await after.secret() == await before.secret()
    assert await after.list("leads", "ada") == [kept]


async def test_private_answers_are_forgotten_and_the_rest_stays(database: Database) -> None:
    history = SqlHistory(database)
    gone = await history.add(entry(only_for="ada"))
    kept = [
        await history.add(entry()),
        await history.add(entry(only_for="ada", at=AT + HOUR)),
        await history.add(entry("direct:ada", only_for="ada")),
    ]
    assert await history.forget(AT + HOUR) == 1
    assert await history.get(gone.id) is None
    assert [await history.get(each.id) for each in kept] == kept
    assert await history.forget(AT + HOUR) == 0
