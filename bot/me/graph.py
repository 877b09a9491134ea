"""Which tables hold something of a member, found by their foreign keys: a new table is covered as soon as it is there.

A table says in `info` what becomes of its rows when a member asks to be forgotten:

    {"forget": "delete"}    rows of theirs go
    {"forget": "unlink", "blank": (columns set to ""), "null": (columns set to NULL)}    rows stay, without a person
    {"spare": (column, other, value)}    is not blanked where the other column has that value: nobody's words there
    {"forget": "orphans"}   a table that rows of theirs point to: what nothing points to any more goes
    {"owner": (columns)}    which member columns say whose row it is, where there are several
    {"export": (columns)}   a table that rows of theirs point to: what of it goes along in an export
    {"export": "secret"}    never goes into an export
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.community.models import Member
from bot.db import Base

MEMBER: sa.Table = Base.metadata.tables[Member.__tablename__]
Where = sa.ColumnElement[bool]
Merge = Callable[[Connection, int, int], None]
"""Settles what two members have together: the one who stays, the one who goes (ids)."""


def member_tables(metadata: sa.MetaData = Base.metadata) -> list[sa.Table]:
    """Return the tables with a column that refers to a member, but for the members' own."""
    return [table for table in metadata.sorted_tables if table is not MEMBER and member_columns(table)]


def member_columns(table: sa.Table) -> list[sa.Column[Any]]:
    """Return the columns that refer to a member."""
    return [c for c in table.columns if any(key.column is MEMBER.c.id for key in c.foreign_keys)]


def owner_columns(table: sa.Table) -> list[sa.Column[Any]]:
    """Return the member columns that say whose row it is; the others only mention a member (who decided, who set it).

    Declared by `owner`; else those that can't be empty; else, where all can, all of them.
    """
    if declared := table.info.get("owner"):
        return [table.c[name] for name in declared]
    columns = member_columns(table)
    return [c for c in columns if not c.nullable] or columns


def mention_columns(table: sa.Table) -> list[sa.Column[Any]]:
    """Return the member columns that only mention a member."""
    owners = owner_columns(table)
    return [c for c in member_columns(table) if c not in owners]


def owned(member: int, metadata: sa.MetaData = Base.metadata) -> Mapping[sa.Table, Where]:
    """Return every table with rows of a member, parents first, and the condition that finds these rows.

    Rows are theirs by an owner column, or, in a table without any, because they belong to a row that is.
    """
    found: dict[sa.Table, Where] = {}
    for table in metadata.sorted_tables:
        if table is MEMBER:
            continue
        conditions = [column == member for column in owner_columns(table)]
        if not conditions:
            conditions = [
                local.in_(sa.select(remote).where(found[remote.table])) for local, remote in parents(table, found)
            ]
        if conditions:
            found[table] = sa.or_(*conditions)
    return found


def parents(table: sa.Table, known: Mapping[sa.Table, Any]) -> Iterator[tuple[sa.Column[Any], sa.Column[Any]]]:
    """Yield the foreign keys of a table into known ones, not into itself: its column, and the one referred to."""
    for column in table.columns:
        for key in column.foreign_keys:
            if key.column.table in known and key.column.table is not table:
                yield column, key.column


def lookups(tables: Mapping[sa.Table, Any], key: str) -> Iterator[tuple[sa.Column[Any], sa.Column[Any]]]:
    """Yield the foreign keys of these tables into others that declare `key` in their info ("export", "forget")."""
    for table in tables:
        for column in table.columns:
            for foreign in column.foreign_keys:
                target = foreign.column.table
                if target not in tables and target is not MEMBER and key in target.info:
                    yield column, foreign.column


def undeclared(metadata: sa.MetaData = Base.metadata) -> list[str]:
    """Return the tables that refer to a member and don't say what is forgotten of them, or say it wrongly."""
    wrong = []
    for table in member_tables(metadata):
        how = table.info.get("forget")
        unlinked = owner_columns(table) if how == "unlink" else []
        if how not in {"delete", "unlink"}:
            wrong.append(f"{table.name}: no forget info")
        full = (column for column in (*unlinked, *mention_columns(table)) if not column.nullable)
        wrong += [f"{table.name}.{column.name}: can't be unlinked, for it can't be empty" for column in full]
        named = (*table.info.get("blank", ()), *table.info.get("null", ()), *table.info.get("owner", ()))
        named = (*named, *table.info.get("spare", ())[:2])
        wrong += [f"{table.name}.{name}: there is no such column" for name in named if name not in table.c]
    return wrong
