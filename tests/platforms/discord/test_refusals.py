"""What goes wrong on the way to Discord is logged, and said where there is somebody to say it to."""

import pytest

from bot.chat import (
    PRIVATE,
    Card,
    Choice,
    Choices,
    File,
    Picture,
    Reply,
    Text,
)
from bot.platforms.discord.turns import Turn
from tests.support.discord_connected import connected
from tests.support.discord_driver import private
from tests.support.discord_faults import Fault
from tests.support.discord_payloads import text_of
from tests.support.discord_world import ADA, BOT, GRACE, LEADS
from tests.support.pace import Pace


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


async def test_a_listener_may_open_a_thread() -> None:
    cog = Pace()
    cog.reply = Reply("Let us talk.", thread="Talk")
    async with connected(cog) as c:
        await c.discord.say("pace: https://example.org")
        await c.discord.until(lambda: any(channel.name == "Talk" for channel in c.discord.world.channels.values()))
