"""When nobody knows whether a message left: after crashes, silence and faults it is looked for, and never lost."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.chat import Reply
from bot.chat.platform import Address, Forbidden, TryLater
from bot.db import Database
from bot.work.courier import GENTLE, MOST_FAULTS
from bot.work.deliveries import ABANDONED
from tests.support.fake_platform import IN_FLIGHT
from tests.support.post import START, Post

PLACE = Address("fake", "w", "p")


@pytest.fixture
async def post(database: Database) -> AsyncIterator[Post]:
    made = Post(database)
    yield made
    await made.engine.stop()


async def test_a_crash_between_sending_and_noting_is_healed_by_looking(post: Post) -> None:
    await post.say("a", "p")
    await post.leave()
    await post.take_up()
    await post.engine.advance(timedelta(minutes=1))
    assert post.platform.looked == 1
    assert len(post.platform.said("p")) == 1
    assert (await post.row("p")).message == "p-1"


async def test_a_claimed_row_that_was_not_said_is_said(post: Post) -> None:
    await post.say("a", "p")
    post.platform.messages.clear()
    await post.leave()
    await post.take_up()
    assert post.platform.said("p") == []  # not before what may be on its way had time to arrive
    await post.engine.advance(timedelta(minutes=1))
    assert len(post.platform.said("p")) == 1


async def test_where_the_platform_takes_a_key_once_nobody_waits(post: Post) -> None:
    post.platform.in_flight = timedelta(0)
    await post.say("a", "p")
    post.platform.messages.clear()
    await post.leave()
    await post.take_up()
    assert post.platform.looked == 1
    assert len(post.platform.said("p")) == 1, "it is looked for, and said, as soon as the job is taken up again"


async def test_a_post_that_lands_after_the_crash_is_not_doubled(post: Post) -> None:
    await post.say("a", "p")
    on_its_way = post.platform.messages.pop(PLACE)
    await post.leave()
    await post.take_up()
    post.engine.now += IN_FLIGHT - timedelta(seconds=1)
    post.platform.messages[PLACE] = on_its_way
    await post.engine.advance(timedelta(minutes=2))
    assert len(post.platform.said("p")) == 1


async def test_a_post_that_left_long_after_its_claim_is_not_doubled(post: Post) -> None:
    """A sender waits its turn for up to a minute after the claim; the process is killed as the post leaves."""
    await post.say("a", "p")
    on_its_way = post.platform.messages.pop(PLACE)
    post.engine.now = START + timedelta(minutes=1)
    await post.leave()
    await post.take_up()
    post.platform.messages[PLACE] = on_its_way
    await post.engine.advance(IN_FLIGHT + timedelta(minutes=2))
    assert len(post.platform.said("p")) == 1


async def test_a_second_crash_at_the_same_row_waits_again(post: Post) -> None:
    await post.say("a", "p")
    on_its_way = post.platform.messages.pop(PLACE)
    await post.leave()
    await post.take_up()
    # The second batch claims anew; it, too, is killed while its post is on the way.
    await post.leave(batch="c", claimed_by="c")
    await post.engine.enqueue("c", "work.deliver", {"batch": "c"})
    await post.engine.settle()
    post.platform.messages[PLACE] = on_its_way
    await post.engine.advance(timedelta(minutes=2))
    assert len(post.platform.said("p")) == 1


async def test_a_job_that_hangs_loses_its_rows_only_when_its_last_post_has_ended(post: Post) -> None:
    await post.say("a", "p")
    claimed = post.engine.now + ABANDONED - timedelta(minutes=1)
    await post.leave(batched_at=claimed)
    post.engine.now += ABANDONED + timedelta(minutes=1)
    assert await post.database.run(post.deliveries._hand_out) == {}
    post.engine.now = claimed + ABANDONED + timedelta(minutes=1)
    assert list((await post.database.run(post.deliveries._hand_out)).values()) == [1]


async def test_what_was_revised_while_in_doubt_is_edited(post: Post) -> None:
    await post.say("a", "p")
    await post.leave(sent_version=0)
    await post.revise("a", Reply("closed"))
    await post.take_up()
    await post.engine.advance(timedelta(minutes=3))
    assert [reply.text for _, reply in post.platform.edits] == ["closed"]
    row = await post.row("p")
    assert (row.state, row.sent_version, row.due) == ("sent", 2, False)


async def test_two_jobs_never_have_one_row(post: Post) -> None:
    await post.say("a", "p")
    await post.leave(state="planned", claimed_by=None)
    post.platform.messages.clear()
    run = post.courier.deliver(_NoRun(), {"batch": "b"})
    other = post.courier.deliver(_NoRun(), {"batch": "b"})
    await asyncio.gather(run, other)
    assert len(post.platform.said("p")) == 1


async def test_a_place_in_doubt_whose_history_is_closed_is_never_said_twice(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    await post.say("a", "p")
    await post.leave(claimed_by="earlier")
    with monkeypatch.context() as patch:
        patch.setattr(post.platform, "find", _raises(Forbidden("missing: read message history")))
        await post.take_up()
    assert (await post.row("p")).state == "sending"
    await post.engine.advance(GENTLE[0] + timedelta(minutes=2))
    assert len(post.platform.said("p")) == 1
    assert (await post.row("p")).state == "sent"


async def test_a_platform_that_never_answers_is_looked_at_later(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post(database, patience=0.0)
    monkeypatch.setattr(post.platform, "send", _hangs)
    await post.say("a", "p")
    row = await post.row("p")
    assert (row.state, row.error, row.attempts, row.due) == ("sending", "no answer: TimeoutError", 1, True)
    await post.engine.stop()


async def test_a_database_that_fails_loses_nothing(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = sa.exc.OperationalError("UPDATE", {}, Exception("database is locked"))
    with monkeypatch.context() as patch:
        patch.setattr(post.courier, "_claim", _raises(broken))
        await post.say("a", "p", "q")
    assert [type(error) for _, error in post.engine.failed] == [ExceptionGroup]
    assert await post.counts() == {"planned": 2}
    await post.engine.advance(ABANDONED + timedelta(minutes=2))
    assert await post.counts() == {"sent": 2}


async def test_a_place_kept_in_our_own_database_waits_for_it(post: Post) -> None:
    post.platform.faults["p"] = [sa.exc.OperationalError("INSERT", {}, Exception("database is locked"))]
    await post.say("a", "p")
    assert (await post.row("p")).error == "no answer: OperationalError"
    await post.engine.advance(timedelta(minutes=2))
    assert await post.counts() == {"sent": 1}


async def test_a_listener_that_fails_leaves_the_message_sent(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post.courier, "_on_sent", _raises(RuntimeError("broken")))
    await post.say("a", "p")
    assert await post.counts() == {"sent": 1}


@pytest.mark.parametrize("fault", [ValueError("a bug"), TryLater("down")])
async def test_an_edit_that_fails_leaves_the_message_sent(post: Post, fault: Exception) -> None:
    await post.say("a", "p")
    post.platform.faults["p"] = [fault] * (MOST_FAULTS + 1 if isinstance(fault, TryLater) else 1)
    await post.revise("a", Reply("closed"))
    for _ in range(MOST_FAULTS + 1):
        post.engine.now += timedelta(hours=2)
        await post.go()
    row = await post.row("p")
    assert (row.state, row.due, row.attempts) == ("sent", False, 0)
    await post.revise("a", Reply("open again"))
    await post.go()
    assert [reply.text for _, reply in post.platform.edits] == ["open again"]


async def test_a_revision_is_no_sooner_than_the_platform_asked_for(post: Post) -> None:
    post.platform.faults["p"] = [TryLater("slow down", 3_600)]
    await post.say("a", "p")
    await post.revise("a", Reply("closed"))
    await post.engine.advance(timedelta(minutes=59))
    assert post.platform.said("p") == []
    await post.engine.advance(timedelta(minutes=3))
    assert [reply.text for reply in post.platform.said("p")] == ["closed"]


async def test_faults_on_the_way_do_not_count_as_refusals(post: Post) -> None:
    post.platform.faults["p"] = [TryLater("down")] * len(GENTLE) + [Forbidden("not in channel")]
    await post.say("a", "p")
    for _ in range(len(GENTLE) + 1):
        post.engine.now += timedelta(hours=2)
        await post.go()
    assert (await post.row("p")).state == "sent"


class _NoRun:
    """A job under way that needs nothing of its engine."""

    key = "k"

    async def step(self, name: str, work: Any) -> Any:
        return await work()

    async def sleep(self, seconds: float) -> None:
        """No time passes."""

    async def wait_for(self, topic: str, seconds: float) -> Any:
        return None


def _raises(error: Exception) -> Any:
    async def fail(*_: object) -> None:
        raise error

    return fail


async def _hangs(*_: object) -> str:
    await asyncio.Event().wait()
    return ""
