"""The rows of rounds of every week: what is planned, and who signed up for the round of a day."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import NotFound
from bot.community.models import Member
from bot.interviews.rounds import Origin, Wish
from bot.interviews.rounds_models import RoundPlan, RoundSignup
from bot.work.schedules import moment_of


@dataclass(frozen=True, slots=True)
class Plan:
    """A round of every week. `weekday` is ISO, `at` HH:MM of `zone`."""

    number: int
    community: int
    origin: Origin
    wish: Wish
    weekday: int
    at: str
    zone: str
    minimum: int
    ended: bool
    last_day: str

    def moment(self, day: date) -> datetime:
        """Return when the round of a day begins."""
        return moment_of(day, self.at, self.zone)


@dataclass(frozen=True, slots=True)
class Signups:
    """Who signed up for the round of a day."""

    plan: Plan
    day: date
    members: tuple[int, ...]
    names: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether so many signed up that it is held."""
        return not self.missing

    @property
    def missing(self) -> int:
        """How many more must sign up for it to be held; 0 when it is."""
        return max(0, self.plan.minimum - len(self.members))


def held(connection: Connection, number: int, community: int | None = None) -> Plan:
    """Return a plan that stands, its row held for a change. Raises NotFound."""
    query = sa.select(RoundPlan.id).where(RoundPlan.id == number).with_for_update()
    connection.execute(query)
    plan = plan_of(connection, number)
    if plan.ended or community not in {None, plan.community}:
        raise NotFound("This round is no longer held. `/interview scheduled` shows those that are.")
    return plan


def plan_of(connection: Connection, number: int) -> Plan:
    """Return a plan. Raises NotFound."""
    row = connection.execute(sa.select(RoundPlan.__table__).where(RoundPlan.id == number)).one_or_none()
    if row is None:
        raise NotFound("There is no such round. `/interview scheduled` shows those of every week.")
    return Plan(
        row.id,
        row.community_id,
        Origin(row.community_id, row.workspace_id, row.place, None, row.id),
        Wish(row.topic, row.level, row.questions, row.seconds, row.is_open, row.peers),
        row.weekday,
        row.at,
        row.zone,
        row.minimum,
        row.ended_at is not None,
        row.last_day,
    )


def signups_of(connection: Connection, plan: Plan, day: date) -> Signups:
    """Return who signed up for the round of a day, in the order in which they did."""
    query = (
        sa.select(RoundSignup.member_id, Member.name)
        .join(Member, Member.id == RoundSignup.member_id)
        .where(RoundSignup.plan_id == plan.number, RoundSignup.day == day.isoformat())
        .order_by(RoundSignup.id)
    )
    rows = connection.execute(query).all()
    return Signups(plan, day, tuple(row.member_id for row in rows), tuple(row.name for row in rows))


def sign_up_name(found: Signups) -> str:
    """Return the name of the message with which one signs up."""
    return f"round.plan:{found.plan.number}:{found.day.isoformat()}"
