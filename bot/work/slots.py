"""Takeover: each process holds a slot by a lock of PostgreSQL; who sees a slot without its holder takes up its work.

The lock lives as long as its connection, so a killed process frees its slot at once. DBOS alone would leave a dead
process's jobs pending for ever (it sells that part).
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

import psycopg
from sqlalchemy.engine import make_url

log = logging.getLogger(__name__)

LOCK = 0x52_75_6E_67
"""The first half of the lock's number: "Rung"."""
MOST = 64
LOOK_EVERY = 3.0
PREFIX = "slot-"


class Slots:
    """The slot of this process, and the watch over the others'."""

    def __init__(self, database_url: str, lost: Callable[[], None]) -> None:
        url = make_url(database_url).set(drivername="postgresql")
        self._conninfo = url.render_as_string(hide_password=False)
        self._lost = lost
        self._lease: psycopg.AsyncConnection[tuple[bool]] | None = None
        self._mine = -1
        self._watching: asyncio.Task[None] | None = None

    async def take(self) -> str:
        """Take the first free slot and return its name. Raises RuntimeError when all are taken."""
        self._lease = await psycopg.AsyncConnection.connect(
            self._conninfo, autocommit=True, keepalives_idle=10, keepalives_interval=5, keepalives_count=3
        )
        for number in range(MOST):
            if await self._try(number):
                self._mine = number
                return f"{PREFIX}{number}"
        raise RuntimeError(f"{MOST} processes of Rung run on this database already")

    def watch(self, orphans: Callable[[], Awaitable[set[str]]], adopt: Callable[[str], Awaitable[None]]) -> None:
        """Look every few seconds whether an executor that has work is dead, and adopt its work."""
        self._watching = asyncio.get_running_loop().create_task(self._watch(orphans, adopt))

    async def release(self) -> None:
        """Give the slot back."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        if self._lease is not None:
            await self._lease.close()

    async def _watch(self, orphans: Callable[[], Awaitable[set[str]]], adopt: Callable[[str], Awaitable[None]]) -> None:
        while True:
            try:
                await self._look(orphans, adopt)
            except psycopg.OperationalError:
                log.exception("the lease connection broke; this process ends")
                self._lost()
                return
            except Exception:
                # The engine's own look-up failed: it is tried again, and the lease still stands.
                log.exception("looking for dead processes failed")
            await asyncio.sleep(LOOK_EVERY)

    async def _look(self, orphans: Callable[[], Awaitable[set[str]]], adopt: Callable[[str], Awaitable[None]]) -> None:
        await self._execute("SELECT true")
        for executor in sorted(await orphans()):
            number = executor.removeprefix(PREFIX)
            if not number.isdecimal() or int(number) == self._mine or not await self._try(int(number)):
                continue
            try:
                await adopt(executor)
            finally:
                with contextlib.suppress(psycopg.OperationalError):
                    await self._execute("SELECT pg_advisory_unlock(%s, %s)", LOCK, int(number))

    async def _try(self, number: int) -> bool:
        return await self._execute("SELECT pg_try_advisory_lock(%s, %s)", LOCK, number)

    async def _execute(self, query: str, *values: int) -> bool:
        if self._lease is None:
            raise RuntimeError("take a slot first")
        async with self._lease.cursor() as cursor:
            await cursor.execute(query.encode(), values)
            row = await cursor.fetchone()
        return bool(row and row[0])
