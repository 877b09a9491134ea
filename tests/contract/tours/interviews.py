"""All of `/interview`, whose commands live in several rooms: each has a walk of its own."""

from tests.contract.tours import interview_bank, practice, rounds
from tests.contract.tours.tour import Tour

GROUPS = ("interview",)
WALKS = (rounds.walk, interview_bank.walk, practice.walk)


async def walk(tour: Tour) -> None:
    """Go through all of them, one after the other."""
    for each in WALKS:
        await each(tour)
