"""Ratio 3: one unit of work (a read and a write in a transaction), CPU, against SQLAlchemy Core on the same driver."""

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, event

from benchmarks.rows import Row, alternate, ms
from bot.db import Database

COUNT = 2_000
table = sa.Table("counter", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.Integer))
_READ = sa.select(table.c.n).where(table.c.id == 1)


def _unit(connection: Connection) -> None:
    number = connection.execute(_READ).scalar_one()
    connection.execute(sa.update(table).where(table.c.id == 1).values(n=number + 1))


def run(*, quick: bool) -> list[Row]:
    rounds = 3 if quick else 12
    with tempfile.TemporaryDirectory() as folder:
        loop = asyncio.new_event_loop()
        database = Database(f"sqlite:///{Path(folder) / 'ours.sqlite'}")
        loop.run_until_complete(database.run(_prepare))
        engine = _bare(f"sqlite:///{Path(folder) / 'twin.sqlite'}")
        with engine.begin() as connection:
            _prepare(connection)
        thread = ThreadPoolExecutor(1)

        async def ours() -> None:
            for _ in range(COUNT):
                await database.run(_unit)

        def in_thread() -> None:
            with engine.begin() as connection:
                _unit(connection)

        async def twin() -> None:
            for _ in range(COUNT):
                await loop.run_in_executor(thread, in_thread)

        a, b = alternate(
            lambda: loop.run_until_complete(ours()), lambda: loop.run_until_complete(twin()), rounds, cpu=True
        )
        loop.run_until_complete(database.close())
        engine.dispose()
        thread.shutdown()
        loop.close()
    return [Row("3", "CPU of a unit of work, SQLite", ms(a / COUNT), ms(b / COUNT), a / b, "≤ 1.5", a / b <= 1.5)]


def _prepare(connection: Connection) -> None:
    table.metadata.create_all(connection)
    connection.execute(table.insert().values(id=1, n=0))


def _bare(url: str) -> sa.Engine:
    engine = sa.create_engine(url, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    return engine
