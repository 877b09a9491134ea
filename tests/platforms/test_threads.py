"""On every platform a message in a thread comes from the place that `Platform.thread` says; listeners hear it there."""

from typing import Any

from bot.chat import Cog, Context, Message, Place, Reply, listen
from bot.chat.context import Caller
from bot.chat.listen import Listener, listeners
from bot.chat.platform import Address
from bot.platforms.slack import inbound
from bot.platforms.slack.connection import SlackPlatform, SlackSettings
from tests.support.discord_stage import stage
from tests.support.sampler import sampler_router
from tests.support.web_client import WebStage, web_stage


def _note(router: Any) -> list[tuple[Place, str]]:
    """Let a listener note what is written in threads."""
    heard: list[tuple[Place, str]] = []

    async def note(ctx: Context, message: Message) -> Reply | None:
        heard.append((ctx.place, message.text))
        return None

    router.registry.listeners.append(Listener(links=False, mentions=False, threads=True, handler=note))
    return heard


async def test_discord() -> None:
    async with stage() as s:
        heard = _note(s.platform._router)
        s.platform._client._threads = True  # type: ignore[union-attr]  # the listener came after the client was made
        message = await s.platform.send(s.address, Reply("A round", thread="Answers"), "key")
        await s.env.settle()
        (thread,) = s.channel.threads
        await s.grace.send(thread, "my answer")
        await s.grace.send(s.channel, "small talk")
        await s.env.settle()
        there = s.platform.thread(s.address, message)
        assert [(place.id, place.kind, place.parent, text) for place, text in heard] == [
            (there.place, "thread", s.address.place, "my answer")
        ]
        direct = Address("discord", "", str(s.ada.id), direct=True)
        assert s.platform.thread(direct, message) == direct


def test_slack() -> None:
    platform = SlackPlatform(sampler_router()[0], SlackSettings("xoxb-1"))
    there = platform.thread(Address("slack", "T1", "C1"), "1.0")
    event = {"type": "message", "user": "U2", "channel": "C1", "ts": "3.0", "thread_ts": "1.0", "text": "my answer"}
    found = inbound.heard({"team_id": "T1", "event": event}, "UBOT")
    assert found is not None
    assert (found.origin.place.id, found.origin.place.parent) == (there.place, "C1")
    assert platform.thread(there, "3.0") == there
    direct = Address("slack", "T1", "U2", direct=True)
    assert platform.thread(direct, "1.0") == direct


async def test_web() -> None:
    async with web_stage() as web:
        await _web(web)


async def _web(web: WebStage) -> None:
    platform = web.platform
    heard = _note(platform._router)
    channel = Address("web", "local", "leads")
    message = await platform.send(channel, Reply("A round", thread="Answers"), "key")
    there = platform.thread(channel, message)
    async with web.tab("Ada") as ada:
        await ada.ask("say", place=there.place, text="my answer")
        await ada.ask("say", place="leads", text="small talk")
    assert [(place.id, place.kind, place.parent, text) for place, text in heard] == [
        (there.place, "thread", "leads", "my answer")
    ]
    assert platform.thread(there, "99") == there


def test_a_listener_of_threads_hears_words_and_only_there() -> None:
    class Rounds(Cog):
        """Hears answers."""

        @listen(threads=True)
        async def answer(self, ctx: Context, message: Message) -> Reply | None:
            """Take an answer."""

    (hears,) = listeners(Rounds())
    thread = Place("C1/1.0", kind="thread", parent="C1")
    caller = Caller("slack", "T1", "U1", "ada", thread)
    assert hears.hears(Message("1", "an answer"), caller.place)
    assert not hears.hears(Message("1", " "), thread)  # Discord without the message-content intent
    assert not hears.hears(Message("1", "an answer"), Place("C1"))
