"""What belongs in a thread waits for the message that opens it, and never speaks for the channel."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.chat import Reply
from bot.chat.platform import Address, Forbidden, PlaceGone, TryLater
from bot.db import Database
from bot.work.models import Delivery
from tests.support.post import START, Post


@pytest.fixture
async def post(database: Database) -> AsyncIterator[Post]:
    made = Post(database)
    yield made
    await made.engine.stop()


async def plan(post: Post, what: str, under: str = "", *, direct: bool = False) -> None:
    to = [Address("fake", "w", "p", direct)]
    await post.database.run(
        lambda c: post.deliveries.plan(c, what, to, Reply(what, thread="Talk"), community=1, under=under)
    )


async def state(post: Post, what: str) -> tuple[str, str]:
    query = sa.select(Delivery.state, Delivery.error).where(Delivery.what == what)
    row = await post.database.read(lambda c: c.execute(query).one())
    return row.state, row.error


async def test_it_goes_into_the_thread_right_after_the_message_that_opens_it(post: Post) -> None:
    await plan(post, "question", under="round")
    await plan(post, "round")
    await post.go()
    assert [reply.text for reply in post.platform.said("p")] == ["round"]
    assert [reply.text for reply in post.platform.said("p/p-1")] == ["question"]
    assert post.reached == ["p"]
    there = Address("fake", "w", "p")
    assert await post.deliveries.sent("round") == [(there, "p-1")]
    assert await post.deliveries.threads("round", {"fake": post.platform}) == [Address("fake", "w", "p/p-1")]
    assert await post.deliveries.threads("round", {}) == []
    assert await post.deliveries.sent("other") == []


async def test_it_waits_while_that_message_is_late_and_counts_no_failure(post: Post) -> None:
    post.platform.faults["p"] = [TryLater("busy")] * 2
    await plan(post, "round")
    await plan(post, "question", under="round")
    await post.go()
    assert await state(post, "question") == ("planned", "waits for the message in whose thread it belongs")
    await post.engine.advance(timedelta(minutes=4))
    assert [reply.text for reply in post.platform.said("p/p-1")] == ["question"]
    attempts = sa.select(Delivery.attempts).where(Delivery.what == "question")
    assert await post.database.read(lambda c: c.execute(attempts).scalar_one()) == 0


async def test_it_is_closed_with_the_reason_when_that_message_failed_or_is_unknown(post: Post) -> None:
    await plan(post, "round")
    await post.database.run(lambda c: c.execute(sa.update(Delivery).values(state="failed", due=False, error="shut")))
    await plan(post, "question", under="round")
    await plan(post, "stray", under="nothing")
    await post.go()
    assert await state(post, "question") == ("failed", "the message in whose thread it belongs was not said: shut")
    assert await state(post, "stray") == ("failed", "the message in whose thread it belongs is not known (any more)")
    assert post.platform.messages == {}


@pytest.mark.parametrize("error", [PlaceGone("gone"), Forbidden("archived")])
async def test_trouble_in_a_thread_is_not_told_as_trouble_of_the_channel(post: Post, error: Exception) -> None:
    post.platform.faults["p/p-1"] = [error]
    await plan(post, "round")
    await plan(post, "question", under="round")
    await post.go()
    assert (post.troubles, post.platform.said("p/p-1")) == ([], [])
    await post.engine.advance(timedelta(hours=2))
    assert len(post.platform.said("p/p-1")) == 1


async def test_it_is_edited_and_looked_for_in_the_thread(post: Post) -> None:
    await plan(post, "round")
    await plan(post, "question", under="round")
    await post.go()
    await post.revise("question", Reply("better"))
    await post.go()
    assert post.platform.edits == [("p/p-1-1", Reply("better"))]
    crashed = sa.update(Delivery).where(Delivery.what == "question")
    left = {"state": "sending", "due": True, "batch": "b", "claimed_by": "a", "claimed_at": START, "message": ""}
    await post.database.run(lambda c: c.execute(crashed.values(left)))
    await post.take_up()
    assert post.platform.looked == 1
    assert len(post.platform.said("p/p-1")) == 1
    assert await post.deliveries.sent("question") == [(Address("fake", "w", "p"), "p/p-1-1")]


async def test_a_direct_conversation_has_no_threads(post: Post) -> None:
    await plan(post, "round", direct=True)
    await plan(post, "question", under="round", direct=True)
    await post.go()
    assert [reply.text for reply in post.platform.said("p")] == ["round", "question"]
