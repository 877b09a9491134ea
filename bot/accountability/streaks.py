"""Streaks: weeks in a row with a check-in. Derived from what is in the ledger, never stored. Pure.

A missed week costs a freeze, or ends the streak. Every four weeks with a check-in in a row earn a freeze; nobody holds
more than three, and with three held none is saved up for. A week of an away time or of an outage is neutral: it neither
breaks nor counts, and the weeks around it are in a row; a check-in made in it all the same counts.
"""

from collections.abc import Collection
from dataclasses import dataclass

from bot.accountability.weeks import Week, weeks_between

EARNED_AFTER = 4
MOST_FREEZES = 3


@dataclass(frozen=True, slots=True)
class Streak:
    """A member's streak as it stands in a week."""

    length: int = 0
    best: int = 0
    freezes: int = 0
    frozen: tuple[Week, ...] = ()
    """The missed weeks of this streak that a freeze was spent on."""
    weeks_to_freeze: int = EARNED_AFTER
    """How many more weeks in a row earn the next freeze; 0 when three are held."""
    checked_in: bool = False
    """Whether this week has its check-in."""


def streak(check_ins: Collection[Week], neutral: Collection[Week], this: Week) -> Streak:
    """Return the streak that stands in the week `this`, which is not over and so can't be missed yet."""
    length = best = freezes = saved = 0
    frozen: list[Week] = []
    done = {week for week in check_ins if week <= this}
    for week in weeks_between(min(done, default=this), this):
        if week in done:
            length += 1
            best = max(best, length)
            saved = saved + 1 if freezes < MOST_FREEZES else 0
            if saved == EARNED_AFTER:
                freezes, saved = freezes + 1, 0
        elif week == this or week in neutral:
            continue
        elif freezes:
            freezes, saved = freezes - 1, 0
            frozen.append(week)
        else:
            length = saved = 0
            frozen.clear()
    to_freeze = EARNED_AFTER - saved if freezes < MOST_FREEZES else 0
    return Streak(length, best, freezes, tuple(frozen), to_freeze, this in done)
