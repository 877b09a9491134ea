"""Follows: a member's filters, whose new matches come as one private message at the member's hour."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import BadInput, Reply
from bot.community.directory import community_of_member
from bot.community.models import Member
from bot.community.telling import Notification, Teller
from bot.db import Database, upsert
from bot.leads.filters import Filter, filter_from, keep_filter, tidy
from bot.leads.matches import wanted
from bot.leads.member_models import Follow, LeadFilter
from bot.leads.models import Lead
from bot.leads.views import LeadView, view
from bot.work.schedules import Schedules

JOB = "leads.digest"
MOST_FOLLOWS = 10
MOST_LEADS = 10
"""Leads of one digest; a search shows the rest."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A filter that a member follows, by the number of the follow and of the filter."""

    id: int
    query: int
    spec: Filter


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new for a follow: the first leads, and how many there are in all."""

    follow: Followed
    leads: tuple[LeadView, ...]
    total: int


class Follows:
    """Keeps what members follow, and plans their digests."""

    def __init__(
        self,
        database: Database,
        teller: Teller,
        schedules: Schedules,
        render: Callable[[list[Digest]], Reply],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._teller = teller
        self._schedules = schedules
        self._render = render
        self._clock = clock

    async def add(self, member: int, spec: Filter, zone: str) -> tuple[Followed, int]:
        """Follow a filter from now on; returns it and the member's hour. Raises BadInput beyond ten follows."""
        spec = tidy(spec)
        now = self._clock()

        def work(connection: Connection) -> tuple[Followed, int]:
            have = connection.execute(
                sa.select(sa.func.count()).select_from(Follow).where(Follow.member_id == member)
            ).scalar_one()
            query = keep_filter(connection, spec)
            if have >= MOST_FOLLOWS:
                raise BadInput(f"You follow {have} searches already; stop one in `/leads follows` first.")
            statement = upsert(connection, Follow).values(
                member_id=member, filter_id=query, created_at=now, told_until=now
            )
            statement = statement.on_conflict_do_update(
                index_elements=["member_id", "filter_id"], set_={"filter_id": query}
            )
            number = connection.execute(statement.returning(Follow.id)).scalar_one()
            hour = connection.execute(sa.select(Member.hour).where(Member.id == member)).scalar_one()
            return Followed(number, query, spec), hour

        followed, hour = await self._database.run(work)
        await self._schedules.set_daily(f"{JOB}:{member}", JOB, {"member": member}, f"{hour:02}:00", zone)
        return followed, hour

    async def of(self, member: int) -> list[Followed]:
        """Return what a member follows, the oldest first."""
        return await self._database.read(lambda c: _follows(c, member))

    async def stop(self, member: int, follow: int) -> Followed | None:
        """Stop a follow; returns what it was, None when the member has no such follow."""

        def work(connection: Connection) -> tuple[Followed | None, int]:
            before = _follows(connection, member)
            connection.execute(sa.delete(Follow).where(Follow.id == follow, Follow.member_id == member))
            return next((f for f in before if f.id == follow), None), len(before)

        stopped, before = await self._database.run(work)
        if stopped is not None and before == 1:
            await self._schedules.remove(f"{JOB}:{member}")
        return stopped

    async def moved(self, member: int, zone: str) -> None:
        """Have a member's digest come at their hour of another zone from now on; one who follows nothing has none."""

        def work(connection: Connection) -> int | None:
            query = sa.select(Member.hour).where(Member.id == member, sa.exists().where(Follow.member_id == member))
            return connection.execute(query).scalar_one_or_none()

        hour = await self._database.read(work)
        if hour is not None:
            await self._schedules.set_daily(f"{JOB}:{member}", JOB, {"member": member}, f"{hour:02}:00", zone)

    async def digest(self, member: int, day: date) -> int:
        """Tell a member what is new on their local day; returns how many leads are, 0 for no message.

        Repeating it changes nothing: what was told of is noted in the same unit of work that plans the delivery. What
        is new while they don't want to be told is not told later either: nobody wants a month of leads at once.
        """

        def work(connection: Connection) -> int:
            digests = self._collect(connection, member)
            what = f"{JOB}:{member}:{day.isoformat()}"
            told = digests and self._teller.plan(connection, what, member, self._render(digests), Notification.LEADS)
            return sum(d.total for d in digests) if told else 0

        count = await self._database.run(work)
        if count:
            self._teller.kick()
        return count

    def _collect(self, connection: Connection, member: int) -> list[Digest]:
        now = self._clock()
        community = community_of_member(connection, member)
        digests: list[Digest] = []
        told: set[int] = set()
        for follow in _follows(connection, member):
            since = sa.select(Follow.told_until).where(Follow.id == follow.id).scalar_subquery()
            query = wanted(follow.spec, community, member, now, connection.dialect.name).where(
                Lead.first_seen > since, Lead.first_seen <= now
            )
            new = [lead for lead in map(view, connection.execute(query)) if lead.id not in told]
            told |= {lead.id for lead in new}
            connection.execute(sa.update(Follow).where(Follow.id == follow.id).values(told_until=now))
            if new:
                digests.append(Digest(follow, tuple(new[:MOST_LEADS]), len(new)))
        return digests


def _follows(connection: Connection, member: int) -> list[Followed]:
    query = (
        sa.select(Follow.id, LeadFilter.id.label("query"), LeadFilter.spec)
        .join(LeadFilter, LeadFilter.id == Follow.filter_id)
        .where(Follow.member_id == member)
        .order_by(Follow.id)
    )
    return [Followed(row.id, row.query, filter_from(row.spec)) for row in connection.execute(query)]
