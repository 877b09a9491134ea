"""The history of the web chat: the one on the database and its twin in memory keep the same promises."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat import Card, File, Reply, Text
from bot.db import Database
from bot.platforms.web.sql_history import SqlHistory
from bot.platforms.web.store import Entry, History
from tests.support.web_memory import MemoryHistory

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(params=["memory", "database"])
async def history(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[History]:
    if request.param == "memory":
        yield MemoryHistory()
        return
    database = Database(database_url)
    yield SqlHistory(database)
    await database.close()


def entry(place: str = "leads", text: str = "hello", **more: object) -> Entry:
    return Entry(place=place, at=AT, body=Reply(text), **more)  # type: ignore[arg-type]  # the test's own words


async def test_an_entry_comes_back_whole(history: History) -> None:
    body = Reply("hi", (Card("T", (Text("x"),)),), files=(File("a.png", b"\x00\x01"),))
    kept = await history.add(Entry(place="leads", at=AT, body=body, author="ada", name="Ada", asked="/help"))
    assert kept.id > 0
    assert await history.get(kept.id) == kept
    assert kept.body == body
    assert kept.at == AT


async def test_a_key_is_kept_once(history: History) -> None:
    first = await history.add(entry(key="k"))
    assert (await history.add(entry(text="again", key="k"))).id == first.id
    found = await history.find_by_key("k")
    assert found is not None
    assert found.body.text == "hello"
    assert await history.find_by_key("other") is None
    await history.add(entry())
    await history.add(entry())


async def test_edits_threads_and_removal(history: History) -> None:
    kept = await history.add(entry())
    edited = await history.edit(kept.id, Reply("new"), AT + timedelta(hours=1))
    assert edited is not None
    assert (edited.body.text, edited.edited_at) == ("new", AT + timedelta(hours=1))
    await history.open_thread(kept.id, "A talk")
    again = await history.open_thread(kept.id, "Another")
    assert again is not None
    assert again.thread == "A talk"
    await history.add(Entry(place=f"leads/{kept.id}", at=AT + timedelta(hours=2), body=Reply("answer")))
    await history.add(Entry(place=f"leads/{kept.id}", at=AT, body=Reply("private"), only_for="ada"))
    found = await history.get(kept.id)
    assert found is not None
    assert (found.replies, found.replied_at) == (1, AT + timedelta(hours=2))
    assert await history.remove(kept.id)
    assert not await history.remove(kept.id)
    assert await history.edit(kept.id, Reply("x"), AT) is None
    assert await history.open_thread(kept.id, "x") is None


async def test_lists_are_oldest_first_paged_and_private_entries_are_for_one(history: History) -> None:
    numbers = [(await history.add(entry(text=str(n)))).id for n in range(5)]
    secret = await history.add(entry(text="secret", only_for="ada"))
    assert [e.body.text for e in await history.list("leads", "bob")] == ["0", "1", "2", "3", "4"]
    assert [e.body.text for e in await history.list("leads", "ada", most=2)] == ["4", "secret"]
    assert [e.body.text for e in await history.list("leads", "bob", before=numbers[3], most=2)] == ["1", "2"]
    assert (await history.places("ada"))["leads"] == secret.id
    assert (await history.places("bob"))["leads"] == numbers[-1]


async def test_names_are_held_by_who_came_first(history: History) -> None:
    assert not await history.knows("ada")
    assert await history.claim("ada", "Ada", "one", AT) == "one"
    assert await history.claim("ada", "Ada", "two", AT) == "one"
    assert await history.knows("ada")


async def test_the_secret_stays(history: History) -> None:
    secret = await history.secret()
    assert len(secret) == 32
    assert await history.secret() == secret
