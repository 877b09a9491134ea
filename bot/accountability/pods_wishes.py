"""Who wants to be matched: to join, to sit rounds out, to leave, and to see how one stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.aways import is_away
from bot.accountability.pods_fit import Size
from bot.accountability.pods_models import Pod, PodMember, PodRound, PodStay, PodWish
from bot.accountability.pods_rhythms import PodTimes, times_of
from bot.accountability.pods_views import PodView, views
from bot.chat import BadInput
from bot.community.models import Member
from bot.db import Database, upsert

MOST_ROUNDS = 12
"""Rounds that can be sat out; for longer one leaves, and joins again."""
_SHOWN = timedelta(weeks=3)
"""So long after its time a pod that nobody spoke of is still shown as the current one."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a member wants to be matched."""

    size: Size
    weeks: int
    note: str = ""
    resting: int = 0


@dataclass(frozen=True, slots=True)
class PodStatus:
    """How a member stands."""

    wish: Wish | None
    next_at: datetime | None
    """Their next matching; None while nobody set the times up, or they did not join."""
    current: PodView | None
    away: bool


class PodWishes:
    """Keeps who wants to be matched."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def wish(self, member: int) -> Wish | None:
        """Return how a member wants to be matched; None for who does not."""
        return await self._database.read(lambda c: _wish(c, member))

    async def join(self, member: int, size: Size, weeks: int, note: str) -> None:
        """Have a member matched from the next round on; who is in already changes how. Rounds to sit out end by it."""

        def work(connection: Connection) -> None:
            values = {"pod": size is Size.POD, "weeks": weeks, "note": note, "resting": 0}
            statement = upsert(connection, PodWish).values(member_id=member, **values)
            connection.execute(statement.on_conflict_do_update(index_elements=["member_id"], set_=values))
            inside = sa.select(PodStay.id).where(PodStay.member_id == member, PodStay.until.is_(None))
            if connection.execute(inside).first() is None:
                community = sa.select(Member.community_id).where(Member.id == member).scalar_subquery()
                stay = {"community_id": community, "member_id": member, "since": self._clock()}
                connection.execute(sa.insert(PodStay).values(stay))

        await self._database.run(work)

    async def leave(self, member: int) -> bool:
        """Have a member matched no more; returns whether they were in. The pod that they are in goes on."""

        def work(connection: Connection) -> bool:
            stay = sa.update(PodStay).where(PodStay.member_id == member, PodStay.until.is_(None))
            connection.execute(stay.values(until=self._clock()))
            return connection.execute(sa.delete(PodWish).where(PodWish.member_id == member)).rowcount > 0

        return await self._database.run(work)

    async def rest(self, member: int, rounds: int) -> None:
        """Have a member sit out so many matchings of theirs, 0 for none. Raises BadInput for who did not join."""
        if not 0 <= rounds <= MOST_ROUNDS:
            raise BadInput(f"From 0 to {MOST_ROUNDS} rounds. For longer, `/pods leave` and join again.", field="rounds")
        statement = sa.update(PodWish).where(PodWish.member_id == member).values(resting=rounds)
        if not await self._database.run(lambda c: c.execute(statement).rowcount):
            raise BadInput("You are not matched at the moment. `/pods join` begins it.")

    async def status(self, member: int, community: int, zone: str) -> PodStatus:
        """Return how a member stands, who lives in a zone."""

        def work(connection: Connection) -> PodStatus:
            wish, chosen, now = _wish(connection, member), times_of(connection, community), self._clock()
            next_at = next_matching(chosen[1], wish, now) if wish and chosen else None
            away = is_away(connection, member, now, zone)
            return PodStatus(wish, next_at, _current(connection, member, now.date()), away)

        return await self._database.read(work)


def next_matching(times: PodTimes, wish: Wish, now: datetime) -> datetime:
    """Return when somebody is matched next, after the matchings that they sit out."""
    [day] = islice(times.days(wish.weeks, now), wish.resting, wish.resting + 1)
    return times.moment(day)


def _wish(connection: Connection, member: int) -> Wish | None:
    row = connection.execute(sa.select(PodWish.__table__).where(PodWish.member_id == member)).one_or_none()
    return Wish(Size.POD if row.pod else Size.PAIR, row.weeks, row.note, row.resting) if row else None


def _current(connection: Connection, member: int, today: date) -> PodView | None:
    query = (
        sa.select(Pod.id)
        .join(PodMember, PodMember.pod_id == Pod.id)
        .join(PodRound, PodRound.id == Pod.round_id)
        .where(PodMember.member_id == member, Pod.ask_on > today - _SHOWN)
        .order_by(PodRound.day.desc(), Pod.id.desc())
        .limit(1)
    )
    found = connection.execute(query).scalar_one_or_none()
    return views(connection, [found])[0] if found is not None else None
