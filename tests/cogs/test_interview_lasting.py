"""Rounds outlast what goes wrong: lost timers, a grader that fails, a restart, a member who leaves for good."""

from datetime import timedelta

import sqlalchemy as sa

from bot.interviews.bank import Question
from bot.interviews.grading.grades import Grade
from bot.interviews.rounds_machine import Pace
from bot.interviews.rounds_models import RoundAnswer, RoundSeat
from bot.interviews.rounds_timers import RESCUE, Timers
from cogs.interview_scores import InterviewScores
from tests.support.rounds import answer, go, graded, open_round, row, thread
from tests.support.stage import Stage, token, words


async def test_a_round_whose_timer_is_lost_is_found(stage: Stage) -> None:
    number = await open_round(stage, "bob")
    stage.engine._delayed.clear()
    await stage.live(timedelta(minutes=7))
    assert (await row(stage, number)).position == 2
    assert sum("A good answer to question 1" in text for text in thread(stage)) == 1


async def test_a_turn_whose_timer_was_never_set_is_taken_as_soon_as_it_is_looked_for(stage: Stage) -> None:
    """The last answer came, and the process died before it set the timer; the next one looks as it starts."""
    number = await open_round(stage, "bob")
    for who in ("ada", "bob"):
        stage.engine._keys.add(f"round:{number}:turn:{(await row(stage, number)).turns + 1}")
        await answer(stage, number, 1, who, "An answer")
    await stage.engine.settle()
    assert (await row(stage, number)).phase == "asking"
    stage.engine.now += timedelta(milliseconds=100)
    assert await Timers(stage.app.database, stage.engine, stage.engine.clock, Pace()).sweep() == 1
    await stage.engine.settle()
    assert (await row(stage, number)).phase == "reading"


async def test_a_round_that_never_had_a_timer_gets_one(stage: Stage) -> None:
    await stage.say("/interview start questions:1", "ada")
    keys = stage.engine._keys
    missing = {key for key in keys if key.startswith("round:")}
    keys -= missing
    for key in missing:
        stage.engine._delayed.pop(key, None)
    await stage.engine.enqueue("rescue", RESCUE, {"community": 1})
    await stage.engine.settle()
    assert missing <= stage.engine._keys


class Failing:
    """Graders that fail as often as they are told to."""

    def __init__(self, times: int) -> None:
        self.times = times

    async def grade(self, question: Question, text: str, *, member: int | None, community: int | None) -> Grade:
        self.times -= 1
        if self.times >= 0:
            raise RuntimeError("no memory")
        return Grade(score=1.0, grader="rubric")


async def test_a_grader_that_fails_holds_up_nobody(stage: Stage) -> None:
    fail(stage, 1)
    number = await open_round(stage)
    await answer(stage, number, 1, "ada", "An answer")
    await go(stage)
    assert await graded(stage, number) == {}
    await go(stage, 31)
    await answer(stage, number, 2, "ada", "Another answer")
    await go(stage)
    await go(stage)
    assert (await row(stage, number)).phase == "over"
    assert set(await graded(stage, number)) == {(1, "ada"), (2, "ada")}, "it was tried again at the end"
    assert len(stage.engine.failed) == 1
    fail(stage, 99)
    number = await open_round(stage, line="/interview start questions:1")
    await answer(stage, number, 1, "ada", "An answer")
    await go(stage, 121)
    await go(stage)
    assert (await row(stage, number)).phase == "over", "the end does not wait for ever"
    assert "being graded" in words(await stage.click(f"interview.feedback:{number}/1", "ada"))


def fail(stage: Stage, times: int) -> None:
    cog = next(each for each in stage.app.router.registry.cogs if isinstance(each, InterviewScores))
    cog._grading._graders = Failing(times)  # type: ignore[assignment]  # it grades as they do


async def test_who_is_forgotten_leaves_no_words_in_a_round(stage: Stage) -> None:
    number = await open_round(stage, "bob")
    await answer(stage, number, 1, "bob", "Bob's secret words")
    form = await stage.click(token(await stage.say("/me forget", "bob"), "me."), "bob")
    await stage.submit(form, "bob", word="forget")
    texts = await stage.app.database.read(lambda c: list(c.execute(sa.select(RoundAnswer.text)).scalars()))
    assert texts in ([""], [])
    seats = await stage.app.database.read(lambda c: len(c.execute(sa.select(RoundSeat.id)).all()))
    assert seats == 1
    await answer(stage, number, 1, "ada", "An answer")
    await go(stage)
    assert (await row(stage, number)).phase == "reading", "who is gone is not waited for"
