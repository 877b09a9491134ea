"""Measured load on a bot at the local Discord: interactions at a rate, floods of messages."""

import asyncio
import time
from collections.abc import Mapping
from statistics import quantiles

from tests.support import discord_payloads as show
from tests.support.discord_driver import LocalDiscord
from tests.support.discord_world import ADA, LEADS, Interaction, Json


async def load(
    discord: LocalDiscord, path: str, options: Mapping[str, object], *, rate: float, count: int, inflight: int = 64
) -> Json:
    """Run a command `count` times: `rate` a second, or with 0 as fast as `inflight` open ones allow.

    Returns {"seconds": whole time, "per_second", "p50", "p99", "unanswered"}; latencies are seconds from the moment an
    interaction is sent to the moment its first callback is there.
    """
    data = discord.command_data(path, options)
    open_slots = asyncio.Semaphore(inflight)
    begun = time.perf_counter()
    latencies: list[float] = []

    async def one(number: int) -> Interaction:
        if rate:
            await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
        async with open_slots:
            sent = time.perf_counter()
            interaction = await discord.interact({"type": 2, "data": data})
            latencies.append(time.perf_counter() - sent)
            del discord.world.interactions[interaction.id]
            return interaction

    done = await asyncio.gather(*(one(n) for n in range(count)), return_exceptions=True)
    seconds = time.perf_counter() - begun
    cuts = quantiles(latencies, n=100) if len(latencies) > 1 else [0.0] * 99
    lost = sum(isinstance(d, BaseException) for d in done)
    return {"seconds": seconds, "per_second": count / seconds, "p50": cuts[49], "p99": cuts[98], "unanswered": lost}


async def flood(discord: LocalDiscord, text: str, *, count: int, channel: str = LEADS, user: str = ADA) -> Json:
    """Send `count` messages at once; a command's answer afterwards tells that all were heard."""
    body = show.post(discord.world, discord.world.channels[channel], {"content": text}, [], author=user, kept=False)
    guild = discord.gateway.guild_of(channel)
    encoded = [show.encoded({**body, "id": discord.world.snowflake(), "guild_id": guild}) for _ in range(count)]
    begun = time.perf_counter()
    for message in encoded:
        for session in discord.gateway.live:
            await session.dispatch("MESSAGE_CREATE", message)
    return {"sent_in": time.perf_counter() - begun, "count": count}
