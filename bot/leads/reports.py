"""What members say of a lead: dead, wrong or spam; and "not for me"."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import NotFound
from bot.community.models import Member
from bot.db import Database, upsert
from bot.leads.ingest import Touched
from bot.leads.member_models import LeadHidden, LeadMark, LeadReport
from bot.leads.views import LeadView, view_many

ENOUGH = 3
"""So many members' reports hide a lead in their community; one organiser's does."""


class Complaint(StrEnum):
    """What is wrong with a lead."""

    DEAD = "dead"
    WRONG = "wrong"
    SPAM = "spam"


@dataclass(frozen=True, slots=True)
class Reported:
    """The outcome of a report: the lead, whether it is hidden now, and how many members reported it."""

    lead: LeadView
    hidden: bool
    reports: int


class Reports:
    """Takes members' word on leads; `touched` mends the announcements in which a lead stands."""

    def __init__(self, database: Database, touched: Touched, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._touched = touched
        self._clock = clock

    async def report(
        self, lead: int, community: int, member: int, what: Complaint, *, organiser: bool = False
    ) -> Reported:
        """Keep a member's report (their latest word counts) and hide the lead when there are enough.

        Raises NotFound when the community has no such lead, or it is hidden already.
        """
        now = self._clock()

        def work(connection: Connection) -> Reported:
            found = view_many(connection, [lead], community)
            if not found:
                raise NotFound("That lead is not here (any more); it may have been hidden already.")
            values = {"what": what.value, "at": now}
            statement = upsert(connection, LeadReport).values(lead_id=lead, member_id=member, **values)
            connection.execute(statement.on_conflict_do_update(index_elements=["lead_id", "member_id"], set_=values))
            reports = _count(connection, lead, community)
            hidden = organiser or reports >= ENOUGH
            if hidden:
                why = "an organiser" if organiser else f"{reports} reports"
                _hide(connection, lead, community, f"{what.value}: {why}", now)
                self._touched(connection, [lead], now)
            return Reported(found[0], hidden, reports)

        return await self._database.run(work)

    async def not_for_me(self, lead: int, member: int) -> None:
        """Keep a lead out of a member's searches and digests."""

        def work(connection: Connection) -> None:
            statement = upsert(connection, LeadMark).values(member_id=member, lead_id=lead, at=self._clock())
            connection.execute(statement.on_conflict_do_nothing(index_elements=["member_id", "lead_id"]))

        await self._database.run(work)

    async def for_me_again(self, lead: int, member: int) -> None:
        """Take "not for me" back."""
        statement = sa.delete(LeadMark).where(LeadMark.member_id == member, LeadMark.lead_id == lead)
        await self._database.run(lambda c: c.execute(statement))

    async def show_again(self, lead: int, community: int) -> None:
        """Take a hidden lead's hiding and its reports back: an organiser looked and found it good."""

        def work(connection: Connection) -> None:
            connection.execute(
                sa.delete(LeadHidden).where(LeadHidden.community_id == community, LeadHidden.lead_id == lead)
            )
            members = sa.select(Member.id).where(Member.community_id == community)
            connection.execute(
                sa.delete(LeadReport).where(LeadReport.lead_id == lead, LeadReport.member_id.in_(members))
            )
            self._touched(connection, [lead], self._clock())

        await self._database.run(work)


def _count(connection: Connection, lead: int, community: int) -> int:
    query = (
        sa.select(sa.func.count())
        .select_from(LeadReport)
        .join(Member, Member.id == LeadReport.member_id)
        .where(LeadReport.lead_id == lead, Member.community_id == community)
    )
    return connection.execute(query).scalar_one()


def _hide(connection: Connection, lead: int, community: int, why: str, now: datetime) -> None:
    statement = upsert(connection, LeadHidden).values(community_id=community, lead_id=lead, why=why, at=now)
    connection.execute(statement.on_conflict_do_nothing(index_elements=["community_id", "lead_id"]))
