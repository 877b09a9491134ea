"""The climb: to log, to see, to take back; the playbook, ideas for projects, and a quiz passed and failed."""

import random

from bot.chat import Reply
from bot.chat.command import Answer
from bot.chat.registry import tokens_of
from bot.steps.playbook import Playbook
from cogs.steps_words import KINDS
from tests.contract.tours.tour import HOSTILE, LONG, Tour

GROUPS = ("steps", "playbook", "projects", "skills")


async def walk(tour: Tour) -> None:
    """Go through all of it with long, hostile and plain words."""
    await _climb(tour)
    await _playbook(tour)
    await _quizzes(tour)
    for line in ("/projects", "/projects topic:vision level:2", "/projects topic:nothing"):
        await tour.command(line, "ada")
    await tour.click("projects.turn:2/0", "ada")
    for idea in Playbook.load().ideas:
        await tour.click(f"projects.open:{idea}", "ada")
    await tour.stage.settle()
    tour.said += [("message to ada", reply) for reply in tour.stage.platform.said("ada")]


async def _climb(tour: Tour) -> None:
    for line in ("/steps overview", "/steps next", "/steps board", "/steps undo", "/steps share"):
        await tour.command(line, "ada")
    form = await tour.command("/steps log", "ada")
    await tour.submit(form, "ada", kind="nonsense", what="x")
    await tour.submit(form, "ada", kind="project", what="x", link="not a link")
    await tour.submit(form, "ada", kind="project", what=" ")
    for kind in KINDS:
        await tour.submit(form, "ada", kind=kind.value, what=HOSTILE, note=LONG)
        await tour.submit(form, "ada", kind=kind.value, what=LONG)
    link = "https://github.com/ada/wine"
    await tour.submit(form, "ada", kind="project", what="Wine", link=link, github="@ada")
    await tour.submit(form, "ada", kind="project", what="Wine", link=link, github=HOSTILE)
    await tour.submit(form, "ada", kind="project", what="Wine", link=f"{link}/tree/main", note=LONG)
    named = await tour.click("steps.tell_name", "ada")
    await tour.submit(named, "ada", github=HOSTILE)
    await tour.submit(named, "ada", github="ada-l")
    await tour.submit(form, "ada", kind="project", what="Inner", link="http://127.0.0.1/secret")
    await tour.click("steps.begin", "ada")
    for choice in ("offers", "yes"):
        await tour.click(f"steps.choose:{choice}", "ada")
    await tour.click("steps.choose:no", "bob")
    await tour.submit(await tour.command("/steps log", "bob"), "bob", kind="paper", what="A paper")
    await tour.command("/steps overview", "ada")
    for line in ("/steps show member:ada", "/steps show member:bob", "/steps board", "/steps next", "/steps share"):
        await tour.command(line, "cleo")
    for turn in ("steps.turn:1", "steps.turn:99"):
        await tour.click(turn, "cleo")
    undo = await tour.command("/steps undo", "ada")
    entry = _values(undo)[0]
    for who in ("bob", "ada", "ada"):
        await tour.click("steps.take_back", who, picked=entry)
    await tour.click("steps.go_on", "ada")


async def _playbook(tour: Tour) -> None:
    for step in range(1, 7):
        await tour.command(f"/playbook step:{step}", "ada")
        await tour.click(f"playbook.open:{step}", "ada")
    await tour.click("playbook.open:9", "ada")
    for guide in Playbook.load().guides.values():
        for task in guide.tasks:
            await tour.click(f"playbook.task:{task.id}", "ada")
            form = await tour.click(f"playbook.did:{task.id}", "ada")
            if not isinstance(form, Reply):
                await tour.submit(form, "ada", note=HOSTILE, **({"what": LONG} if task.needs else {}))
    empty = await tour.click("playbook.did:project-choose", "ada")
    await tour.submit(empty, "ada")
    await tour.submit(empty, "ada", link="x")
    named = await tour.click("playbook.did:project-first", "ada")
    await tour.submit(named, "ada", what=" ", note="x")


async def _quizzes(tour: Tour) -> None:
    await tour.command("/skills list", "ada")
    await tour.command("/skills quiz skill:nothing", "ada")
    await tour.click("skills.show_all", "ada")
    for skill in Playbook.load().skills.values():
        await tour.command(f"/skills learn skill:{skill.id}", "ada")
        await tour.click(f"skills.open:{skill.id}", "ada")
        asked = await tour.command(f"/skills quiz skill:{skill.id}", "ada")
        for _ in skill.quiz:
            asked = await tour.click(right_of(asked), "ada")
        assert "Passed" in str(asked)
    asked = await tour.click("skills.begin:git", "ada")
    for _ in range(8):
        asked = await tour.click(wrong_of(asked), "ada")
    assert "0 of 8" in str(asked)
    await tour.click("skills.answer:git/1/99/0/0", "ada")


def right_of(asked: Answer) -> str:
    """Return the button of the right answer."""
    return next(t for t in answers_of(asked) if _is_right(t))


def wrong_of(asked: Answer) -> str:
    """Return a button of a wrong answer."""
    return next(t for t in answers_of(asked) if not _is_right(t))


def answers_of(asked: Answer) -> list[str]:
    """Return the buttons of a question."""
    assert isinstance(asked, Reply)
    return [each for each in tokens_of(asked) if each.startswith("skills.answer")]


def _is_right(token_: str) -> bool:
    skill, seed, number, _, chosen = token_.partition(":")[2].split("/")
    quiz = Playbook.load().skill(skill).quiz
    order = list(range(len(quiz)))
    random.Random(int(seed)).shuffle(order)  # noqa: S311 - as the quiz does
    return quiz[order[int(number)]].right == int(chosen)


def _values(reply: object) -> list[str]:
    assert isinstance(reply, Reply)
    found = [c.value for card in reply.cards for part in card.parts for c in getattr(part, "choices", ())]
    assert found
    return found
