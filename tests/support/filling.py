"""Rows in every table that holds something of a member, with words that can be found again wherever they stand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.db import Base
from bot.me.graph import MEMBER, member_columns, owned
from bot.schema import metadata

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MARK = "mrkz"
"""Every word of a member's own begins with it."""
_numbers = count(1)


class Filler:
    """Fills all tables for one member; parents that are nobody's are made as needed."""

    def __init__(self, connection: Connection, member: int, mark: str = MARK) -> None:
        self.connection = connection
        self.member = member
        self.marks: set[str] = set()
        self._mark = mark
        self._made: dict[sa.Table, Any] = {}

    def fill(self) -> None:
        """Make a row of the member in every table of the graph."""
        for table in owned(self.member):
            self._row(table)

    def _row(self, table: sa.Table) -> Any:
        """Return the key of a row of the table, made once."""
        if table is MEMBER:
            return self.member
        if table not in self._made:
            values = {c.name: self._value(table, c) for c in table.columns if not self._is_counted(c)}
            key = next(iter(table.primary_key.columns))
            statement = sa.insert(table).values(values).returning(key)
            self._made[table] = self.connection.execute(statement).scalar_one()
        return self._made[table]

    def _is_counted(self, column: sa.Column[Any]) -> bool:
        table = column.table
        return column.primary_key and len(table.primary_key.columns) == 1 and self._is_whole(column)

    def _is_whole(self, column: sa.Column[Any]) -> bool:
        return isinstance(column.type, sa.Integer) and not column.foreign_keys

    def _value(self, table: sa.Table, column: sa.Column[Any]) -> Any:
        if column in member_columns(table):
            # One who decided on a row of their own is fine for this: both columns must be dealt with.
            return self.member
        if key := next(iter(column.foreign_keys), None):
            return None if key.column.table is table else self._row(key.column.table)
        return self._plain(table, column)

    def _plain(self, table: sa.Table, column: sa.Column[Any]) -> Any:
        match column.type:
            case sa.Boolean():
                return True
            case sa.Float():
                return 0.5
            case sa.Integer():
                return 1
            case sa.Date():
                return date(2026, 11, 23)
            case sa.String():
                return self._word(table, column)
            case sa.JSON():
                word = self._word(table, column)
                return [word] if _is_list(table, column) else {"word": word}
            case sa.LargeBinary():
                return b"x"
            case _:
                return NOW

    def _word(self, table: sa.Table, column: sa.Column[Any]) -> str:
        """A word of the member's own where the table says that it is one, else one of nobody's."""
        how = table.info.get("forget")
        own = {"delete": True, "orphans": True, "unlink": column.name in _emptied(table)}.get(how or "", False)
        own = own or (how is None and table in owned(self.member))
        word = f"{self._mark if own else 'nobody'}-{table.name}-{column.name}-{next(_numbers)}"
        shown = table.info.get("export", (column.name,))
        if own and column.name in shown:
            self.marks.add(word)
        return word


def _emptied(table: sa.Table) -> set[str]:
    return {*table.info.get("blank", ()), *table.info.get("null", ())}


def _is_list(table: sa.Table, column: sa.Column[Any]) -> bool:
    cls = next(m.class_ for m in Base.registry.mappers if m.local_table is table)
    return "list" in str(cls.__annotations__.get(column.name, ""))


def everything(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield every value of the whole database as text, with the name of its column."""
    for table in metadata.sorted_tables:
        for row in connection.execute(sa.select(table)).mappings():
            for name, value in row.items():
                if value is not None:
                    yield f"{table.name}.{name}", value.decode("latin-1") if isinstance(value, bytes) else str(value)


def found(connection: Connection, *words: str) -> list[str]:
    """Return where any of the words stands, in whatever case."""
    lower = [word.lower() for word in words]
    values = ((where, text.lower()) for where, text in everything(connection))
    return sorted({f"{where}: {text[:80]}" for where, text in values if any(word in text for word in lower)})


def references(connection: Connection, member: int) -> list[str]:
    """Return the columns that refer to a member anywhere."""
    columns = [c for table in metadata.sorted_tables for c in member_columns(table) if table is not MEMBER]
    return [str(c) for c in columns if connection.execute(sa.select(c).where(c == member).limit(1)).first()]
