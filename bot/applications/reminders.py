"""What is said of applications when its moment comes: each once, noted in the unit of work that plans the message."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.applications.models import Application, ApplicationReminder
from bot.applications.moments import Asked, moment_at, read_moment
from bot.applications.nudges import SOON, WIDEST, Clock, Why, due_now, next_after, nudges_of
from bot.applications.stages import Stage
from bot.applications.views import ApplicationView, clock_of, deadline_of, one_view, query_views, view_of
from bot.chat import BadInput, Reply
from bot.community.telling import Notification, Teller
from bot.db import Database
from bot.leads.models import OPEN, Lead
from bot.work.deliveries import Deliveries

MOST = 500
"""Applications of one tick; the next minute brings the others."""
MOST_REMINDERS = 10
"""Of one application."""
_KINDS = {Why.FOLLOW_UP: Notification.FOLLOW_UPS, Why.DEADLINE: Notification.DEADLINES}


@dataclass(frozen=True, slots=True)
class Words:
    """What the messages look like; the cog brings it. The number is that of days."""

    follow_up: Callable[[ApplicationView, int], Reply]
    deadline: Callable[[ApplicationView, int], Reply]
    closed: Callable[[ApplicationView], Reply]
    reminder: Callable[[ApplicationView], Reply]


class Reminders:
    """Keeps reminders, and says them, the nudges, and which saved leads closed."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        teller: Teller,
        words: Words,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._teller = teller
        self._words = words
        self._clock = clock

    async def remind(self, member: int, application: int, typed: str) -> tuple[ApplicationView, Asked]:
        """Keep a reminder at a moment as people write them. Raises BadInput for one that can't be read or is past."""
        view = await self._database.read(lambda c: one_view(c, member, application))
        now = self._clock()
        # Off the loop: the reader of dates takes a second when it is used first.
        asked = await asyncio.to_thread(read_moment, typed, now, view.clock)

        def work(connection: Connection) -> None:
            one_view(connection, member, application)
            mine = sa.and_(ApplicationReminder.application_id == application, ApplicationReminder.told_at.is_(None))
            same = sa.select(ApplicationReminder.id).where(mine, ApplicationReminder.at == asked.at)
            count = sa.select(sa.func.count()).select_from(ApplicationReminder).where(mine)
            if connection.execute(same).first() is not None:
                return
            if connection.execute(count).scalar_one() >= MOST_REMINDERS:
                raise BadInput(f"{MOST_REMINDERS} reminders wait for this one already. Let some come first.")
            values = {"application_id": application, "at": asked.at, "wall": asked.wall, "made_at": now}
            connection.execute(sa.insert(ApplicationReminder).values(values))

        await self._database.run(work)
        return view, asked

    async def forget(self, member: int, application: int) -> int:
        """Take back the reminders of an application that are to come; returns how many."""

        def work(connection: Connection) -> int:
            one_view(connection, member, application)
            waiting = sa.delete(ApplicationReminder).where(
                ApplicationReminder.application_id == application, ApplicationReminder.told_at.is_(None)
            )
            return connection.execute(waiting).rowcount

        return await self._database.run(work)

    async def next_due(self) -> datetime | None:
        """Return when there is something to say next."""
        nudge = sa.select(sa.func.min(Application.nudge_at))
        asked = sa.select(sa.func.min(ApplicationReminder.at)).where(ApplicationReminder.told_at.is_(None))

        def work(connection: Connection) -> datetime | None:
            moments = [connection.execute(query).scalar() for query in (nudge, asked)]
            return min((moment for moment in moments if moment is not None), default=None)

        return await self._database.read(work)

    async def tick(self) -> int:
        """Say what is due; returns how many messages that is. Safe in several processes at once."""
        said = await self._database.run(self._nudge) + await self._database.run(self._remind)
        if said:
            self._deliveries.kick()
        return said

    def _nudge(self, connection: Connection) -> int:
        now, said = self._clock(), 0
        query = query_views().where(Application.nudge_at <= now).order_by(Application.nudge_at).limit(MOST)
        for row in connection.execute(query.with_for_update(of=Application, skip_locked=True)).all():
            clock, deadline = clock_of(row), deadline_of(row)
            nudges = nudges_of(row.stage, row.moved_at, deadline, clock)
            nudge = due_now(nudges, row.nudge_at, now, clock.day(now), deadline)
            if _is_news(row):
                said += self._tell_closed(connection, row)
            elif nudge is not None:
                words = self._words.follow_up if nudge.why is Why.FOLLOW_UP else self._words.deadline
                what = f"tracker.{nudge.why.value}:{row.id}:{nudge.days}:{clock.day(nudge.at).isoformat()}"
                view = view_of(row)
                said += self._teller.plan(connection, what, view.member, words(view, nudge.days), _KINDS[nudge.why])
            following = sa.update(Application).where(Application.id == row.id)
            connection.execute(following.values(nudge_at=next_after(nudges, now)))
        return said

    def _tell_closed(self, connection: Connection, row: Any) -> bool:
        view, what = view_of(row), f"tracker.closed:{row.id}:{row.created_at:%Y%m%d%H%M}"
        connection.execute(sa.update(Application).where(Application.id == row.id).values(closed_told=True))
        return self._teller.plan(connection, what, view.member, self._words.closed(view), Notification.CLOSED_LEADS)

    def _remind(self, connection: Connection) -> int:
        now, said = self._clock(), 0
        query = sa.select(ApplicationReminder.__table__).where(
            ApplicationReminder.told_at.is_(None), ApplicationReminder.at <= now
        )
        query = query.order_by(ApplicationReminder.at).limit(MOST).with_for_update(skip_locked=True)
        for reminder in connection.execute(query).all():
            row = connection.execute(query_views().where(Application.id == reminder.application_id)).one()
            if row.stage:
                what = f"tracker.reminder:{reminder.id}:{reminder.at:%Y%m%d%H%M}"
                view = view_of(row)
                said += self._teller.plan(connection, what, view.member, self._words.reminder(view))
            told = sa.update(ApplicationReminder).where(ApplicationReminder.id == reminder.id)
            connection.execute(told.values(told_at=now))
        return said

    async def moved(self, member: int, zone: str) -> None:
        """Have nudges and reminders go by a member's new zone or hour; what was said already is not said again."""
        now = self._clock()

        def work(connection: Connection) -> None:
            mine = query_views().where(Application.member_id == member, Application.stage != "")
            for row in connection.execute(mine.where(Application.stage.in_((Stage.SAVED, Stage.APPLIED)))).all():
                clock = Clock(zone, row.hour)
                # Due today by the old clock and past by the new one: it comes now. What was said has its name taken.
                since = now - WIDEST if row.nudge_at is not None else now
                following = next_after(nudges_of(row.stage, row.moved_at, deadline_of(row), clock), since)
                if _is_news(row):
                    following = min(following or clock.after(now), clock.after(now))
                statement = sa.update(Application).where(Application.id == row.id)
                connection.execute(statement.values(nudge_at=following))
            own = sa.select(Application.id).where(Application.member_id == member)
            waiting = sa.select(ApplicationReminder.__table__).where(
                ApplicationReminder.application_id.in_(own),
                ApplicationReminder.told_at.is_(None),
                ApplicationReminder.wall != "",
            )
            for reminder in connection.execute(waiting).all():
                moment = moment_at(reminder.wall, zone)
                statement = sa.update(ApplicationReminder).where(ApplicationReminder.id == reminder.id)
                connection.execute(statement.values(at=moment))

        await self._database.run(work)

    async def follow_leads(self) -> int:
        """Follow deadlines of saved leads, and have those that closed told at the member's next hour, by `tick`.

        Returns how many were found closed.
        """
        now = self._clock()
        saved = query_views().where(Application.stage == Stage.SAVED, Application.lead_id.is_not(None))
        changed = saved.where(Application.closes_at.is_distinct_from(Lead.closes_at)).limit(MOST)
        # One that is nudged about by then is told instead that it closed: the hour is the same.
        far = sa.or_(Application.nudge_at.is_(None), Application.nudge_at > now + SOON)
        closed = saved.where(Application.closed_told.is_(False), Lead.state != OPEN, far).limit(MOST)

        def work(connection: Connection) -> int:
            for row in connection.execute(changed.with_for_update(of=Application, skip_locked=True)).all():
                nudges = nudges_of(row.stage, row.moved_at, deadline_of(row), clock_of(row))
                values = {"closes_at": row.lead_closes_at, "nudge_at": next_after(nudges, now)}
                connection.execute(sa.update(Application).where(Application.id == row.id).values(values))
            rows = connection.execute(closed.with_for_update(of=Application, skip_locked=True)).all()
            for row in rows:
                statement = sa.update(Application).where(Application.id == row.id)
                connection.execute(statement.values(nudge_at=clock_of(row).after(now)))
            return len(rows)

        return await self._database.run(work)


def _is_news(row: Any) -> bool:
    """Whether a member is to be told that a lead which they saved closed."""
    return bool(row.stage == Stage.SAVED and row.lead_id is not None and row.lead_state != OPEN and not row.closed_told)
