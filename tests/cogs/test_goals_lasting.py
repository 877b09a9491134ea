"""/goals beyond a week: outages, moves, times away, the board, merges; nothing is said twice and no streak is lost."""

from datetime import timedelta

import sqlalchemy as sa

from bot.accountability.merges import merge_goals
from bot.accountability.models import Goal
from bot.community.models import Member
from bot.me.merging import merge as merge_members
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Entry, write
from bot.steps.models import Evidence
from bot.work.models import Schedule
from tests.support.goals import (
    DAY,
    HOUR,
    WEEK,
    check_in,
    goals,
    number,
    prompts,
    said_at,
    set_up,
    show_name,
    streak,
    until,
)
from tests.support.stage import Stage, words


async def week_with_check_in(stage: Stage, who: str = "ada") -> None:
    """Set a goal, check in on the spot, and live a week."""
    await goals(stage, who)
    await check_in(stage, who, goal_1="done")
    await stage.leap(7 * DAY)


async def test_a_missed_week_ends_a_streak_but_for_an_outage_at_its_end(stage: Stage) -> None:
    await week_with_check_in(stage)
    assert "1 week in a row" in await streak(stage)
    await until(stage, 14, 20)
    stage.engine.now += 30 * HOUR
    await stage.live(HOUR)
    assert "1 week in a row" in await streak(stage), "down from Sunday evening until after midnight of Monday"
    await check_in(stage, learned="Back")
    assert "2 weeks in a row" in await streak(stage)
    await stage.leap(15 * DAY)
    assert "begins with one" in await streak(stage), "a week that was missed without an outage"


async def test_after_an_outage_nothing_comes_in_a_burst(stage: Stage) -> None:
    await set_up(stage)
    await goals(stage)
    await stage.live(2 * HOUR)
    stage.engine.now += 4 * DAY + 10 * HOUR
    await stage.live(2 * HOUR)
    ada = await number(stage)
    said = await said_at(stage)
    assert {k: v[:6] for k, v in said.items()} == {
        f"goals.prompt:1:{WEEK}": "Mon 23",
        f"goals.friday:1:{WEEK}": "Fri 27",
        f"goals.reminder:{ada}:{WEEK}": "Fri 27",
    }, "no nudge of Wednesday on Friday evening"
    stage.engine.now += 12 * DAY
    await stage.live(HOUR)
    assert (await said_at(stage)).keys() - said.keys() == {"goals.prompt:1:2026-W50"}, (
        "on Wednesday of the week after next only this week's prompt is caught up"
    )
    assert not stage.engine.failed


async def test_jobs_that_run_twice_say_nothing_twice(stage: Stage) -> None:
    await set_up(stage, recap="sun20")
    await goals(stage)
    await check_in(stage, goal_1="done")
    await until(stage, 8)
    before = await said_at(stage)
    assert before[f"goals.recap:1:{WEEK}"] == "Sun 29 20:00"
    for job, day in (("prompt", "2026-11-23"), ("friday", "2026-11-27"), ("recap", "2026-11-29")):
        await stage.engine.enqueue(f"again:{job}", f"goals.{job}", {"workspace": 1, "day": day})
    await set_up(stage, recap="mon8")
    await stage.live(9 * HOUR)
    assert (await said_at(stage)).keys() - before.keys() == {"goals.prompt:1:2026-W49"}


async def test_who_moves_loses_no_week_and_doubles_none(stage: Stage) -> None:
    await goals(stage, zone="America/Los_Angeles")
    await until(stage, 8, 1)
    ada = await number(stage)
    await prompts(stage).moved(ada, "Pacific/Auckland")
    moved = sa.update(Member).where(Member.id == ada).values(zone="Pacific/Auckland")
    await stage.app.database.run(lambda c: c.execute(moved))
    stage.app.directory.forget(ada)
    assert "checked in" in await check_in(stage, goal_1="done"), "Sunday evening where they lived this morning"
    assert "1 week" in await streak(stage)
    await check_in(stage, learned="Kia ora")
    assert "2 weeks in a row" in await streak(stage), "Monday where they live now"
    await until(stage, 8, 12)
    await prompts(stage).moved(ada, "America/Los_Angeles")
    assert "2 weeks in a row" in await streak(stage)
    query = sa.select(Evidence.subject).where(Evidence.kind == Kind.CHECK_IN.value)
    subjects = await stage.app.database.read(lambda c: list(c.execute(query).scalars()))
    assert sorted(subjects) == [f"{WEEK} 1/1", "2026-W49"]


async def test_own_hours_move_along(stage: Stage) -> None:
    await goals(stage, zone="Asia/Tokyo")
    ada = await number(stage)
    await prompts(stage).moved(ada, "Europe/Lisbon")
    await prompts(stage).moved(ada + 100, "Europe/Lisbon")
    await until(stage, 6)
    said = {f"goals.nudge:{ada}:{WEEK}": "Wed 25 09:00", f"goals.reminder:{ada}:{WEEK}": "Fri 27 17:00"}
    assert await said_at(stage) == said


async def test_organisers_move_fridays_hour_of_all(stage: Stage) -> None:
    await goals(stage, zone="Europe/Berlin")
    await set_up(stage, check_in="12")
    await until(stage, 6)
    assert (await said_at(stage))[f"goals.reminder:{await number(stage)}:{WEEK}"] == "Fri 27 11:00"


async def test_away_weeks_neither_break_nor_count(stage: Stage) -> None:
    await week_with_check_in(stage)
    await goals(stage)
    assert "from Monday, 30 November" in await stage.read("/goals away until:2026-12-06")
    assert "Away from" in await stage.read("/goals streak")
    await stage.leap(7 * DAY)
    assert not [what for what in await said_at(stage) if what.endswith("W49")], "who is away is not asked"
    assert "1 week in a row" in await streak(stage)
    assert "Welcome back" not in words(await stage.click("goals.back"))
    assert "order" in await stage.read("/goals away until:2026-12-10 since:2026-12-20")
    assert "nearer day" in await stage.read("/goals away until:2028-12-10")
    assert "to Thursday, 17 December" in await stage.read('/goals away until:"in 10 days"')
    assert "Welcome back" in words(await stage.click("goals.back"))
    assert "Away" not in await stage.read("/goals streak")


async def test_own_hours_end_after_quiet_weeks_and_begin_again(stage: Stage) -> None:
    await goals(stage)
    query = sa.select(sa.func.count()).select_from(Schedule)
    assert await stage.app.database.read(lambda c: c.execute(query).scalar_one()) == 2
    stage.engine.now += 37 * DAY
    await stage.live(HOUR)
    assert await stage.app.database.read(lambda c: c.execute(query).scalar_one()) == 0
    await goals(stage)
    assert await stage.app.database.read(lambda c: c.execute(query).scalar_one()) == 2


async def test_the_board_names_only_those_who_show_themselves(stage: Stage) -> None:
    assert "No streak runs yet" in await stage.read("/goals board")
    for who in ("ada", "bob", "cleo"):
        await check_in(stage, who, learned="Much")
    await show_name(stage, "bob")
    await stage.leap(7 * DAY)
    await check_in(stage, "bob", learned="More")
    board = await stage.read("/goals board")
    assert "1. Bob · 2 weeks" in board
    assert "2 more keep a streak without showing a name" in board
    assert "Ada" not in board
    for number_ in range(16):
        await check_in(stage, f"m{number_:02}", learned="Hello")
        await show_name(stage, f"m{number_:02}")
    assert "Page 1 of 2" in await stage.read("/goals board")
    assert "17. M15" in words(await stage.click("goals.turn_board:2"))


async def test_a_recap_tells_of_offers_and_a_quiet_week_has_none(stage: Stage) -> None:
    await set_up(stage)
    await until(stage, 8, 12)
    assert f"goals.recap:1:{WEEK}" not in await said_at(stage)
    await check_in(stage, "ada", learned="x")
    await show_name(stage, "ada")
    ada = await number(stage)
    entries = (Entry(Step.PART_TIME, Kind.OFFER, "Acme"), Entry(Step.TOPIC, Kind.PAPER, "A paper"))
    await stage.app.database.run(lambda c: [write(c, ada, entry, stage.engine.now) for entry in entries])
    await stage.click("steps.choose:offers", "ada")
    await stage.leap(7 * DAY)
    recap = stage.said("peers")[-2]
    assert "An offer this week: Ada. Congratulations!" in recap
    assert "2 new pieces of evidence, most of it on step 4" in recap


async def test_who_shows_their_steps_is_not_named_with_an_offer_for_that(stage: Stage) -> None:
    await set_up(stage)
    await until(stage, 8, 12)
    await check_in(stage, "ada", learned="x")
    await stage.click("steps.choose:yes", "ada")
    ada = await number(stage)
    offer = Entry(Step.PART_TIME, Kind.OFFER, "Acme")
    await stage.app.database.run(lambda c: write(c, ada, offer, stage.engine.now))
    await stage.leap(7 * DAY)
    (recap,) = [said for said in stage.said("peers") if "offer" in said]
    assert "An offer this week. Congratulations!" in recap
    assert "Ada" not in recap.partition("Congratulations!")[0]


async def test_two_members_who_are_one_keep_all_goals_and_one_streak(stage: Stage) -> None:
    for who in ("ada", "bob"):
        await goals(stage, who, second=f"{who} writes a test")
        await check_in(stage, who, goal_1="done", goal_2="not")
    keep, gone = await number(stage), await number(stage, "bob")

    def merge(connection: sa.Connection) -> list[tuple[str, int]]:
        merge_members(connection, keep, gone, [merge_goals], stage.engine.now)
        return [(r.words, r.position) for r in connection.execute(sa.select(Goal).order_by(Goal.position))]

    merged = await stage.app.database.run(merge)
    assert [position for _, position in merged] == [1, 2, 3, 4]
    assert "1 week in a row" in await streak(stage)
    await check_in(stage, goal_1="done", goal_2="done", goal_3="done", goal_4="done")
    assert (await stage.read("/goals show")).count("✓") == 4
    keys = await stage.app.database.read(lambda c: set(c.execute(sa.select(Schedule.key)).scalars()))
    assert keys == {f"goals.nudge:{keep}", f"goals.reminder:{keep}"}


async def test_who_goes_brings_their_hours_to_who_stays(stage: Stage) -> None:
    await stage.say("/goals show", "ada")
    await goals(stage, "bob")
    keep, gone = await number(stage), await number(stage, "bob")
    await stage.app.database.run(lambda c: merge_members(c, keep, gone, [merge_goals], stage.engine.now))
    rows = await stage.app.database.read(lambda c: c.execute(sa.select(Schedule.key, Schedule.args)).all())
    assert {row.key for row in rows} == {f"goals.nudge:{keep}", f"goals.reminder:{keep}"}
    assert all(row.args == {"member": keep} for row in rows)
    assert "Read a paper" in await stage.read("/goals show")


async def test_a_short_silence_is_no_outage(stage: Stage) -> None:
    await week_with_check_in(stage)
    await until(stage, 14, 23)
    stage.engine.now += timedelta(minutes=80)
    await stage.live(HOUR)
    assert "begins with one" in await streak(stage)
