"""Goals: what members want to get done in a week, and the check-in that says how it went."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability import check_ins
from bot.accountability.models import Goal
from bot.accountability.weeks import Week
from bot.accountability.zones import note_zone, weeks_open
from bot.chat import BadInput
from bot.db import Database, upsert
from bot.steps.kinds import Step

MOST = 3
LONGEST = 200
"""Letters of a goal, and of what was learned."""
_STEP = re.compile(r"\s*(?:#|\(?\bstep\s*)([1-6])\b\)?[\s.]*$", re.IGNORECASE)


class Result(StrEnum):
    """How a goal went; OPEN until somebody says."""

    OPEN = ""
    DONE = "done"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A goal as it is set."""

    words: str
    step: Step = Step.NONE


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal as it stands; `position` is its number in the week."""

    position: int
    words: str
    step: Step
    result: Result


@dataclass(frozen=True, slots=True)
class MemberWeek:
    """A member's week: the goals, and whether it has its check-in."""

    week: Week
    goals: tuple[GoalView, ...] = ()
    checked_in: bool = False
    learned: str = ""

    @property
    def open(self) -> tuple[GoalView, ...]:
        """The goals of which nobody knows yet how they went."""
        return tuple(goal for goal in self.goals if goal.result is Result.OPEN)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a member says of a week: how each goal went, by position, and one line of what was learned."""

    week: Week
    results: Mapping[int, Result] = field(default_factory=dict)
    learned: str = ""


class Goals:
    """Keeps goals and check-ins."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def week(self, member: int, week: Week) -> MemberWeek:
        """Return a member's week."""
        return await self._database.read(lambda c: week_of_member(c, member, week))

    async def open_weeks(self, member: int, zone: str) -> list[Week]:
        """Return the weeks that are not over for a member: one, or two just after a move across a Sunday night."""
        return await self._database.read(lambda c: weeks_open(c, member, zone, self._clock()))

    async def set(self, member: int, zone: str, week: Week, wanted: Sequence[Wanted]) -> MemberWeek:
        """Set the goals of a week in place of those before; one that stays keeps how it went.

        Raises BadInput for no goal, for more than three, and for a week that is over or further off than the next.
        """
        if not 1 <= len(wanted) <= MOST:
            raise BadInput(f"Set one to {MOST} goals.", field="first")

        def work(connection: Connection) -> MemberWeek:
            check_settable(week, weeks_open(connection, member, zone, self._clock()))
            before = {goal.words: goal.result for goal in week_of_member(connection, member, week).goals}
            mine = (Goal.member_id == member, Goal.week == str(week))
            connection.execute(sa.delete(Goal).where(*mine, Goal.position > len(wanted)))
            for position, one in enumerate(wanted, start=1):
                goal = GoalView(position, one.words, one.step, before.get(one.words, Result.OPEN))
                _put(connection, member, week, goal, self._clock())
            _recount(connection, member, week, self._clock())
            note_zone(connection, member, zone, self._clock())
            return week_of_member(connection, member, week)

        return await self._database.run(work)

    async def add(self, member: int, zone: str, week: Week, wanted: Wanted) -> MemberWeek:
        """Add a goal to a week. Raises BadInput as `set` does."""

        def work(connection: Connection) -> MemberWeek:
            check_settable(week, weeks_open(connection, member, zone, self._clock()))
            have = week_of_member(connection, member, week).goals
            if len(have) >= MOST:
                raise BadInput(f"You have {MOST} goals this week already. `/goals set` changes them.")
            goal = GoalView(len(have) + 1, wanted.words, wanted.step, Result.OPEN)
            _put(connection, member, week, goal, self._clock())
            _recount(connection, member, week, self._clock())
            note_zone(connection, member, zone, self._clock())
            return week_of_member(connection, member, week)

        return await self._database.run(work)

    async def check_in(self, member: int, zone: str, said: CheckIn) -> MemberWeek:
        """Keep a check-in; a second one for a week corrects the first. Raises BadInput for a week that is not open."""

        def work(connection: Connection) -> MemberWeek:
            now = self._clock()
            check_open(said.week, weeks_open(connection, member, zone, now))
            for position, result in said.results.items():
                mine = (Goal.member_id == member, Goal.week == str(said.week), Goal.position == position)
                connection.execute(sa.update(Goal).where(*mine).values(result=result.value))
            _record(connection, member, said, now)
            note_zone(connection, member, zone, now)
            return week_of_member(connection, member, said.week)

        return await self._database.run(work)


def check_settable(week: Week, open_now: Sequence[Week]) -> None:
    """Raise BadInput when goals can't be set for a week: it is over, or further off than the next."""
    if week < open_now[0]:
        raise BadInput("That week is over. `/goals set` sets this week's goals.")
    if week > open_now[-1].shifted(1):
        raise BadInput("Goals can be set for this week and the next.")


def check_open(week: Week, open_now: Sequence[Week]) -> None:
    """Raise BadInput when a week can't be checked in: it is over, or has not begun."""
    if week < open_now[0]:
        raise BadInput("That week ended on Sunday night. The next check-in is this week's: `/goals check_in`.")
    if week > open_now[-1]:
        raise BadInput("That week has not begun where you live. Come back on Monday.")


def read_goal(words: str, name: str = "") -> Wanted:
    """Read a goal as somebody typed it; "#3" or "step 3" at its end names a step. Raises BadInput when it is too long.

    name: the input that it was typed into
    """
    clean = " ".join(words.split())
    found = _STEP.search(clean)
    text = (clean[: found.start()] if found else clean).rstrip(" ,;:")
    if not text:
        raise BadInput("Say in a few words what you want to get done.", field=name)
    if len(text) > LONGEST:
        raise BadInput(f"Keep a goal under {LONGEST} letters: small enough for a week.", field=name)
    return Wanted(text, Step(int(found[1])) if found else Step.NONE)


def week_of_member(connection: Connection, member: int, week: Week) -> MemberWeek:
    """Return a member's week."""
    said = check_ins.standing(connection, member, week)
    return MemberWeek(week, _goals_of(connection, member, week), bool(said), said[0].note if said else "")


def _goals_of(connection: Connection, member: int, week: Week) -> tuple[GoalView, ...]:
    query = sa.select(Goal).where(Goal.member_id == member, Goal.week == str(week)).order_by(Goal.position)
    return tuple(GoalView(r.position, r.words, Step(r.step), Result(r.result)) for r in connection.execute(query))


def _put(connection: Connection, member: int, week: Week, goal: GoalView, now: datetime) -> None:
    values = {"words": goal.words, "step": int(goal.step), "result": goal.result.value, "set_at": now}
    statement = upsert(connection, Goal).values(member_id=member, week=str(week), position=goal.position, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["member_id", "week", "position"], set_=values))


def _record(connection: Connection, member: int, said: CheckIn, now: datetime) -> None:
    """Write the check-in into the ledger, with how many goals of the week there are and were done."""
    results = [goal.result for goal in _goals_of(connection, member, said.week)]
    counts = results.count(Result.DONE), len(results)
    check_ins.record(connection, member, said.week, counts, said.learned, now)


def _recount(connection: Connection, member: int, week: Week, now: datetime) -> None:
    """Have a check-in that was made before the goals changed say how many there are now."""
    if said := check_ins.standing(connection, member, week):
        _record(connection, member, CheckIn(week, learned=said[0].note), now)
