"""How pairs and pods do, in figures without names: for organisers."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.pods_models import Pod, PodRound, PodStay, PodWish
from bot.accountability.pods_questions import Outcome
from bot.accountability.pods_rhythms import times_of
from bot.accountability.weeks import Week, week_of, weeks_between
from bot.community.models import Member
from bot.db import Database

HISTORY = 8
"""Weeks that are shown, with the current one."""


@dataclass(frozen=True, slots=True)
class PodWeek:
    """The pods that were matched in a week, and who came and went in it."""

    week: Week
    pods: int = 0
    met: int = 0
    not_met: int = 0
    unanswered: int = 0
    """Asked, and nobody said."""
    left_over: int = 0
    joined: int = 0
    left: int = 0

    @property
    def asked(self) -> int:
        """Pods of which it is known, or was asked, whether they met."""
        return self.met + self.not_met + self.unanswered


@dataclass(frozen=True, slots=True)
class PodNumbers:
    """A community's pods in figures."""

    members: int
    """Who is in at the moment."""
    resting: int
    weeks: tuple[PodWeek, ...]
    """The oldest first."""

    @property
    def share_met(self) -> float | None:
        """The share of the pods that met, of those that were asked; None before any was."""
        asked = sum(week.asked for week in self.weeks)
        return sum(week.met for week in self.weeks) / asked if asked else None


class PodStats:
    """Counts."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def of(self, community: int) -> PodNumbers:
        """Return a community's figures of the last weeks; weeks are those of its pods' zone, else UTC."""
        return await self._database.read(lambda c: _numbers(c, community, self._clock()))


def _numbers(connection: Connection, community: int, now: datetime) -> PodNumbers:
    chosen = times_of(connection, community)
    zone = chosen[1].zone if chosen else "UTC"
    this = week_of(now, zone)
    weeks = list(weeks_between(this.shifted(1 - HISTORY), this))
    query = (
        sa.select(sa.func.count(), sa.func.count(sa.case((PodWish.resting > 0, 1))))
        .select_from(PodWish)
        .join(Member, Member.id == PodWish.member_id)
        .where(Member.community_id == community, Member.merged_into.is_(None))
    )
    members, resting = connection.execute(query).one()
    rounds = _rounds(connection, community, weeks[0])
    came, went = (_stays(connection, community, column, zone) for column in (PodStay.since, PodStay.until))
    return PodNumbers(
        members,
        resting,
        tuple(
            PodWeek(week, joined=came[week], left=went[week], **{name: count[week] for name, count in rounds.items()})
            for week in weeks
        ),
    )


def _rounds(connection: Connection, community: int, first: Week) -> Mapping[str, Counter[Week]]:
    query = (
        sa.select(PodRound.day, Pod.outcome, Pod.asked)
        .join(Pod, Pod.round_id == PodRound.id)
        .where(PodRound.community_id == community, PodRound.day >= first.monday)
    )
    counts: dict[str, Counter[Week]] = {
        name: Counter() for name in ("pods", "met", "not_met", "unanswered", "left_over")
    }
    for row in connection.execute(query):
        week = Week.of(row.day)
        counts["pods"][week] += 1
        counts["met"][week] += row.outcome == Outcome.MET
        counts["not_met"][week] += row.outcome == Outcome.NOT
        counts["unanswered"][week] += row.outcome == Outcome.OPEN and row.asked > 0
    alone = sa.select(PodRound.day, PodRound.left_over)
    for day, number in connection.execute(
        alone.where(PodRound.community_id == community, PodRound.day >= first.monday)
    ):
        counts["left_over"][Week.of(day)] += number
    return counts


def _stays(
    connection: Connection, community: int, column: sa.orm.InstrumentedAttribute[datetime | None], zone: str
) -> Counter[Week]:
    query = sa.select(column).where(PodStay.community_id == community, column.is_not(None))
    return Counter(week_of(at, zone) for at in connection.execute(query).scalars() if at)
