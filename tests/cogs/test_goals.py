"""/goals: a week from the Monday prompt to the recap, to the minute, in the member's own zone."""

import pytest
import sqlalchemy as sa

from bot.chat import Form
from bot.community.models import NotificationChoice
from bot.steps.kinds import Kind
from bot.steps.ledger import retract, standing_of
from bot.steps.models import Evidence
from tests.support.goals import WEEK, check_in, goals, number, said_at, set_up, show_name, streak, until
from tests.support.stage import Stage, token, words


async def test_organisers_set_the_week_up(stage: Stage) -> None:
    assert "Only organisers" in await stage.read("/goals setup")
    form = await stage.say("/goals setup", "olga", organiser=True)
    assert isinstance(form, Form)
    assert {i.name: i.value for i in form.inputs} == {
        "place": "leads",
        "zone": "UTC",
        "prompt": "9",
        "check_in": "17",
        "recap": "mon8",
    }
    assert "recap comes on Sunday at 20:00 (Europe/Berlin)" in await set_up(stage, zone="berlin", recap="sun20")
    form = await stage.say("/goals setup", "olga", organiser=True)
    assert isinstance(form, Form)
    assert [i.value for i in form.inputs] == ["peers", "Europe/Berlin", "9", "17", "sun20"]


@pytest.mark.parametrize(
    ("values", "problem"),
    [({"prompt": "24"}, "0 to 23"), ({"recap": "tue9"}, "sun12"), ({"zone": "x"}, "Europe/Berlin")],
)
async def test_wrong_inputs_say_what_is_expected(stage: Stage, values: dict[str, str], problem: str) -> None:
    assert problem in await set_up(stage, **values)


async def test_a_week_goes_from_the_prompt_to_the_recap(stage: Stage) -> None:
    await set_up(stage)
    for who in ("ada", "bob", "cleo", "dan"):
        await goals(stage, who, second="Write a test")
    off = {"member_id": await number(stage, "cleo"), "kind": "goals", "wanted": False}
    await stage.app.database.run(lambda c: c.execute(sa.insert(NotificationChoice).values(off)))
    await show_name(stage, "ada")
    await until(stage, 2)
    assert "checked in" in await check_in(stage, "bob", goal_1="done", goal_2="partly", learned="To begin early")
    await until(stage, 5, 18)
    assert "checked in" in await check_in(stage, "ada", goal_1="done", goal_2="done")
    await until(stage, 8, 23)
    ada, dan = await number(stage), await number(stage, "dan")
    assert await said_at(stage) == {
        "goals.prompt:1:2026-W48": "Mon 23 09:00",
        f"goals.nudge:{ada}:2026-W48": "Wed 25 09:00",
        f"goals.nudge:{dan}:2026-W48": "Wed 25 09:00",
        "goals.friday:1:2026-W48": "Fri 27 17:00",
        f"goals.reminder:{ada}:2026-W48": "Fri 27 17:00",
        f"goals.reminder:{dan}:2026-W48": "Fri 27 17:00",
        "goals.recap:1:2026-W48": "Mon 30 08:00",
        "goals.prompt:1:2026-W49": "Mon 30 09:00",
    }
    [_, _, recap, _] = stage.said("peers")
    assert "2 members checked in, 3 of 4 goals done" in recap
    assert "All goals done: Ada." in recap
    assert "Bob" not in recap
    assert "early" not in recap, "what was learned is private"
    [picture] = stage.platform.said("peers")[2].files
    assert picture.content.startswith(b"\x89PNG")
    assert not stage.engine.failed


async def test_own_hours_are_those_of_the_members_zone(stage: Stage) -> None:
    await set_up(stage, check_in="18")
    await goals(stage, zone="Asia/Tokyo")
    await until(stage, 7)
    ada = await number(stage)
    said = await said_at(stage)
    assert said[f"goals.nudge:{ada}:{WEEK}"] == "Wed 25 00:00"
    assert said[f"goals.reminder:{ada}:{WEEK}"] == "Fri 27 09:00"
    assert said[f"goals.friday:1:{WEEK}"] == "Fri 27 18:00"


async def test_a_check_in_counts_until_sunday_night_of_the_member(stage: Stage) -> None:
    await goals(stage, zone="America/Los_Angeles")
    late, late_goals = await stage.click(f"goals.answer:{WEEK}"), await stage.click(f"goals.write:{WEEK}")
    await until(stage, 8, 7, 59)
    assert "checked in" in words(await stage.submit(late, goal_1="done"))
    assert "1 week in a row" in await streak(stage)
    await until(stage, 8, 8)
    assert "ended on Sunday night" in words(await stage.submit(late, goal_1="not"))
    assert "ended on Sunday night" in words(await stage.click(f"goals.answer:{WEEK}"))
    assert "not begun" in words(await stage.click("goals.answer:2026-W50"))
    assert "over" in words(await stage.submit(late_goals, first="Too late"))
    assert "over" in words(await stage.click(f"goals.write:{WEEK}"))
    assert "this week and the next" in words(await stage.click("goals.write:2026-W51"))
    assert "Early bird" in words(await stage.submit(await stage.click("goals.write:2026-W50"), first="Early bird"))


async def test_goals_are_set_added_and_changed(stage: Stage) -> None:
    assert "No goals yet" in await stage.read("/goals show")
    assert "○ Read a paper (step 4)" in await goals(stage)
    assert "○ Ask for a review (step 2)" in await stage.read(
        "/goals add goal:'Ask for a review' step:2".replace("'", '"')
    )
    assert "Write to a team (step 6)" in await stage.read('/goals add "Write to a team, step 6"')
    assert "have 3 goals" in await stage.read("/goals add one too many")
    await check_in(stage, goal_1="done", goal_2="partly", goal_3="not")
    changed = await goals(stage, second="Something else", third="")
    assert "✓ Read a paper (step 4)" in changed
    assert "○ Something else" in changed
    assert "Write to a team" not in changed
    assert "under 200 letters" in await goals(stage, first="x" * 201)
    assert "few words" in await goals(stage, first="#3")


async def test_a_second_check_in_corrects_the_first(stage: Stage) -> None:
    await goals(stage)
    await check_in(stage, goal_1="partly", learned="Much")
    card = await stage.say("/goals show")
    again = await stage.submit(await stage.click(token(card, "goals.answer")), goal_1="done", learned="More")
    assert "Learned: More" in words(again)
    await stage.submit(await stage.click(token(card, "goals.answer")), goal_1="done", learned="More")
    ada = await number(stage)
    [row] = await stage.app.database.read(lambda c: standing_of(c, ada, [Kind.CHECK_IN]))
    assert (row.subject, row.note) == (f"{WEEK} 1/1", "More")
    count = sa.select(sa.func.count()).select_from(Evidence)
    assert await stage.app.database.read(lambda c: c.execute(count).scalar_one()) == 3, "said, taken back, said again"
    assert "1 week" in await streak(stage)
    await stage.app.database.run(lambda c: retract(c, ada, row.id, stage.engine.now))
    assert "begins with one" in await streak(stage)
    await check_in(stage, learned="Yet again")
    assert "1 week" in await streak(stage)
    assert "one line is enough" in await check_in(stage, "bob")
