"""Weeks: ISO 8601 weeks, from Monday 00:00 to Sunday 24:00 in somebody's own zone. Pure arithmetic."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

_NAME = re.compile(r"(\d{4})-W(\d{2})")
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A week of the calendar, whatever the zone; `str(week)` is its name: 2026-W48."""

    monday: date

    def __post_init__(self) -> None:
        if self.monday.isoweekday() != 1:
            raise ValueError(f"{self.monday} is no Monday")

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the week in which a day lies."""
        return cls(day - timedelta(days=day.isoweekday() - 1))

    @classmethod
    def parse(cls, name: str) -> Self:
        """Read a week's name. Raises ValueError for anything else."""
        found = _NAME.fullmatch(name)
        if found is None:
            raise ValueError(f"not a week: {name[:20]!r}")
        return cls(date.fromisocalendar(int(found[1]), int(found[2]), 1))

    def __str__(self) -> str:
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    def shifted(self, weeks: int) -> "Week":
        """Return the week so many weeks later, or earlier for a negative number."""
        return Week(self.monday + weeks * WEEK)

    def day(self, weekday: int) -> date:
        """Return a day of the week by its ISO number: 1 is Monday."""
        return self.monday + timedelta(days=weekday - 1)

    @property
    def number(self) -> int:
        """The week's number in its ISO year."""
        return self.monday.isocalendar().week

    def bounds(self, zone: str) -> tuple[datetime, datetime]:
        """Return the moments (UTC) between which the week lies in a zone, the second not included."""
        return midnight(self.monday, zone), midnight(self.monday + WEEK, zone)


def week_of(moment: datetime, zone: str) -> Week:
    """Return the week in which a moment lies in a zone."""
    return Week.of(local_day(moment, zone))


def local_day(moment: datetime, zone: str) -> date:
    """Return the day that it is in a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def midnight(day: date, zone: str) -> datetime:
    """Return the moment (UTC) at which a day begins in a zone; where summer time skips midnight, that of the change."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def weeks_between(first: Week, last: Week) -> Iterator[Week]:
    """Yield the weeks from the first to the last, both included; none when the last comes before."""
    week = first
    while week <= last:
        yield week
        week = week.shifted(1)


def open_weeks(moment: datetime, zones: Iterable[str]) -> list[Week]:
    """Return the weeks that are not over for somebody who lives in these zones (several just after a move)."""
    return sorted({week_of(moment, zone) for zone in zones})
