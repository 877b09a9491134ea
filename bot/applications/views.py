"""An application as members see it: what they put in, and what is known of its lead."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.applications.models import Application
from bot.applications.nudges import Clock
from bot.applications.stages import Stage
from bot.chat import NotFound
from bot.community.models import Community, Member
from bot.leads.models import Lead


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """An application. `deadline` is the member's own word, else the lead's."""

    id: int
    member: int
    lead: int | None
    company: str
    company_key: str
    role: str
    url: str
    note: str
    stage: Stage
    created_at: datetime
    moved_at: datetime
    applied_at: datetime | None
    deadline: date | None
    clock: Clock

    @property
    def name(self) -> str:
        """The application in one line of plain text."""
        return f"{self.role} · {self.company}"


def query_views() -> sa.Select[Any]:
    """Return the query of applications with all that a view needs; add conditions on `Application` to it."""
    query: Any = (
        sa.select(
            Application.id,
            Application.member_id,
            Application.lead_id,
            sa.func.coalesce(Lead.company, Application.company).label("company"),
            sa.func.coalesce(Lead.company_key, Application.company_key).label("company_key"),
            sa.func.coalesce(Lead.title, Application.title).label("role"),
            sa.func.coalesce(Lead.url, Application.url).label("url"),
            Application.note,
            Application.stage,
            Application.created_at,
            Application.moved_at,
            Application.applied_at,
            Application.deadline,
            Application.closes_at,
            Application.nudge_at,
            Application.closed_told,
            Lead.state.label("lead_state"),
            Lead.closes_at.label("lead_closes_at"),
            Lead.closed_at.label("lead_closed_at"),
            Lead.part_time,
            Member.hour,
            Member.zone,
            Community.zone.label("community_zone"),
        )
        .join(Member, Member.id == Application.member_id)
        .join(Community, Community.id == Member.community_id)
        .outerjoin(Lead, Lead.id == Application.lead_id)
    )
    made: sa.Select[Any] = query
    return made


def view_of(row: Any) -> ApplicationView:
    """Return the view of a row of `query_views` whose stage is not empty."""
    return ApplicationView(
        row.id,
        row.member_id,
        row.lead_id,
        row.company,
        row.company_key,
        row.role,
        row.url,
        row.note,
        Stage(row.stage),
        row.created_at,
        row.moved_at,
        row.applied_at,
        deadline_of(row),
        clock_of(row),
    )


def clock_of(row: Any) -> Clock:
    """Return the clock by which a row's member lives."""
    return Clock(row.zone or row.community_zone, row.hour)


def deadline_of(row: Any) -> date | None:
    """Return the last day on which one can apply, in the member's zone; None when it is not known."""
    if row.deadline is not None:
        day: date = row.deadline
        return day
    if row.lead_closes_at is None:
        return None
    return clock_of(row).day(row.lead_closes_at)


def one_view(connection: Connection, member: int, application: int) -> ApplicationView:
    """Return an application of a member. Raises NotFound when it is not theirs or no longer in the pipeline."""
    query = query_views().where(Application.id == application, Application.member_id == member, Application.stage != "")
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("That is not in your pipeline (any more). `/tracker board` shows what is.")
    return view_of(row)
