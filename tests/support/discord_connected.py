"""The platform connected to the local Discord over real sockets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.chat import Cog
from bot.chat.platform import Address
from bot.chat.registry import Registry
from bot.chat.router import Router
from bot.platforms.discord.connection import DiscordPlatform
from tests.support.discord_driver import LocalDiscord
from tests.support.discord_world import GUILD, LEADS, TOKEN
from tests.support.sampler import NOW, FakeDirectory, FakeDrafts, Sampler
from tests.support.web import FakeClock

PLACE = Address("discord", GUILD, LEADS)


@dataclass
class Connected:
    """A bot, its Discord, and a clock for its rate limits that nobody waits for."""

    discord: LocalDiscord
    platform: DiscordPlatform
    cog: Sampler
    clock: FakeClock


def new_router(*cogs: Cog) -> Router:
    """A router over these cogs, or over the sampler."""
    return Router(Registry(cogs or [Sampler()]), FakeDirectory(), FakeDrafts(), lambda: NOW)


def new_platform(discord: LocalDiscord, *cogs: Cog, clock: FakeClock | None = None, **options: Any) -> DiscordPlatform:
    """A bot for a local Discord, not yet connected."""
    clock = clock or FakeClock()
    where = {"api_url": discord.api_url, "gateway_url": discord.gateway.url, "router": new_router(*cogs)}
    return DiscordPlatform(**{"token": TOKEN, "clock": clock.now, "sleep": clock.sleep, **where, **options})


@asynccontextmanager
async def serving(platform: DiscordPlatform) -> AsyncIterator[DiscordPlatform]:
    """Connect a bot for the length of the block."""
    try:
        await platform.start()
        yield platform
    finally:
        await platform.stop()


@asynccontextmanager
async def connected(*more: Cog, **options: Any) -> AsyncIterator[Connected]:
    """A local Discord and a bot with the sampler, and more cogs, for the length of the block."""
    async with LocalDiscord() as discord:
        cog, clock = Sampler(), FakeClock()
        async with serving(new_platform(discord, cog, *more, clock=clock, **options)) as platform:
            yield Connected(discord, platform, cog, clock)
