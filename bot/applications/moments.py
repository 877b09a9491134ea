"""Moments as people write them: "in 5 days", "tomorrow at 9", "3 December"."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.applications.nudges import Clock
from bot.chat import BadInput

FURTHEST = timedelta(days=2 * 366)
_EXACT = re.compile(r"\b(hours?|hrs?|h|minutes?|mins?)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\d:\d\d|\d\s*[ap]\.?m\b|\bnoon\b|\bmidnight\b|T\d\d", re.IGNORECASE)
_AT_HOUR = re.compile(r"\bat (\d{1,2})\b(?!\s*[:.apAP\d])")
_FILLERS = re.compile(r"^\s*(on|by|next)\b", re.IGNORECASE)
_WORDS = {
    r"\bnoon\b": "12:00",
    r"\bmidnight\b": "00:00",
    r"\bnext week\b": "in 7 days",
    r"\btonight\b": "today at 20:00",
}
"""Words that the reader of dates does not know, or takes for less than is meant."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A moment that a member asked for. `wall` is the local time that they meant, empty for "in two hours"."""

    at: datetime
    wall: str


def read_moment(typed: str, now: datetime, clock: Clock, field: str = "when") -> Asked:
    """Read a moment ahead, in the member's zone; without an hour it is their own hour of that day.

    Raises BadInput with examples for what is no moment, what is past, and what is years ahead.
    """
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]  # it has no stubs

    words = typed.strip()[:80]
    plain = _plain(words)
    zone = ZoneInfo(clock.zone)
    local = now.astimezone(zone).replace(tzinfo=None)
    settings = {"RELATIVE_BASE": local, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"}
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(plain).date_obj
    if found is None:
        raise BadInput(
            f"I can't read “{words}” as a time. Write it like “in 5 days”, “Friday at 9:00” or 2026-12-31.", field=field
        )
    if found.tzinfo is not None:
        found = found.astimezone(zone).replace(tzinfo=None)
    if _EXACT.search(words):
        asked = Asked(now + (found - local), "")
    else:
        if not _CLOCK.search(plain):
            found = found.replace(hour=clock.hour, minute=0, second=0, microsecond=0)
        wall = found.replace(second=0, microsecond=0, tzinfo=None)
        asked = Asked(moment_at(wall.isoformat(timespec="minutes"), clock.zone), wall.isoformat(timespec="minutes"))
    if asked.at <= now:
        raise BadInput(
            f"“{words}” is over already ({in_words(asked.at, clock.zone)}). Give a time to come.", field=field
        )
    if asked.at > now + FURTHEST:
        raise BadInput(f"“{words}” is years ahead ({in_words(asked.at, clock.zone)}). Give a nearer time.", field=field)
    return asked


def moment_at(wall: str, zone: str) -> datetime:
    """Return the moment of a local time; one that summer time leaves out is as far after the gap as it was inside."""
    utc = ZoneInfo("UTC")
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(utc)


def in_words(moment: datetime, zone: str) -> str:
    """Return a moment as it is said to a member: the day, the date, the hour and the zone."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%A}, {local.day} {local:%B %Y} at {local:%H:%M} ({zone})"


def _plain(words: str) -> str:
    """Return the words as the reader of dates takes them."""
    for pattern, plain in _WORDS.items():
        words = re.sub(pattern, plain, words, flags=re.IGNORECASE)
    return _AT_HOUR.sub(r"at \1:00", _FILLERS.sub("", words)).strip()
