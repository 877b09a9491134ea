"""How well two members fit together for a week or two: hours, step, topics, and whether they met lately. Pure.

Smaller is better. The parts are whole numbers of which the heaviest always decides: a repeat outweighs all the rest of
any matching, and a younger repeat outweighs an older one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import combinations
from random import Random
from zoneinfo import ZoneInfo

DAY = 24 * 60
AWAKE = 14 * 60
"""Minutes of a day in which people can meet: from 8 to 22, local time."""
REPEAT_DAYS = 84
"""So many days two members are not matched again, where possible: 12 weeks."""
_HOURS, _STEPS, _TOPICS, _RHYTHM, _LUCK = 600, 200, 150, 50, 10
_STEPS_APART = 5
_REPEAT, _A_DAY_YOUNGER = 10_000_000, 1_000


class Size(StrEnum):
    """What a member wants to be matched into: two people, or three to four."""

    PAIR = "pair"
    POD = "pod"


@dataclass(frozen=True, slots=True)
class Person:
    """A member who is to be matched."""

    member: int
    platforms: tuple[str, ...]
    """Where they have an account; first the one that was seen last."""
    size: Size = Size.PAIR
    weeks: int = 1
    offset: int = 0
    """Minutes that their clock is ahead of UTC on the day of the matching."""
    step: int = 1
    topics: frozenset[str] = frozenset()


Met = Mapping[frozenset[int], int]
"""For two members who were matched in the last `REPEAT_DAYS`: how many days ago."""


def offset_on(zone: str, day: date) -> int:
    """Return by how many minutes a zone is ahead of UTC at noon of a day there."""
    ahead = datetime.combine(day, time(12), ZoneInfo(zone)).utcoffset()
    return int(ahead.total_seconds()) // 60 if ahead else 0


def overlap(offset: int, other: int) -> int:
    """Return for how many minutes of a day two people are both awake: 840 in one zone, 240 across the world."""
    apart = abs(offset - other) % DAY
    # Two arcs of a circle may meet at both of their ends.
    return max(0, AWAKE - apart) + max(0, AWAKE - (DAY - apart))


class Fit:
    """The cost of putting members together, and the luck that decides between equals: the same for the same seed."""

    def __init__(self, people: Sequence[Person], met: Met, seed: str) -> None:
        chance = Random(seed)  # noqa: S311 - for variety, not for secrets
        self._luck = {each.member: chance.randrange(1 << 20) for each in sorted(people, key=lambda p: p.member)}
        self._met = met
        self._known: dict[tuple[int, int], int] = {}
        self.chance = chance

    def luck(self, person: Person) -> int:
        """Return a member's lot, which decides where nothing else does."""
        return self._luck[person.member]

    def two(self, one: Person, other: Person) -> int:
        """Return the cost of two members."""
        key = (one.member, other.member) if one.member < other.member else (other.member, one.member)
        if key not in self._known:
            self._known[key] = self._cost(one, other)
        return self._known[key]

    def all(self, group: Sequence[Person]) -> int:
        """Return the cost of a group: that of every two in it."""
        return sum(self.two(one, other) for one, other in combinations(group, 2))

    def between(self, group: Sequence[Person], other: Sequence[Person]) -> int:
        """Return what putting two groups together adds to the cost of both."""
        return sum(self.two(one, two) for one in group for two in other)

    def _cost(self, one: Person, other: Person) -> int:
        hours = (AWAKE - overlap(one.offset, other.offset)) * _HOURS // AWAKE
        steps = min(abs(one.step - other.step), _STEPS_APART) * _STEPS // _STEPS_APART
        every = one.topics | other.topics
        topics = _TOPICS - (_TOPICS * len(one.topics & other.topics) // len(every) if every else 0)
        rhythm = _RHYTHM if one.weeks != other.weeks else 0
        luck = (self.luck(one) ^ self.luck(other)) % _LUCK
        days = self._met.get(frozenset((one.member, other.member)))
        repeat = 0 if days is None else _REPEAT + (REPEAT_DAYS - days) * _A_DAY_YOUNGER
        return hours + steps + topics + rhythm + luck + repeat
