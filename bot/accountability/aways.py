"""Times away: weeks in which a member is not asked, and which neither break nor count."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.models import Away
from bot.accountability.weeks import Week, local_day
from bot.chat import BadInput
from bot.community.models import Member

MOST_OF_A_WEEK = 4
"""Days of a week: away for so many of them, and the week is neutral."""
LONGEST = timedelta(days=200)
"""A term abroad. Who is away for longer says so again."""


@dataclass(frozen=True, slots=True)
class TimeAway:
    """From a day to a day, both included."""

    first: date
    last: date


def go_away(connection: Connection, member: int, away: TimeAway, this: Week) -> None:
    """Keep a time away, as one with those that it touches on.

    Raises BadInput for one that can't be: it begins in the current week or later.
    """
    if away.last < away.first:
        raise BadInput("The last day comes before the first. Give them in order.", field="until")
    if away.first < this.monday:
        raise BadInput("That week is over; being away begins in this week or later.", field="since")
    if away.last - away.first > LONGEST:
        raise BadInput(f"That is more than {LONGEST.days} days. Give a nearer day; you can go on later.", field="until")
    mine = (Away.member_id == member, Away.first_day <= away.last, Away.last_day >= away.first)
    known = connection.execute(sa.select(Away).where(*mine)).all()
    connection.execute(sa.delete(Away).where(*mine))
    first = min([away.first, *(row.first_day for row in known)])
    last = max([away.last, *(row.last_day for row in known)])
    connection.execute(sa.insert(Away).values(member_id=member, first_day=first, last_day=last))


def come_back(connection: Connection, member: int, today: date) -> bool:
    """End what is left of all times away: today is no day away any more. Returns whether there was one."""
    mine = Away.member_id == member
    later = connection.execute(sa.delete(Away).where(mine, Away.first_day >= today))
    values = {"last_day": today - timedelta(days=1)}
    running = connection.execute(sa.update(Away).where(mine, Away.last_day >= today).values(values))
    return later.rowcount + running.rowcount > 0


def times_away(connection: Connection, *, member: int = 0, community: int = 0) -> dict[int, list[TimeAway]]:
    """Return the times away of one member, or of a community's, the earliest first."""
    query = sa.select(Away).order_by(Away.first_day, Away.id)
    if community:
        query = query.where(Away.member_id.in_(sa.select(Member.id).where(Member.community_id == community)))
    else:
        query = query.where(Away.member_id == member)
    found: defaultdict[int, list[TimeAway]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.member_id].append(TimeAway(row.first_day, row.last_day))
    return found


def is_away(connection: Connection, member: int, now: datetime, zone: str) -> bool:
    """Return whether a member is away on the day that it is in their zone."""
    today = local_day(now, zone)
    return any(away.first <= today <= away.last for away in times_away(connection, member=member)[member])


def away_weeks(aways: Iterable[TimeAway]) -> frozenset[Week]:
    """Return the weeks of which somebody is away most days."""
    days = {away.first + timedelta(days=n) for away in aways for n in range((away.last - away.first).days + 1)}
    counts = Counter(Week.of(day) for day in days)
    return frozenset(week for week, number in counts.items() if number >= MOST_OF_A_WEEK)
