"""A member's own data: handed to them, or forgotten."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.community.directory import Directory
from bot.db import Database
from bot.me.exporting import gather, pack
from bot.me.footprints import Footprint
from bot.me.forgetting import forget


class OwnData:
    """Exports and forgets. `footprints` are what platforms keep in tables of their own."""

    def __init__(
        self, database: Database, directory: Directory, footprints: Sequence[Footprint], clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._directory = directory
        self._footprints = footprints
        self._clock = clock

    async def export(self, member: int) -> bytes:
        """Return a zip of all that is kept of a member."""
        tables = await self._database.read(lambda c: gather(c, member, self._footprints))
        return await asyncio.to_thread(pack, tables, self._clock())

    async def forget(self, member: int) -> None:
        """Delete or anonymise all that is kept of a member, everywhere. It can't be undone."""
        await self._database.run(lambda c: forget(c, member, self._footprints))
        self._directory.forget(member)
