"""Bots that only deliver: real engine, real senders, local Discord and Slack. They are killed while they work.

    python -m tests.support.kill_worker DATABASE_URL DISCORD_API GATEWAY DISCORD_TOKEN SLACK_API BOT_TOKEN APP_TOKEN

starts a process for every line that it reads, and prints "born PID"; the process prints "ready PID" once its engine
runs. All are forked from here, so that what they import is loaded once and a killed one is back at once.
"""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta

from bot.chat.platform import Address, Platform
from bot.chat.registry import Registry
from bot.chat.router import Router
from bot.db import Database
from bot.platforms.discord.connection import DiscordPlatform
from bot.platforms.slack.connection import SlackPlatform, SlackSettings
from bot.work import courier
from bot.work.dbos_engine import DbosEngine
from bot.work.deliveries import JOB, Deliveries, Trouble
from bot.work.engine import CONCURRENCY, JOBS
from tests.support.forking import bear
from tests.support.sampler import FakeDirectory, FakeDrafts

IN_FLIGHT = timedelta(seconds=5)
"""The local platforms take half a second for a post; five leave room for a busy machine."""


def now() -> datetime:
    return datetime.now(UTC)


async def work() -> None:
    url, discord_api, gateway, discord_token, slack_api, bot_token, app_token = sys.argv[1:]
    CONCURRENCY[JOBS], courier.AT_ONCE = 2, 4  # so that 500 places last for many kills
    router = Router(Registry([]), FakeDirectory(), FakeDrafts(), now)
    slack = SlackSettings(bot_token, app_token, api_url=slack_api, posts_per_second=10_000)
    platforms: dict[str, Platform] = {
        "discord": DiscordPlatform(router, discord_token, api_url=discord_api, gateway_url=gateway),
        "slack": SlackPlatform(router, slack),
    }
    database = Database(url)
    engine = DbosEngine(url, lost=lambda: os.kill(os.getpid(), signal.SIGKILL))
    deliveries = Deliveries(database, engine, now)

    async def trouble(to: Address, kind: Trouble) -> None:
        print("trouble", to, kind, file=sys.stderr, flush=True)

    async def sent(to: Address) -> None:
        del to

    engine.job(JOB, courier.Courier(database, platforms, now, trouble, sent, in_flight=IN_FLIGHT).deliver)
    await asyncio.gather(*(platform.start() for platform in platforms.values()))
    await engine.start()
    print("ready", os.getpid(), flush=True)
    while True:
        # The tick of a minute, made shorter: what a kill left between planning and handing out is found soon.
        await deliveries.dispatch()
        await asyncio.sleep(1)


if __name__ == "__main__":
    bear(work)
