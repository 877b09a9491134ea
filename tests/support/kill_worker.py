"""Bots that only announce: real engine, real senders, local Discord and Slack. They are killed while they work.

    python -m tests.support.kill_worker DATABASE_URL DISCORD_API GATEWAY DISCORD_TOKEN SLACK_API BOT_TOKEN APP_TOKEN

starts a process for every line that it reads, and prints "born PID"; the process prints "ready PID" once its engine
runs. All are forked from here, so that what they import is loaded once and a killed one is back at once.
"""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta

import bot.work.deliveries as deliveries_module
from bot.chat.platform import Address, Platform
from bot.chat.registry import Registry
from bot.chat.router import Router
from bot.db import Database
from bot.leads import announce
from bot.leads.announce import Announcer
from bot.platforms.discord.connection import DiscordPlatform
from bot.platforms.slack.api import Installation
from bot.platforms.slack.connection import SlackPlatform, SlackSettings
from bot.work import courier
from bot.work.dbos_engine import DbosEngine
from bot.work.deliveries import JOB, Deliveries, Trouble
from bot.work.engine import CONCURRENCY, JOBS, Args, Run
from bot.work.schedules import Schedules, day_of
from cogs.lead_cards import announcement
from tests.support.forking import bear, tell
from tests.support.sampler import FakeDirectory, FakeDrafts

IN_FLIGHT = timedelta(seconds=5)
"""The local platforms take half a second for a post; five leave room for a busy machine."""


class ManyTeams(SlackPlatform):
    """Slack on which every community has a team of its own, with one installation for all."""

    async def authorize(self, team: str) -> Installation:
        """Return the installation, whatever the team is called."""
        del team
        return await super().authorize("")


def now() -> datetime:
    return datetime.now(UTC)


async def work() -> None:
    deliveries_module.ABANDONED = timedelta(seconds=10)  # the server of the tests runs out of connections at times
    url, discord_api, gateway, discord_token, slack_api, bot_token, app_token = sys.argv[1:]
    CONCURRENCY[JOBS], courier.AT_ONCE = 4, 3  # so that 500 places last for many kills
    router = Router(Registry([]), FakeDirectory(), FakeDrafts(), now)
    slack = SlackSettings(bot_token, app_token, api_url=slack_api, posts_per_second=10_000)
    platforms: dict[str, Platform] = {
        "discord": DiscordPlatform(router, discord_token, api_url=discord_api, gateway_url=gateway),
        "slack": ManyTeams(router, slack),
    }
    database = Database(url, pool=5)
    engine = DbosEngine(url, lost=lambda: os.kill(os.getpid(), signal.SIGKILL))
    deliveries = Deliveries(database, engine, now)
    schedules = Schedules(database, engine, now)
    announcer = Announcer(database, deliveries, schedules, announcement, now)

    async def run_announcement(_run: Run, args: Args) -> None:
        await announcer.announce(int(args["workspace"]), day_of(args))

    async def trouble(to: Address, kind: Trouble) -> None:
        print("trouble", to, kind, file=sys.stderr, flush=True)

    async def sent(to: Address) -> None:
        del to

    engine.job(JOB, courier.Courier(database, platforms, now, trouble, sent, in_flight=IN_FLIGHT).deliver)
    engine.job(announce.JOB, run_announcement)
    await asyncio.gather(*(platform.start() for platform in platforms.values()))
    await engine.start()
    tell("ready", os.getpid())
    while True:
        # The tick of a minute, made shorter: what a kill left between planning and handing out is found soon.
        await asyncio.gather(deliveries.dispatch(), schedules.tick())
        await asyncio.sleep(1)


if __name__ == "__main__":
    bear(work)
