"""Deliveries: once in each place; faults are waited for, closed places told of, crashes healed by looking."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.chat import Reply
from bot.chat.platform import Address, Forbidden, PlaceGone, TryLater
from bot.db import Database
from bot.work.courier import GENTLE, IN_FLIGHT, MOST_FAULTS, Courier
from bot.work.deliveries import JOB, Deliveries, Trouble, counts_by_state, delivery_key
from bot.work.memory_engine import MemoryEngine
from bot.work.models import Delivery
from tests.support.fake_platform import FakePlatform

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Post:
    """Deliveries over the engine's twin and a platform in memory."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.engine = MemoryEngine(START)
        self.platform = FakePlatform()
        self.deliveries = Deliveries(database, self.engine, self.engine.clock)
        self.troubles: list[tuple[str, str]] = []
        self.reached: list[str] = []
        courier = Courier(database, {"fake": self.platform}, self.engine.clock, self._trouble, self._sent)
        self.engine.job(JOB, courier.deliver)
        self.engine.every_minute(self._minutely)

    async def _minutely(self) -> None:
        await self.deliveries.dispatch()

    async def _trouble(self, to: Address, kind: Trouble) -> None:
        self.troubles.append((to.place, kind))

    async def _sent(self, to: Address) -> None:
        self.reached.append(to.place)

    async def say(self, what: str, *places: str, reply: Reply | None = None, platform: str = "fake") -> int:
        addresses = [Address(platform, "w", place) for place in places]
        planned = await self.database.run(
            lambda c: self.deliveries.plan(c, what, addresses, reply or Reply("hello"), community=1)
        )
        await self.deliveries.dispatch()
        await self.engine.settle()
        return planned

    async def counts(self) -> dict[str, int]:
        return await self.database.read(counts_by_state)

    async def row(self, place: str) -> sa.Row[Any]:
        return await self.database.read(lambda c: c.execute(sa.select(Delivery).where(Delivery.place == place)).one())


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


async def test_a_crash_between_sending_and_noting_is_healed_by_looking(post: Post) -> None:
    to = Address("fake", "w", "p")
    await post.say("a", "p")
    # As a killed process leaves it: the message stands in the place, the row says that it is being sent.
    left = {"state": "sending", "due": True, "batch": "b", "claimed_at": START, "message": ""}
    await post.database.run(lambda c: c.execute(sa.update(Delivery).values(left)))
    post.engine.now += IN_FLIGHT
    await post.engine.enqueue("b", JOB, {"batch": "b"})
    await post.engine.settle()
    assert post.platform.looked == 1
    assert len(post.platform.messages[to]) == 1
    assert (await post.row("p")).message == "p-1"


async def test_a_post_that_lands_only_after_the_crash_is_waited_for_and_not_doubled(post: Post) -> None:
    to = Address("fake", "w", "p")
    await post.database.run(lambda c: post.deliveries.plan(c, "a", [to], Reply("x"), community=None))
    left = {"state": "sending", "batch": "b", "claimed_at": START}
    await post.database.run(lambda c: c.execute(sa.update(Delivery).values(left)))
    # Another process takes the batch over at once, while the dead one's post is still on its way.
    await post.engine.enqueue("b", JOB, {"batch": "b"})
    await post.engine.settle()
    assert post.platform.said("p") == []
    post.platform.messages[to] = [(delivery_key("a", to), Reply("x"))]  # now it lands
    await post.engine.advance(IN_FLIGHT + timedelta(minutes=2))
    assert len(post.platform.said("p")) == 1
    assert await post.counts() == {"sent": 1}


async def test_a_claimed_row_that_was_not_said_is_said(post: Post) -> None:
    await post.database.run(
        lambda c: post.deliveries.plan(c, "a", [Address("fake", "w", "p")], Reply("x"), community=None)
    )
    await post.database.run(
        lambda c: c.execute(sa.update(Delivery).values(state="sending", batch="b", claimed_at=START))
    )
    post.engine.now += IN_FLIGHT
    await post.engine.enqueue("b", JOB, {"batch": "b"})
    await post.engine.settle()
    assert len(post.platform.said("p")) == 1


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
