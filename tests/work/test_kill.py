"""Processes are killed at random while 500 places are announced to a local Discord and Slack: each hears once.

50 of them are communities whose hour comes meanwhile: schedule, job, announcement and deliveries are all under fire.
"""

import asyncio
import json
import random
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa

from bot.chat import Reply
from bot.chat.platform import Address
from bot.db import Database
from bot.work.deliveries import Deliveries, counts_by_state
from bot.work.memory_engine import MemoryEngine
from bot.work.models import Delivery
from tests.support.kill_feeds import announcements, set_up_feeds
from tests.support.kill_workers import PLAIN, Workers
from tests.support.slack_team import TEAM

# Measuring its coverage doubles its time; what it drives is measured in tests of its own.
pytestmark = pytest.mark.no_cover

KILLS = 20
PLACES = 500
FEEDS = 50
"""Places of communities whose daily leads are due while the others are brought."""
HOUR = {1: 5.0, 3: 3.0}
"""Seconds within which their hours come, by the number of processes."""
LATENCY = {1: 0.2, 3: 0.5}
"""Seconds that each local platform takes for a post, by the number of processes, so that kills hit posts under way."""
PAUSES = {1: (0.05, 0.5), 3: (0.2, 0.8)}
"""The shortest and the longest time between two kills, in seconds, by the number of processes."""
MORE = 1.5
"""How much longer a process is left alone when a kill came before anything was under way."""
LONGEST = 400.0
"""Seconds until the test gives up: many times what it takes, so that a busy machine is no failure."""


class Local:
    """A local platform in a process of its own, and its control interface."""

    def __init__(self, process: Process, about: dict[str, Any], session: aiohttp.ClientSession) -> None:
        self.process, self.about, self._session = process, about, session

    @classmethod
    async def launch(cls, module: str, session: aiohttp.ClientSession) -> "Local":
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, "--port", "0", stdout=PIPE, env=PLAIN
        )
        assert process.stdout
        return cls(process, json.loads(await process.stdout.readline()), session)

    async def tell(self, path: str, body: dict[str, Any]) -> Any:
        async with self._session.post(f"{self.about['url']}/_control/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def ask(self, path: str) -> Any:
        async with self._session.get(f"{self.about['url']}/_control/{path}") as answer:
            return await answer.json()


async def test_each_place_hears_once_whatever_is_killed(database_url: str, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**9)
    print(f"seed {seed}")
    chance = random.Random(seed)  # noqa: S311 - chance, not cryptography
    async with aiohttp.ClientSession() as session:
        discord = await Local.launch("tests.support.discord_server", session)
        slack = await Local.launch("tests.support.slack_server", session)
        database = Database(database_url)
        processes = 1 if database.is_sqlite else 3
        workers = await Workers.launch(_reach(database_url, discord, slack), processes, tmp_path / "log")
        try:
            addresses = await _places(discord, slack, LATENCY[processes])
            feeds = [replace(to, workspace=f"club-{n}") for n, to in enumerate(addresses[:: PLACES // FEEDS])]
            await _plan(database, [to for n, to in enumerate(addresses) if n % (PLACES // FEEDS)])
            await set_up_feeds(database, feeds, HOUR[processes])
            under_way = await _kill_until_done(database, workers, chance, PAUSES[processes])
            print(f"{workers.kills} kills, {under_way} posts under way at them")
            assert await database.read(counts_by_state) == {"sent": PLACES}, workers.told()
            assert await announcements(database) == FEEDS
            assert workers.kills >= KILLS
            assert under_way > 0
            await _check(discord, slack, addresses)
        finally:
            await workers.end()
            await database.close()
            for local in (discord, slack):
                local.process.kill()
                await local.process.communicate()


def _reach(url: str, discord: Local, slack: Local) -> list[str]:
    d, s = discord.about, slack.about
    return [url, d["api_url"], d["gateway_url"], d["token"], s["api_url"], s["bot_token"], s["app_token"]]


async def _places(discord: Local, slack: Local, latency: float) -> list[Address]:
    half = {"count": PLACES // 2, "prefix": "place"}
    channels = (await discord.tell("channels", half))["channels"]
    addresses = [Address("discord", str(discord.about["guild"]), str(c)) for c in channels]
    channels = (await slack.tell("channels", half))["channels"]
    addresses += [Address("slack", TEAM, str(c)) for c in channels]
    # Without its own nonce window the local Discord proves that looking alone heals.
    await discord.tell("settings", {"nonce_seconds": 0})
    for local, route in ((discord, {"route": "POST /channels/*/messages"}), (slack, {"method": "chat.postMessage"})):
        await local.tell("faults", {"what": "latency", "times": -1, "after": latency, **route})
        # Taken, but never answered: the bot can't know, and must look.
        await local.tell("faults", {"what": "reset_after", "times": -1, "share": 0.03, **route})
    return addresses


async def _plan(database: Database, addresses: list[Address]) -> None:
    now = datetime.now(UTC)
    deliveries = Deliveries(database, MemoryEngine(now), lambda: datetime.now(UTC))
    await database.run(lambda c: deliveries.plan(c, "announcement", addresses, Reply("New leads"), community=None))


async def _kill_until_done(
    database: Database, workers: Workers, chance: random.Random, pauses: tuple[float, float]
) -> int:
    """Kill until it was enough and all is sent, or it takes too long; returns the posts under way at the kills."""
    end = asyncio.get_running_loop().time() + LONGEST
    under_way, patience = 0, 1.0
    while asyncio.get_running_loop().time() < end:
        await workers.keep_up()
        if await database.read(counts_by_state) == {"sent": PLACES}:
            break
        # Chance is the point here: a kill may come at any moment of a post.
        await asyncio.sleep(patience * chance.uniform(*pauses))
        if workers.kills < KILLS:
            await workers.kill(chance)
            hit = await database.read(_under_way)
            under_way += hit
            # On a busy machine a process may be killed again and again before it comes to anything.
            patience = max(1.0, patience / MORE) if hit else patience * MORE
    return under_way


def _under_way(connection: sa.Connection) -> int:
    query = sa.select(sa.func.count()).where(Delivery.state == "sending", Delivery.batch == Delivery.claimed_by)
    return connection.execute(query).scalar_one()


async def _check(discord: Local, slack: Local, addresses: list[Address]) -> None:
    for local, name in ((discord, "discord"), (slack, "slack")):
        counts = await local.ask("counts")
        posted = {place: sum(keys.values()) for place, keys in counts["posted"].items() if keys}
        wanted = {a.place for a in addresses if a.platform == name}
        lost = wanted - posted.keys()
        doubled = {place: n for place, n in posted.items() if n != 1}
        assert (lost, doubled, counts["doubled"]) == (set(), {}, {})
