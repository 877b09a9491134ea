"""Answers in time, to whom they are meant: every way in which Discord lets an interaction be answered."""

import asyncio
from typing import Annotated, Any

import pytest

from bot.chat import (
    PRIVATE,
    PUBLIC,
    BadInput,
    Button,
    Buttons,
    Card,
    Choice,
    Choices,
    Cog,
    Context,
    File,
    Form,
    Message,
    Picture,
    Reply,
    Suggest,
    Text,
    TextInput,
    act,
    action,
    command,
    listen,
    submit,
    suggest,
)
from bot.platforms.discord import client
from bot.platforms.discord.turns import Turn
from tests.support.discord_connected import Connected, connected
from tests.support.discord_driver import private
from tests.support.discord_faults import Fault
from tests.support.discord_payloads import text_of
from tests.support.discord_world import ADA, BOT, GRACE, LEADS, Interaction, Json
from tests.support.sampler import PNG


class Pace(Cog):
    """Answers that come when the test lets them."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.reply = Reply("At last.")

    async def late(self) -> Reply:
        await self.go.wait()
        return self.reply

    @command(shows=PUBLIC)
    async def openly(self, ctx: Context) -> Reply:
        """Answer for all."""
        return await self.late()

    @command(shows=PRIVATE)
    async def quietly(self, ctx: Context) -> Reply:
        """Answer for one."""
        return await self.late()

    @command(opens_form=True)
    async def form(self, ctx: Context) -> Form:
        """Open a form too late."""
        await self.late()
        return Form("Late", act("pace.take"), (TextInput("name", "Name"),))

    async def build(self, ctx: Context) -> Form:
        return Form("Late", act("pace.take"), (TextInput("name", "Name"),))

    @submit(form="build", slow=True)
    async def take(self, ctx: Context, *, name: str) -> Reply:
        """Take it."""
        if name == "wrong":
            raise BadInput("No.", field="name")
        return Reply(f"Took {name}.", replaces=name == "replace")

    @action(shows=PUBLIC)
    async def quick(self, ctx: Context) -> Reply:
        """Answer a click."""
        return await self.late()

    @action(shows=PUBLIC, slow=True)
    async def slow(self, ctx: Context) -> Reply:
        """Answer a click that is known to be slow."""
        return await self.late()

    @action(opens_form=True)
    async def again(self, ctx: Context) -> Form:
        """Open a form."""
        return await self.build(ctx)

    @command()
    async def find(self, ctx: Context, what: Annotated[str, Suggest("slowly")] = "") -> Reply:
        """Find.

        what: completes slowly
        """
        return Reply(what)

    @suggest
    async def slowly(self, ctx: Context, typed: str) -> list[Choice]:
        await self.go.wait()
        return []

    @listen(links=True)
    async def link(self, ctx: Context, message: Message) -> Reply | None:
        """Answer to a link as the test says."""
        return self.reply if "pace" in message.text else None


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


async def test_a_thread_that_may_not_be_opened_is_said_privately() -> None:
    async with connected() as c:
        c.discord.world.faults.append(Fault("403", f"POST /channels/{LEADS}/messages/"))
        interaction = await c.discord.slash("/sampler thread")
        await c.discord.until(lambda: len(interaction.said) == 2)
        assert private(interaction.said[1])
        assert "permission" in text_of(interaction.said[1])


async def test_what_discord_refuses_is_logged_and_said(caplog: pytest.LogCaptureFixture) -> None:
    cog = Pace()
    # An address that only Discord itself can find wrong.
    cog.reply = Reply(cards=(Card("c", (Picture("file.png", "x"), Text("t"))),), files=(File("file.png", b""),))
    cog.go.set()
    async with connected(cog) as c:
        c.discord.world.faults.append(Fault("400", "POST /interactions"))
        interaction = await c.discord.slash("/pace openly")
        assert "does not show it" in text_of(interaction.said[0])
        assert "an answer was refused: 400" in caplog.text


async def test_a_cogs_mistake_is_logged_and_said(caplog: pytest.LogCaptureFixture) -> None:
    cog = Pace()
    cog.reply = Reply(cards=(Card("c", (Choices("a.b", "Pick", (Choice("x", "v" * 101),)),)),))
    cog.go.set()
    async with connected(cog) as c:
        interaction = await c.discord.slash("/pace openly")
        assert private(interaction.said[0])
        assert "does not show it" in text_of(interaction.said[0])
        assert "at most 100 characters" in caplog.text


async def test_where_nothing_can_be_said_that_is_logged_too(caplog: pytest.LogCaptureFixture) -> None:
    cog = Pace()
    cog.go.set()
    async with connected(cog) as c:
        c.discord.world.faults.append(Fault("400", "POST /interactions", times=2))
        await c.discord.send({"type": 2, "data": c.discord.command_data("/pace openly", {})})
        await c.discord.until(lambda: c.discord.world.statuses[400] == 2)
        c.discord.world.faults.append(Fault("reset", "POST /interactions"))
        await c.discord.send({"type": 2, "data": c.discord.command_data("/pace openly", {})})
        shown = await c.discord.slash("/pace openly")
        assert text_of(shown.said[0]) == "At last."
        assert "nor could that be said: 400" in caplog.text


async def test_a_failure_of_our_own_is_logged_with_its_cause(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("the cause")

    async with connected() as c:
        data = c.discord.command_data("/sampler typed", {"colour": "red"})
        with monkeypatch.context() as patch:
            patch.setattr(Turn, "say", fail)
            await c.discord.send({"type": 2, "data": data})
            await c.discord.complete("/sampler typed", "where", "b")
        assert "answering a command failed" in caplog.text
        assert "the cause" in caplog.text


async def test_an_interaction_that_is_over_is_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    async with connected(patience=0.0) as c:
        c.discord.world.faults.append(Fault("404", "POST /interactions"))
        data = c.discord.command_data("/sampler slow", {})
        await c.discord.send({"type": 2, "data": data})
        await c.discord.until(lambda: "could not be acknowledged" in caplog.text or c.discord.world.statuses[404])
        c.cog.release.set()
        await c.platform._client.settle(1.0) if c.platform._client else None
        shown = await c.discord.slash("/sampler typed", colour="red")
        assert shown.callbacks
        assert "could not be acknowledged" in caplog.text


async def test_a_listener_may_answer_one_person_alone() -> None:
    cog = Pace()
    cog.reply = Reply("Between us.", shows=PRIVATE)
    async with connected(cog) as c:
        await c.discord.say("pace: https://example.org", user=GRACE)
        await c.discord.until(lambda: c.discord.messages(c.discord.direct(GRACE)))
        assert [text_of(m) for m in c.discord.messages(c.discord.direct(GRACE))] == ["Between us."]
        assert [m["author"]["id"] for m in c.discord.messages()] == [GRACE]


async def test_a_listener_that_may_not_speak_is_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    async with connected(Pace()) as c:
        c.discord.world.faults.append(Fault("403", f"POST /channels/{LEADS}"))
        await c.discord.say("pace: https://example.org", user=ADA)
        await c.discord.until(lambda: c.discord.world.statuses[403])
        await c.discord.say(f"<@{BOT}> https://jobs.example.org", user=ADA)
        await c.discord.until(lambda: len(c.discord.messages()) == 4)
        assert "a listener's words were refused: 403" in caplog.text
