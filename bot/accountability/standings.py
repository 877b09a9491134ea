"""Streaks as they stand, from the ledger, the times away and the outages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.aways import TimeAway, away_weeks, come_back, go_away, times_away
from bot.accountability.check_ins import weeks_of
from bot.accountability.streaks import Streak, streak
from bot.accountability.uptime import Outage, neutral_weeks, outages
from bot.accountability.weeks import Week, local_day, open_weeks
from bot.accountability.zones import note_zone, weeks_open, zones_ever
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
    weeks = weeks_open(connection, member, zone, now)
    done = weeks_of(connection, Evidence.member_id == member)[member]
    away = away_weeks(times_away(connection, member=member)[member])
    lived = [*zones_ever(connection, [member]).get(member, ()), zone]
    neutral = away | neutral_weeks(outages(connection, now), lived)
    return streak(done, neutral | set(weeks), weeks[-1])


def board(connection: Connection, community: int, now: datetime) -> Board:
    """Return the streaks of a community that run, the longest first."""
    done = weeks_of(connection, Evidence.community_id == community)
    away = times_away(connection, community=community)
    lived = zones_ever(connection, None if len(done) > 500 else done)  # noqa: PLR2004 - so many as one query may name
    down = outages(connection, now)
    by_zones: dict[frozenset[str], frozenset[Week]] = {}
    rows: list[BoardRow] = []
    others = 0
    for person in connection.execute(_people(community)):
        if person.id not in done:
            continue
        zone = person.zone or person.community_zone
        zones = frozenset([zone, *lived.get(person.id, ())])
        if zones not in by_zones:
            by_zones[zones] = _neutral(down, zones)
        this = open_weeks(now, [zone])
        neutral = away_weeks(away.get(person.id, ())) | by_zones[zones] | set(this)
        found = streak(done[person.id], neutral, this[-1])
        if found.length and person.shows_steps:
            rows.append(BoardRow(person.id, person.name, found))
        others += bool(found.length and not person.shows_steps)
    rows.sort(key=lambda row: (-row.streak.length, -row.streak.best, row.name.casefold(), row.member))
    return Board(tuple(rows), others)


def _neutral(down: list[Outage], zones: frozenset[str]) -> frozenset[Week]:
    return neutral_weeks(down, zones) if down else frozenset()


def _people(community: int) -> sa.Select[int, str, str, str, bool | None]:
    return (
        sa.select(Member.id, Member.name, Member.zone, Community.zone.label("community_zone"), Profile.shows_steps)
        .join(Community, Community.id == Member.community_id)
        .outerjoin(Profile, Profile.member_id == Member.id)
        .where(Member.community_id == community)
    )
