"""/steps log again: a better link takes the place of the old; a member's one name on GitHub tells what is theirs."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.chat import Form, Reply
from bot.steps.ledger import Standing, standing_of
from tests.support.filling import found
from tests.support.github import LocalGitHub, github_of
from tests.support.goals import number
from tests.support.stage import Stage, token, words

WINE = "https://github.com/ada/wine"


@pytest.fixture
async def github(stage: Stage) -> AsyncIterator[LocalGitHub]:
    async with github_of(stage) as there:
        yield there


async def log(stage: Stage, who: str = "ada", **values: str) -> Reply:
    said = await stage.submit(await stage.say("/steps log", who), who, organiser=False, **values)
    assert isinstance(said, Reply)
    return said


async def standing(stage: Stage, who: str = "ada") -> list[Standing]:
    member = await number(stage, who)
    return await stage.app.database.read(lambda c: standing_of(c, member))


async def test_a_link_that_comes_later_is_looked_at(stage: Stage, github: LocalGitHub) -> None:
    github.repositories["ada/wine"] = (frozenset({"ada"}), True)
    await log(stage, kind="project", what="Wine quality", github="ada")
    said = words(await log(stage, kind="project", what="wine  Quality", link=WINE))
    assert "Link added" in said
    assert "Looked at: public" in said
    (entry,) = await standing(stage)
    assert (entry.subject, entry.url, entry.verified_at) == ("Wine quality", WINE, stage.engine.now)


async def test_a_mistyped_link_is_replaced(stage: Stage, github: LocalGitHub) -> None:
    github.repositories["ada/wine"] = (frozenset({"ada"}), True)
    said = words(await log(stage, kind="project", what="P2", link=WINE + "x", github="ada", note="n"))
    assert "GitHub shows no such public repository: is it private, or mistyped? Mend it" in said
    assert WINE + "x" in await stage.read("/steps next")
    said = words(await log(stage, kind="project", what="P2", link=WINE))
    assert "Link replaced" in said
    assert "Looked at: public" in said
    assert "Mend" not in await stage.read("/steps next")
    (entry,) = await standing(stage)
    assert (entry.url, entry.note, entry.lacking) == (WINE, "n", "")


async def test_a_second_note_takes_the_place_of_the_first(stage: Stage) -> None:
    for note, title in (("one", "Written down"), ("two", "Note replaced"), ("two", "Already in your ledger")):
        form = await stage.click("playbook.did:project-choose")
        said = words(await stage.submit(form, note=note))
        assert title in said
    (entry,) = await standing(stage)
    assert entry.note == "two"
    said = words(await stage.submit(await stage.click("playbook.did:project-choose"), link="http://127.0.0.1/x"))
    assert "Link added" in said
    assert "Not yet verified" in said
    (entry,) = await standing(stage)
    assert (entry.url, entry.note) == ("http://127.0.0.1/x", "two")


async def test_what_was_verified_stays_so_with_another_note(stage: Stage, github: LocalGitHub) -> None:
    github.repositories["ada/wine"] = (frozenset({"ada"}), True)
    await log(stage, kind="project", what="Wine", link=WINE, github="ada")
    asked = len(github.asked)
    said = words(await log(stage, kind="project", what="Wine", note="shown to Bob"))
    assert "Note added" in said
    (entry,) = await standing(stage)
    assert entry.verified_at is not None
    assert entry.note == "shown to Bob"
    assert len(github.asked) == asked


async def test_one_link_is_one_project_and_two_tools(stage: Stage, github: LocalGitHub) -> None:
    github.repositories["ada/wine"] = (frozenset({"ada"}), True)
    await log(stage, kind="project", what="Wine", link=WINE, github="ada")
    await log(stage, kind="project", what="Tea")
    said = words(await log(stage, kind="project", what="Tea", link="https://github.com/Ada/wine.git"))
    assert "Already in your ledger" in said, "it is the first one's"
    for what in ("Docker", "Tests"):
        assert "Written down" in words(await log(stage, kind="tool", what=what, link=WINE))
    assert [entry.subject for entry in await standing(stage)] == ["Wine", "Tea", "Docker", "Tests"]


async def test_what_is_sent_twice_at_once_is_one_entry(stage: Stage) -> None:
    form = await stage.say("/steps log")
    await asyncio.gather(*(stage.submit(form, kind="paper", what="A paper") for _ in range(3)))
    assert len(await standing(stage)) == 1


async def test_nobody_elses_repository_is_verified(stage: Stage, github: LocalGitHub) -> None:
    link = "https://github.com/torvalds/linux"
    github.repositories["torvalds/linux"] = (frozenset({"torvalds"}), True)
    card = await log(stage, kind="project", what="Linux", link=link)
    assert "I don't know your name on GitHub" in words(card)
    assert "step 1: 15%" in await stage.read("/steps overview")
    shown = await stage.say("/steps next")
    assert "Mend: Linux" in words(shown)
    form = await stage.click(token(shown, "steps.tell_name"))
    said = words(await stage.submit(form, github="@ada"))
    assert "On GitHub you are ada" in said
    assert "no commits by ada" in said
    assert "step 1: 15%" in await stage.read("/steps overview")


async def test_the_name_is_told_once_and_looks_at_what_waited(stage: Stage, github: LocalGitHub) -> None:
    github.repositories["ada/wine"] = (frozenset({"ada-l"}), True)
    card = await log(stage, kind="project", what="Wine", link=WINE)
    form = await stage.click(token(card, "steps.tell_name"))
    assert "letters, digits and hyphens" in words(await stage.submit(form, github="ada@example.org"))
    assert "Looked at: public" in words(await stage.submit(form, github="https://github.com/ada-l"))
    assert "step 1: 30%" in await stage.read("/steps overview")
    again = await stage.say("/steps log")
    assert isinstance(again, Form)
    assert "github" not in {item.name for item in again.inputs}
    assert "GitHub (only you see it): ada-l" in await stage.read("/me profile")
    assert "ada-l" not in await stage.read("/steps show member:Ada", "bob")
    private = await stage.click("me.edit_private")
    assert "ada-2" in words(await stage.submit(private, github="ada-2"))


async def test_no_name_stays_in_the_engine_or_after_forgetting(stage: Stage, github: LocalGitHub) -> None:
    github.down = True
    await log(stage, "quill", kind="project", what="Wine", link=WINE, github="quill-on-github")
    assert [args for _, job, args in stage.engine._delayed.values() if job == "steps.look"] == [
        {"evidence": 1, "tries": 0}
    ]
    export = await stage.say("/me export", "quill")
    assert isinstance(export, Reply)
    assert b"quill-on-github" in zipfile.ZipFile(io.BytesIO(export.files[0].content)).read("json/profile.json")
    github.down = False
    github.repositories["ada/wine"] = (frozenset({"ada"}), True)
    await stage.live(timedelta(minutes=30))
    (told,) = stage.said("quill")
    assert "no commits by quill-on-github" in told
    assert "Mend: Wine" in await stage.read("/steps next", "quill")
    await stage.submit(await stage.click("me.ask_word", "quill"), "quill", word="forget")
    assert await stage.app.database.read(lambda c: found(c, "quill-on-github")) == []
    await stage.leap(timedelta(days=3))
    assert not stage.engine.failed
