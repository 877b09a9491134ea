"""The database: one way to run a unit of work on SQLite and on PostgreSQL, the declarative base, portable types.

A unit of work is a plain function of a `Connection`, run in one transaction. On SQLite it runs in a worker thread, one
hop for the whole unit: the fast way on that driver (CPU 2.9x raw sqlite3, against 11x through aiosqlite). On PostgreSQL
the same function runs on asyncpg through `run_sync`. No unit of work may wait for anything but the database.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, TypeVar

import orjson
import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

T = TypeVar("T")

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_MS = 15_000
"""How long a unit of work waits for another process's write on SQLite."""
RETURNED_WITHIN = 10.0
"""Seconds for which closing waits for connections that are out on PostgreSQL."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time. Refuses naive times, which would mean something else on every machine."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Turn any aware time into UTC. Raises ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone can't be stored: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy passes it
        """Return an aware UTC time."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
"""JSON data: text on SQLite, JSONB on PostgreSQL."""

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A row's number; SQLite counts up only a column that is exactly INTEGER."""


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: UtcDateTime(),
        dict[str, Any]: Json,
        list[Any]: Json,
    }


def upsert(connection: Connection, table: Any) -> sqlite.Insert | postgresql.Insert:
    """Return the dialect's own INSERT for a table or mapped class, which knows `on_conflict_do_update`."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def async_url(url: str) -> str:
    """Return the address with the driver we use. Raises ValueError for another kind of database."""
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return parsed.set(drivername="sqlite+pysqlite").render_as_string(hide_password=False)
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)
        case other:
            raise ValueError(f"Rung runs on sqlite or postgresql, not on {other!r}")


class Database:
    """Runs units of work. Close it when done."""

    def __init__(self, url: str, *, pool: int = 10) -> None:
        self.url = async_url(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self._async: AsyncEngine | None = None
        if self.is_sqlite:
            self._writer = _sqlite_engine(self.url, "BEGIN IMMEDIATE")
            self._reader = _sqlite_engine(self.url, "BEGIN")
            self._write_thread = ThreadPoolExecutor(1, "rung-db-write")
            self._read_threads = ThreadPoolExecutor(2, "rung-db-read")
        else:
            self._async = create_async_engine(
                self.url, pool_size=pool, max_overflow=pool, json_serializer=_dumps, json_deserializer=orjson.loads
            )

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run a unit of work in one transaction: committed when it returns, rolled back when it raises."""
        if self._async is not None:
            async with self._async.begin() as connection:
                return await connection.run_sync(work)
        return await asyncio.get_running_loop().run_in_executor(self._write_thread, _unit, self._writer, work)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run a unit of work that only reads: on SQLite beside a running write, not behind it."""
        if self._async is not None:
            return await self.run(work)
        return await asyncio.get_running_loop().run_in_executor(self._read_threads, _unit, self._reader, work)

    async def close(self) -> None:
        """Let go of all connections, after the units of work under way."""
        if self._async is not None:
            await self._all_returned(self._async)
            await self._async.dispose()
            return
        # Not by the loop's own executor: the durable engine ends that one when it stops.
        with ThreadPoolExecutor(1, "rung-db-close") as closer:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(closer, self._write_thread.shutdown)
            await loop.run_in_executor(closer, self._read_threads.shutdown)
        self._writer.dispose()
        self._reader.dispose()

    async def _all_returned(self, engine: AsyncEngine) -> None:
        """Wait for connections that are still out: a unit that was cancelled gives its own back a moment later."""
        pool: Any = engine.pool  # the one that counts, which is the one that asyncpg gets
        end = asyncio.get_running_loop().time() + RETURNED_WITHIN
        while pool.checkedout() and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110 - the pool tells nobody
            await asyncio.sleep(0.01)


def _unit(engine: Engine, work: Callable[[Connection], T]) -> T:
    with engine.begin() as connection:
        return work(connection)


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


def _sqlite_engine(url: str, begin: str) -> Engine:
    engine = sa.create_engine(
        url,
        json_serializer=_dumps,
        json_deserializer=orjson.loads,
        connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver's own transactions begin too late (before the first write), so that a read could be out of date.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
