"""Takeover: each process holds a slot by a lock of PostgreSQL; who sees a slot without its holder takes up its work.

The lock lives as long as its connection, so a killed process frees its slot at once, and a machine that vanished after
`FREED_AFTER`. DBOS alone would leave a dead process's jobs pending for ever (it sells that part).
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence

import psycopg
from sqlalchemy.engine import make_url

log = logging.getLogger(__name__)

LOCK = 0x52_75_6E_67
"""The first half of the lock's number: "Rung"."""
MOST = 64
LOOK_EVERY = 3.0
GLANCE_EVERY = 0.5
"""Seconds between two glances at which slots are held: what a killed process leaves goes on within a second of it."""
ANSWERS_WITHIN = 10.0
"""Seconds in which the lease connection must answer. A process must know that it lost its lease before another does."""
FREED_AFTER = 40
"""Seconds after which PostgreSQL lets go of a connection whose other end is silent; by default it waits for hours."""
PREFIX = "slot-"

Orphans = Callable[[], Awaitable[set[str]]]
Adopt = Callable[[str], Awaitable[None]]
Gone = Callable[[], None]


class Slots:
    """The slot of this process, and the watch over the others'."""

    def __init__(self, database_url: str, lost: Callable[[], None]) -> None:
        """Prepare; `lost` is called when the lease broke: this process must end, another goes on with its work."""
        url = make_url(database_url).set(drivername="postgresql")
        self._conninfo = url.render_as_string(hide_password=False)
        self._lost = lost
        self._lease: psycopg.AsyncConnection[tuple[bool]] | None = None
        self._mine = -1
        self._held: set[int] = set()
        self._watching: list[asyncio.Task[None]] = []

    async def take(self) -> str:
        """Take the first free slot and return its name. Raises RuntimeError when all are taken."""
        self._lease = await psycopg.AsyncConnection.connect(
            self._conninfo,
            autocommit=True,
            connect_timeout=int(ANSWERS_WITHIN),
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=2,
            tcp_user_timeout=int(ANSWERS_WITHIN * 1000),
        )
        # The server's side of it: three questions after half of the time, and an answer that nobody takes.
        idle, pause = FREED_AFTER // 2, FREED_AFTER // 6
        for name, value in (("idle", idle), ("interval", pause), ("count", 3)):
            await self._execute("SELECT set_config(%s, %s, false)", f"tcp_keepalives_{name}", str(value))
        await self._execute("SELECT set_config('tcp_user_timeout', %s, false)", str(FREED_AFTER * 1000))
        for number in range(MOST):
            if await self._try(number):
                self._mine = number
                return f"{PREFIX}{number}"
        raise RuntimeError(f"{MOST} processes of Rung run on this database already")

    def watch(self, orphans: Orphans, adopt: Adopt, gone: Gone) -> None:
        """Look every few seconds whether the lease stands, and whether an executor that has work is dead: adopt it.

        gone: called after a process ended, whatever of its work was adopted
        """
        loop = asyncio.get_running_loop()
        self._watching = [loop.create_task(self._keep()), loop.create_task(self._watch(orphans, adopt, gone))]

    async def leave_others(self) -> None:
        """Take over nobody's work any more; the lease is kept until it is released."""
        await self._end(self._watching[1:])

    async def release(self) -> None:
        """Give the slot back."""
        await self._end(self._watching)
        if self._lease is not None:
            await self._lease.close()

    async def _end(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep(self) -> None:
        while True:
            answer = asyncio.ensure_future(self._execute("SELECT true"))
            # Not `wait_for`: on a dead line the driver does not end a cancelled question either.
            await asyncio.wait({answer}, timeout=ANSWERS_WITHIN)
            if not answer.done() or answer.exception() is not None:
                answer.cancel()
                log.error("the lease connection broke; this process ends")
                self._lost()
                return
            await asyncio.sleep(LOOK_EVERY)

    async def _watch(self, orphans: Orphans, adopt: Adopt, gone: Gone) -> None:
        loop = asyncio.get_running_loop()
        looked = -LOOK_EVERY
        while True:
            try:
                somebody_left = await self._somebody_left()
                if somebody_left or loop.time() - looked >= LOOK_EVERY:
                    looked = loop.time()
                    await self._look(orphans, adopt)
                if somebody_left:
                    gone()
            except Exception:
                # The engine's look-up or the lease failed; the one is tried again, the other `_keep` sees.
                log.exception("looking for dead processes failed")
            await asyncio.sleep(min(GLANCE_EVERY, LOOK_EVERY))

    async def _somebody_left(self) -> bool:
        """Whether a slot that was held at the last glance is free by now."""
        if self._lease is None:
            raise RuntimeError("take a slot first")
        query = (
            "SELECT objid::int FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2 AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        async with self._lease.cursor() as cursor:
            await cursor.execute(query, [LOCK])
            held = {int(row[0]) for row in await cursor.fetchall()}
        left, self._held = self._held - held, held
        return bool(left)

    async def _look(self, orphans: Orphans, adopt: Adopt) -> None:
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

    async def _execute(self, query: str, *values: int | str) -> bool:
        if self._lease is None:
            raise RuntimeError("take a slot first")
        async with self._lease.cursor() as cursor:
            await cursor.execute(query.encode(), values)
            row = await cursor.fetchone()
        return bool(row and row[0])
