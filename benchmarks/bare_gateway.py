"""The twin for memory and start: discord.py and one command, nothing of ours and no database loaded.

python -m benchmarks.bare_gateway        (settings RUNG_DISCORD_*, as the bot has them)
"""

import discord
import uvloop

from benchmarks.bare_client import BareClient, serve


class Bare(BareClient):
    """A client with a command that answers at once."""

    def __init__(self) -> None:
        super().__init__()
        self.tree.command(name="ping", description="ping")(self._ping)

    async def _ping(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("pong")


if __name__ == "__main__":
    uvloop.run(serve(Bare))
