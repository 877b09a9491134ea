"""A semester: 60 members in five zones, 16 weeks over three changes of summer time, an outage, restarts, a move.

What is said when is worked out from the calendar alone (tests/support/semester.py), and must be what was planned: to
the minute, nothing doubled, nothing lost.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.chat import act
from bot.steps.kinds import Kind
from bot.steps.ledger import standing_rows
from bot.steps.models import Evidence
from bot.work.models import Delivery
from tests.support import pods
from tests.support import semester as plan
from tests.support.goals import set_up
from tests.support.semester import BERLIN, LIVES, OUTAGE, PAIRED, PEOPLE, WEEKS, Due, noon
from tests.support.semester_pairs import due_of_pods, nobody_met_twice, pod_of
from tests.support.stage import Stage, raw, words

# Measuring its coverage doubles its time; what it drives is measured in tests of its own.
pytestmark = pytest.mark.no_cover

NOT_YET = (3, "m0")
MET = (6, "m2")
"""Whose pair is answered for, on Thursday of which week."""
ROWS = [raw("1", "Vision Intern", "Globex"), raw("2", "Speech Intern", "Initech")]


async def test_a_semester(stage: Stage) -> None:
    opened = stage
    stage.engine.now = datetime(2027, 1, 17, 10, tzinfo=UTC)
    await set_up(stage, zone=BERLIN)
    await pods.set_up(stage, zone=BERLIN, weekday="1", hour="18")
    await stage.take(*ROWS)
    for who in PEOPLE:
        await stage.say("/help", who, zone=plan.home(who))
    await pods.join(stage, *PAIRED)
    await stage.click("tracker.tell:follow_ups/no", plan.QUIET)
    said: Due = {}
    for week in range(WEEKS):
        if week in plan.RESTARTS:
            stage = await restarted(stage)
        stage = await a_week(stage, week)
        remember(said, await planned(stage))
    await live_until(stage, plan.END)
    remember(said, await planned(stage))
    assert not stage.engine.failed
    assert said == plan.due_of_goals() | plan.due_of_tracker() | await due_of_pods(stage, NOT_YET)
    await every_message_came_once(stage, said)
    await live_until(stage, noon(WEEKS))
    await streaks_are_right(stage)
    recaps_are_right(stage)
    await nobody_met_twice(stage)
    assert stage is not opened
    await stage.engine.stop()
    await stage.app.close()


async def a_week(stage: Stage, week: int) -> Stage:
    """Live through a week; returns the stage on which it ended: the bot that comes back after the outage is another."""
    await live_until(stage, noon(week))
    if week == plan.MOVES:
        await stage.say("/me zone tokyo", "m0")
    for who, life in LIVES.items():
        if life[week] in "x.":
            await fill_in(stage, "goals.keep", plan.name(week), who, first=f"Goal of week {week}")
        elif life[week - 1] != "-":
            until = plan.monday(week + life.count("-")) - plan.DAY
            assert "You are away" in await stage.read(f"/goals away until:{until}", who)
    await apply(stage, week)
    await live_until(stage, noon(week, 3))
    await check_in(stage, week, [who for who in LIVES if int(who[1:]) % 2 == 0], "done")
    await on_thursday(stage, week)
    await live_until(stage, noon(week, 5))
    await check_in(stage, week, [who for who in LIVES if int(who[1:]) % 2], "partly")
    if OUTAGE[0] < noon(week, 7) <= OUTAGE[1]:
        await live_until(stage, OUTAGE[0])
        stage = await restarted(stage)
        stage.engine.now = OUTAGE[1]
        await stage.live(timedelta(minutes=2))
    return stage


async def apply(stage: Stage, week: int) -> None:
    """Put into the pipelines what belongs there on Monday of a week."""
    opening = {"company": "Acme", "role": "ML Intern"}
    for who in (who for who, when in plan.APPLIED.items() if when == week):
        assert "stands at applied" in await fill_in(stage, "tracker.keep", None, who, **opening, stage="applied")
    who, when, closes = plan.SAVED_UNTIL
    if week == when:
        await fill_in(stage, "tracker.keep", None, who, **opening, deadline=closes.isoformat())
    who, reminders = plan.ASKED_FOR
    if week == 0:
        await fill_in(stage, "tracker.keep", None, who, **opening)
        for each in reminders:
            assert "I will remind you" in await stage.read(f'/tracker remind acme when:"{each}"', who)
        for who in plan.CLOSED[0]:
            await stage.click("leads.save:1", who)


async def on_thursday(stage: Stage, week: int) -> None:
    """Move applications on, answer for pairs, let a lead close: each in its week."""
    for who in (who for who, (when, _) in plan.MOVED_ON.items() if when == week):
        assert "interview" in await stage.read("/tracker move acme interview", who)
    for (when, who), name in ((NOT_YET, "pods.not_yet"), (MET, "pods.met")):
        if week == when:
            number = await pod_of(stage, plan.monday(week - 1), who)
            await stage.click(act(name, number, *([1] if name == "pods.not_yet" else [])), who)
    if week == plan.CLOSED[1]:
        await stage.take(*ROWS[1:])
        registry = stage.app.router.registry
        moves = registry.cog_of(registry.commands["tracker", "remind"])
        assert await moves._reminders.follow_leads() == len(plan.CLOSED[0])  # type: ignore[attr-defined]  # its cog's


async def check_in(stage: Stage, week: int, people: Collection[str], result: str) -> None:
    for who in people:
        if LIVES[who][week] == "x":
            assert "checked in" in await fill_in(stage, "goals.said", plan.name(week), who, goal_1=result)


async def fill_in(stage: Stage, form: str, value: str | None, who: str, /, **values: str) -> str:
    """Send a form in, as if it had been open all the time."""
    token = act(form, *([value] if value else []))
    return words(await stage.app.router.submit(stage.caller(who), token, values))


async def live_until(stage: Stage, until: datetime) -> None:
    """Live every minute at which anything is due."""
    if until > stage.engine.now:
        await stage.leap(until - stage.engine.now)


async def restarted(stage: Stage) -> Stage:
    """Stop the bot and start another on the same database; the places stay what they are."""
    await stage.settle()
    assert not stage.engine.failed
    fresh = Stage(stage.app.settings.database_url)
    fresh.engine.now, fresh.platform = stage.engine.now, stage.platform
    fresh.app.platforms["web"] = stage.platform
    await stage.engine.stop()
    await stage.app.close()
    return fresh


async def planned(stage: Stage) -> Due:
    """All that was planned, by what it is, to whom and of what, and in which minute.

    What was brought long ago is forgotten by then, so this is looked at every week.
    """
    query = sa.select(Delivery.what, Delivery.place, Delivery.created_at).where(Delivery.created_at <= plan.END)
    rows = await stage.app.database.read(lambda c: c.execute(query).all())
    found = [(key_of(row.what, row.place), row.created_at.replace(second=0, microsecond=0)) for row in rows]
    assert len(dict(found)) == len(found), "planned twice"
    return dict(found)


def key_of(what: str, place: str) -> str:
    """Name a message by what can be known before it is planned: not by the numbers of rows, but for those of pods."""
    kind, number, *rest = what.split(":")
    match kind.split("."):
        case ["goals", _]:
            return f"{kind} {place} {rest[0]}"
        case ["tracker", "closed"]:
            return f"{kind} {place}"
        case ["tracker", _]:
            return f"{kind} {place} {rest[0]}"
        case _:
            return " ".join((kind, place, number, *rest))


def remember(said: Due, more: Due) -> None:
    assert [key for key in more if said.get(key, more[key]) != more[key]] == [], "planned again at another time"
    said |= more


async def every_message_came_once(stage: Stage, said: Due) -> None:
    rows = await stage.app.database.read(lambda c: c.execute(sa.select(Delivery.state)).scalars().all())
    assert set(rows) == {"sent"}
    keys = [key for replies in stage.platform.messages.values() for key, _ in replies]
    assert len(keys) == len(set(keys)) == len(said)


async def streaks_are_right(stage: Stage) -> None:
    for who, (length, freezes) in plan.STREAKS.items():
        shown = await stage.read("/goals streak", who)
        assert f"{length} weeks in a row" in shown, who
        assert f"{freezes} of 3 freezes held" in shown, who
    query = standing_rows().with_only_columns(Evidence.kind, sa.func.count().label("number")).group_by(Evidence.kind)
    found = await stage.app.database.read(lambda c: {row.kind: row.number for row in c.execute(query)})
    assert found[Kind.CHECK_IN] == sum(life.count("x") for life in LIVES.values())
    assert found[Kind.MET] == 2, "one pair said that they met"
    assert found[Kind.APPLIED] == len(plan.APPLIED)


def recaps_are_right(stage: Stage) -> None:
    """Every week's figures: even numbers got their goal done, odd ones a part of it."""
    told = [said for said in stage.said("peers") if "checked in, " in said]
    assert len(told) == WEEKS
    for week, said in enumerate(told):
        came = [who for who, life in LIVES.items() if life[week] == "x"]
        done = sum(int(who[1:]) % 2 == 0 for who in came)
        assert f"{len(came)} members checked in, {done} of {len(came)} goals done." in said, week
