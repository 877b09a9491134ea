"""The daily announcement: each workspace gets its new leads once a day, and edits when one of them closes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import Reply
from bot.community.models import Workspace
from bot.community.places import role_places, set_role
from bot.db import Database, upsert
from bot.leads.filters import Filter, filter_from, keep_filter, tidy
from bot.leads.matches import PAGE, wanted
from bot.leads.member_models import Announcement, AnnouncementLead, LeadFeed, LeadFilter
from bot.leads.models import Lead
from bot.leads.views import LeadView, view_many
from bot.work.deliveries import Deliveries
from bot.work.schedules import Schedules

JOB = "leads.announce"
ROLE = "leads"
FIRST_LOOK = timedelta(days=7)
"""How far back a workspace's first announcement looks."""
OLD = timedelta(days=90)
"""Posted so long ago, a lead stands behind the newer ones: few openings wait so long for their intern."""
FOLLOWED = timedelta(days=45)
"""How long an announcement is edited when one of its leads closes."""


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement as it is shown: `leads` stand in the message, `more` wait behind its button."""

    id: int
    day: date
    leads: tuple[LeadView, ...]
    more: int
    spec: Filter


@dataclass(frozen=True, slots=True)
class Feed:
    """How a workspace gets its announcements."""

    workspace: int
    place: str
    hour: int
    zone: str
    spec: Filter
    most: int
    trouble: str = ""


class Announcer:
    """Sets up, makes and mends announcements. `render` says what a message looks like; the cog brings it."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        schedules: Schedules,
        render: Callable[[Announced], Reply],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._schedules = schedules
        self._render = render
        self._clock = clock

    async def set_up(self, feed: Feed, member: int) -> None:
        """Keep how a workspace wants its announcements; the next one comes at its next such hour."""
        spec = tidy(feed.spec)

        def work(connection: Connection) -> None:
            set_role(connection, feed.workspace, ROLE, feed.place, member, feed.zone)
            values = {
                "hour": feed.hour,
                "zone": feed.zone,
                "filter_id": keep_filter(connection, spec),
                "most": feed.most,
            }
            start = self._clock() - FIRST_LOOK
            statement = upsert(connection, LeadFeed).values(
                workspace_id=feed.workspace, announced_until=start, **values
            )
            connection.execute(statement.on_conflict_do_update(index_elements=["workspace_id"], set_=values))

        await self._database.run(work)
        args = {"workspace": feed.workspace}
        await self._schedules.set_daily(f"{JOB}:{feed.workspace}", JOB, args, f"{feed.hour:02}:00", feed.zone)

    async def feed(self, workspace: int) -> Feed | None:
        """Return how a workspace gets its announcements; None before `/setup`."""
        return await self._database.read(lambda c: _feed(c, workspace))

    async def announce(self, workspace: int, day: date) -> int:
        """Plan a workspace's announcement for its local day; returns how many leads it has, 0 when nothing is new.

        Repeating it changes nothing: an announcement is unique on workspace and day, its delivery on both and place.
        """
        count = await self._database.run(lambda c: self._plan(c, workspace, day))
        if count:
            self._deliveries.kick()
        return count

    def _plan(self, connection: Connection, workspace: int, day: date) -> int:
        feed = _feed(connection, workspace)
        if feed is None or _exists(connection, workspace, day):
            return 0
        now = self._clock()
        leads = _new_leads(connection, workspace, feed.spec, now)
        connection.execute(sa.update(LeadFeed).where(LeadFeed.workspace_id == workspace).values(announced_until=now))
        if not leads:
            return 0
        statement = sa.insert(Announcement).values(
            workspace_id=workspace, day=day, created_at=now, shown=min(feed.most, len(leads))
        )
        number = connection.execute(statement.returning(Announcement.id)).scalar_one()
        rows = [{"announcement_id": number, "position": i, "lead_id": lead} for i, lead in enumerate(leads)]
        connection.execute(sa.insert(AnnouncementLead), rows)
        announced = _announced(connection, number)
        if announced is not None:
            addresses = [place.address for place in role_places(connection, ROLE, workspace)]
            community = _community(connection, workspace)
            self._deliveries.plan(
                connection, what(workspace, day), addresses, self._render(announced), community=community
            )
        return len(leads)

    def touched(self, connection: Connection, leads: Sequence[int], now: datetime) -> None:
        """Mend the announcements in which leads stand that closed or opened again, in the same unit of work."""
        query = (
            sa.select(Announcement.id, Announcement.workspace_id, Announcement.day)
            .join(AnnouncementLead, AnnouncementLead.announcement_id == Announcement.id)
            .where(
                AnnouncementLead.lead_id.in_(leads),
                AnnouncementLead.position < Announcement.shown,
                Announcement.created_at >= now - FOLLOWED,
            )
            .distinct()
        )
        for row in connection.execute(query).all():
            announced = _announced(connection, row.id)
            if announced is not None:
                self._deliveries.revise(connection, what(row.workspace_id, row.day), self._render(announced))

    async def rest(self, announcement: int, community: int, page: int) -> tuple[list[LeadView], int, int]:
        """Return a page of the leads behind an announcement's button, its number, and how many pages there are."""

        def work(connection: Connection) -> tuple[list[LeadView], int, int]:
            query = (
                sa.select(AnnouncementLead.lead_id)
                .join(Announcement, Announcement.id == AnnouncementLead.announcement_id)
                .where(Announcement.id == announcement, AnnouncementLead.position >= Announcement.shown)
                .order_by(AnnouncementLead.position)
            )
            leads = list(connection.execute(query).scalars())
            pages = max(1, -(-len(leads) // PAGE))
            at = max(1, min(page, pages))
            return view_many(connection, leads[(at - 1) * PAGE : at * PAGE], community), at, pages

        return await self._database.read(work)


def what(workspace: int, day: date) -> str:
    """Return the name under which an announcement is delivered."""
    return f"{JOB}:{workspace}:{day.isoformat()}"


def _feed(connection: Connection, workspace: int) -> Feed | None:
    query = sa.select(LeadFeed, LeadFilter.spec).join(LeadFilter, LeadFilter.id == LeadFeed.filter_id)
    row = connection.execute(query.where(LeadFeed.workspace_id == workspace)).one_or_none()
    places = role_places(connection, ROLE, workspace)
    if row is None or not places:
        return None
    place = places[0]
    return Feed(workspace, place.address.place, row.hour, row.zone, filter_from(row.spec), row.most, place.trouble)


def _exists(connection: Connection, workspace: int, day: date) -> bool:
    query = sa.select(Announcement.id).where(Announcement.workspace_id == workspace, Announcement.day == day)
    return connection.execute(query).first() is not None


def _community(connection: Connection, workspace: int) -> int:
    return connection.execute(sa.select(Workspace.community_id).where(Workspace.id == workspace)).scalar_one()


def _new_leads(connection: Connection, workspace: int, spec: Filter, now: datetime) -> list[int]:
    """Return the leads to announce, the best first: new since the last time, never one that stood there before."""
    query = wanted(spec, _community(connection, workspace), None, now, connection.dialect.name).order_by(None)
    leads = query.subquery()
    since = sa.select(LeadFeed.announced_until).where(LeadFeed.workspace_id == workspace).scalar_subquery()
    before = (
        sa.select(AnnouncementLead.lead_id)
        .join(Announcement, Announcement.id == AnnouncementLead.announcement_id)
        .where(Announcement.workspace_id == workspace)
    )
    ranked = (
        sa.select(Lead.id)
        .join(leads, leads.c.id == Lead.id)
        .where(Lead.first_seen > since, Lead.id.not_in(before))
        .order_by((Lead.goodness - _age(now)).desc(), Lead.first_seen.desc(), Lead.id)
    )
    return list(connection.execute(ranked).scalars())


def _age(now: datetime) -> sa.ColumnElement[float]:
    """Return what age takes from a lead's goodness: lists keep openings of years ago, and those of a season gone by."""
    ahead = sa.or_(*(Lead.seasons.contains(str(now.year + years)) for years in range(4)))
    past = sa.case((sa.and_(Lead.year < now.year, sa.not_(ahead)), 2.0), else_=0.0)
    return past + sa.case((Lead.posted_at < now - OLD, 1.0), else_=0.0)


def _announced(connection: Connection, announcement: int) -> Announced | None:
    head: Any = connection.execute(
        sa.select(Announcement, LeadFilter.spec, Workspace.community_id)
        .join(LeadFeed, LeadFeed.workspace_id == Announcement.workspace_id)
        .join(LeadFilter, LeadFilter.id == LeadFeed.filter_id)
        .join(Workspace, Workspace.id == Announcement.workspace_id)
        .where(Announcement.id == announcement)
    ).one_or_none()
    if head is None:
        return None
    query = (
        sa.select(AnnouncementLead.lead_id)
        .where(AnnouncementLead.announcement_id == announcement)
        .order_by(AnnouncementLead.position)
    )
    leads = list(connection.execute(query).scalars())
    shown = tuple(view_many(connection, leads[: head.shown], head.community_id))
    return Announced(announcement, head.day, shown, len(leads) - head.shown, filter_from(head.spec))


def workspaces_with_feed(connection: Connection) -> list[tuple[int, ZoneInfo]]:
    """Return the workspaces that have announcements set up, each with its time zone."""
    query = sa.select(LeadFeed.workspace_id, LeadFeed.zone).order_by(LeadFeed.workspace_id)
    return [(row.workspace_id, ZoneInfo(row.zone)) for row in connection.execute(query)]
