"""Streaks as they stand, from the ledger, the times away and the outages."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.aways import TimeAway, away_weeks, come_back, go_away, times_away
from bot.accountability.check_ins import weeks_of
from bot.accountability.streaks import Streak, streak
from bot.accountability.uptime import neutral_weeks, outages
from bot.accountability.weeks import Week, local_day
from bot.accountability.zones import Stays, note_zone, open_to, stays_of, weeks_open
from bot.community.models import Community, Member, Profile
from bot.db import Database
from bot.steps.models import Evidence


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A member on the board."""

    member: int
    name: str
    streak: Streak


@dataclass(frozen=True, slots=True)
class Board:
    """The streaks of a community: by name of those who show themselves, of the others how many run."""

    rows: tuple[BoardRow, ...]
    others: int


class Streaks:
    """Answers how long it has gone on, and keeps when members are away."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def of(self, member: int, zone: str) -> Streak:
        """Return a member's streak as it stands in the week that it is in their zone."""
        return await self._database.read(lambda c: streak_of(c, member, zone, self._clock()))

    async def board(self, community: int) -> Board:
        """Return the streaks of a community that run, the longest first."""
        return await self._database.read(lambda c: board(c, community, self._clock()))

    async def go_away(self, member: int, zone: str, away: TimeAway) -> None:
        """Keep a time away. Raises BadInput for one that can't be: it begins in the current week or later."""

        def work(connection: Connection) -> None:
            now = self._clock()
            go_away(connection, member, away, weeks_open(connection, member, zone, now)[0])
            note_zone(connection, member, zone, now)

        await self._database.run(work)

    async def come_back(self, member: int, zone: str) -> bool:
        """End what is left of all times away; returns whether there was any."""
        return await self._database.run(lambda c: come_back(c, member, local_day(self._clock(), zone)))

    async def away(self, member: int, zone: str) -> list[TimeAway]:
        """Return the times away of a member that are not over, the earliest first."""
        today = local_day(self._clock(), zone)
        found = await self._database.read(lambda c: times_away(c, member=member)[member])
        return [away for away in found if away.last >= today]


def streak_of(connection: Connection, member: int, zone: str, now: datetime) -> Streak:
    """Return a member's streak as it stands in the week that it is in their zone."""
    done = weeks_of(connection, Evidence.member_id == member)[member]
    aways = times_away(connection, member=member)[member]
    down = outages(connection, now)
    stays = stays_of(connection, [member])[member]
    return _streak(done, aways, stays, zone, now, lambda zones: neutral_weeks(down, zones))


def board(connection: Connection, community: int, now: datetime) -> Board:
    """Return the streaks of a community that run, the longest first."""
    done = weeks_of(connection, Evidence.community_id == community)
    aways = times_away(connection, community=community)
    stays = stays_of(connection, None if len(done) > 500 else done)  # noqa: PLR2004 - so many as one query may name
    down = outages(connection, now)
    neutral = cache(lambda zones: neutral_weeks(down, zones))
    rows: list[BoardRow] = []
    others = 0
    for person in connection.execute(_people(community)):
        if person.id not in done:
            continue
        zone = person.zone or person.community_zone
        found = _streak(done[person.id], aways.get(person.id, ()), stays[person.id], zone, now, neutral)
        if found.length and person.shows_steps:
            rows.append(BoardRow(person.id, person.name, found))
        others += bool(found.length and not person.shows_steps)
    rows.sort(key=lambda row: (-row.streak.length, -row.streak.best, row.name.casefold(), row.member))
    return Board(tuple(rows), others)


def _streak(
    done: Collection[Week],
    aways: Iterable[TimeAway],
    stays: Stays,
    zone: str,
    now: datetime,
    neutral: Callable[[frozenset[str]], frozenset[Week]],
) -> Streak:
    """Return the streak of somebody with check-ins in these weeks; `neutral` tells which weeks outages made so."""
    weeks = open_to(stays, zone, now)
    lived = frozenset([zone, *(each for each, _ in stays)])
    return streak(done, away_weeks(aways) | neutral(lived) | set(weeks), weeks[-1])


def _people(community: int) -> sa.Select[int, str, str, str, bool | None]:
    return (
        sa.select(Member.id, Member.name, Member.zone, Community.zone.label("community_zone"), Profile.shows_steps)
        .join(Community, Community.id == Member.community_id)
        .outerjoin(Profile, Profile.member_id == Member.id)
        .where(Member.community_id == community)
    )
