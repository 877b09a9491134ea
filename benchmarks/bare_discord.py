"""The twin on Discord: discord.py and nothing else, tuned as Rung is, doing the same SQL through the same functions.

    python -m benchmarks.bare_discord        (settings RUNG_DISCORD_* and RUNG_DATABASE_URL, as the bot has them)

`/leads search words:…` notes who asked and searches; what it found is said as plain text. Messages are swallowed.
"""

import logging
import os
from datetime import UTC, datetime

import discord
import uvloop
import yarl
from discord import app_commands
from discord.http import Route

from bot.chat.context import Caller, Place
from bot.community.directory import Directory
from bot.db import Database
from bot.leads.catalog import Catalog
from bot.leads.filters import Filter
from bot.migrate import upgrade
from bot.run import tune_collector


def now() -> datetime:
    return datetime.now(UTC)


class Bare(discord.AutoShardedClient):
    """A client without caches."""

    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.tree = app_commands.CommandTree(self)
        url = os.environ["RUNG_DATABASE_URL"]
        upgrade(url)
        self._database = Database(url)
        self._directory = Directory(self._database, now)
        self._catalog = Catalog(self._database, now)
        group = app_commands.Group(name="leads", description="leads")
        group.command(name="search", description="search")(self._search)
        self.tree.add_command(group)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect to the gateway of the settings."""
        del gateway
        await super().launch_shard(yarl.URL(os.environ["RUNG_DISCORD_GATEWAY_URL"]), shard_id, initial=initial)

    async def on_ready(self) -> None:
        """Tell the commands, which is also how the measuring program knows that the bot is ready."""
        await self.tree.sync()
        tune_collector()

    async def _search(self, interaction: discord.Interaction, words: str = "") -> None:
        place = Place(str(interaction.channel_id), "leads")
        caller = Caller("discord", str(interaction.guild_id), str(interaction.user.id), interaction.user.name, place)
        standing = await self._directory.standing(caller)
        page = await self._catalog.search(Filter(words=words), standing.community, standing.member)
        lines = [f"{lead.title}, {lead.company} {lead.url}" for lead in page.leads]
        await interaction.response.send_message("\n".join(lines) or "Nothing found.", ephemeral=True)


async def serve() -> None:
    """Run until the process is ended."""
    Route.BASE = os.environ["RUNG_DISCORD_API_URL"]
    async with Bare() as client:
        await client.start(os.environ["RUNG_DISCORD_TOKEN"])


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    uvloop.run(serve())
