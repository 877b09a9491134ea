"""Speaking without being asked: once for a key, found again after a crash, and every refusal in our words."""

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.chat import Card, File, Picture, Reply, Text
from bot.chat.platform import Address, Forbidden, PlaceGone, TryLater
from bot.platforms.discord.rates import Rates
from bot.platforms.discord.sending import Sender, mark_of, nonce_of
from tests.support.discord_connected import PLACE, Connected, connected, new_platform
from tests.support.discord_driver import LocalDiscord
from tests.support.discord_faults import Fault
from tests.support.discord_payloads import text_of
from tests.support.discord_stage import stage, words
from tests.support.discord_world import GRACE, GUILD, LEADS, RANDOM
from tests.support.sampler import PNG, everything

GRACE_DIRECT = Address("discord", GUILD, GRACE, direct=True)


def just_now() -> datetime:
    return datetime.now(UTC)


def posted(c: Connected, channel: str = LEADS) -> list[str]:
    return [text_of(m) for m in c.discord.messages(channel)]


def test_marks_and_nonces_are_within_discords_bounds() -> None:
    for key in ("", "a", "announcement/7/place/81", "ü" * 500):
        assert len(mark_of(key)) == 12
        assert 1 <= len(nonce_of(key)) <= 25
        assert (mark_of(key), nonce_of(key)) == (mark_of(key), nonce_of(key))
    assert len({mark_of(str(n)) for n in range(5_000)}) == 5_000


async def test_a_card_is_said_changed_and_said_once_for_a_key() -> None:
    async with connected() as c:
        reply = Reply("New today", (everything(),), files=(File("dot.png", PNG),))
        first = await c.platform.send(PLACE, reply, "key 1")
        again = await c.platform.send(PLACE, reply, "key 1")
        assert first == again
        assert c.discord.world.posted[LEADS] == {nonce_of("key 1"): 1}
        await c.platform.edit(PLACE, first, Reply("Closed"))
        (message,) = c.discord.messages()
        assert text_of(message) == "Closed"
        assert message["attachments"] == []


async def test_what_a_crash_left_in_doubt_is_found_by_its_mark() -> None:
    async with connected() as c:
        c.discord.world.nonce_seconds = 0
        c.discord.world.faults.append(Fault("reset_after", f"POST /channels/{LEADS}"))
        since = just_now()
        with pytest.raises(TryLater):
            await c.platform.send(PLACE, Reply("in doubt"), "key 1")
        (message,) = c.discord.messages()
        for n in range(120):  # more than a page of the history
            await c.discord.say(f"chatter {n}")
        assert await c.platform.find(PLACE, "key 1", since) == message["id"]
        assert await c.platform.find(PLACE, "key 2", since) is None
        assert await c.platform.find(PLACE, "key 1", since + timedelta(hours=1)) is None


async def test_a_card_is_found_by_its_first_button_which_still_works() -> None:
    async with connected() as c:
        since = just_now()
        sent = await c.platform.send(PLACE, Reply("New", (everything(),), files=(File("dot.png", PNG),)), "key 1")
        (message,) = c.discord.messages()
        assert "\u2063" not in text_of(message)
        assert await c.platform.find(PLACE, "key 1", since) == sent
        assert await c.platform.find(PLACE, "key 2", since) is None
        picked = await c.discord.pick(message, "Pick a colour", "red")
        assert text_of(picked.said[0]) == "Picked red for 7."
        assert text_of((await c.discord.click(message, "Click")).said[0]) == "Clicked 42."


async def test_a_mark_in_a_message_of_somebody_else_is_not_ours() -> None:
    async with connected() as c:
        await c.platform.send(PLACE, Reply("ours"), "key 1")
        (ours,) = c.discord.messages()
        since = just_now()
        copied = await c.discord.say("copied")
        copied.update(content="", components=ours["components"])
        del c.discord.world.channels[LEADS].messages[ours["id"]]
        assert await c.platform.find(PLACE, "key 1", since) is None


async def test_a_picture_alone_carries_its_mark_too() -> None:
    async with connected() as c:
        since = just_now()
        sent = await c.platform.send(
            PLACE, Reply(cards=(Card(parts=(Picture("dot.png", "dot"),)),), files=(File("dot.png", PNG),)), "key 1"
        )
        assert await c.platform.find(PLACE, "key 1", since) == sent


async def test_a_person_is_spoken_to_directly() -> None:
    async with connected() as c:
        since = just_now()
        first = await c.platform.send(GRACE_DIRECT, Reply("For you"), "key 1")
        second = await c.platform.send(GRACE_DIRECT, Reply("More"), "key 2")
        direct = c.discord.direct(GRACE)
        assert posted(c, direct) == ["For you", "More"]
        await c.platform.edit(GRACE_DIRECT, second, Reply("Less"))
        assert posted(c, direct) == ["For you", "Less"]
        assert await c.platform.find(GRACE_DIRECT, "key 1", since) == first
        assert len(c.discord.world.bodies("POST", "/users/@me/channels")) == 1


@pytest.mark.parametrize(
    ("what", "expected"), [("403", Forbidden), ("404", PlaceGone), ("401", TryLater), ("reset", TryLater)]
)
async def test_refusals_are_told_in_our_words(what: str, expected: type[Exception]) -> None:
    async with connected() as c:
        c.discord.world.faults.append(Fault(what, f"POST /channels/{LEADS}"))
        with pytest.raises(expected):
            await c.platform.send(PLACE, Reply("x"), "key 1")
        assert await c.platform.send(PLACE, Reply("x"), "key 1")


async def test_what_is_gone_is_gone() -> None:
    async with connected() as c:
        message = await c.platform.send(PLACE, Reply("x"), "key 1")
        with pytest.raises(PlaceGone):
            await c.platform.edit(PLACE, "123", Reply("y"))
        with pytest.raises(PlaceGone):
            await c.platform.edit(PLACE, "not a number", Reply("y"))
        del c.discord.world.channels[LEADS]
        with pytest.raises(PlaceGone):
            await c.platform.edit(PLACE, message, Reply("y"))
        with pytest.raises(PlaceGone):
            await c.platform.find(PLACE, "key 1", just_now())
        with pytest.raises(PlaceGone):
            await c.platform.send(Address("discord", GUILD, "999", direct=True), Reply("y"), "key 2")
        c.discord.world.channels[RANDOM].forbidden = True
        with pytest.raises(Forbidden):
            await c.platform.send(Address("discord", GUILD, RANDOM), Reply("y"), "key 3")


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (404, 10003, PlaceGone),
        (404, 10008, PlaceGone),
        (400, 50033, PlaceGone),
        (403, 50001, Forbidden),
        (403, 50007, Forbidden),
        (400, 50083, Forbidden),
        (400, 50035, TryLater),
        (500, 0, TryLater),
        (503, 0, TryLater),
    ],
)
async def test_every_code_has_its_meaning(status: int, code: int, expected: type[Exception]) -> None:
    async with stage() as s:
        s.env.inject_error("POST", "/channels/*/messages", status=status, code=code)
        with pytest.raises(expected):
            await s.platform.send(s.address, Reply("x"), "key 1")
        await s.platform.send(s.address, Reply("x"), "key 1")
        assert s.channel.last_message is not None
        assert words(s.channel.last_message) == "x"


async def test_a_429_is_waited_for_and_nothing_is_doubled() -> None:
    async with connected() as c:
        c.discord.world.rates |= {"global": (4, 0.05)}
        places = c.discord.world.add_channels((str(82 * 10**16 + n), f"place-{n}") for n in range(6))
        await asyncio.gather(*(c.platform.send(Address("discord", GUILD, p), Reply("x"), f"day/{p}") for p in places))
        assert c.discord.world.statuses[429] > 0
        assert c.discord.world.doubled() == {}
        assert [len(posted(c, p)) for p in places] == [1] * 6


async def test_a_long_429_is_handed_back_with_its_time() -> None:
    async with connected() as c:
        c.discord.world.faults.append(Fault("429", f"POST /channels/{LEADS}", after=500.0))
        with pytest.raises(TryLater) as refused:
            await c.platform.send(PLACE, Reply("x"), "key 1")
        assert refused.value.after == 500.0
        with pytest.raises(TryLater):
            await c.platform.send(PLACE, Reply("x"), "key 1")  # held on our side: Discord is not asked again
        assert c.discord.world.statuses[429] == 1
        assert await c.platform.send(Address("discord", GUILD, RANDOM), Reply("x"), "key 2")


class _Impatient:
    """asyncio as discord.py sees it, without its pauses between attempts."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


async def test_a_500_after_the_message_was_taken_makes_no_second_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http, "asyncio", _Impatient())
    async with connected() as c:
        c.discord.world.faults.append(Fault("500_after", f"POST /channels/{LEADS}", times=2))
        await c.platform.send(PLACE, Reply("x"), "key 1")
        assert posted(c) == ["x"]
        c.discord.world.faults.append(Fault("500", f"POST /channels/{LEADS}", times=9))
        with pytest.raises(TryLater):
            await c.platform.send(PLACE, Reply("y"), "key 2")


async def test_a_ban_holds_everything() -> None:
    class Banned:
        def get_partial_messageable(self, channel: int) -> Any:
            response = SimpleNamespace(status=429, reason="", headers={"Retry-After": "120"})
            raise discord.HTTPException(response, "banned")

    client: Any = Banned()
    sender = Sender(lambda: client, Rates())
    for place in (LEADS, RANDOM):
        with pytest.raises(TryLater) as refused:
            await sender.send(Address("discord", GUILD, place), Reply("x"), "key")
    assert 119 < refused.value.after <= 120


async def test_before_the_start_there_is_nobody_to_say_it() -> None:
    async with LocalDiscord() as local:
        with pytest.raises(TryLater, match="not connected"):
            await new_platform(local).send(PLACE, Reply("x"), "key 1")


async def test_a_delivery_is_one_message_however_much_it_says() -> None:
    async with connected() as c:
        reply = Reply("*" * 4000, tuple(Card(f"card {n}", (Text("_" * 900),)) for n in range(20)))
        await c.platform.send(PLACE, reply, "key 1")
        (message,) = c.discord.messages()
        assert "more\\." in text_of(message) or "more." in text_of(message)


async def test_a_delivery_opens_its_thread_and_is_said_even_where_it_can_not() -> None:
    async with connected() as c:
        await c.discord.until(lambda: c.platform._client and c.platform._client.get_channel(int(LEADS)))
        message = await c.platform.send(PLACE, Reply("x", thread="Round 1"), "key 1")
        assert c.discord.world.channels[message].name == "Round 1"
        c.discord.world.faults.append(Fault("403", f"POST /channels/{LEADS}/messages/"))
        other = await c.platform.send(PLACE, Reply("y", thread="Round 2"), "key 2")
        assert other not in c.discord.world.channels
        assert await c.platform.send(GRACE_DIRECT, Reply("z", thread="none here"), "key 3")


async def test_many_places_are_told_once_each() -> None:
    async with connected() as c:
        places = c.discord.world.add_channels((str(82 * 10**16 + n), f"place-{n}") for n in range(300))
        await asyncio.gather(*(c.platform.send(Address("discord", GUILD, p), Reply("x"), f"day/{p}") for p in places))
        assert c.discord.world.doubled() == {}
        assert sum(len(c.discord.messages(p)) for p in places) == 300
        assert sum(c.clock.slept) > 0
