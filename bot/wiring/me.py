"""A member's own page: profile, notifications, linked accounts, all their data."""

from bot.wiring.kit import Kit, Room


def wire(kit: Kit) -> Room:
    """Put the room together."""
    del kit
    return Room()
