"""To forget a member: what is theirs goes, what the community counts stays without a person, their name goes too."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat.redact import Redaction
from bot.community.models import Member
from bot.db import Base
from bot.me.exporting import accounts
from bot.me.footprints import Footprint
from bot.me.graph import Where, lookups, member_tables, mention_columns, owned, owner_columns, parents
from bot.me.merging import schedules_of
from bot.work.models import Delivery, Schedule

DELETE, UNLINK, ORPHANS = "delete", "unlink", "orphans"


def forget(connection: Connection, member: int, footprints: Sequence[Footprint]) -> None:
    """Forget a member in the caller's unit of work, with the members that were merged into them.

    Afterwards no row refers to them, and neither their user ids nor their names stand in any message that is kept.
    Raises IntegrityError when a table was left out, and KeyError when one does not say how it forgets: then nothing is
    changed.
    """
    users = accounts(connection, member)
    redaction = Redaction(_names(connection, member, users, footprints), [user for _, user in users])
    merged = sa.select(Member.id).where(Member.merged_into == member)
    everyone = [*connection.execute(merged).scalars(), member]
    for each in everyone:
        _forget_rows(connection, each)
        keys = [row["key"] for row in schedules_of(connection, each)]
        connection.execute(sa.delete(Schedule).where(Schedule.key.in_(keys)))
    for platform, user in users:
        theirs = (Delivery.direct, Delivery.platform == platform, Delivery.place == user)
        connection.execute(sa.delete(Delivery).where(*theirs))
        for footprint in (each for each in footprints if each.platform == platform):
            footprint.forget(connection, user, redaction)
    _redact_deliveries(connection, redaction)
    for each in everyone:
        connection.execute(sa.delete(Member).where(Member.id == each))


def _names(
    connection: Connection, member: int, users: Sequence[tuple[str, str]], footprints: Sequence[Footprint]
) -> set[str]:
    query = sa.select(Member.name).where(sa.or_(Member.id == member, Member.merged_into == member))
    names = set(connection.execute(query).scalars())
    for platform, user in users:
        for footprint in (each for each in footprints if each.platform == platform):
            names.update(footprint.names(connection, user))
    return names


def _forget_rows(connection: Connection, member: int) -> None:
    """Delete or unlink every row of a member, children before parents."""
    mine = owned(member)
    doomed = _doomed(mine)
    pointed = _pointed_to(connection, doomed)
    for table in reversed(Base.metadata.sorted_tables):
        if table in doomed:
            _let_go(connection, table, doomed[table])
            connection.execute(sa.delete(table).where(doomed[table]))
        elif table in mine and table.info.get("forget") == UNLINK:
            _unlink(connection, table, mine[table])
    for table in member_tables():
        for column in mention_columns(table):
            connection.execute(sa.update(table).where(column == member).values({column.name: None}))
    for column, numbers in pointed.items():
        _delete_orphans(connection, column, numbers)


def _doomed(mine: Mapping[sa.Table, Where]) -> dict[sa.Table, Where]:
    """Return the tables whose rows of a member go, and which: what they own, and what belongs to a row that goes."""
    doomed: dict[sa.Table, Where] = {}
    for table, where in mine.items():
        if owner_columns(table):
            if table.info["forget"] == DELETE:
                doomed[table] = where
            continue
        above = [local.in_(sa.select(remote).where(doomed[remote.table])) for local, remote in parents(table, doomed)]
        if above and table.info.get("forget", DELETE) == DELETE:
            doomed[table] = sa.or_(*above)
    return doomed


def _let_go(connection: Connection, table: sa.Table, where: Where) -> None:
    """Let rows that stay no longer point to rows that go, wherever they may point nowhere."""
    for other in Base.metadata.sorted_tables:
        for column in other.columns:
            for key in column.foreign_keys:
                if key.column.table is table and column.nullable:
                    going = sa.select(key.column).where(where)
                    connection.execute(sa.update(other).where(column.in_(going)).values({column.name: None}))


def _unlink(connection: Connection, table: sa.Table, where: Where) -> None:
    values: dict[str, Any] = {column.name: None for column in owner_columns(table)}
    values |= dict.fromkeys(table.info.get("blank", ()), "")
    values |= dict.fromkeys(table.info.get("null", ()))
    if spared := table.info.get("spare"):
        name, column, value = spared
        values[name] = sa.case((table.c[column] == value, table.c[name]), else_=values[name])
    if values:
        connection.execute(sa.update(table).where(where).values(values))


def _pointed_to(connection: Connection, doomed: Mapping[sa.Table, Where]) -> dict[sa.Column[Any], set[Any]]:
    """Return what the rows that go point to, in tables that don't keep what nothing points to."""
    found: dict[sa.Column[Any], set[Any]] = {}
    for column, remote in lookups(doomed, "forget"):
        if remote.table.info["forget"] == ORPHANS:
            numbers = connection.execute(sa.select(column).where(doomed[column.table], column.is_not(None))).scalars()
            found.setdefault(remote, set()).update(numbers)
    return found


def _delete_orphans(connection: Connection, column: sa.Column[Any], numbers: set[Any]) -> None:
    pointing = [
        sa.select(local).where(local.is_not(None))
        for table in Base.metadata.sorted_tables
        for local in table.columns
        if any(key.column is column for key in local.foreign_keys)
    ]
    alone = sa.and_(column.in_(numbers), *(column.not_in(query) for query in pointing))
    connection.execute(sa.delete(column.table).where(alone))


def _redact_deliveries(connection: Connection, redaction: Redaction) -> None:
    """Take their names out of what was said, or is still to be said, to others."""
    body = sa.cast(Delivery.body, sa.String)
    held = [body.contains(word, autoescape=True) for word in redaction.as_json]
    if not held:
        return
    query = sa.select(Delivery.id, Delivery.body).where(sa.or_(*held))
    for row in connection.execute(query).all():
        changed = redaction.body(row.body)
        connection.execute(sa.update(Delivery).where(Delivery.id == row.id).values(body=changed))
