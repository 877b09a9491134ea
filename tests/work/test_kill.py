"""Processes are killed at random while 500 places are announced to a local Discord and Slack: each hears once."""

import asyncio
import json
import os
import random
import sys
from asyncio.subprocess import PIPE, Process
from datetime import UTC, datetime
from typing import Any

import aiohttp

from bot.chat import Reply
from bot.chat.platform import Address
from bot.db import Database
from bot.work.deliveries import Deliveries, counts_by_state
from bot.work.memory_engine import MemoryEngine
from tests.support.slack_team import TEAM

KILLS = 20
PLACES = 500
LATENCY = {1: 0.05, 3: 0.5}
"""Seconds that each local platform takes for a post, by the number of processes, so that kills hit posts under way."""
LONGEST = 400.0
"""Seconds until the test gives up: many times what it takes, so that a busy machine is no failure."""


PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
"""The environment without what measures coverage: a killed process has nothing to report, and starts faster."""


class Local:
    """A local platform in a process of its own, and its control interface."""

    def __init__(self, process: Process, about: dict[str, Any], session: aiohttp.ClientSession) -> None:
        self.process, self.about, self._session = process, about, session

    @classmethod
    async def launch(cls, module: str, session: aiohttp.ClientSession) -> "Local":
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", module, "--port", "0", stdout=PIPE)
        assert process.stdout
        return cls(process, json.loads(await process.stdout.readline()), session)

    async def tell(self, path: str, body: dict[str, Any]) -> Any:
        async with self._session.post(f"{self.about['url']}/_control/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def ask(self, path: str) -> Any:
        async with self._session.get(f"{self.about['url']}/_control/{path}") as answer:
            return await answer.json()


class Workers:
    """The processes under test: each is started again when it was killed."""

    def __init__(self, command: list[str], count: int) -> None:
        self._command = command
        self._count = count
        self._alive: list[Process] = []
        self.kills = 0

    async def keep_up(self) -> None:
        self._alive = [p for p in self._alive if p.returncode is None]
        new = [
            await asyncio.create_subprocess_exec(sys.executable, *self._command, stdout=PIPE, stderr=PIPE, env=PLAIN)
            for _ in range(self._count - len(self._alive))
        ]
        self._alive += new
        for process in new:
            assert process.stdout
            # Several processes are killed at any moment of their lives, also while they start; a single one would
            # then never get to its work.
            if self._count == 1 and (await process.stdout.readline()).strip() != b"ready":
                assert process.stderr
                raise AssertionError((await process.stderr.read()).decode()[-3000:])

    async def kill(self, chance: random.Random) -> None:
        victim = chance.choice(self._alive)
        victim.kill()
        await victim.wait()
        self.kills += 1

    async def end(self) -> None:
        for process in self._alive:
            if process.returncode is None:
                process.kill()
        await asyncio.gather(*(p.communicate() for p in self._alive))


async def test_each_place_hears_once_whatever_is_killed(database_url: str) -> None:
    seed = random.SystemRandom().randrange(10**9)
    print(f"seed {seed}")
    chance = random.Random(seed)  # noqa: S311 - chance, not cryptography
    async with aiohttp.ClientSession() as session:
        discord = await Local.launch("tests.support.discord_server", session)
        slack = await Local.launch("tests.support.slack_server", session)
        database = Database(database_url)
        processes = 1 if database.is_sqlite else 3
        workers = Workers(_command(database_url, discord, slack), processes)
        try:
            addresses = await _places(discord, slack, LATENCY[processes])
            await _plan(database, addresses)
            counts = await _kill_until_done(database, workers, chance)
            assert counts == {"sent": PLACES}
            assert workers.kills >= KILLS
            await _check(discord, slack, addresses)
        finally:
            await workers.end()
            await database.close()
            for local in (discord, slack):
                local.process.kill()
                await local.process.communicate()


def _command(url: str, discord: Local, slack: Local) -> list[str]:
    d, s = discord.about, slack.about
    reach = [d["api_url"], d["gateway_url"], d["token"], s["api_url"], s["bot_token"], s["app_token"]]
    return ["-m", "tests.support.kill_worker", url, *reach]


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


async def _kill_until_done(database: Database, workers: Workers, chance: random.Random) -> dict[str, int]:
    end = asyncio.get_running_loop().time() + LONGEST
    while True:
        await workers.keep_up()
        counts = await database.read(counts_by_state)
        if counts == {"sent": PLACES} or asyncio.get_running_loop().time() > end:
            return counts
        # Chance is the point here: a kill may come at any moment of a post.
        await asyncio.sleep(chance.uniform(0.02, 0.7) if database.is_sqlite else chance.uniform(0.5, 1.5))
        if workers.kills < KILLS:
            await workers.kill(chance)
        else:
            await asyncio.sleep(0.5)


async def _check(discord: Local, slack: Local, addresses: list[Address]) -> None:
    for local, name in ((discord, "discord"), (slack, "slack")):
        counts = await local.ask("counts")
        posted = {place: sum(keys.values()) for place, keys in counts["posted"].items() if keys}
        wanted = {a.place for a in addresses if a.platform == name}
        lost = wanted - posted.keys()
        doubled = {place: n for place, n in posted.items() if n != 1}
        assert (lost, doubled, counts["doubled"]) == (set(), {}, {})
