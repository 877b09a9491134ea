"""Units of work on both databases."""

import asyncio
import gc
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.db import Database, UtcDateTime, async_url

table = sa.Table("moment", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("at", UtcDateTime()))


async def test_a_unit_of_work_is_one_transaction(database: Database) -> None:
    await database.run(table.metadata.create_all)

    def fails(connection: Connection) -> None:
        connection.execute(table.insert().values(id=1, at=datetime(2026, 1, 1, tzinfo=UTC)))
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await database.run(fails)
    assert await database.read(lambda c: c.execute(sa.select(sa.func.count()).select_from(table)).scalar()) == 0


async def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    await database.run(table.metadata.create_all)
    berlin = datetime(2026, 6, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    await database.run(lambda c: c.execute(table.insert().values(id=1, at=berlin)))
    found = await database.read(lambda c: c.execute(sa.select(table.c.at)).scalar_one())
    assert found == berlin
    assert found.utcoffset() == timedelta(0)


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    await database.run(table.metadata.create_all)
    with pytest.raises(sa.exc.StatementError, match="without a zone"):
        await database.run(lambda c: c.execute(table.insert().values(id=1, at=datetime(2026, 1, 1))))  # noqa: DTZ001


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match="sqlite or postgresql"):
        async_url("mysql://x/y")


async def test_closing_waits_for_a_unit_that_was_cancelled(database_url: str) -> None:
    """On PostgreSQL its connection is given back by a task of its own, a moment after the cancelled one ended."""
    database = Database(database_url)
    slow = "SELECT pg_sleep(0.3)" if not database.is_sqlite else "SELECT 1"
    for _ in range(5):
        unit = asyncio.create_task(database.run(lambda c: c.execute(sa.text(slow)).all()))
        await asyncio.sleep(0.05)
        unit.cancel()
        await asyncio.gather(unit, return_exceptions=True)
    await database.close()
    gc.collect()  # a connection that nobody closed is told of here, which fails the test
