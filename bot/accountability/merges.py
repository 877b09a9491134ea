"""When two members turn out to be one person: what they keep in common is settled, and nothing is lost."""

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.goals import MOST
from bot.accountability.models import Goal


def merge_goals(connection: Connection, keep: int, gone: int) -> None:
    """Make room for the goals of who goes, behind those of the same week."""
    taken = sa.select(Goal.week).where(Goal.member_id == keep)
    shifted = sa.update(Goal).where(Goal.member_id == gone, Goal.week.in_(taken))
    highest = sa.select(sa.func.max(Goal.position)).where(Goal.member_id.in_((keep, gone))).scalar_subquery()
    top = connection.execute(sa.select(highest)).scalar() or MOST
    connection.execute(shifted.values(position=Goal.position + top))
