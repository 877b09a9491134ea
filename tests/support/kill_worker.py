"""A bot that only delivers: real engine, real senders, local Discord and Slack. It is killed while it works.

    python -m tests.support.kill_worker DATABASE_URL DISCORD_API GATEWAY DISCORD_TOKEN SLACK_API BOT_TOKEN APP_TOKEN

prints "ready" once its engine runs.
"""

import asyncio
import sys
from datetime import UTC, datetime, timedelta

from bot.chat.platform import Address, Platform
from bot.chat.registry import Registry
from bot.chat.router import Router
from bot.db import Database
from bot.platforms.discord.connection import DiscordPlatform
from bot.platforms.slack.connection import SlackPlatform, SlackSettings
from bot.work.courier import Courier
from bot.work.dbos_engine import DbosEngine
from bot.work.deliveries import JOB, Deliveries, Trouble
from bot.work.engine import CONCURRENCY, JOBS
from tests.support.sampler import FakeDirectory, FakeDrafts


def now() -> datetime:
    return datetime.now(UTC)


async def main() -> None:
    url, discord_api, gateway, discord_token, slack_api, bot_token, app_token = sys.argv[1:]
    CONCURRENCY[JOBS] = 1  # so that 500 places last for many kills
    router = Router(Registry([]), FakeDirectory(), FakeDrafts(), now)
    slack = SlackSettings(bot_token, app_token, api_url=slack_api, posts_per_second=10_000)
    platforms: dict[str, Platform] = {
        "discord": DiscordPlatform(router, discord_token, api_url=discord_api, gateway_url=gateway),
        "slack": SlackPlatform(router, slack),
    }
    database = Database(url)
    engine = DbosEngine(url)
    deliveries = Deliveries(database, engine, now)

    async def trouble(to: Address, kind: Trouble) -> None:
        print("trouble", to, kind, flush=True)

    async def sent(to: Address) -> None:
        del to

    async def dispatch() -> None:
        await deliveries.dispatch()

    # The local platforms take half a second for a post; five leave room for a busy machine.
    courier = Courier(database, platforms, now, trouble, sent, in_flight=timedelta(seconds=5))
    engine.job(JOB, courier.deliver)
    engine.every_minute(dispatch)
    await asyncio.gather(*(platform.start() for platform in platforms.values()))
    await engine.start()
    print("ready", flush=True)
    while True:
        # The tick of a minute, made shorter: what a kill left between planning and handing out is found soon.
        await asyncio.sleep(1)
        await deliveries.dispatch()


asyncio.run(main())
