"""Two members who turn out to be one: everything of the second becomes the first's, and nothing is lost."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.community.models import Member
from bot.me.graph import Merge, member_columns, member_tables
from bot.work.models import Schedule


def merge(connection: Connection, keep: int, gone: int, settle: Sequence[Merge], now: datetime) -> None:
    """Bring everything of `gone` to `keep`, in the caller's unit of work.

    settle: what rooms do first, where rows of two members can't stand side by side (`Kit.merges`)
    Raises IntegrityError when a room forgot to; then nothing is changed.
    The row of who goes stays and points to who stays: work that was under way in that moment still finds a member to
    write to, and `bring_stragglers` brings it home; and its name is still known when all is to be forgotten.
    """
    for function in settle:
        function(connection, keep, gone)
    _move_rows(connection, keep, gone)
    _move_schedules(connection, keep, gone)
    rows = {row.id: row for row in connection.execute(sa.select(Member).where(Member.id.in_((keep, gone))))}
    first, second = rows[keep], rows[gone]
    values = {"zone": first.zone or second.zone, "created_at": min(first.created_at, second.created_at)}
    connection.execute(sa.update(Member).where(Member.id == keep).values(values))
    connection.execute(sa.update(Member).where(Member.id == gone).values(merged_into=keep, merged_at=now))
    connection.execute(sa.update(Member).where(Member.merged_into == gone).values(merged_into=keep))


def bring_stragglers(connection: Connection, since: datetime, settle: Sequence[Merge]) -> int:
    """Bring along what was written to members after they were merged, since a moment; returns how many had some."""
    query = sa.select(Member.id, Member.merged_into).where(Member.merged_at >= since).order_by(Member.id)
    count = 0
    for row in connection.execute(query).all():
        if has_rows(connection, row.id):
            for function in settle:
                function(connection, row.merged_into, row.id)
            _move_rows(connection, row.merged_into, row.id)
            _move_schedules(connection, row.merged_into, row.id)
            count += 1
    return count


def has_rows(connection: Connection, member: int) -> bool:
    """Return whether any row refers to a member."""
    columns = [column for table in member_tables() for column in member_columns(table)]
    return any(connection.execute(sa.select(c).where(c == member).limit(1)).first() is not None for c in columns)


def _move_rows(connection: Connection, keep: int, gone: int) -> None:
    for table in member_tables():
        for column in member_columns(table):
            connection.execute(sa.update(table).where(column == gone).values({column.name: keep}))


def _move_schedules(connection: Connection, keep: int, gone: int) -> None:
    """Have daily jobs run for who stays; where they have the same one already, the other ends."""
    for row in schedules_of(connection, gone):
        mine = row["key"].removesuffix(f":{gone}") + f":{keep}"
        taken = connection.execute(sa.select(Schedule.key).where(Schedule.key == mine)).first()
        if taken:
            connection.execute(sa.delete(Schedule).where(Schedule.key == row["key"]))
        else:
            values = {"key": mine, "args": {**row["args"], "member": keep}}
            connection.execute(sa.update(Schedule).where(Schedule.key == row["key"]).values(values))


def schedules_of(connection: Connection, member: int) -> list[sa.RowMapping]:
    """Return a member's daily jobs: those whose key ends in their number and whose arguments name them."""
    query = sa.select(Schedule.__table__).where(Schedule.key.like(f"%:{member}"))
    return [row for row in connection.execute(query).mappings() if row["args"].get("member") == member]
