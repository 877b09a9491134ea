"""The local Discord as a program: what the kill test and the benchmarks steer it by."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson

from bot.chat import Reply
from bot.chat.platform import Address
from bot.platforms.discord.sending import nonce_of
from tests.support.discord_connected import PLACE, new_platform, serving
from tests.support.discord_driver import LocalDiscord
from tests.support.discord_server import Control
from tests.support.discord_world import BOT, GUILD, LEADS


class Steering:
    """The control interface, called over HTTP."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http, self.url = http, url

    async def get(self, what: str, /, **query: str) -> Any:
        async with self.http.get(f"{self.url}/_control/{what}", params=query) as answer:
            return await answer.json()

    async def post(self, what: str, /, **body: Any) -> Any:
        async with self.http.post(f"{self.url}/_control/{what}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()


@asynccontextmanager
async def steered() -> AsyncIterator[tuple[LocalDiscord, Steering]]:
    discord = LocalDiscord()
    await discord.start(app=Control(discord).application())
    try:
        async with aiohttp.ClientSession() as http:
            yield discord, Steering(http, discord.url)
    finally:
        await discord.stop()


async def test_a_conversation_is_steered_from_outside() -> None:
    async with steered() as (discord, control), serving(new_platform(discord)):
        shown = await control.post("slash", path="/sampler parts", options={"words": "x"})
        message = shown["said"][0]["id"]
        assert (await control.post("click", message=message, label="Click"))["said"]
        assert (await control.post("pick", message=message, placeholder="Pick a colour", value="red"))["said"]
        opened = await control.post("click", message=message, label="Open")
        assert (await control.post("submit", interaction=opened["id"], values={"topic": "x"}))["said"]
        assert (await control.get(f"interactions/{shown['id']}"))["deferred"] is False
        await control.post("say", text=f"<@{BOT}>")
        await discord.until(lambda: len(discord.messages()) == 3)
        assert len(await control.get("messages", channel=LEADS)) == 3
        assert await control.get("messages", channel="1") == []
        assert len(await control.get("calls", method="POST", path="/callback")) == 5


async def test_what_was_posted_is_counted() -> None:
    async with steered() as (discord, control):
        (place,) = (await control.post("channels", count=1))["channels"]
        await control.post("settings", nonce_seconds=0, heartbeat_seconds=10)
        async with serving(new_platform(discord)) as platform:
            to = Address("discord", GUILD, place)
            await platform.send(to, Reply("x"), "key")
            await platform.send(to, Reply("x"), "key")
            counts = await control.get("counts")
            assert counts["doubled"] == {f"{place} {nonce_of('key')}": 2}
            state = await control.get("state")
            assert (state["posted"], state["keys"], state["sessions"]) == (2, 1, 1)
            await control.post(f"channels/{place}", forbidden=True)
            assert discord.world.channels[place].forbidden
            await control.post(f"channels/{place}", gone=True)
            assert place not in discord.world.channels
            await control.post("reset")
            assert (await control.get("state"))["posted"] == 0


async def test_faults_rates_and_breaks_are_made_on_demand() -> None:
    async with steered() as (discord, control), serving(new_platform(discord)) as platform:
        await control.post("rates", realistic={}, **{"GET /channels/*": [1, 2.0]})
        assert discord.world.rates["global"] == (50, 1.0)
        await control.post("faults", what="403", route=f"POST /channels/{LEADS}", times=1)
        await control.post("disconnect", how="close")
        await control.post("disconnect", how="reconnect")
        await discord.until(lambda: discord.gateway.resumed)
        assert (await control.get("state"))["faults"][0]["what"] == "403"
        await control.post("reset")
        assert await platform.send(PLACE, Reply("x"), "key")


async def test_load_is_measured() -> None:
    async with steered() as (discord, control):
        assert len((await control.post("guilds", count=3, channels=1, members=5))["guilds"]) == 3
        async with serving(new_platform(discord)):
            told = await control.post("load", path="/sampler typed", options={"colour": "red"}, rate=0, count=20)
            assert told["unanswered"] == 0
            assert told["p50"] > 0
            assert (await control.post("flood", text="hello", count=50))["count"] == 50


async def test_it_is_a_program() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.discord_server", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        told = orjson.loads(await process.stdout.readline())
        async with aiohttp.ClientSession() as http:
            assert (await Steering(http, told["url"]).get("state"))["posted"] == 0
    finally:
        process.kill()
        await process.communicate()
