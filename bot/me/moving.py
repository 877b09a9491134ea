"""When a member's clock changes: their zone or their hour, and everything that goes by them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.community.directory import Directory
from bot.community.profiles import About, Profiles

Moved = Callable[[int, str], Awaitable[None]]
"""Told that a member (id) lives in another zone (IANA name), or goes by another hour, from now on."""


@dataclass(frozen=True, slots=True)
class Moving:
    """Changes zones and hours. `moved` are the rooms' functions that are told (`Kit.moved`)."""

    profiles: Profiles
    directory: Directory
    moved: Sequence[Moved]

    async def to_zone(self, member: int, zone: str) -> About:
        """Keep that a member lives in a zone (IANA name), by their own word, and move what follows their clock."""
        told = await self.profiles.keep(member, zone=zone, zone_confirmed=True)
        await self.follow(member, zone)
        return told

    async def follow(self, member: int, zone: str) -> None:
        """Have everything that goes by a member's clock go by that zone, and by their hour as it is now."""
        self.directory.forget(member)
        for function in self.moved:
            await function(member, zone)
