"""Mock interviews: the bank, rounds, practice, grading."""

from bot.wiring.kit import Kit, Room


def wire(kit: Kit) -> Room:
    """Put the room together."""
    del kit
    return Room()
