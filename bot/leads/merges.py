"""When two members turn out to be one person: what both did with the same lead or search is done once."""

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.leads.member_models import Follow, LeadMark, LeadReport


def merge_leads(connection: Connection, keep: int, gone: int) -> None:
    """Settle follows, marks and reports that both have: the earlier beginning, the later word."""
    _merge_follows(connection, keep, gone)
    marked = sa.select(LeadMark.lead_id).where(LeadMark.member_id == keep)
    connection.execute(sa.delete(LeadMark).where(LeadMark.member_id == gone, LeadMark.lead_id.in_(marked)))
    query = sa.select(LeadReport.__table__).where(LeadReport.member_id.in_((keep, gone)))
    latest: dict[int, sa.Row[LeadReport]] = {}
    for row in connection.execute(query.order_by(LeadReport.at, LeadReport.id)).all():
        if (earlier := latest.get(row.lead_id)) is not None:
            connection.execute(sa.delete(LeadReport).where(LeadReport.id == earlier.id))
        latest[row.lead_id] = row


def _merge_follows(connection: Connection, keep: int, gone: int) -> None:
    query = sa.select(Follow.__table__).where(Follow.member_id == keep)
    mine = {row.filter_id: row for row in connection.execute(query)}
    theirs = sa.select(Follow.__table__).where(Follow.member_id == gone, Follow.filter_id.in_(mine))
    for row in connection.execute(theirs).all():
        same = mine[row.filter_id]
        connection.execute(sa.delete(Follow).where(Follow.id == row.id))
        # One person was told by either account, so that what the later one told of is old to them.
        values = {
            "created_at": min(same.created_at, row.created_at),
            "told_until": max(same.told_until, row.told_until),
        }
        connection.execute(sa.update(Follow).where(Follow.id == same.id).values(values))
