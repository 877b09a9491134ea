"""Whoever is forgotten still counts: a community's figures are the same before and after, without anything personal."""

import sqlalchemy as sa

from bot.accountability.models import Goal
from bot.accountability.recaps import Recap, recap_of
from bot.accountability.weeks import Week
from bot.me.forgetting import forget
from bot.wiring.me import FOOTPRINTS
from tests.support.filling import found, references
from tests.support.goals import WEEK, check_in, goals, number
from tests.support.stage import Stage


async def test_a_recap_counts_on_without_the_person(stage: Stage) -> None:
    await goals(stage, "ada", "Read a paper #4", second="Zyx-goal of mine")
    await check_in(stage, "ada", goal_1="done", goal_2="done", learned="Zyx-lesson of mine")
    await goals(stage, "bob", "Write a test #3")
    await check_in(stage, "bob", goal_1="not")
    before = await recap(stage)
    assert (before.checked_in, before.goals, before.goals_done, before.finished) == (2, 3, 2, 1)
    ada = await number(stage)

    def work(connection: sa.Connection) -> None:
        forget(connection, ada, FOOTPRINTS)
        assert found(connection, "zyx-", "read a paper", "ada") == []
        assert references(connection, ada) == []

    await stage.app.database.run(work)
    assert await recap(stage) == before


async def test_a_recap_is_made_of_the_ledger_alone(stage: Stage) -> None:
    await goals(stage, "ada", "Read a paper #4", second="Write a test")
    await check_in(stage, "ada", goal_1="done", goal_2="done")
    assert (await recap(stage)).goals == 2
    await stage.say("/goals add goal:Sleep", "ada")
    made = await recap(stage)
    assert (made.goals, made.goals_done, made.finished) == (3, 2, 0), "a goal more after the check-in"
    await check_in(stage, "ada", goal_1="done", goal_2="done", goal_3="done", learned="Enough")
    await stage.app.database.run(lambda c: c.execute(sa.delete(Goal)))
    made = await recap(stage)
    assert (made.checked_in, made.goals, made.goals_done, made.finished) == (1, 3, 3, 1)


async def recap(stage: Stage) -> Recap:
    return await stage.app.database.read(lambda c: recap_of(c, 1, Week.parse(WEEK), "UTC"))
