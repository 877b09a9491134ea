"""Recaps: what a community got done in a week, in its accountability place; by name only those who show themselves."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import InstrumentedAttribute

from bot.accountability.check_ins import counted, number_by_week
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
Shown = InstrumentedAttribute[bool]


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
    """Return a community's week, from the ledger alone.

    Evidence is new when it was written down between Monday and Sunday night of a zone.
    """
    start, end = week.bounds(zone)
    history = number_by_week(connection, community, list(weeks_between(week.shifted(1 - HISTORY), week)))
    check_ins = counted(connection, community, week)
    finished = [one.member for one in check_ins if one.goals and one.done == one.goals]
    fresh = (Evidence.community_id == community, Evidence.at >= start, Evidence.at < end)
    by_step = standing_rows().with_only_columns(Evidence.step, sa.func.count().label("number"))
    by_step = by_step.where(*fresh, Evidence.step > 0).group_by(Evidence.step).order_by(Evidence.step)
    got = standing_rows().with_only_columns(Evidence.id, Evidence.member_id)
    offers = connection.execute(got.where(*fresh, Evidence.kind == Kind.OFFER.value)).all()
    return Recap(
        week,
        history[week],
        len(finished),
        _names(connection, {member for member in finished if member is not None}),
        sum(one.goals for one in check_ins),
        sum(one.done for one in check_ins),
        {Step(row.step): row.number for row in connection.execute(by_step)},
        len(offers),
        _names(connection, {row.member_id for row in offers if row.member_id is not None}, Profile.shows_offers),
        tuple(history.items()),
    )


def _names(connection: Connection, members: set[int], also: Shown | None = None) -> tuple[str, ...]:
    """Return the names of those of some members who show themselves, and who show this as well."""
    query = (
        sa.select(Member.name)
        .join(Profile, Profile.member_id == Member.id)
        .where(Member.id.in_(members), Profile.shows_steps.is_(True))
        .order_by(Member.name, Member.id)
    )
    if also is not None:
        query = query.where(also.is_(True))
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
