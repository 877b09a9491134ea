"""Rounds of every week: signed up for, reminded of, begun or called off, by the community's clock."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.chat import Reply
from bot.interviews.rounds_models import Round, RoundSeat
from bot.work.models import Schedule
from tests.support.rounds import go, thread
from tests.support.stage import Stage, token, words

WEDNESDAY = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
"""18:00 in Berlin."""


async def schedule(stage: Stage, line: str = "/interview schedule day:wednesday minimum:2 questions:1") -> None:
    form = await stage.say("/interview setup", "olga", organiser=True)
    await stage.submit(form, "olga", True, place="leads", zone="berlin")
    assert "Wednesday at 18:00 (Europe/Berlin)" in await stage.read(line, "olga", organiser=True)


async def until(stage: Stage, moment: datetime) -> None:
    await stage.leap(moment - stage.engine.now)
    await go(stage)


async def latest(stage: Stage) -> list[str]:
    """What the messages to sign up with say now."""
    edits = {message: words(reply) for message, reply in stage.platform.edits}
    said = [f"leads-{n}" for n in range(1, len(stage.platform.said("leads")) + 1)]
    return [edits.get(message) or stage.said("leads")[n] for n, message in enumerate(said)]


async def schedules(stage: Stage) -> dict[str, datetime]:
    """When the jobs of rounds of every week run next."""
    query = sa.select(Schedule.key, Schedule.next_at).where(Schedule.key.like("rounds.%"))
    return {row.key: row.next_at for row in await stage.app.database.read(lambda c: c.execute(query).all())}


async def test_enough_signed_up_so_it_begins(stage: Stage) -> None:
    await schedule(stage)
    await go(stage)
    assert stage.said("leads") == [], "it is Monday morning: one signs up from two days before"
    await until(stage, WEDNESDAY - timedelta(days=2) + timedelta(minutes=1))
    [message] = stage.platform.said("leads")
    sign = token(message, "interview.sign_up")
    for who in ("ada", "bob", "cleo"):
        assert "See you on Wednesday, 25 November at 18:00" in words(await stage.click(sign, who))
    await stage.click(sign, "ada")
    await stage.click(token(message, "interview.sign_off"), "cleo")
    await go(stage, 1)
    assert "2 signed up: Ada and Bob." in (await latest(stage))[0]
    await until(stage, WEDNESDAY - timedelta(minutes=29))
    assert [len(stage.said(who)) for who in ("ada", "bob", "cleo")] == [1, 1, 0]
    assert "In half an hour" in stage.said("ada")[0]
    assert "your mock interview begins: " in stage.said("ada")[0]
    await until(stage, WEDNESDAY + timedelta(minutes=1))
    assert "It has begun, with Ada and Bob" in (await latest(stage))[0]
    query = sa.select(sa.func.count()).select_from(RoundSeat)
    assert await stage.app.database.read(lambda c: c.execute(query).scalar_one()) == 2
    await until(stage, WEDNESDAY + timedelta(minutes=3))
    assert any("Question 1 of 1" in text for text in thread(stage))
    assert "begun or is over" in words(await stage.click(sign, "eve"))
    ahead = {"sign_up": timedelta(days=2), "remind": timedelta(minutes=30), "begin": timedelta()}
    following = WEDNESDAY + timedelta(days=7)
    wanted = {f"rounds.{job}:1": following - before for job, before in ahead.items()}
    assert await schedules(stage) == wanted, "and so it goes every week"
    assert stage.engine.failed == []


async def test_it_follows_the_community_into_another_zone(stage: Stage) -> None:
    await schedule(stage)
    form = await stage.say("/interview setup", "olga", organiser=True)
    await stage.submit(form, "olga", True, place="leads", zone="America/New_York")
    assert "Wednesday at 18:00 (America/New_York)" in await stage.read("/interview scheduled", "ada")
    await until(stage, WEDNESDAY + timedelta(hours=5, minutes=1))
    assert "I'm in" in (await latest(stage))[0], "it is noon there"
    await until(stage, WEDNESDAY + timedelta(hours=6, minutes=1))
    assert "called off" in (await latest(stage))[0]


@pytest.mark.parametrize("late", [False, True])
async def test_too_few_or_too_late_it_is_called_off(stage: Stage, late: bool) -> None:
    await schedule(stage)
    await until(stage, WEDNESDAY - timedelta(days=2) + timedelta(minutes=1))
    [message] = stage.platform.said("leads")
    for who in ("ada", "bob") if late else ("ada",):
        await stage.click(token(message, "interview.sign_up"), who)
    await until(stage, WEDNESDAY - timedelta(minutes=1))
    assert ("begins if 1 more person signs up" in stage.said("ada")[-1]) is not late
    if late:
        stage.engine.now += timedelta(minutes=45)
    await until(stage, WEDNESDAY + timedelta(hours=1))
    assert ("I was away" if late else "1 person signed up, and it takes 2") in (await latest(stage))[0]
    assert "No mock interview this time" in stage.said("ada")[-1]
    assert await stage.app.database.read(lambda c: c.execute(sa.select(Round.id)).first()) is None


async def test_it_is_listed_and_cancelled(stage: Stage) -> None:
    await schedule(stage, "/interview schedule day:wednesday minimum:2 topic:statistics")
    await until(stage, WEDNESDAY - timedelta(days=2) + timedelta(minutes=1))
    shown = await stage.say("/interview scheduled", "ada")
    assert isinstance(shown, Reply)
    assert "Next on 25 November" in words(shown)
    assert "no more" not in words(shown)
    cancel = token(await stage.say("/interview scheduled", "olga", organiser=True), "interview.unschedule")
    assert "Only organisers" in words(await stage.click(cancel, "ada"))
    for who in ("ada", "bob"):
        await stage.click(token(stage.platform.said("leads")[0], "interview.sign_up"), who)
    await stage.click("me.notify:rounds/no", "bob")
    await stage.click(cancel, "olga", organiser=True)
    await go(stage, 1)
    [told] = stage.said("ada")
    assert "An organiser cancelled it" in told, "who signed up does not wait for a round in vain"
    assert stage.said("bob") == [], "who wants to hear nothing of rounds is not told"
    assert "no longer held" in (await latest(stage))[0]
    assert "No round is held" in await stage.read("/interview scheduled", "ada")
    sign = token(stage.platform.said("leads")[0], "interview.sign_up")
    assert "no longer held" in words(await stage.click(sign, "bob"))
    assert await schedules(stage) == {}
