"""To move an application: the event, what follows from it for the row, and the evidence, in one unit of work."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.applications.models import Application, ApplicationMove
from bot.applications.nudges import next_after, nudges_of
from bot.applications.stages import EVIDENCE, Course, Move, course_of
from bot.applications.views import clock_of, deadline_of, query_views
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Entry, retract, standing_rows, write
from bot.steps.models import Evidence


def moves_of(connection: Connection, applications: Sequence[int]) -> dict[int, list[Move]]:
    """Return every move of applications."""
    found: dict[int, list[Move]] = {number: [] for number in applications}
    query = sa.select(ApplicationMove.__table__).where(ApplicationMove.application_id.in_(applications))
    for row in connection.execute(query.order_by(ApplicationMove.at, ApplicationMove.id)):
        found[row.application_id].append(Move(row.id, row.before, row.after, row.at, row.undoes))
    return found


def append(
    connection: Connection,
    application: int,
    after: str,
    at: datetime,
    *,
    before: str = "",
    now: datetime | None = None,
) -> int:
    """Write a move down and settle what follows; returns its number.

    now: given for a move of some time ago: what would have been said since then is not said
    """
    values = {"application_id": application, "before": before, "after": after, "at": at}
    number = connection.execute(sa.insert(ApplicationMove).values(values).returning(ApplicationMove.id)).scalar_one()
    settle(connection, application, at, since=now)
    return number


def undo(connection: Connection, application: int, move: Move, now: datetime) -> Course:
    """Take a move back by a new row, and settle what follows; returns what the moves come to now."""
    before = move.before if move.before != move.after else ""
    values = {"application_id": application, "before": move.after, "after": before, "at": now, "undoes": move.id}
    connection.execute(sa.insert(ApplicationMove).values(values))
    return settle(connection, application, now)


def settle(connection: Connection, application: int, now: datetime, since: datetime | None = None) -> Course:
    """Bring a row and the ledger in line with the moves; returns what they come to.

    since: from when on it may be nudged about, `now` unless it is given
    """
    moves = moves_of(connection, [application])[application]
    course = course_of(moves)
    row = connection.execute(query_views().where(Application.id == application)).one()
    moved_at = course.moved_at or max((move.at for move in moves), default=row.moved_at)
    deadline, clock = deadline_of(row), clock_of(row)
    values = {
        "stage": course.stage,
        "moved_at": moved_at,
        "applied_at": min(course.reached.values(), default=None),
        "closes_at": row.lead_closes_at,
        "nudge_at": next_after(nudges_of(course.stage, moved_at, deadline, clock), since or now),
    }
    connection.execute(sa.update(Application).where(Application.id == application).values(values))
    step = Step.PART_TIME if row.part_time else Step.STARTUPS
    _settle_evidence(connection, row, moves, course, step, now)
    return course


def _settle_evidence(
    connection: Connection, row: Any, moves: Sequence[Move], course: Course, step: Step, now: datetime
) -> None:
    """Write what was reached into the ledger and take back what was not; each kind stands once for an application."""
    wanted = {EVIDENCE[stage]: at for stage, at in course.reached.items() if stage in EVIDENCE}
    keys = [evidence_key(move.id, kind) for move in moves for kind in EVIDENCE.values()]
    query = standing_rows().where(Evidence.key.in_(keys)).order_by(Evidence.at, Evidence.id)
    stands: set[Kind] = set()
    for found in connection.execute(query).all():
        kind = Kind(found.kind)
        if kind in stands or kind not in wanted:
            retract(connection, found.member_id or row.member_id, found.id, now)
        else:
            stands.add(kind)
    # Named for the latest event: a kind that stands again after it was taken back is a new entry.
    cause = max((move.id for move in moves), default=0)
    for kind, at in wanted.items():
        if kind not in stands:
            key = evidence_key(cause, kind)
            entry = Entry(step, kind, f"{row.role} at {row.company}", row.url, key=key)
            write(connection, row.member_id, entry, at)


def evidence_key(move: int, kind: Kind) -> str:
    """Return the key of evidence that a move brought: moves keep their numbers when applications become one."""
    return f"move:{move}:{kind.value}"
