"""Check-ins as they stand in the ledger: whose week it was, and how many goals were set and done in it.

All of it stands in the entry's subject: 2026-W48, or 2026-W48 2/3 where two of three goals were done. There is nothing
of a person in it, so it stays when its member asks to be forgotten, and the community's figures with it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.weeks import Week
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Entry, retract, standing_rows, write
from bot.steps.models import Evidence

_NAME = 8
"""Letters of a week's name."""
_WEEK = sa.func.substr(Evidence.subject, 1, _NAME)
_A_CHECK_IN = sa.and_(Evidence.kind == Kind.CHECK_IN.value, Evidence.subject.like("____-W__%"))


@dataclass(frozen=True, slots=True)
class Counted:
    """A check-in in figures; `member` is None for somebody who was forgotten."""

    member: int | None
    goals: int
    done: int


def record(
    connection: Connection, member: int, week: Week, counts: tuple[int, int], learned: str, now: datetime
) -> None:
    """Write a check-in into the ledger; what stood before of the same week is taken back.

    counts: how many goals were done, of how many
    """
    done, goals = counts
    subject = f"{week} {done}/{goals}" if goals else str(week)
    written = connection.execute(
        sa.select(sa.func.count()).select_from(Evidence).where(_A_CHECK_IN, *_in(member, week))
    ).scalar_one()
    before = standing(connection, member, week)
    if [(row.subject, row.note) for row in before] == [(subject, learned)]:
        return
    for row in before:
        retract(connection, member, row.id, now, "said again")
    # The number of rows before it makes the key: of two clicks at once one is written, after an undo there is a next.
    key = f"check_in:{member}:{week}:{written}"
    write(connection, member, Entry(Step.NONE, Kind.CHECK_IN, subject, note=learned, key=key), now)


def standing(connection: Connection, member: int, week: Week) -> Sequence[sa.Row[Evidence]]:
    """Return the check-ins of a member's week that stand, the latest first: one, or one of each of who were merged."""
    query = standing_rows().where(_A_CHECK_IN, *_in(member, week)).order_by(Evidence.id.desc())
    return connection.execute(query).all()


def weeks_of(connection: Connection, where: sa.ColumnElement[bool]) -> defaultdict[int, set[Week]]:
    """Return the weeks with a check-in that stands, by member; of those who were forgotten, none."""
    query = standing_rows().with_only_columns(Evidence.member_id, _WEEK.label("week"))
    query = query.where(where, _A_CHECK_IN, Evidence.member_id.is_not(None))
    found: defaultdict[int, set[Week]] = defaultdict(set)
    for row in connection.execute(query):
        found[row.member_id or 0].add(Week.parse(row.week))
    return found


def number_by_week(connection: Connection, community: int, weeks: Sequence[Week]) -> dict[Week, int]:
    """Return how many members of a community checked in, for some weeks; who was forgotten since counts on."""
    forgotten = sa.func.sum(sa.case((Evidence.member_id.is_(None), 1), else_=0))
    query = standing_rows().with_only_columns(
        _WEEK.label("week"), (sa.func.count(Evidence.member_id.distinct()) + forgotten).label("number")
    )
    query = query.where(_A_CHECK_IN, Evidence.community_id == community, _WEEK.in_([str(each) for each in weeks]))
    found = {row.week: row.number for row in connection.execute(query.group_by(_WEEK))}
    return {each: found.get(str(each), 0) for each in weeks}


def counted(connection: Connection, community: int, week: Week) -> list[Counted]:
    """Return a community's check-ins of a week in figures, one for each member."""
    query = standing_rows().with_only_columns(Evidence.member_id, Evidence.subject)
    query = query.where(_A_CHECK_IN, Evidence.community_id == community, _WEEK.in_([str(week)]))
    known: dict[int, Counted] = {}
    forgotten: list[Counted] = []
    for member, subject in connection.execute(query):
        done, _, goals = subject[_NAME:].strip().partition("/")
        one = Counted(member, int(goals or 0), int(done or 0))
        if member is None:
            forgotten.append(one)
            continue
        before = known.get(member, Counted(member, 0, 0))
        known[member] = Counted(member, before.goals + one.goals, before.done + one.done)
    return [*known.values(), *forgotten]


def _in(member: int, week: Week) -> tuple[sa.ColumnElement[bool], ...]:
    return Evidence.member_id == member, _WEEK.in_([str(week)])
