"""To speak without being asked: once for a key, found again after a crash, and every refusal told for what it is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.chat import Card, File, Picture, Place, Reply, Text
from bot.chat.platform import Address, DeliveryError, Forbidden, PlaceGone, Platform, TryLater
from bot.platforms.slack.api import Api, Refused, ResponseGone
from bot.platforms.slack.connection import SlackPlatform, SlackSettings
from bot.platforms.slack.rates import Rates
from tests.support.sampler import PNG, everything, sampler_router
from tests.support.slack_driver import LocalSlack
from tests.support.slack_stage import Stage
from tests.support.slack_team import APP_TOKEN, BOT_TOKEN, TEAM, Conversation, Fault

LEADS = Address("slack", TEAM, "C1")
SINCE = datetime.now(UTC) - timedelta(minutes=5)


async def test_a_message_is_sent_found_and_edited(on_socket: Stage) -> None:
    platform: Platform = on_socket.platform
    message = await platform.send(LEADS, Reply("**One** lead", (everything(),)), "lead-1")
    await platform.send(LEADS, Reply("Two leads"), "lead-2")
    assert await platform.find(LEADS, "lead-1", SINCE) == message
    assert await platform.find(LEADS, "lead-3", SINCE) is None
    assert await platform.find(LEADS, "lead-1", datetime.now(UTC) + timedelta(hours=1)) is None
    await platform.edit(LEADS, message, Reply("The lead is closed."))
    assert await platform.find(LEADS, "lead-1", SINCE) == message
    first = on_socket.team.conversations["C1"].messages[0]
    assert first["text"] == "The lead is closed."
    assert on_socket.team.posted["C1"] == {"lead-1": 1, "lead-2": 1}
    posted = on_socket.team.called("chat.postMessage")[0]
    assert (posted["unfurl_links"], posted["unfurl_media"]) == (False, False)


async def test_a_message_in_a_thread_is_found_there(on_socket: Stage) -> None:
    head = await on_socket.platform.send(LEADS, Reply("head"), "head")
    thread = Address("slack", TEAM, f"C1/{head}")
    message = await on_socket.platform.send(thread, Reply("inside"), "inside")
    assert await on_socket.platform.find(thread, "inside", SINCE) == message
    assert await on_socket.platform.find(LEADS, "inside", SINCE) is None


async def test_a_person_gets_a_direct_message(on_socket: Stage) -> None:
    ada = Address("slack", TEAM, "U1", direct=True)
    message = await on_socket.platform.send(ada, Reply("A match"), "digest")
    await on_socket.platform.send(ada, Reply("Another"), "digest-2")
    assert await on_socket.platform.find(ada, "digest", SINCE) == message
    assert len(on_socket.team.called("conversations.open")) == 1


async def test_the_message_is_found_behind_many_others(on_socket: Stage) -> None:
    message = await on_socket.platform.send(LEADS, Reply("old"), "old")
    for number in range(450):
        on_socket.team.post(on_socket.team.conversations["C1"], {"text": f"chatter {number}"})
    assert await on_socket.platform.find(LEADS, "old", SINCE) == message
    assert len(on_socket.team.called("conversations.history")) == 3


async def test_a_crash_between_sending_and_noting_is_seen(on_socket: Stage) -> None:
    on_socket.team.faults.append(Fault("reset_after", "chat.postMessage"))
    with pytest.raises(TryLater):
        await on_socket.platform.send(LEADS, Reply("Once"), "once")
    assert await on_socket.platform.find(LEADS, "once", SINCE)
    assert on_socket.team.posted["C1"]["once"] == 1


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("channel_not_found", PlaceGone),
        ("is_archived", PlaceGone),
        ("message_not_found", PlaceGone),
        ("restricted_action", Forbidden),
        ("token_revoked", Forbidden),
        ("some_new_word", Forbidden),
        ("fatal_error", TryLater),
        ("500", TryLater),
        ("reset", TryLater),
        ("429", TryLater),
    ],
)
async def test_every_refusal_is_told_for_what_it_is(on_socket: Stage, what: str, expected: type[DeliveryError]) -> None:
    on_socket.team.faults.append(Fault(what, "chat.postMessage", after=7))
    with pytest.raises(expected) as caught:
        await on_socket.platform.send(LEADS, Reply("x"), "k")
    if isinstance(caught.value, TryLater) and what == "429":
        assert caught.value.after == 7
    assert BOT_TOKEN not in str(caught.value)


async def test_retry_after_is_honoured_without_asking_again(on_socket: Stage) -> None:
    on_socket.team.faults.append(Fault("429", "chat.postMessage", after=30))
    for _ in range(3):
        with pytest.raises(TryLater) as caught:
            await on_socket.platform.send(LEADS, Reply("x"), "k")
        assert 25 < caught.value.after <= 30
    assert sum(call.method == "chat.postMessage" for call in on_socket.team.calls) == 1


async def test_a_public_channel_is_joined_and_a_private_one_is_not(on_socket: Stage) -> None:
    team = on_socket.team
    team.conversations["C2"].bot_in = False
    assert await on_socket.platform.send(Address("slack", TEAM, "C2"), Reply("x"), "k")
    assert team.conversations["C2"].bot_in
    team.conversations["G1"] = Conversation("G1", "secret", "private", bot_in=False)
    secret = Address("slack", TEAM, "G1")
    with pytest.raises(Forbidden, match="invite the bot"):
        await on_socket.platform.send(secret, Reply("x"), "k")
    with pytest.raises(Forbidden):
        await on_socket.platform.find(secret, "k", SINCE)


async def test_another_workspace_is_forbidden(on_socket: Stage) -> None:
    with pytest.raises(Forbidden):
        await on_socket.platform.send(Address("slack", "T-OTHER", "C1"), Reply("x"), "k")


async def test_places_are_the_channels_of_the_bot(on_socket: Stage) -> None:
    on_socket.team.add_channels((f"C9{n}", f"c-{n}") for n in range(250))
    on_socket.team.conversations["C2"].bot_in = False
    on_socket.team.conversations["C90"].archived = True
    places = await on_socket.platform.places(TEAM)
    assert places[0] == Place("C1", "leads")
    assert len(places) == 250


CHART = Reply("Look", (Card("", (Picture("dot.png", "a dot"), Text("x"))),), files=(File("dot.png", PNG),))


async def test_a_picture_is_uploaded_once_and_shown(on_socket: Stage) -> None:
    on_socket.team.file_polls = 2
    await on_socket.platform.send(LEADS, CHART, "a")
    await on_socket.platform.send(LEADS, CHART, "b")
    assert [b["type"] for b in on_socket.team.conversations["C1"].messages[1]["blocks"]] == [
        *("section", "divider", "image", "section"),
    ]
    assert len(on_socket.team.files) == 1
    assert len(on_socket.team.called("files.info")) == 2


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal", "files.info"])
async def test_a_picture_that_slack_does_not_take_is_told_in_words(on_socket: Stage, method: str) -> None:
    on_socket.team.faults.append(Fault("missing_scope", method))
    await on_socket.platform.send(LEADS, CHART, "a")
    blocks = on_socket.team.conversations["C1"].messages[0]["blocks"]
    assert "🖼 a dot" in str(blocks)


async def test_a_picture_that_never_gets_ready_is_told_in_words(on_socket: Stage) -> None:
    on_socket.team.file_polls = 100
    await on_socket.platform.send(LEADS, CHART, "a")
    assert "🖼 a dot" in str(on_socket.team.conversations["C1"].messages[0]["blocks"])


async def test_when_slack_refuses_a_picture_the_message_is_said_without(on_socket: Stage) -> None:
    on_socket.team.faults.append(Fault("invalid_blocks", "chat.postMessage"))
    await on_socket.platform.send(LEADS, CHART, "a")
    assert on_socket.team.posted["C1"]["a"] == 1
    assert "🖼 a dot" in str(on_socket.team.conversations["C1"].messages[0]["blocks"])


async def test_when_slack_refuses_all_blocks_the_words_are_said(on_socket: Stage) -> None:
    on_socket.team.faults.append(Fault("invalid_blocks", "chat.postMessage", times=2))
    await on_socket.platform.send(LEADS, CHART, "a")
    (message,) = on_socket.team.conversations["C1"].messages
    assert "blocks" not in message
    assert message["text"].startswith("Look\n\n[picture: a dot]")


async def test_files_for_download_follow_in_the_thread(on_socket: Stage) -> None:
    message = await on_socket.platform.send(LEADS, Reply("Yours", files=(File("all.csv", b"a,b"),)), "a")
    shared = on_socket.team.conversations["C1"].messages[1]
    assert (shared["thread_ts"], shared["files"][0]["title"]) == (message, "all.csv")
    on_socket.team.faults.append(Fault("500", "files.getUploadURLExternal"))
    assert await on_socket.platform.send(LEADS, Reply("Yours", files=(File("all.csv", b"a,b"),)), "b")


@asynccontextmanager
async def bare_api(slack: LocalSlack) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as http:
        yield Api(http, slack.api_url, Rates())


async def test_a_response_url_that_takes_nothing_any_more() -> None:
    async with LocalSlack() as slack, bare_api(slack) as api:
        url = f"{slack.url}/response/{slack.team.response_id('C1', 'U1')}"
        for _ in range(5):
            await api.respond(url, {"text": "x"})
        with pytest.raises(ResponseGone):
            await api.respond(url, {"text": "x"})
        with pytest.raises(ResponseGone):
            await api.respond(f"{slack.url}/response/unknown", {"text": "x"})
        for what in ("500", "429", "reset"):
            slack.team.faults.append(Fault(what, "response_url"))
            with pytest.raises(TryLater):
                await api.respond(url, {"text": "x"})


async def test_nothing_is_called_before_the_start() -> None:
    async with LocalSlack() as slack, bare_api(slack) as api:
        with pytest.raises(Refused, match="not_started"):
            await api.call(TEAM, "auth.test")
        with pytest.raises(TryLater):
            await api.upload(f"{slack.url}/upload/unknown", b"x")
    router, _ = sampler_router()
    with pytest.raises(RuntimeError, match="not started"):
        await SlackPlatform(router, SlackSettings(BOT_TOKEN, APP_TOKEN)).places(TEAM)
