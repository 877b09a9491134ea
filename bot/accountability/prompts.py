"""What is said in the course of a week without being asked: the Monday prompt, the nudge, the check-in of Friday."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.aways import is_away
from bot.accountability.goals import MemberWeek, week_of_member
from bot.accountability.models import Goal, ZoneStay
from bot.accountability.rhythms import Rhythm, check_in_hour, keep_rhythm, rhythm_of, scene_of
from bot.accountability.weeks import Week, week_of
from bot.accountability.zones import note_zone, zone_now
from bot.chat import Reply
from bot.community.models import Member, Workspace
from bot.community.telling import Notification, Teller
from bot.db import Database
from bot.work.deliveries import Deliveries
from bot.work.engine import Args, Run
from bot.work.schedules import Schedules, day_of, moment_of

PROMPT, FRIDAY, RECAP = "goals.prompt", "goals.friday", "goals.recap"
"""Jobs of a workspace."""
NUDGE, REMINDER = "goals.nudge", "goals.reminder"
"""Jobs of a member."""
_MONDAY, _WEDNESDAY, _FRIDAY = 1, 3, 5
QUIET_AFTER = 4
"""Weeks without a goal after which a member's own schedules end; the next goal begins them again."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the messages look like; the cog brings it."""

    prompt: Callable[[Week], Reply]
    friday: Callable[[Week], Reply]
    nudge: Callable[[MemberWeek], Reply]
    reminder: Callable[[MemberWeek], Reply]


class Prompts:
    """Sets up and says the words of a week, each once, and none when its time is over."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        schedules: Schedules,
        teller: Teller,
        words: Words,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._schedules = schedules
        self._teller = teller
        self._words = words
        self._clock = clock

    async def rhythm(self, workspace: int) -> Rhythm | None:
        """Return a workspace's rhythm; None before an organiser set it up."""
        return await self._database.read(lambda c: rhythm_of(c, workspace))

    async def set_up(self, rhythm: Rhythm, member: int) -> None:
        """Keep how a workspace has its week, and move everything that follows it."""

        def work(connection: Connection) -> dict[int, str]:
            keep_rhythm(connection, rhythm, member)
            community = sa.select(Workspace.community_id).where(Workspace.id == rhythm.workspace)
            mine = sa.select(Member.id).where(Member.community_id == community.scalar_subquery())
            query = sa.select(ZoneStay.member_id, ZoneStay.zone).where(ZoneStay.member_id.in_(mine))
            return {row.member_id: row.zone for row in connection.execute(query.order_by(ZoneStay.since, ZoneStay.id))}

        members = await self._database.run(work)
        hours = {
            PROMPT: (_MONDAY, rhythm.prompt_hour),
            FRIDAY: (_FRIDAY, rhythm.check_in_hour),
            RECAP: (rhythm.recap_day, rhythm.recap_hour),
        }
        for job, (day, hour) in hours.items():
            args = {"workspace": rhythm.workspace}
            key = f"{job}:{rhythm.workspace}"
            await self._schedules.set_daily(key, job, args, f"{hour:02}:00", rhythm.zone, str(day))
        for each, zone in members.items():
            await self.follow(each, zone)

    async def follow(self, member: int, zone: str) -> None:
        """Nudge a member in mid-week and ask them on Friday, by the clock of a zone, from now on."""

        def work(connection: Connection) -> None:
            own = connection.execute(sa.select(Member.hour).where(Member.id == member)).scalar_one()
            for job, day, hour in ((NUDGE, _WEDNESDAY, own), (REMINDER, _FRIDAY, check_in_hour(connection, member))):
                key, at = f"{job}:{member}", f"{hour:02}:00"
                self._schedules.keep(connection, key, job, {"member": member}, at=at, zone=zone, days=str(day))

        await self._database.run(work)

    async def moved(self, member: int, zone: str) -> None:
        """Have a member's own messages follow them into another zone; one who never set goals has none."""

        def work(connection: Connection) -> bool:
            known = zone_now(connection, member) is not None
            if known:
                note_zone(connection, member, zone, self._clock())
            return known

        if await self._database.run(work):
            await self.follow(member, zone)

    async def prompt(self, run: Run, args: Args) -> None:
        """Plan the Monday prompt of a workspace, unless it is time to check in by now."""
        del run
        await self._say_publicly(args, PROMPT, self._words.prompt, until=_FRIDAY)

    async def friday(self, run: Run, args: Args) -> None:
        """Plan a workspace's check-in of Friday, unless its week is over by now."""
        del run
        await self._say_publicly(args, FRIDAY, self._words.friday, until=None)

    async def _say_publicly(self, args: Args, job: str, render: Callable[[Week], Reply], *, until: int | None) -> None:
        workspace, week = int(args["workspace"]), Week.of(day_of(args))

        def work(connection: Connection) -> int:
            scene = scene_of(connection, workspace)
            if scene is None or self._is_over(week, scene.rhythm.zone, until, scene.rhythm.check_in_hour):
                return 0
            what = f"{job}:{workspace}:{week}"
            return self._deliveries.plan(connection, what, [scene.address], render(week), community=scene.community)

        if await self._database.run(work):
            self._deliveries.kick()

    async def nudge(self, run: Run, args: Args) -> None:
        """Tell a member in mid-week of goals that are open, unless Friday came by now."""
        del run
        await self._tell(args, NUDGE, self._words.nudge, until=_FRIDAY)
        member = int(args["member"])
        since = str(Week.of(day_of(args)).shifted(-QUIET_AFTER))
        query = sa.select(Goal.id).where(Goal.member_id == member, Goal.week > since).limit(1)
        if await self._database.read(lambda c: c.execute(query).first()) is None:
            for job in (NUDGE, REMINDER):
                await self._schedules.remove(f"{job}:{member}")

    async def remind(self, run: Run, args: Args) -> None:
        """Ask a member with goals how the week went, unless they said it or the week is over."""
        del run
        await self._tell(args, REMINDER, self._words.reminder, until=None)

    async def _tell(self, args: Args, job: str, render: Callable[[MemberWeek], Reply], *, until: int | None) -> None:
        member, week = int(args["member"]), Week.of(day_of(args))

        def work(connection: Connection) -> bool:
            zone = zone_now(connection, member)
            if zone is None or self._is_over(week, zone, until, 0) or is_away(connection, member, self._clock(), zone):
                return False
            mine = week_of_member(connection, member, week)
            if mine.checked_in or not mine.open:
                return False
            what = f"{job}:{member}:{week}"
            return self._teller.plan(connection, what, member, render(mine), Notification.GOALS)

        if await self._database.run(work):
            self._deliveries.kick()

    def _is_over(self, week: Week, zone: str, until: int | None, hour: int) -> bool:
        """Whether what belongs into a week is too late: the week ended, or a weekday's hour came."""
        now = self._clock()
        if until is not None and now >= moment_of(week.day(until), f"{hour:02}:00", zone):
            return True
        return week_of(now, zone) != week
