"""The twin for memory and start: discord.py and one command, nothing of ours and no database loaded.

python -m benchmarks.bare_gateway        (settings RUNG_DISCORD_*, as the bot has them)
"""

import gc
import os

import discord
import uvloop
import yarl
from discord import app_commands
from discord.http import Route


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
        self.tree.command(name="ping", description="ping")(self._ping)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect to the gateway of the settings."""
        del gateway
        await super().launch_shard(yarl.URL(os.environ["RUNG_DISCORD_GATEWAY_URL"]), shard_id, initial=initial)

    async def on_ready(self) -> None:
        """Tell the command, which is how the measuring program knows that the bot is ready."""
        await self.tree.sync()
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)  # as bot.run does

    async def _ping(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("pong")


async def serve() -> None:
    """Run until the process is ended."""
    Route.BASE = os.environ["RUNG_DISCORD_API_URL"]
    async with Bare() as client:
        await client.start(os.environ["RUNG_DISCORD_TOKEN"])


if __name__ == "__main__":
    uvloop.run(serve())
