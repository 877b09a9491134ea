"""The twin on Discord: discord.py and nothing else, tuned as Rung is, doing the same SQL through the same functions.

    python -m benchmarks.bare_discord        (settings RUNG_DISCORD_* and RUNG_DATABASE_URL, as the bot has them)

`/leads search words:…` notes who asked and searches; what it found is said as plain text. Messages are swallowed.
"""

import logging
import os
from datetime import UTC, datetime

import discord
import uvloop
from discord import app_commands

from benchmarks.bare_client import BareClient, serve
from bot.chat.context import Caller, Place
from bot.community.directory import Directory
from bot.db import Database
from bot.leads.catalog import Catalog
from bot.leads.filters import Filter
from bot.migrate import upgrade


def now() -> datetime:
    return datetime.now(UTC)


class Bare(BareClient):
    """A client that searches as Rung does."""

    def __init__(self) -> None:
        super().__init__()
        url = os.environ["RUNG_DATABASE_URL"]
        upgrade(url)
        self._database = Database(url)
        self._directory = Directory(self._database, now)
        self._catalog = Catalog(self._database, now)
        group = app_commands.Group(name="leads", description="leads")
        group.command(name="search", description="search")(self._search)
        self.tree.add_command(group)

    async def _search(self, interaction: discord.Interaction, words: str = "") -> None:
        place = Place(str(interaction.channel_id), "leads")
        caller = Caller("discord", str(interaction.guild_id), str(interaction.user.id), interaction.user.name, place)
        standing = await self._directory.standing(caller)
        page = await self._catalog.search(Filter(words=words), standing.community, standing.member)
        lines = [f"{lead.title}, {lead.company} {lead.url}" for lead in page.leads]
        await interaction.response.send_message("\n".join(lines) or "Nothing found.", ephemeral=True)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    uvloop.run(serve(Bare))
