"""What both bare bots are: discord.py without caches, at the server of the settings, tuned as Rung is."""

import gc
import os

import discord
import yarl
from discord import app_commands
from discord.http import Route


class BareClient(discord.AutoShardedClient):
    """A client without caches; commands are added to `tree`."""

    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.tree = app_commands.CommandTree(self)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect to the gateway of the settings."""
        del gateway
        await super().launch_shard(yarl.URL(os.environ["RUNG_DISCORD_GATEWAY_URL"]), shard_id, initial=initial)

    async def on_ready(self) -> None:
        """Tell the commands, which is also how the measuring program knows that the bot is ready."""
        await self.tree.sync()
        gc.collect()
        gc.freeze()
        gc.set_threshold(2_000, 20, 50)  # as bot.run does


async def serve(kind: type[BareClient]) -> None:
    """Run a bot until the process is ended."""
    Route.BASE = os.environ["RUNG_DISCORD_API_URL"]
    async with kind() as client:
        await client.start(os.environ["RUNG_DISCORD_TOKEN"])
