"""Many rows in one statement: the driver's own bulk insert, where Core would build a dictionary of binds for each row.

On SQLite one prepared statement with tuples; on PostgreSQL one INSERT from `unnest`, an array for each column, so that
500 rows are one round trip. Values go through the bind processors of their columns, as Core sends them.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.db import Base

Convert = Callable[[Any], Any]


def add_rows(connection: Connection, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, all with the columns of the first; columns that it leaves out get what the database gives them.

    Raises KeyError when a row lacks a column of the first. Defaults that only Python knows are not applied.
    """
    if not rows:
        return
    dialect = connection.dialect
    names = tuple(rows[0])
    statement, converts = _plan(table, names, dialect)
    columns = [_converted([row[name] for row in rows], convert) for name, convert in zip(names, converts, strict=True)]
    insert_columns(connection, statement, columns)


def insert_columns(connection: Connection, statement: str, columns: Sequence[list[Any]]) -> None:
    """Run a driver's statement with values by column: a row at a time on SQLite, as arrays on PostgreSQL."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(statement, list(zip(*columns, strict=True)))
    else:
        connection.exec_driver_sql(statement, tuple(columns))


@lru_cache(maxsize=64)
def _plan(table: type[Base], names: tuple[str, ...], dialect: sa.Dialect) -> tuple[str, tuple[Convert | None, ...]]:
    """Return the driver's statement, and how each column's values are converted."""
    columns = [table.__table__.c[name] for name in names]
    quote = dialect.identifier_preparer.quote
    into = f"INSERT INTO {quote(table.__tablename__)} ({', '.join(map(quote, names))})"
    if dialect.name == "sqlite":
        statement = f"{into} VALUES ({', '.join('?' * len(names))})"
    else:
        types = (column.type.compile(dialect) for column in columns)
        arrays = ", ".join(f"${number}::{kind}[]" for number, kind in enumerate(types, 1))
        statement = f"{into} SELECT * FROM unnest({arrays})"  # noqa: S608 - names are those of our own columns
    return statement, tuple(column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns)


def _converted(values: list[Any], convert: Convert | None) -> list[Any]:
    if convert is None:
        return values
    first = values[0]
    if all(value is first for value in values):
        return [convert(first)] * len(values)  # the moment of the import, no reasons, no end: the same in every row
    return [convert(value) for value in values]
