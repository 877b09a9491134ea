"""Answers in time, to whom they are meant: every way in which Discord lets an interaction be answered."""

from typing import Any

import pytest

from bot.chat import (
    PRIVATE,
    PUBLIC,
    Button,
    Buttons,
    Card,
    Reply,
    act,
)
from bot.platforms.discord import client
from tests.support.discord_connected import Connected, connected
from tests.support.discord_driver import private
from tests.support.discord_payloads import text_of
from tests.support.discord_world import Interaction, Json
from tests.support.pace import Pace
from tests.support.sampler import PNG


def buttons() -> Reply:
    made = tuple(Button(name, act(f"pace.{name}")) for name in ("quick", "slow", "again"))
    return Reply("Old", (Card("Card", (Buttons(made),)),), shows=PUBLIC)


async def shown(c: Connected, cog: Pace, path: str = "/pace openly") -> Json:
    """A public message with buttons."""
    cog.reply = buttons()
    cog.go.set()
    interaction = await c.discord.slash(path)
    await c.discord.until(lambda: text_of(interaction.said[0]))
    said = interaction.said[0]
    cog.go.clear()
    cog.reply = Reply("At last.")
    return said


async def finish(c: Connected, cog: Pace, interaction: Interaction, text: str = "At last.") -> Json:
    """Let the handler answer, and return the message that says so."""
    cog.go.set()
    await c.discord.until(lambda: any(text_of(m) == text for m in interaction.said))
    return next(m for m in interaction.said if text_of(m) == text)


@pytest.mark.parametrize("path", ["/pace openly", "/pace quietly"])
async def test_a_late_answer_takes_the_place_of_thinking(path: str) -> None:
    cog = Pace()
    async with connected(cog, patience=0.0) as c:
        interaction = await c.discord.slash(path)
        assert interaction.deferred
        answer = await finish(c, cog, interaction)
        assert len(interaction.said) == 1
        assert private(answer) == (path == "/pace quietly")


@pytest.mark.parametrize(("path", "shows"), [("/pace openly", PRIVATE), ("/pace quietly", PUBLIC)])
async def test_a_late_answer_for_others_than_expected_is_a_new_message(path: str, shows: Any) -> None:
    cog = Pace()
    cog.reply = Reply("At last.", shows=shows)
    async with connected(cog, patience=0.0) as c:
        interaction = await c.discord.slash(path)
        answer = await finish(c, cog, interaction)
        assert private(answer) == (shows is PRIVATE)
        assert [text_of(m) for m in interaction.said] == ["At last."]


async def test_a_late_click_is_acknowledged_without_a_sign() -> None:
    cog = Pace()
    async with connected(cog, patience=0.0) as c:
        interaction = await c.discord.click(await shown(c, cog), "quick")
        assert interaction.callbacks[0]["type"] == 6
        assert not private(await finish(c, cog, interaction))
        assert len(c.discord.messages()) == 2


@pytest.mark.parametrize("label", ["quick", "slow"])
async def test_a_late_click_replaces_its_message(label: str) -> None:
    cog = Pace()
    async with connected(cog, patience=0.0) as c:
        message = await shown(c, cog)
        cog.reply = Reply("New", replaces=True)
        interaction = await c.discord.click(message, label)
        assert interaction.callbacks[0]["type"] == {"quick": 6, "slow": 5}[label]
        cog.go.set()
        await c.discord.until(lambda: [text_of(m) for m in c.discord.messages()] == ["New"])
        assert c.discord.messages()[0]["id"] == message["id"]


async def test_a_slow_click_on_a_hidden_message_answers_beside_it() -> None:
    cog = Pace()
    async with connected(cog, patience=0.0) as c:
        cog.reply = Reply("Old", buttons().cards, shows=PRIVATE)
        cog.go.set()
        interaction = await c.discord.slash("/pace quietly")
        await c.discord.until(lambda: text_of(interaction.said[0]))
        message = interaction.said[0]
        cog.reply = Reply("New", replaces=True)
        answer = await finish(c, cog, await c.discord.click(message, "slow"), "New")
        assert answer["id"] != message["id"]


async def test_a_form_that_comes_too_late_is_asked_for_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_FORM_MORE", 0.0)
    cog = Pace()
    async with connected(cog, patience=0.0) as c:
        interaction = await c.discord.slash("/pace form")
        assert interaction.deferred
        cog.go.set()
        await c.discord.until(lambda: "once more" in text_of(interaction.said[0]))
        assert interaction.modal is None


async def test_a_submitted_form_is_acknowledged_first_where_that_takes_long() -> None:
    cog = Pace()
    async with connected(cog) as c:
        opened = await c.discord.click(await shown(c, cog), "again")
        taken = await c.discord.submit(opened, {"name": "ada"})
        assert taken.deferred
        await c.discord.until(lambda: text_of(taken.said[0]) == "Took ada.")
        assert private(taken.said[0])


async def test_a_submitted_form_may_replace_the_message_that_opened_it() -> None:
    cog = Pace()
    async with connected(cog) as c:
        message = await shown(c, cog)
        opened = await c.discord.click(message, "again")
        await c.discord.submit(opened, {"name": "replace"})
        await c.discord.until(lambda: [text_of(m) for m in c.discord.messages()] == ["Took replace."])


async def test_a_completion_that_takes_too_long_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_FORM_MORE", 0.0)
    async with connected(Pace(), patience=0.0) as c:
        assert await c.discord.complete("/pace find", "what", "x") == []


async def test_tokens_of_older_versions_are_answered() -> None:
    async with connected() as c:
        old: Json = {"type": 2, "custom_id": "not ours at all", "id": 1}
        message = await c.discord.say("anything")
        interaction = await c.discord.component(message, old, [])
        assert "older version" in text_of(interaction.said[0])
        gone = await c.discord.component(message, {**old, "custom_id": "gone.action:1"}, [])
        assert private(gone.said[0])


async def test_files_and_pictures_come_along() -> None:
    async with connected() as c:
        interaction = await c.discord.slash("/sampler parts")
        (message,) = interaction.said
        (attachment,) = message["attachments"]
        assert c.discord.world.files[attachment["id"]][2] == PNG
        await c.discord.click(message, "Turn")
        assert message["attachments"] == []
