"""A member's pipeline to take along and to bring: figures, files, imports."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.applications import moves
from bot.applications.calendars import calendar_of
from bot.applications.figures import Figures, figures_of
from bot.applications.models import Application, ApplicationReminder
from bot.applications.nudges import Clock
from bot.applications.sheets import Problem, Row, read_csv, write_csv, write_parts
from bot.applications.stages import Stage, course_of
from bot.applications.tracking import add
from bot.applications.views import query_views, view_of
from bot.chat import BadInput
from bot.community.profiles import about
from bot.db import Database


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many came in, how many were there already, and the lines that can't be taken."""

    added: int
    known: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """A pipeline in files; `parts` are the table once more, each small enough for one import."""

    table: bytes
    calendar: bytes
    parts: tuple[bytes, ...]


class Luggage:
    """Counts, exports and imports a member's pipeline."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def figures(self, member: int) -> Figures:
        """Return a member's pipeline in figures."""

        def work(connection: Connection) -> Figures:
            own = sa.select(Application.id).where(Application.member_id == member, Application.stage != "")
            found = moves.moves_of(connection, list(connection.execute(own).scalars()))
            return figures_of(map(course_of, found.values()))

        return await self._database.read(work)

    async def export(self, member: int, most: int) -> Exported:
        """Return a member's pipeline as CSV, also in parts of at most so many characters, and as iCalendar."""
        now = self._clock()
        mine = query_views().where(Application.member_id == member, Application.stage != "").order_by(Application.id)
        waiting = (
            sa.select(ApplicationReminder.id, ApplicationReminder.at, ApplicationReminder.application_id)
            .join(Application, Application.id == ApplicationReminder.application_id)
            .where(Application.member_id == member, ApplicationReminder.told_at.is_(None))
            .order_by(ApplicationReminder.at, ApplicationReminder.id)
        )
        rows, asked = await self._database.read(lambda c: (c.execute(mine).all(), c.execute(waiting).all()))
        views = {row.id: view_of(row) for row in rows}
        reminders = [(r.id, r.at, views[r.application_id]) for r in asked if r.application_id in views]
        calendar = await asyncio.to_thread(calendar_of, list(views.values()), reminders, now)
        # With its mark at the front, Excel reads it as UTF-8.
        table, *parts = (
            text.encode("utf-8-sig") for text in (write_csv(views.values()), *write_parts(views.values(), most))
        )
        return Exported(table, calendar, tuple(parts))

    async def bring(self, member: int, text: str) -> Imported:
        """Take a table in: good rows are kept, bad ones are told of, and what is there already stays as it is."""
        now = self._clock()

        def work(connection: Connection) -> Imported:
            told = about(connection, member)
            clock = Clock(told.zone, told.hour)
            rows, problems = read_csv(text, clock.day(now))
            added = 0
            for row in rows:
                try:
                    added += _take(connection, member, row, clock, now)
                except BadInput as error:
                    problems.append(Problem(row.line, error.message))
            problems.sort(key=lambda problem: problem.line)
            return Imported(added, len(rows) - added, tuple(problems))

        return await self._database.run(work)


def _take(connection: Connection, member: int, row: Row, clock: Clock, now: datetime) -> bool:
    """Put a row into the pipeline with the moves that it tells of; returns whether it is new."""
    later = row.applied is not None and row.stage is not Stage.APPLIED
    first = Stage.APPLIED if later else row.stage
    at = _moment(row.applied or row.moved, clock, now)
    done, _ = add(connection, member, row.opening, first, at, now)
    if not done.changed:
        return False
    if later:
        then = max(at, _moment(row.moved, clock, now))
        moves.append(connection, done.application, row.stage, then, before=first, now=now)
    if row.note:
        statement = sa.update(Application).where(Application.id == done.application)
        connection.execute(statement.values(note=row.note))
    return True


def _moment(day: date | None, clock: Clock, now: datetime) -> datetime:
    """Return noon of a day in the member's zone, but never later than now; now where no day is given."""
    return now if day is None else min(datetime.combine(day, time(12), ZoneInfo(clock.zone)), now)
