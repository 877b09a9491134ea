"""When two members turn out to be one person: two applications for one opening become one, with all their moves."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.applications import moves
from bot.applications.models import Application, ApplicationMove, ApplicationReminder

_NEVER = datetime(9000, 1, 1, tzinfo=UTC)


def merge_applications(connection: Connection, keep: int, gone: int) -> None:
    """Settle the openings that both have in their pipelines: all moves, notes and reminders of both."""
    mine = sa.select(Application.__table__).where(Application.member_id == keep).order_by(Application.id)
    theirs = sa.select(Application.__table__).where(Application.member_id == gone).order_by(Application.id)
    for row in connection.execute(theirs).all():
        same = [each for each in connection.execute(mine).all() if _is_same(each, row)]
        # The second is there when one was put in by hand before the lead was known, and the other from the lead.
        for each in (*same[1:], row) if same else ():
            _unite(connection, same[0].id, each.id)


def _is_same(one: Any, other: Any) -> bool:
    by_lead = one.lead_id is not None and one.lead_id == other.lead_id
    return by_lead or (one.key is not None and one.key == other.key)


def _unite(connection: Connection, keep: int, gone: int) -> None:
    rows = sa.select(Application.__table__).where(Application.id.in_((keep, gone)))
    both = {row.id: row for row in connection.execute(rows)}
    mine, theirs = both[keep], both[gone]
    for table in (ApplicationMove, ApplicationReminder):
        connection.execute(sa.update(table).where(table.application_id == gone).values(application_id=keep))
    connection.execute(sa.delete(Application).where(Application.id == gone))
    notes = dict.fromkeys(note for note in (mine.note, theirs.note) if note)
    words = {name: getattr(mine, name) or getattr(theirs, name) for name in ("company", "company_key", "title", "url")}
    values = {
        **words,
        "lead_id": mine.lead_id if mine.lead_id is not None else theirs.lead_id,
        "key": mine.key if mine.key is not None else theirs.key,
        "note": "\n".join(notes),
        "deadline": mine.deadline or theirs.deadline,
        "created_at": min(mine.created_at, theirs.created_at),
        "closed_told": mine.closed_told or theirs.closed_told,
    }
    connection.execute(sa.update(Application).where(Application.id == keep).values(values))
    # What either was nudged about is not said again: only what both still had to hear.
    ahead = min(row.nudge_at or _NEVER for row in (mine, theirs))
    now = max(mine.moved_at, theirs.moved_at)
    moves.settle(connection, keep, now, since=ahead - timedelta(seconds=1))
