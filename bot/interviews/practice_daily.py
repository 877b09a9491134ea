"""A question a day, privately, at the member's own hour; for those who asked for it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import NotFound, Reply
from bot.community.directory import community_of_member
from bot.community.profiles import about
from bot.community.telling import Notification, Teller, choose, wants
from bot.db import Database
from bot.interviews.bank import Question
from bot.interviews.practice_cards import cards_of
from bot.interviews.practice_models import PracticeAnswer
from bot.interviews.practice_picks import pick_next
from bot.interviews.questions import Questions
from bot.work.engine import Args, Run
from bot.work.models import Schedule
from bot.work.schedules import Schedules, day_of

DAILY = "practice.daily"
"""The job, and the first part of its schedules' keys."""
PATIENCE = timedelta(days=14)
"""Unanswered for so long, the questions stop, and say so."""


class Daily:
    """Sends the question of the day."""

    def __init__(
        self,
        database: Database,
        schedules: Schedules,
        teller: Teller,
        *,
        questions: Questions,
        words: Callable[[Question], Reply],
        rest: Callable[[], Reply],
        clock: Callable[[], datetime],
    ) -> None:
        """`words` is how the question looks, `rest` what is said when the questions stop."""
        self._database = database
        self._schedules = schedules
        self._teller = teller
        self._questions = questions
        self._words = words
        self._rest = rest
        self._clock = clock

    async def wanted(self, member: int) -> bool:
        """Return whether a member gets one."""
        return await self._database.read(lambda c: wants(c, member, Notification.DAILY_QUESTION))

    async def chosen(self, member: int, kind: Notification, wanted: bool) -> None:
        """Begin or end a member's questions when they choose so."""
        if kind is not Notification.DAILY_QUESTION:
            return
        if not wanted:
            await self._schedules.remove(f"{DAILY}:{member}")
            return
        told = await self._database.read(lambda c: about(c, member))
        since = self._clock().astimezone(ZoneInfo(told.zone)).date().isoformat()
        await self._set(member, told.zone, told.hour, since)

    async def moved(self, member: int, zone: str) -> None:
        """Have a member's questions follow them into another zone, or to another hour."""
        key = f"{DAILY}:{member}"
        query = sa.select(Schedule.args).where(Schedule.key == key)
        args = await self._database.read(lambda c: c.execute(query).scalar_one_or_none())
        if args is not None:
            told = await self._database.read(lambda c: about(c, member))
            await self._set(member, zone, told.hour, str(args["since"]))

    async def ask(self, run: Run, args: Args) -> None:
        """Send a member the question of a day; stop when they left the last ones unanswered."""
        del run
        member, day = int(args["member"]), day_of(args)
        now = self._clock()
        since = date.fromisoformat(str(args["since"]))

        def work(connection: Connection) -> bool:
            if not wants(connection, member, Notification.DAILY_QUESTION):
                return False
            community = community_of_member(connection, member)
            what = f"{DAILY}:{member}:{day}"
            answered = _last_day(connection, member, about(connection, member).zone)
            if day - (max(since, answered) if answered else since) > PATIENCE:
                # Asked before it is turned off, for what is off is not told.
                self._teller.plan(connection, what, member, self._rest(), Notification.DAILY_QUESTION)
                choose(connection, member, Notification.DAILY_QUESTION, wanted=False)
                return True
            try:
                question = pick_next(self._questions.within(connection, community), cards_of(connection, member), now)
            except NotFound:  # a community that took every question out
                return False
            self._teller.plan(connection, what, member, self._words(question), Notification.DAILY_QUESTION)
            return False

        if await self._database.run(work):
            await self._schedules.remove(f"{DAILY}:{member}")
        self._teller.kick()

    async def _set(self, member: int, zone: str, hour: int, since: str) -> None:
        args = {"member": member, "since": since}
        await self._schedules.set_daily(f"{DAILY}:{member}", DAILY, args, f"{hour:02}:00", zone)


def _last_day(connection: Connection, member: int, zone: str) -> date | None:
    """Return the member's local day of their last answer in practice; None before the first."""
    query = sa.select(sa.func.max(PracticeAnswer.answered_at)).where(PracticeAnswer.member_id == member)
    last: datetime | None = connection.execute(query).scalar()
    return last.astimezone(ZoneInfo(zone)).date() if last else None
