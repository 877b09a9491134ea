"""Recaps: what a community got done in a week, in its accountability place; by name only those who show themselves."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.goals import Result
from bot.accountability.models import Goal
from bot.accountability.prompts import RECAP
from bot.accountability.rhythms import MONDAY, Scene, scene_of
from bot.accountability.weeks import Week, weeks_between
from bot.charts.recap import recap_picture
from bot.chat import Reply
from bot.community.models import Member, Profile
from bot.db import Database
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import standing_rows
from bot.steps.models import Evidence
from bot.work.deliveries import Deliveries
from bot.work.engine import Args, Run
from bot.work.schedules import day_of

HISTORY = 8
"""Weeks of the picture, with the one that it is about."""
STALE = timedelta(days=3)
"""So long after the end of its week a recap is news no more."""


@dataclass(frozen=True, slots=True)
class Recap:
    """A community's week in figures. Names are those of members who show themselves; counts are of all."""

    week: Week
    checked_in: int
    finished: int
    """Members who checked in and got all their goals done."""
    finished_names: tuple[str, ...]
    goals: int
    """Goals set by those who checked in."""
    goals_done: int
    evidence: Mapping[Step, int]
    """New evidence in the week by step, of the steps that have some."""
    offers: int
    offer_names: tuple[str, ...]
    history: tuple[tuple[Week, int], ...]
    """Members who checked in, for the weeks up to this one."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened that one could tell of."""
        return not (self.checked_in or self.evidence or self.offers)


class Recaps:
    """Makes recaps and plans them, once for a workspace and a week."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        render: Callable[[Recap, bytes], Reply],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._render = render
        self._clock = clock

    async def post(self, run: Run, args: Args) -> None:
        """Plan the recap of a workspace, unless nothing happened or its week is long over by now."""
        del run
        workspace, day = int(args["workspace"]), day_of(args)
        week = Week.of(day).shifted(-1 if day.isoweekday() == MONDAY else 0)
        found = await self._database.read(lambda c: self._collect(c, workspace, week))
        if found is None:
            return
        scene, made = found
        picture = await asyncio.to_thread(recap_picture(*_shown(made)).png)
        reply = self._render(made, picture)

        def work(connection: Connection) -> int:
            what = f"{RECAP}:{workspace}:{week}"
            return self._deliveries.plan(connection, what, [scene.address], reply, community=scene.community)

        if await self._database.run(work):
            self._deliveries.kick()

    def _collect(self, connection: Connection, workspace: int, week: Week) -> tuple[Scene, Recap] | None:
        scene = scene_of(connection, workspace)
        if scene is None or self._clock() >= week.bounds(scene.rhythm.zone)[1] + STALE:
            return None
        made = recap_of(connection, scene.community, week, scene.rhythm.zone)
        return None if made.is_empty else (scene, made)


def recap_of(connection: Connection, community: int, week: Week, zone: str) -> Recap:
    """Return a community's week; evidence is new when it was written down between Monday and Sunday night of a zone."""
    start, end = week.bounds(zone)
    history = _check_ins(connection, community, week)
    done, goals, goals_done = _finished(connection, community, week)
    fresh = (Evidence.community_id == community, Evidence.at >= start, Evidence.at < end)
    by_step = standing_rows().with_only_columns(Evidence.step, sa.func.count().label("number"))
    by_step = by_step.where(*fresh, Evidence.step > 0).group_by(Evidence.step).order_by(Evidence.step)
    got = standing_rows().with_only_columns(Evidence.id, Evidence.member_id)
    offers = connection.execute(got.where(*fresh, Evidence.kind == Kind.OFFER.value)).all()
    return Recap(
        week,
        history[week],
        len(done),
        _names(connection, done),
        goals,
        goals_done,
        {Step(row.step): row.number for row in connection.execute(by_step)},
        len(offers),
        _names(connection, {row.member_id for row in offers if row.member_id is not None}),
        tuple(history.items()),
    )


def _check_ins(connection: Connection, community: int, week: Week) -> dict[Week, int]:
    """Return how many members checked in, for the weeks up to one."""
    weeks = list(weeks_between(week.shifted(1 - HISTORY), week))
    query = standing_rows().with_only_columns(
        Evidence.subject, sa.func.count(Evidence.member_id.distinct()).label("number")
    )
    query = query.where(
        Evidence.community_id == community,
        Evidence.kind == Kind.CHECK_IN.value,
        Evidence.subject.in_([str(each) for each in weeks]),
    ).group_by(Evidence.subject)
    found = {row.subject: row.number for row in connection.execute(query)}
    return {each: found.get(str(each), 0) for each in weeks}


def _finished(connection: Connection, community: int, week: Week) -> tuple[set[int], int, int]:
    """Return who got all goals done, and how many goals were set and done, of those who checked in."""
    checked_in = standing_rows().with_only_columns(Evidence.member_id)
    checked_in = checked_in.where(
        Evidence.community_id == community,
        Evidence.kind == Kind.CHECK_IN.value,
        Evidence.subject == str(week),
        Evidence.member_id.is_not(None),
    )
    is_done = sa.case((Goal.result == Result.DONE.value, 1), else_=0)
    query = (
        sa.select(Goal.member_id, sa.func.count().label("all"), sa.func.sum(is_done).label("done"))
        .where(Goal.week == str(week), Goal.member_id.in_(checked_in))
        .group_by(Goal.member_id)
    )
    rows = connection.execute(query).all()
    return {r.member_id for r in rows if r.done == r.all}, sum(r.all for r in rows), sum(r.done for r in rows)


def _names(connection: Connection, members: set[int]) -> tuple[str, ...]:
    """Return the names of those of some members who show themselves."""
    query = (
        sa.select(Member.name)
        .join(Profile, Profile.member_id == Member.id)
        .where(Member.id.in_(members), Profile.shows_steps.is_(True))
        .order_by(Member.name, Member.id)
    )
    return tuple(connection.execute(query).scalars())


def _shown(made: Recap) -> tuple[str, list[tuple[str, str]], list[tuple[str, int]], list[tuple[str, int]]]:
    """Return what stands in the picture: title, figures, check-ins by week, new evidence by step."""
    figures = [(str(made.checked_in), "checked in")]
    if made.goals:
        figures.append((str(made.goals_done), f"of {made.goals} goals done"))
    figures.append((str(sum(made.evidence.values())), "new evidence"))
    if made.offers:
        figures.append((str(made.offers), "offer" if made.offers == 1 else "offers"))
    weeks = [(f"W{week.number}", number) for week, number in made.history]
    steps = [(f"Step {int(step)}", made.evidence.get(step, 0)) for step in Step if step]
    return f"Week {made.week.number}", figures, weeks, steps
