"""/goals at its edges: what a form holds, weeks that are over, times away that overlap, and what is said of freezes."""

from bot.chat import Form
from bot.chat.limits import fit_form
from bot.platforms.discord.limits import LIMITS
from tests.support.goals import DAY, WEEK, check_in, goals
from tests.support.stage import Stage, words


async def test_a_long_goal_keeps_its_step_when_the_form_is_saved_again(stage: Stage) -> None:
    await goals(stage, first="x" * 199 + " #1")
    form = await stage.click(f"goals.write:{WEEK}")
    assert isinstance(form, Form)
    saved = await stage.submit(fit_form(form, LIMITS))
    assert "(step 1)" in words(saved)


async def test_no_form_opens_for_a_week_that_cant_be_set(stage: Stage) -> None:
    assert "this week and the next" in words(await stage.click("goals.write:2027-W20"))
    assert "That week is over" in words(await stage.click("goals.write:2026-W20"))
    assert isinstance(await stage.click("goals.write:2026-W49"), Form)


async def test_times_away_that_overlap_are_one(stage: Stage) -> None:
    for until in ("2026-12-06", "2026-12-06", "2026-12-03", "2026-12-10"):
        await stage.say(f"/goals away until:{until} since:2026-11-30")
    await stage.say("/goals away until:2026-12-05 since:2026-11-24")
    shown = await stage.read("/goals streak")
    assert shown.count("Away") == 1
    assert "Away from Tuesday, 24 November 2026 to Thursday, 10 December 2026" in shown


async def test_without_a_freeze_a_missed_week_costs_the_streak_and_it_says_so(stage: Stage) -> None:
    await check_in(stage, learned="Much")
    assert "0 of 3 freezes held: a missed week ends the streak." in await stage.read("/goals streak")
    for _ in range(3):
        await stage.leap(7 * DAY)
        await check_in(stage, learned="More")
    assert "1 of 3 freezes held: a missed week costs one, not the streak." in await stage.read("/goals streak")


async def test_a_wrong_answer_is_told_the_answers_there_are(stage: Stage) -> None:
    await goals(stage)
    assert "is one of done, partly, not;" in await check_in(stage, goal_1="purple")
