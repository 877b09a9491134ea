"""The jobs of rounds of every week: to let members sign up, to remind them, to begin or to call it off kindly."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.community.telling import Notification, Teller
from bot.db import Database
from bot.interviews.rounds import Rounds, recent_questions
from bot.interviews.rounds_models import Round, RoundPlan
from bot.interviews.rounds_plans import Plans, PlanWords
from bot.interviews.rounds_signups import Plan, Signups, plan_of, sign_up_name, signups_of
from bot.interviews.rounds_timers import Timers
from bot.work.deliveries import Deliveries
from bot.work.engine import Args, Run
from bot.work.schedules import day_of

TOO_LATE = timedelta(minutes=30)
"""A round that an outage held up so long is called off: nobody waits for it any more."""


class Weekly:
    """Does on its day what a plan says; each job may be run again and does it once."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        teller: Teller,
        *,
        plans: Plans,
        rounds: Rounds,
        timers: Timers,
        words: PlanWords,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._teller = teller
        self._plans = plans
        self._rounds = rounds
        self._timers = timers
        self._words = words
        self._clock = clock

    async def sign_up(self, run: Run, args: Args) -> None:
        """Post the message with which one signs up for the round that comes."""
        del run

        def work(connection: Connection) -> None:
            plan, day = plan_of(connection, int(args["plan"])), _day(args)
            if not plan.ended and self._clock() < plan.moment(day):
                self._plans.announce(connection, plan, day)

        await self._database.run(work)
        self._deliveries.kick()

    async def remind(self, run: Run, args: Args) -> None:
        """Remind those who signed up, shortly before it begins."""
        del run

        def work(connection: Connection) -> None:
            plan, day = plan_of(connection, int(args["plan"])), _day(args)
            if plan.ended or self._clock() >= plan.moment(day):
                return
            found = signups_of(connection, plan, day)
            for member in found.members:
                what = f"{sign_up_name(found)}:reminder:{member}"
                self._teller.plan(connection, what, member, self._words.reminder(found), Notification.ROUNDS)

        await self._database.run(work)
        self._deliveries.kick()

    async def begin(self, run: Run, args: Args) -> None:
        """Begin the round of a day, or call it off when too few signed up or it is much too late."""
        del run
        number, day = int(args["plan"]), _day(args)

        def work(connection: Connection) -> int | None:
            row = sa.select(RoundPlan.id).where(RoundPlan.id == number).with_for_update()
            connection.execute(row)
            plan = plan_of(connection, number)
            if not plan.ended and plan.last_day < day.isoformat():
                statement = sa.update(RoundPlan).where(RoundPlan.id == number).values(last_day=day.isoformat())
                connection.execute(statement)
                self._hold(connection, plan, day)
            begun = sa.select(sa.func.max(Round.id)).where(Round.plan_id == number, Round.due_at.is_not(None))
            return connection.execute(begun).scalar()

        begun = await self._database.run(work)
        self._deliveries.kick()
        if begun is not None:
            await self._timers.wake(begun)

    def _hold(self, connection: Connection, plan: Plan, day: date) -> None:
        found = signups_of(connection, plan, day)
        late = self._clock() > plan.moment(day) + TOO_LATE
        if late or not found.enough:
            self._call_off(connection, found, "late" if late else "called_off")
            return
        asked = recent_questions(connection, plan.community)
        questions = self._rounds.choose(connection, plan.community, plan.wish, asked)
        self._rounds.open(connection, "round", plan.origin, plan.wish, questions, found.members)
        self._deliveries.revise(connection, sign_up_name(found), self._words.sign_up(found, "began"))

    def _call_off(self, connection: Connection, found: Signups, why: str) -> None:
        self._deliveries.revise(connection, sign_up_name(found), self._words.sign_up(found, why))
        self._plans.tell_off(connection, found, why)


def _day(args: Args) -> date:
    """Return the day of the round that a job is about; the job itself may be due on a day before."""
    return day_of(args) + timedelta(days=int(args.get("ahead", 0)))
