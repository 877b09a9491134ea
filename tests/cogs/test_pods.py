"""/pods: from joining to the question whether one met, to the minute, once, whatever happens in between."""

from typing import Any

import pytest
import sqlalchemy as sa

from bot.accountability.models import Away
from bot.accountability.pods_models import Pod, PodStay
from bot.chat import Caller, Form, Place
from bot.chat.fallback import text_of
from bot.chat.platform import PlaceGone
from bot.community.models import ChannelRole, Community, Workspace
from bot.me.forgetting import forget
from bot.work.models import Schedule
from tests.support.fake_platform import FakePlatform
from tests.support.goals import number
from tests.support.pods import DAY, HOUR, join, met, pods, read, said_at, set_up, threads, until
from tests.support.stage import START, Stage, token, words


async def test_organisers_choose_day_hour_and_place(stage: Stage) -> None:
    assert "Only organisers" in await stage.read("/pods setup")
    assert "Only organisers" in await stage.read("/pods stats")
    form = await stage.say("/goals setup", "olga", organiser=True)
    await stage.submit(form, "olga", True, place="peers", zone="Europe/Berlin")
    form = await stage.say("/pods setup", "olga", organiser=True)
    assert isinstance(form, Form)
    assert [i.value for i in form.inputs] == ["peers", "1", "10", "Europe/Berlin"], "the place for goals, until chosen"
    said = await set_up(stage, zone="berlin", weekday="3", hour="18", place="pairs")
    assert "Wednesday at 18:00 (Europe/Berlin), for the next time on 25 November" in said
    form = await stage.say("/pods setup", "olga", organiser=True)
    assert isinstance(form, Form)
    assert [i.value for i in form.inputs] == ["pairs", "3", "18", "Europe/Berlin"]
    zone = await stage.app.database.read(lambda c: c.execute(sa.select(Community.zone)).scalar_one())
    assert zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("values", "problem"),
    [({"hour": "24"}, "0 to 23"), ({"weekday": "8"}, "1 (Monday)"), ({"zone": "x"}, "Europe/Berlin")],
)
async def test_wrong_inputs_say_what_is_expected(stage: Stage, values: dict[str, str], problem: str) -> None:
    assert problem in await set_up(stage, **values)


async def test_pairs_are_matched_asked_and_written_down(stage: Stage) -> None:
    await set_up(stage)
    await join(stage, "ada", "bob", "cleo", "dan", topics="vision, nlp", note="I like *long* walks")
    await until(stage, 1, 9, 59)
    assert await pods(stage) == {}
    await until(stage, 1, 12)
    first = (await pods(stage))["Mon 23"]
    assert sorted(map(len, first)) == [2, 2]
    assert sorted(reply.thread for reply in stage.platform.said("peers")) == [
        "Pair 1, 23 November 2026",
        "Pair 2, 23 November 2026",
    ]
    talks = [text_of(reply) for reply in threads(stage)]
    assert len(talks) == 2
    assert all(f"@{who.title()}" in "".join(talks) for who in ("ada", "bob", "cleo", "dan"))
    assert "(vision, nlp): I like" in talks[0]
    assert "To begin with: “" in talks[0]
    await until(stage, 8, 9, 59)
    assert not read(threads(stage), "Did you meet")
    await until(stage, 8, 12)
    questions = read(threads(stage), "Did you meet")
    assert len(questions) == 2
    assert not {*map(frozenset, first)} & {*map(frozenset, (await pods(stage))["Mon 30"])}, "somebody else each week"

    yes, no = token(questions[0], "pods.met"), token(questions[0], "pods.not_yet")
    pair = sorted(first[int(yes.removeprefix("pods.met:")) - 1])
    other = next(who for who in ("ada", "bob", "cleo", "dan") if who not in pair)
    assert "Only those who are in it" in words(await stage.click(yes, other))
    assert "once more on Monday, 7 December" in words(await stage.click(no, pair[0]))
    assert "once more on Monday, 7 December" in words(await stage.click(no, pair[1])), "moved once"
    await until(stage, 15, 12)
    again = read(threads(stage), "you wanted a week more")
    assert len(again) == 1
    assert "Not this time" in text_of(again[0])
    assert "I ask once more" in words(await stage.click(no, pair[0])), "an old question changes nothing"
    assert "Not this time, and that is fine" in words(await stage.click(token(again[0], "pods.not_yet"), pair[0]))
    assert await met(stage) == []
    for who in (*pair, pair[0]):
        assert "You met" in words(await stage.click(yes, who))
    assert await met(stage) == pair, "once for each, however often it is said"
    await stage.settle()
    assert read([reply for _, reply in stage.platform.edits], "You met")
    await until(stage, 22, 9)
    assert len(read(threads(stage), "Did you meet")) == 5, "2 + 2 of two rounds, and one that was asked twice"
    assert not stage.engine.failed


async def test_joining_pausing_and_leaving(stage: Stage) -> None:
    assert "not matched at the moment" in await stage.read("/pods status")
    assert "/pods join begins" in await stage.read("/pods leave")
    assert "/pods join begins" in await stage.read("/pods pause")
    await join(stage, "ada", weeks="2", size="pod", topics="rl")
    assert "as soon as an organiser chooses" in await stage.read("/pods status")
    assert "rl" in await stage.read("/me profile"), "topics are kept in one place"
    await set_up(stage)
    status = await stage.read("/pods status")
    assert "pods of three to four, every two weeks" in status
    assert "Monday, 23 November, 10:00" in status
    assert "0 to 12" in await stage.read("/pods pause 13")
    assert "You sit out 1 round" in await stage.read("/pods pause")
    assert "Monday, 7 December" in await stage.read("/pods status"), "fortnights are the same for all"
    await join(stage, "bob", "cleo", "dan")
    await until(stage, 1, 12)
    assert [sorted(each) for each in (await pods(stage))["Mon 23"]] == [["bob", "cleo", "dan"]]
    assert "sit out" not in await stage.read("/pods status"), "one round was left out"
    status = await stage.read("/pods status", "bob")
    assert "Your pod since 23 November: Bob, Cleo and Dan" in status
    assert "You are matched no more" in await stage.read("/pods leave", "bob")
    assert "Your pod since" in await stage.read("/pods status", "bob"), "what began goes on"
    assert "Every week (1)" in words(await stage.submit(await stage.say("/pods join"), weeks="4"))
    stats = await stage.read("/pods stats", "olga", organiser=True)
    assert "3 members in." in stats
    assert "Week 48: 1 group, 1 not asked yet, 4 joined, 1 left" in stats


async def test_who_is_left_over_or_away(stage: Stage) -> None:
    await set_up(stage)
    await join(stage, "ada", "bob")
    away = {"first_day": START.date(), "last_day": START.date() + 7 * DAY}
    ada = await number(stage)
    await stage.app.database.run(lambda c: c.execute(sa.insert(Away).values(member_id=ada, **away)))
    assert "You are away now" in await stage.read("/pods status")
    await until(stage, 1, 12)
    assert await pods(stage) == {}
    [alone] = stage.said("bob")
    assert "nobody left to meet you" in alone
    assert "1 left over" in await stage.read("/pods stats", "olga", organiser=True)
    await until(stage, 8, 12)
    await until(stage, 15, 12)
    assert [*await pods(stage)] == ["Mon 07"], "away until the 30th, that day too"


async def test_an_outage_a_new_hour_and_a_new_day_repeat_nothing(stage: Stage) -> None:
    await set_up(stage)
    await join(stage, "ada", "bob", "cleo", "dan")
    stage.engine.now += 30 * HOUR
    await stage.live(HOUR)
    await set_up(stage, hour="23")
    await stage.live(2 * HOUR)
    assert [at for what, at in await said_at(stage) if what == "pods.open"] == ["Tue 24 14:01"] * 2
    await until(stage, 7)
    await set_up(stage, zone="America/New_York", hour="9")
    await until(stage, 8, 13, 59)
    assert not read(threads(stage), "Did you meet")
    await until(stage, 8, 14, 5)
    assert len(read(threads(stage), "Did you meet")) == 2, "nine in New York"
    await set_up(stage, weekday="2")
    await until(stage, 9, 12)
    assert [*await pods(stage)] == ["Mon 23", "Mon 30"], "who is in a pair since Monday is not matched on Tuesday"
    await until(stage, 16, 12)
    assert [*await pods(stage)] == ["Mon 23", "Mon 30", "Tue 08"]
    stage.engine.now += 12 * DAY
    await stage.live(2 * HOUR)
    assert [*await pods(stage)] == ["Mon 23", "Mon 30", "Tue 08"], "five days late: the next round is near"
    assert len(read(threads(stage), "Did you meet")) == 6, "asked late rather than never"
    said = [what for what, _ in await said_at(stage)]
    assert len(said) == len(threads(stage)) + len(stage.platform.said("peers"))
    assert not stage.engine.failed


async def test_without_a_place_for_a_thread_each_is_told_privately(stage: Stage) -> None:
    """A community on two platforms, of which one has no place for pods: matched within each platform, none alone."""
    slack = stage.app.platforms["slack"] = FakePlatform("slack")
    await set_up(stage)
    rows = {"community_id": 1, "platform": "slack", "external_id": "T1", "name": "Team", "created_at": START}
    await stage.app.database.run(lambda c: c.execute(sa.insert(Workspace).values(rows)))
    await join(stage, "ada", "bob")
    for who in ("U1", "U2"):
        caller = Caller("slack", "T1", who, f"Sue {who}", Place("C1", "general"))
        form = await stage.app.router.text(caller, "/pods join")
        assert isinstance(form, Form)
        await stage.app.router.submit(caller, form.submit, {"size": "pair", "weeks": "1"})
    await until(stage, 1, 11)
    await until(stage, 8, 11)
    assert {frozenset(pair) for pair in (await pods(stage))["Mon 23"]} == {
        frozenset(("ada", "bob")),
        frozenset(("U1", "U2")),
    }
    first, ask, *_ = slack.said("U1")
    assert "you are matched with @Sue U2" in text_of(first)
    assert "Did you meet" in text_of(ask)
    await stage.app.router.action(
        Caller("slack", "", "U1", "Sue", Place("D1", "", "direct")), token(ask, "pods.met"), None
    )
    assert await met(stage) == ["U1", "U2"]
    await stage.app.database.run(lambda c: c.execute(sa.update(ChannelRole).values(trouble="gone")))
    await until(stage, 15, 11)
    assert any("you are matched with @Ada" in said for said in stage.said("bob")), "a place that can't be reached"


async def test_who_is_forgotten_leaves_counts_and_nobody_to_ask(stage: Stage) -> None:
    await set_up(stage)
    await join(stage, "ada", "bob")
    await until(stage, 1, 12)
    ada = await number(stage)
    await stage.app.database.run(lambda c: forget(c, ada, ()))
    await until(stage, 8, 12)
    assert not read(threads(stage), "Did you meet")
    assert await stage.app.database.read(lambda c: c.execute(sa.select(Pod.size)).scalars().all()) == [2]
    stays = await stage.app.database.read(lambda c: c.execute(sa.select(PodStay.member_id)).scalars().all())
    assert sorted(stays, key=bool) == [None, await number(stage, "bob")]
    assert "Your pair since 23 November: Bob." in await stage.read("/pods status", "bob")


async def test_who_leaves_while_it_is_matched_is_not_in_it(stage: Stage) -> None:
    await set_up(stage)
    await join(stage, "ada", "bob", "cleo")
    registry = stage.app.router.registry
    rounds = registry.cog_of(registry.commands["pods", "setup"])._rounds  # type: ignore[attr-defined]  # its cog's
    offload, calls = rounds._offload, []

    async def slow(function: Any, *args: Any) -> Any:
        calls.append(args)
        if len(calls) == 1:
            await stage.say("/pods leave", "cleo")
        return await offload(function, *args)

    rounds._offload = slow
    await until(stage, 1, 12)
    assert len(calls) == 2
    assert await pods(stage) == {"Mon 23": [{"ada", "bob"}]}
    await rounds.match(None, {"workspace": 1, "day": "2026-11-23"})
    assert len(calls) == 2, "made once, also when the job is run again"


async def test_one_community_has_one_day(stage: Stage) -> None:
    await set_up(stage)
    rows = {"community_id": 1, "platform": "web", "external_id": "second", "name": "Two", "created_at": START}
    await stage.app.database.run(lambda c: c.execute(sa.insert(Workspace).values(rows)))
    caller = Caller("web", "second", "otto", "Otto", Place("hall", "hall"), True)
    form = await stage.app.router.text(caller, "/pods setup")
    assert isinstance(form, Form)
    values = {i.name: i.value for i in form.inputs} | {"place": "hall", "weekday": "5"}
    await stage.app.router.submit(caller, form.submit, values)
    schedules = sa.select(Schedule.key, Schedule.days).where(Schedule.job == "pods.match")
    found = await stage.app.database.read(lambda c: c.execute(schedules).all())
    assert [tuple(row) for row in found] == [("pods.match:2", "5")]


async def test_a_place_that_is_gone_is_told_to_who_chose_it(stage: Stage) -> None:
    await set_up(stage)
    await join(stage, "ada", "bob")
    stage.platform.faults["peers"] = [PlaceGone("deleted")]
    await until(stage, 1, 12)
    [told] = stage.said("olga")
    assert "The place for pods (peers) does not exist any more. Choose another one with /pods setup." in told
    assert "Your pair since 23 November: Ada and Bob" in await stage.read("/pods status")
    await set_up(stage, place="pairs")
    await until(stage, 8, 12)
    assert len(stage.platform.said("pairs")) == 1
