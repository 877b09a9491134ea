"""When the bot was alive, and which weeks nobody can be blamed for because it was not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.models import Uptime
from bot.accountability.weeks import Week, midnight, weeks_between

UNNOTICED = timedelta(minutes=90)
"""The bot notes about once an hour that it is alive: only silence longer than this is an outage."""
DOWN_BEFORE_THE_END = timedelta(hours=2)
"""Down for so long on Sunday, and somebody who checks in last thing may have missed it."""
DOWN_AT_CHECK_IN = timedelta(hours=24)
"""Down for so long between Friday and Sunday night, a third of the time in which most check in."""


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which no process of the bot was alive."""

    began: datetime
    ended: datetime

    def within(self, start: datetime, end: datetime) -> timedelta:
        """Return how much of a span it takes."""
        return max(timedelta(), min(self.ended, end) - max(self.began, start))


def beat(connection: Connection, now: datetime) -> None:
    """Note that the bot is alive: the running span grows, or a new one begins after an outage."""
    latest = sa.select(sa.func.max(Uptime.seen_at)).scalar_subquery()
    grown = connection.execute(
        sa.update(Uptime)
        .where(Uptime.seen_at == latest, Uptime.seen_at >= now - UNNOTICED)
        .values(seen_at=sa.case((Uptime.seen_at < now, now), else_=Uptime.seen_at))
    )
    if not grown.rowcount:
        connection.execute(sa.insert(Uptime).values(began_at=now, seen_at=now))


def outages(connection: Connection, now: datetime) -> list[Outage]:
    """Return all outages since the bot first noted that it is alive, the oldest first."""
    query = sa.select(Uptime.began_at, Uptime.seen_at).order_by(Uptime.began_at)
    return gaps([(row.began_at, row.seen_at) for row in connection.execute(query)], now)


def gaps(spans: Iterable[tuple[datetime, datetime]], now: datetime) -> list[Outage]:
    """Return what lies between spans in which the bot was alive (it is alive now) and is too long to be chance."""
    found: list[Outage] = []
    alive_until: datetime | None = None
    for began, ended in [*sorted(spans), (now, now)]:
        if alive_until is not None and began - alive_until > UNNOTICED:
            found.append(Outage(alive_until, began))
        alive_until = ended if alive_until is None else max(alive_until, ended)
    return found


def neutral_weeks(down: Iterable[Outage], zones: Iterable[str]) -> frozenset[Week]:
    """Return the weeks that outages made neutral for somebody who lived in these zones: missing them breaks nothing."""
    down = list(down)
    near = {
        week
        for outage in down
        for week in weeks_between(Week.of(outage.began.date()).shifted(-1), Week.of(outage.ended.date()).shifted(1))
    }
    places = sorted(set(zones))
    return frozenset(week for week in near if any(_is_neutral(week, zone, down) for zone in places))


def _is_neutral(week: Week, zone: str, down: list[Outage]) -> bool:
    monday, friday, sunday, end = (midnight(day, zone) for day in (week.day(1), week.day(5), week.day(7), week.day(8)))

    def lost(start: datetime, until: datetime) -> timedelta:
        return sum((outage.within(start, until) for outage in down), timedelta())

    no_prompt = lost(monday, friday) >= friday - monday
    return no_prompt or lost(friday, end) >= DOWN_AT_CHECK_IN or lost(sunday, end) >= DOWN_BEFORE_THE_END
