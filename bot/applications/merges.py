"""When two members turn out to be one person: two applications to one lead become one, with all their moves."""

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.applications.models import Application, ApplicationMove


def merge_applications(connection: Connection, keep: int, gone: int) -> None:
    """Settle the leads that both have in their pipelines: the stage that was reached last, every move of both."""
    query = sa.select(Application.__table__).where(Application.member_id == keep)
    mine = {row.lead_id: row for row in connection.execute(query)}
    theirs = sa.select(Application.__table__).where(Application.member_id == gone, Application.lead_id.in_(mine))
    for row in connection.execute(theirs).all():
        same = mine[row.lead_id]
        moves = sa.update(ApplicationMove).where(ApplicationMove.application_id == row.id)
        connection.execute(moves.values(application_id=same.id))
        connection.execute(sa.delete(Application).where(Application.id == row.id))
        later = max(same, row, key=lambda each: each.moved_at)
        values = {
            "stage": later.stage,
            "moved_at": later.moved_at,
            "created_at": min(same.created_at, row.created_at),
        }
        connection.execute(sa.update(Application).where(Application.id == same.id).values(values))
