"""The platform in front of a simulated Discord (simcord): a guild, a channel, an organiser and a member."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import discord
import simcord

from bot.chat.platform import Address
from bot.platforms.discord import commands
from bot.platforms.discord.connection import DiscordPlatform
from tests.support.discord_payloads import text_of
from tests.support.sampler import Sampler, sampler_router


@dataclass
class Stage:
    """Everybody and everything that a test acts with."""

    env: simcord.Env
    platform: DiscordPlatform
    cog: Sampler
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    ada: simcord.MemberActor
    """May manage the guild."""
    grace: simcord.MemberActor

    @property
    def address(self) -> Address:
        return Address("discord", str(self.guild.id), str(self.channel.id))

    def bodies(self) -> list[tuple[str, str, Any]]:
        """Method, path and JSON body of all that the bot sent."""
        return [(r.method, r.path, r.json) for r in self.env.http_requests]

    async def restart(self) -> None:
        """End the bot and start another that remembers nothing; the cog's own memory stays."""
        router, _ = sampler_router(self.cog)
        self.platform = DiscordPlatform(router, "token")
        await self.env.restart_bot(self.platform.new_client())


@asynccontextmanager
async def stage(*, patience: float = 1.5, message_content: bool = True) -> AsyncIterator[Stage]:
    """Set it up for the length of the block; commands are synchronised."""
    router, cog = sampler_router()
    platform = DiscordPlatform(router, "token", patience=patience, message_content=message_content)
    client = platform.new_client()
    async with simcord.run(client, shard_count=1) as env:
        guild = env.create_guild("Climbers")
        organisers = guild.create_role("Organisers", permissions=discord.Permissions(manage_guild=True))
        channel = guild.create_text_channel("leads")
        ada = guild.add_member(env.create_user("ada"), roles=[organisers])
        grace = guild.add_member(env.create_user("grace"))
        await commands.sync(client.tree)
        await env.settle()
        yield Stage(env, platform, cog, guild, channel, ada, grace)


def words(message: Any) -> str:
    """All text of a message of simcord or of an interaction's result."""
    if isinstance(message, discord.Message):
        components: list[dict[str, Any]] = [dict(c.to_dict()) for c in message.components]
        return text_of({"content": message.content, "components": components})
    return text_of({"content": message.content, "components": message.components})
