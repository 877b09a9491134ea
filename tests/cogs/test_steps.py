"""/steps: what is logged is looked at, told once, shown only by those who say so, and can be taken back."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.chat import Form, Reply, Text
from tests.contract.tours.steps import right_of, wrong_of
from tests.support.github import LocalGitHub, github_of
from tests.support.stage import Stage, token, words

WINE = "https://github.com/ada/wine"


@pytest.fixture
async def github(stage: Stage) -> AsyncIterator[LocalGitHub]:
    async with github_of(stage) as there:
        yield there


async def log(stage: Stage, who: str = "ada", **values: str) -> str:
    return words(await stage.submit(await stage.say("/steps log", who), who, organiser=False, **values))


async def test_a_project_that_is_there_counts_in_full(stage: Stage, github: LocalGitHub) -> None:
    github.repositories["ada/wine"] = (frozenset({"ada"}), True)
    said = await log(stage, kind="project", what="Wine", link=WINE, github="ada")
    assert "Looked at: public, with a README" in said
    assert "May the others see you by name?" in said
    assert "step 1: 30%" in await stage.read("/steps overview")
    again = await log(stage, kind="project", what="Wine again", link=WINE)
    assert "It stood there already" in again
    assert "step 1: 30%" in await stage.read("/steps overview")


async def test_what_lacks_something_is_told_and_can_be_mended(stage: Stage, github: LocalGitHub) -> None:
    github.repositories["ada/wine"] = (frozenset({"ada"}), False)
    assert "it has no README" in await log(stage, kind="project", what="Wine", link=WINE, github="ada")
    shown = await stage.read("/steps next")
    assert "Mend: Wine" in shown
    assert "It counts half: it has no README" in shown
    assert "Or go on: Choose a small project" in shown
    github.repositories["ada/wine"] = (frozenset({"ada"}), True)
    assert "Looked at" in await log(stage, kind="project", what="Wine", link=WINE)
    assert "step 1: 30%" in await stage.read("/steps overview")


async def test_what_can_not_be_looked_at_is_tried_again_and_told_once(stage: Stage, github: LocalGitHub) -> None:
    github.down = True
    said = await log(stage, kind="project", what="Wine", link=WINE, github="ada")
    assert "nothing is lost" in said
    assert "Mend" not in await stage.read("/steps next"), "nobody knows that it lacks anything"
    overview = await stage.read("/steps overview")
    assert "step 1: 15%" in overview
    assert "1. 1 of 2 projects, not yet verified, counts half" in overview
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
    assert "1 member more without a name." in board
    assert "They have begun" not in board, "one step of one member points at them"
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
    assert "✓ **Git**" in await stage.read("/skills list") or "✓ Git" in await stage.read("/skills list")


async def test_a_task_is_ticked_from_the_ledger(stage: Stage) -> None:
    card = await stage.say("/steps next")
    form = await stage.click(token(card, "playbook.did"))
    await stage.submit(form, note="Does a lawn tell its colour?")
    assert "✓ Choose a small project with a question" in await stage.read("/playbook step:1")
    assert "Get a baseline running" in await stage.read("/steps next")


async def test_the_question_is_asked_once(stage: Stage) -> None:
    assert "May the others" not in await stage.read("/steps overview"), "there is nothing to see yet"
    assert "May the others see you by name?" in await log(stage, kind="paper", what="One")
    assert "May the others" not in await log(stage, kind="paper", what="Two")
    assert "May the others" not in await stage.read("/steps overview")
    await stage.submit(await stage.click("me.edit_private"), shows="later")
    assert "May the others" not in await stage.read("/steps overview"), "to decide later is an answer"
    await stage.submit(await stage.click("me.edit_private", "bob"), "bob", shows="no")
    assert "May the others" not in await log(stage, "bob", kind="paper", what="One")


async def test_what_a_yes_means_is_chosen_and_shown(stage: Stage) -> None:
    asked = await stage.read("/steps share")
    assert all(part in asked for part in ("/steps board", "/goals board", "recap", "offer"))
    for choice, now in (
        ("yes", "see you by name, but not with an offer"),
        ("offers", "see you by name, also with an offer"),
        ("no", "don't see you by name"),
    ):
        await stage.click(f"steps.choose:{choice}")
        assert now in await stage.read("/steps share")
        form = await stage.click("me.edit_private")
        assert isinstance(form, Form)
        assert {i.name: i.value for i in form.inputs}["shows"] == choice
    assert "see me by name: yes, also with an offer" in words(await stage.submit(form, shows="offers"))


async def test_our_own_words_are_shown_as_written(stage: Stage) -> None:
    task = await stage.click("playbook.task:skills-git")
    assert isinstance(task, Reply)
    (text, *_) = task.cards[0].parts
    assert isinstance(text, Text)
    assert "**What counts:** The Git quiz in `/skills`." in text.text
    said = await log(stage, kind="project", what="*Wine* `x`")
    assert "*Wine* `x` · step 1, build ML side projects" in said
    assert "*Wine* `x`" in await stage.read("/steps undo")


async def test_projects_that_nobody_looked_at_are_told_apart(stage: Stage, github: LocalGitHub) -> None:
    await log(stage, kind="project", what="One", github="ada")
    assert "1 of 2 projects, not yet verified, counts half" in await stage.read("/steps overview")
    await log(stage, kind="project", what="Two")
    assert "2 of 2 projects, not yet verified, count half" in await stage.read("/steps overview")
    github.repositories["ada/wine"] = (frozenset({"ada"}), True)
    await log(stage, kind="project", what="Two", link=WINE)
    assert "2 of 2 projects, 1 of them not yet verified, counts half" in await stage.read("/steps overview")


async def test_the_board_is_complete_in_words_and_says_no_step_of_two(stage: Stage) -> None:
    for n in range(20):
        await log(stage, f"m{n:02}", kind="paper", what="One")
        if n > 2:
            await stage.click("steps.choose:yes", f"m{n:02}")
    await stage.submit(await stage.click("me.edit", "m19"), "m19", name="王小明 *x*")
    first, second = await stage.read("/steps board"), words(await stage.click("steps.turn:2"))
    assert "3 members more without a name. They have begun step 4: 3." in first
    assert "1. M03 – · – · – · 5% · – · –" in first
    assert [f"M{n:02}" in first + second for n in range(3, 19)] == [True] * 16
    assert "16. M18 " in second
    assert "17. 王小明 *x* – " in second
    await stage.click("steps.choose:yes", "m00")
    assert "2 members more without a name.\n" in await stage.read("/steps board")
