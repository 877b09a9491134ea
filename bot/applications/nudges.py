"""What the bot says of an application without being asked, and when: at the member's hour of their own day. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.applications.stages import Stage
from bot.work.schedules import moment_of

FOLLOW_UP_DAYS = (7, 14)
"""Days after the member applied, without a move since."""
DEADLINE_DAYS = (3, 1)
"""Days before an opening closes that the member saved and did not apply for."""
SOON = timedelta(hours=25)
"""Within so long a member's hour comes, also on the day on which summer time ends."""
WIDEST = timedelta(hours=26)
"""Between the clocks of any two zones: so late may a moment come for somebody who moved."""


class Why(StrEnum):
    """What a nudge is about."""

    FOLLOW_UP = "follow_up"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Clock:
    """The hour at which a member is told things, in their zone (IANA name)."""

    zone: str
    hour: int

    def at(self, day: date) -> datetime:
        """Return the moment of that hour on a day."""
        return moment_of(day, f"{self.hour:02}:00", self.zone)

    def after(self, moment: datetime) -> datetime:
        """Return when that hour comes next after a moment."""
        today = self.day(moment)
        return next(at for n in range(3) if (at := self.at(today + timedelta(days=n))) > moment)

    def day(self, moment: datetime) -> date:
        """Return the local day of a moment."""
        return moment.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True)
class Nudge:
    """Something to say: at that moment, for that reason, so many days after applying or before the end."""

    at: datetime
    why: Why
    days: int


def nudges_of(stage: str, moved_at: datetime, deadline: date | None, clock: Clock) -> list[Nudge]:
    """Return all nudges that an application calls for as it stands, in order."""
    if stage == Stage.APPLIED:
        day = clock.day(moved_at)
        return [Nudge(clock.at(day + timedelta(days=n)), Why.FOLLOW_UP, n) for n in FOLLOW_UP_DAYS]
    if stage == Stage.SAVED and deadline is not None:
        return [Nudge(clock.at(deadline - timedelta(days=n)), Why.DEADLINE, n) for n in DEADLINE_DAYS]
    return []


def next_after(nudges: Iterable[Nudge], moment: datetime) -> datetime | None:
    """Return when the first of them comes that is later than a moment."""
    return min((nudge.at for nudge in nudges if nudge.at > moment), default=None)


def due_now(
    nudges: Sequence[Nudge], since: datetime, now: datetime, today: date, deadline: date | None
) -> Nudge | None:
    """Return what is to be said now of what came due since a moment: the latest; nothing of an end that is over."""
    if deadline is not None and today > deadline:
        nudges = [nudge for nudge in nudges if nudge.why is not Why.DEADLINE]
    return max((n for n in nudges if since <= n.at <= now), key=lambda nudge: nudge.at, default=None)
