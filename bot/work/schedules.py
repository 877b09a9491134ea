"""What is due every day at somebody's local hour: once for a local day, caught up once, whatever summer time does."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.db import Database, upsert
from bot.work.engine import Args, Engine
from bot.work.models import Schedule

EVERY_DAY = "1234567"


class Schedules:
    """Keeps schedules, and enqueues their jobs as they come due."""

    def __init__(self, database: Database, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._engine = engine
        self._clock = clock

    async def set_daily(
        self, key: str, job: str, args: Mapping[str, Any], at: str, zone: str, days: str = EVERY_DAY
    ) -> datetime:
        """Have a job run every day at HH:MM of a zone, on the given ISO weekdays; returns when it runs next.

        The job gets its arguments and `day`, the local day in ISO form. Setting a key again moves it; a day on which it
        ran already is not run again, and one that is due just now still is.
        """
        return await self._database.run(lambda c: self.keep(c, key, job, args, at=at, zone=zone, days=days))

    def keep(
        self,
        connection: Connection,
        key: str,
        job: str,
        args: Mapping[str, Any],
        *,
        at: str,
        zone: str,
        days: str = EVERY_DAY,
    ) -> datetime:
        """Do the same in the caller's unit of work."""
        now = self._clock()
        query = sa.select(Schedule.last_day, Schedule.next_at).where(Schedule.key == key)
        before = connection.execute(query).one_or_none()
        following = next_run(at, zone, days, now, before.last_day if before else None)
        if before is not None and before.next_at <= now and _holds(before, latest_day(at, zone, days, now), zone):
            following = before.next_at
        values = {"job": job, "args": dict(args), "at": at, "zone": zone, "days": days, "next_at": following}
        statement = upsert(connection, Schedule).values(key=key, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))
        return following

    async def remove(self, key: str) -> None:
        """Stop a schedule."""
        await self._database.run(lambda c: c.execute(sa.delete(Schedule).where(Schedule.key == key)))

    async def next_due(self) -> datetime | None:
        """Return when the next schedule is due, None when there is none."""
        return await self._database.read(lambda c: c.execute(sa.select(sa.func.min(Schedule.next_at))).scalar())

    async def tick(self) -> int:
        """Enqueue what is due, and return how much; missed days are caught up by one run, for the latest of them.

        A job is enqueued under schedule and day before the schedule moves on, so that a crash between the two repeats a
        key and runs nothing twice; so do several processes that tick at once.
        """
        now = self._clock()
        query = sa.select(Schedule).where(Schedule.next_at <= now).order_by(Schedule.next_at).limit(1_000)
        due = await self._database.read(lambda c: c.execute(query).all())
        for row in due:
            day = latest_day(row.at, row.zone, row.days, now)
            if row.last_day is None or day > row.last_day:
                args = {**row.args, "day": day.isoformat()}
                await self._engine.enqueue(f"{row.key}:{day.isoformat()}", row.job, args)
            following = next_run(row.at, row.zone, row.days, now, day)
            statement = (
                sa.update(Schedule)
                .where(Schedule.key == row.key, Schedule.next_at == row.next_at)
                .values(next_at=following, last_day=day)
            )
            await self._database.run(lambda c, statement=statement: c.execute(statement))  # type: ignore[misc]  # bound now
        return len(due)


def _holds(before: sa.Row[date | None, datetime], day: date, zone: str) -> bool:
    """Whether a run that is due, and that no tick has seen yet, is that of a day also by the new hour and zone."""
    last, due = before
    return day == due.astimezone(ZoneInfo(zone)).date() and (last is None or day > last)


def day_of(args: Args) -> date:
    """Return the local day that a scheduled job is for."""
    return date.fromisoformat(str(args["day"]))


def next_run(at: str, zone: str, days: str, now: datetime, last_day: date | None) -> datetime:
    """Return the next moment (UTC) after `now` at which HH:MM falls on a wanted weekday, on a day after `last_day`."""
    local = now.astimezone(ZoneInfo(zone)).date()
    for ahead in range(-1, 10):
        day = local + timedelta(days=ahead)
        moment = moment_of(day, at, zone)
        if moment > now and str(day.isoweekday()) in days and (last_day is None or day > last_day):
            return moment
    raise ValueError(f"no day of {days!r} comes within a week")


def latest_day(at: str, zone: str, days: str, now: datetime) -> date:
    """Return the latest local day, up to `now`, on which HH:MM was due."""
    local = now.astimezone(ZoneInfo(zone)).date()
    for back in range(10):
        day = local - timedelta(days=back)
        if moment_of(day, at, zone) <= now and str(day.isoweekday()) in days:
            return day
    raise ValueError(f"no day of {days!r} was within a week")


def moment_of(day: date, at: str, zone: str) -> datetime:
    """Return the moment (UTC) of a local time on a day.

    In autumn, when it comes twice, it is the first; in spring, when it is left out, the moment as far after the change.
    """
    hour, minute = (int(part) for part in at.split(":"))
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)
