"""/steps: what is logged is looked at, told once, shown only by those who say so, and can be taken back."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.http.politeness import Gate, SystemClock
from tests.contract.tours.steps import right_of, wrong_of
from tests.support.github import LocalGitHub, local_github
from tests.support.stage import Stage, token, words

WINE = "https://github.com/ada/wine"


@pytest.fixture
async def github(stage: Stage) -> AsyncIterator[LocalGitHub]:
    """A GitHub that the bot asks, without waiting between two questions."""
    registry = stage.app.router.registry
    climb = registry.cog_of(registry.commands["steps", "log"])._climb  # type: ignore[attr-defined]  # its own
    stage.app.http._gate = Gate(SystemClock(), spacing=0)
    async with local_github() as there:
        climb._github._base = there.url
        yield there


async def log(stage: Stage, who: str = "ada", **values: str) -> str:
    return words(await stage.submit(await stage.say("/steps log", who), who, organiser=False, **values))


async def test_a_project_that_is_there_counts_in_full(stage: Stage, github: LocalGitHub) -> None:
    github.repositories["ada/wine"] = (frozenset({"ada"}), True)
    said = await log(stage, kind="project", what="Wine", link=WINE)
    assert "Looked at: public, with a README" in said
    assert "May the others see your steps?" in said
    assert "step 1: 30%" in await stage.read("/steps overview")
    again = await log(stage, kind="project", what="Wine again", link=WINE)
    assert "It stood there already" in again
    assert "step 1: 30%" in await stage.read("/steps overview")


async def test_what_lacks_something_is_told_and_can_be_mended(stage: Stage, github: LocalGitHub) -> None:
    github.repositories["ada/wine"] = (frozenset({"ada"}), False)
    assert "it has no README" in await log(stage, kind="project", what="Wine", link=WINE)
    assert "Mend: Wine" in await stage.read("/steps next")
    github.repositories["ada/wine"] = (frozenset({"ada"}), True)
    assert "Looked at" in await log(stage, kind="project", what="Wine", link=WINE)
    assert "step 1: 30%" in await stage.read("/steps overview")


async def test_what_can_not_be_looked_at_is_tried_again_and_told_once(stage: Stage, github: LocalGitHub) -> None:
    github.down = True
    said = await log(stage, kind="project", what="Wine", link=WINE)
    assert "nothing is lost" in said
    assert "step 1: 15%" in await stage.read("/steps overview")
    await stage.live(timedelta(minutes=30))
    assert stage.said("ada") == []
    github.down = False
    github.repositories["ada/wine"] = (frozenset({"ada"}), True)
    await stage.live(timedelta(hours=2))
    (told,) = stage.said("ada")
    assert "Looked at" in told
    assert "step 1: 30%" in await stage.read("/steps overview")
    await stage.leap(timedelta(days=3))
    assert len(stage.said("ada")) == 1
    assert not stage.engine.failed


async def test_looking_ends_and_what_was_taken_back_is_not_looked_at(stage: Stage, github: LocalGitHub) -> None:
    github.down = True
    await log(stage, kind="project", what="Wine", link=WINE)
    await stage.leap(timedelta(days=5))
    assert stage.said("ada") == []
    await log(stage, "bob", kind="project", what="Tea", link="https://github.com/bob/tea")
    undo = await stage.say("/steps undo", "bob")
    number = undo.cards[0].parts[0].choices[0].value  # type: ignore[union-attr]  # the menu
    await stage.click("steps.take_back", "bob", picked=number)
    asked = len(github.asked)
    await stage.leap(timedelta(days=5))
    assert len(github.asked) == asked
    assert not stage.engine.failed


async def test_an_entry_is_taken_back_by_its_member_only(stage: Stage) -> None:
    await log(stage, kind="paper", what="A paper on trees")
    undo = await stage.say("/steps undo")
    number = undo.cards[0].parts[0].choices[0].value  # type: ignore[union-attr]  # the menu
    assert "does not stand" in words(await stage.click("steps.take_back", "bob", picked=number))
    assert "no longer counts" in words(await stage.click("steps.take_back", picked=number))
    assert "does not stand" in words(await stage.click("steps.take_back", picked=number))
    assert "Nothing to take back" in await stage.read("/steps undo")


async def test_the_board_names_only_those_who_say_so(stage: Stage) -> None:
    await log(stage, "ada", kind="paper", what="One")
    await log(stage, "bob", kind="post", what="Two")
    assert "2 members more without a name" in await stage.read("/steps board", "cleo")
    await stage.click("steps.choose:yes", "ada")
    board = await stage.read("/steps board", "cleo")
    assert "Ada" in board
    assert "Bob" not in board
    assert "1 member more without a name. They have begun step 4: 1" in board
    assert "Ada on six steps" in await stage.read("/steps show member:Ada", "cleo")
    assert "Nobody of that name" in await stage.read("/steps show member:Bob", "cleo")
    await stage.click("steps.choose:no", "ada")
    assert "Nobody of that name" in await stage.read("/steps show member:Ada", "cleo")


async def test_a_goal_of_this_week_goes_first(stage: Stage) -> None:
    assert "It is the first of all" in await stage.read("/steps next")
    await stage.say('/goals add goal:"Read a survey" step:4')
    assert "Choose a topic that is narrow enough" in await stage.read("/steps next")


async def test_a_quiz_counts_once_it_is_passed(stage: Stage) -> None:
    asked = await stage.say("/skills quiz skill:git")
    for _ in range(8):
        asked = await stage.click(wrong_of(asked))
    assert "0 of 8" in words(asked)
    assert "step 3: 0%" in await stage.read("/steps overview")
    for title in ("It counts for step 3", "it counts once"):
        asked = await stage.click("skills.begin:git")
        for _ in range(8):
            asked = await stage.click(right_of(asked))
        assert title in words(asked)
    assert "step 3: 10%" in await stage.read("/steps overview")
    assert "✅ **Git**" in await stage.read("/skills list") or "✅ Git" in await stage.read("/skills list")


async def test_a_task_is_ticked_from_the_ledger(stage: Stage) -> None:
    card = await stage.say("/steps next")
    form = await stage.click(token(card, "playbook.did"))
    await stage.submit(form, note="Does a lawn tell its colour?")
    assert "✅ Choose a small project with a question" in await stage.read("/playbook step:1")
    assert "Get a baseline running" in await stage.read("/steps next")
