"""Rounds of every week: set up by an organiser, signed up for by members, begun when enough of them did."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import NotAllowed, Reply
from bot.community.models import Community
from bot.community.telling import Notification, Teller
from bot.db import Database, upsert
from bot.interviews.rounds import Origin, Rounds, Wish, check, places_for
from bot.interviews.rounds_models import RoundPlan, RoundSignup
from bot.interviews.rounds_signups import Plan, Signups, held, plan_of, sign_up_name, signups_of
from bot.work.deliveries import Deliveries
from bot.work.schedules import Schedules, next_run

SIGN_UP, REMIND, BEGIN = "rounds.sign_up", "rounds.remind", "rounds.begin"
AHEAD = 2
"""Days before a round on which one can sign up."""
REMINDED = timedelta(minutes=30)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What is said of a round of every week; the cog brings it."""

    sign_up: Callable[[Signups, str], Reply]
    """With how it stands: "open", "began", "called_off", "late" or "ended"."""
    reminder: Callable[[Signups], Reply]
    called_off: Callable[[Signups, str], Reply]
    """With why: "called_off" (too few came), "late" or "ended"."""


class Plans:
    """Sets up the rounds of every week, and takes sign-ups."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        schedules: Schedules,
        *,
        teller: Teller,
        rounds: Rounds,
        words: PlanWords,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._schedules = schedules
        self._teller = teller
        self._rounds = rounds
        self._words = words
        self._clock = clock

    async def create(self, origin: Origin, wish: Wish, weekday: int, at: str, minimum: int) -> Signups:
        """Hold a round every week, by the community's clock; returns the first one, for which one can sign up soon.

        Raises BadInput where there is no channel for it, or not enough questions.
        """
        check(wish)

        def work(connection: Connection) -> Signups:
            places_for(connection, origin)
            self._rounds.choose(connection, origin.community, wish)
            zone = connection.execute(sa.select(Community.zone).where(Community.id == origin.community)).scalar_one()
            values: dict[str, Any] = {"community_id": origin.community, "workspace_id": origin.workspace}
            values |= {"place": origin.place, "host_id": origin.host, "weekday": weekday, "at": at, "zone": zone}
            values |= {"minimum": minimum, "topic": wish.topic, "level": wish.level, "questions": wish.questions}
            values |= {"seconds": wish.seconds, "is_open": wish.is_open, "peers": wish.peers, "last_day": ""}
            made = sa.insert(RoundPlan).values(**values, created_at=self._clock()).returning(RoundPlan.id)
            plan = plan_of(connection, connection.execute(made).scalar_one())
            day = self.next_day(plan)
            if plan.moment(day) - self._clock() <= timedelta(days=AHEAD):
                self.announce(connection, plan, day)
            return signups_of(connection, plan, day)

        found = await self._database.run(work)
        self._deliveries.kick()
        await self._schedule(found.plan)
        return found

    async def listed(self, community: int) -> list[Signups]:
        """Return the rounds of every week of a community, each with who signed up for the next."""

        def work(connection: Connection) -> list[Signups]:
            query = sa.select(RoundPlan.id).where(RoundPlan.community_id == community, RoundPlan.ended_at.is_(None))
            numbers = connection.execute(query.order_by(RoundPlan.id)).scalars().all()
            plans = [plan_of(connection, number) for number in numbers]
            return [signups_of(connection, plan, self.next_day(plan)) for plan in plans]

        return await self._database.read(work)

    async def cancel(self, community: int, number: int) -> Plan:
        """Hold a round no more; who signed up for the next is told, there and privately. Raises NotFound."""

        def work(connection: Connection) -> Plan:
            plan = held(connection, number, community)
            connection.execute(sa.update(RoundPlan).where(RoundPlan.id == number).values(ended_at=self._clock()))
            found = signups_of(connection, plan, self.next_day(plan))
            self._deliveries.revise(connection, sign_up_name(found), self._words.sign_up(found, "ended"))
            self.tell_off(connection, found, "ended")
            return plan

        plan = await self._database.run(work)
        for job in (SIGN_UP, REMIND, BEGIN):
            await self._schedules.remove(f"{job}:{number}")
        self._deliveries.kick()
        return plan

    async def follow_zone(self, community: int) -> None:
        """Hold a community's rounds by the clock that it goes by now, from the next one on."""

        def work(connection: Connection) -> list[Plan]:
            zone = sa.select(Community.zone).where(Community.id == community).scalar_subquery()
            stands = (RoundPlan.community_id == community, RoundPlan.ended_at.is_(None))
            moved = sa.update(RoundPlan).where(*stands, RoundPlan.zone != zone).values(zone=zone)
            return [plan_of(connection, each) for each in connection.execute(moved.returning(RoundPlan.id)).scalars()]

        for plan in await self._database.run(work):
            await self._schedule(plan)

    async def sign(self, member: int, community: int, number: int, day: date, *, comes: bool) -> Signups:
        """Sign a member up for the round of a day, or off again. Raises NotFound, and NotAllowed too late."""

        def work(connection: Connection) -> Signups:
            plan = held(connection, number, community)
            if plan.last_day >= day.isoformat() or plan.moment(day) <= self._clock():
                raise NotAllowed("That round has begun or is over. `/interview join` shows what one can join now.")
            mine = {"plan_id": number, "day": day.isoformat(), "member_id": member}
            if comes:
                statement = upsert(connection, RoundSignup).values(mine)
                connection.execute(statement.on_conflict_do_nothing(index_elements=list(mine)))
            else:
                connection.execute(sa.delete(RoundSignup).filter_by(**mine))
            found = signups_of(connection, plan, day)
            self._deliveries.revise(connection, sign_up_name(found), self._words.sign_up(found, "open"))
            return found

        found = await self._database.run(work)
        self._deliveries.kick()
        return found

    def announce(self, connection: Connection, plan: Plan, day: date) -> None:
        """Plan the message with which one signs up, once for a day, in the caller's unit of work."""
        found = signups_of(connection, plan, day)
        addresses = list(places_for(connection, plan.origin).values())
        reply = self._words.sign_up(found, "open")
        self._deliveries.plan(connection, sign_up_name(found), addresses, reply, community=plan.community)

    def tell_off(self, connection: Connection, found: Signups, why: str) -> None:
        """Plan the words to each who signed up that there is no round that day, in the caller's unit of work."""
        for member in found.members:
            what = f"{sign_up_name(found)}:called_off:{member}"
            self._teller.plan(connection, what, member, self._words.called_off(found, why), Notification.ROUNDS)

    def next_day(self, plan: Plan) -> date:
        """Return the local day of the next round."""
        last = date.fromisoformat(plan.last_day) if plan.last_day else None
        moment = next_run(plan.at, plan.zone, str(plan.weekday), self._clock(), last)
        return moment.astimezone(ZoneInfo(plan.zone)).date()

    async def _schedule(self, plan: Plan) -> None:
        early = REMINDED // timedelta(minutes=1)
        hour, minute = (int(part) for part in plan.at.split(":"))
        before, rest = divmod(hour * 60 + minute - early, 24 * 60)
        reminder = (REMIND, before, f"{rest // 60:02}:{rest % 60:02}")
        for job, shift, at in ((SIGN_UP, -AHEAD, plan.at), reminder, (BEGIN, 0, plan.at)):
            weekday = (plan.weekday - 1 + shift) % _WEEK + 1
            args = {"plan": plan.number, "ahead": -shift}
            await self._schedules.set_daily(f"{job}:{plan.number}", job, args, at, plan.zone, days=str(weekday))
