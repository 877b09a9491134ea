"""Deliveries: once in each place; faults are waited for, closed places told of, crashes healed by looking."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.app import build
from bot.chat import Reply
from bot.chat.platform import Address, Forbidden, PlaceGone, TryLater
from bot.db import Database
from bot.settings import Settings
from bot.work.courier import GENTLE, MOST_FAULTS
from bot.work.deliveries import delivery_key
from bot.work.memory_engine import MemoryEngine
from bot.work.models import Delivery
from tests.support.post import START, Post


@pytest.fixture
async def post(database: Database) -> AsyncIterator[Post]:
    made = Post(database)
    yield made
    await made.engine.stop()


async def test_each_place_gets_it_once(post: Post) -> None:
    places = [f"p{n}" for n in range(120)]
    assert await post.say("a", *places) == 120
    assert await post.say("a", *places) == 0
    assert all(len(post.platform.said(place)) == 1 for place in places)
    assert await post.counts() == {"sent": 120}


async def test_a_batch_whose_job_was_never_enqueued_is_found_by_the_tick(post: Post) -> None:
    await post.database.run(
        lambda c: post.deliveries.plan(c, "a", [Address("fake", "w", "p")], Reply("x"), community=None)
    )
    await post.database.run(lambda c: c.execute(sa.update(Delivery).values(batch="lost", batched_at=START)))
    await post.engine.advance(timedelta(minutes=1))
    assert len(post.platform.said("p")) == 1


async def test_a_place_that_is_gone_is_told_of_and_retried_gently_while_the_others_get_theirs(post: Post) -> None:
    post.platform.faults["gone"] = [PlaceGone("no such channel")] * 2
    await post.say("a", "gone", "open")
    assert len(post.platform.said("open")) == 1
    assert post.troubles == [("gone", "gone")]
    await post.engine.advance(GENTLE[0] + GENTLE[1] + timedelta(minutes=3))
    assert len(post.platform.said("gone")) == 1
    assert post.reached == ["open", "gone"]


async def test_a_closed_place_fails_in_the_end(post: Post) -> None:
    post.platform.faults["shut"] = [Forbidden("not in channel")] * 10
    await post.say("a", "shut")
    for wait in GENTLE:
        post.engine.now += wait + timedelta(minutes=1)
        await post.deliveries.dispatch()
        await post.engine.settle()
    row = await post.row("shut")
    assert (row.state, row.error, row.due) == ("failed", "not in channel", False)


async def test_a_passing_fault_is_waited_for_as_long_as_the_platform_says(post: Post) -> None:
    post.platform.faults["p"] = [TryLater("slow down", 90)]
    await post.say("a", "p")
    await post.engine.advance(timedelta(seconds=61))
    assert post.platform.said("p") == []
    await post.engine.advance(timedelta(minutes=2))
    assert len(post.platform.said("p")) == 1


async def test_faults_without_end_fail(post: Post) -> None:
    post.platform.faults["p"] = [TryLater("down")] * 50
    await post.say("a", "p")
    for _ in range(MOST_FAULTS + 1):
        post.engine.now += timedelta(hours=2)
        await post.deliveries.dispatch()
        await post.engine.settle()
    assert (await post.row("p")).state == "failed"


async def test_an_edit_reaches_what_was_sent_and_what_was_not(post: Post) -> None:
    post.platform.faults["late"] = [TryLater("later", 120)]
    await post.say("a", "early", "late")
    await post.database.run(lambda c: post.deliveries.revise(c, "a", Reply("closed")))
    await post.engine.advance(timedelta(minutes=5))
    assert [(m, r.text) for m, r in post.platform.edits] == [("early-1", "closed")]
    assert [r.text for r in post.platform.said("late")] == ["closed"]
    assert await post.counts() == {"sent": 2}


async def test_an_edit_of_a_deleted_message_ends(post: Post) -> None:
    await post.say("a", "p")
    post.platform.faults["p"] = [PlaceGone("unknown message")]
    await post.database.run(lambda c: post.deliveries.revise(c, "a", Reply("closed")))
    await post.deliveries.dispatch()
    await post.engine.settle()
    assert (await post.row("p")).due is False
    assert post.troubles == []


async def test_a_mistake_of_ours_fails_one_delivery_and_no_other(post: Post) -> None:
    post.platform.faults["p"] = [ValueError("a bug")]
    await post.say("a", "p", "q")
    assert await post.counts() == {"failed": 1, "sent": 1}
    assert (await post.row("p")).error == "ValueError: a bug"


async def test_a_platform_that_is_not_set_up_is_waited_for(post: Post) -> None:
    await post.say("a", "p", platform="elsewhere")
    row = await post.row("p")
    assert (row.state, row.attempts) == ("planned", 0)
    assert row.not_before > START


async def test_old_deliveries_are_forgotten(post: Post) -> None:
    await post.say("a", "p")
    post.engine.now += timedelta(days=40)
    assert await post.deliveries.forget(90) == 0
    assert await post.deliveries.forget(30) == 1


async def test_kick_hands_out_in_the_background(post: Post) -> None:
    await post.database.run(
        lambda c: post.deliveries.plan(c, "a", [Address("fake", "w", "p")], Reply("x"), community=None)
    )
    post.deliveries.kick()
    post.deliveries.kick()
    for _ in range(200):
        await post.engine.settle()
        if post.platform.said("p"):
            break
    assert len(post.platform.said("p")) == 1


def test_the_key_is_short_stable_and_different_for_places() -> None:
    one, two = Address("fake", "w", "p"), Address("fake", "w", "q")
    assert delivery_key("a", one) == delivery_key("a", one)
    assert len(delivery_key("a", one)) == 24
    assert len({delivery_key("a", one), delivery_key("a", two), delivery_key("b", one)}) == 3


async def test_a_bot_that_closes_leaves_nothing_under_way(database_url: str) -> None:
    engine = MemoryEngine(START)
    app = build(Settings(_env_file=None, database_url=database_url), engine, clock=engine.clock)
    app.deliveries.kick()
    await asyncio.sleep(0)  # it has begun
    await app.close()
    assert asyncio.all_tasks() == {asyncio.current_task()}
