"""Deliveries: what is said without being asked, once in each place, whatever crashes.

A delivery is a row, unique on what and where, planned in the unit of work that decides it. Due rows are handed to jobs
in batches. A job claims a row before it sends, and notes the message's id after; run again after a crash it finds what
it had claimed, and looks in the place before it says it again.
"""

import asyncio
import hashlib
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat.codec import encode
from bot.chat.platform import Address, Platform
from bot.chat.reply import Reply
from bot.db import Database, upsert
from bot.work.engine import Engine
from bot.work.models import Delivery

JOB = "work.deliver"
BATCH = 50
"""Places of one job: measured at 242 to 310 posts a second, against 77 to 153 with a job for each."""
AT_MOST = BATCH * 20
"""Deliveries that one unit of work hands out; when it found so many, there may be more."""
ABANDONED = timedelta(minutes=10)
"""What a job did not bring by then, counted from its last claim, is handed out again; claimed rows are looked for."""

Trouble = Literal["gone", "forbidden"]
OnTrouble = Callable[[Address, Trouble], Awaitable[None]]
OnSent = Callable[[Address], Awaitable[None]]


class Deliveries:
    """Plans deliveries and hands out those that are due."""

    def __init__(self, database: Database, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._engine = engine
        self._clock = clock
        self._kicked: asyncio.Task[None] | None = None
        self._again = False

    def plan(
        self,
        connection: Connection,
        what: str,
        addresses: Iterable[Address],
        reply: Reply,
        *,
        community: int | None,
        under: str = "",
    ) -> int:
        """Plan one message in each place, in the caller's unit of work; returns how many are new.

        under: the `what` of a message of the same place, planned before or with it, whose reply opens a thread: it goes
        there, once that one stands
        Call `kick` after it: else the minutely tick finds them. What was planned before under that name stays as it is.
        """
        now = self._clock()
        common = {"what": what, "community": community, "state": "planned", "body": encode(reply), "version": 1}
        common |= {
            "under": under,
            "sent_version": 0,
            "due": True,
            "attempts": 0,
            "refusals": 0,
            "message": "",
            "error": "",
        }
        common |= {"not_before": now, "created_at": now}
        rows = [{**common, **asdict(to)} for to in addresses]
        if not rows:
            return 0
        statement = upsert(connection, Delivery).on_conflict_do_nothing(
            index_elements=["what", "platform", "workspace", "place"]
        )
        before = _count(connection, what)
        connection.execute(statement, rows)
        return _count(connection, what) - before

    def revise(self, connection: Connection, what: str, reply: Reply) -> None:
        """Say something else where it was said: sent messages are edited, planned ones are sent as they are now."""
        # Not any sooner: who waits because the platform asked for it waits as long.
        values = {"body": encode(reply), "version": Delivery.version + 1, "due": True}
        statement = sa.update(Delivery).where(Delivery.what == what, Delivery.state != "failed")
        connection.execute(statement.values(values))

    def kick(self) -> None:
        """Hand out what is due, soon and in the background; calls that come together are one."""
        self._again = True
        if self._kicked is None or self._kicked.done():
            self._kicked = asyncio.get_running_loop().create_task(self._keep_dispatching())

    async def close(self) -> None:
        """Let a handing out under way come to its end, so that none uses the database while it closes."""
        self._again = False
        if self._kicked is not None and not self._kicked.done():
            await asyncio.wait({self._kicked})

    async def _keep_dispatching(self) -> None:
        while self._again:
            self._again = False
            await self.dispatch()

    async def next_due(self) -> datetime | None:
        """Return when the next delivery is due, or handed out again because its job was heard of no more."""
        free = sa.select(sa.func.min(Delivery.not_before)).where(Delivery.due, Delivery.batch.is_(None))
        held = sa.select(sa.func.min(Delivery.batched_at)).where(Delivery.due, Delivery.batch.is_not(None))

        def work(connection: Connection) -> datetime | None:
            batched = connection.execute(held).scalar()
            moments = (connection.execute(free).scalar(), batched + ABANDONED if batched else None)
            return min((moment for moment in moments if moment is not None), default=None)

        return await self._database.read(work)

    async def dispatch(self) -> int:
        """Hand all due deliveries to jobs, in batches; returns how many there were."""
        handed, more = 0, True
        while more:
            batches = await self._database.run(self._hand_out)
            for key, count in batches.items():
                await self._engine.enqueue(key, JOB, {"batch": key})
                handed += count
            more = sum(batches.values()) == AT_MOST
        await self._enqueue_forgotten()
        return handed

    async def _enqueue_forgotten(self) -> None:
        """Enqueue again what was handed out: after a crash just then the job is missing, else the key does nothing."""
        query = sa.select(Delivery.batch).where(Delivery.due, Delivery.batch.is_not(None)).distinct().limit(1_000)
        for key in await self._database.read(lambda c: c.execute(query).scalars().all()):
            await self._engine.enqueue(str(key), JOB, {"batch": key})

    def _hand_out(self, connection: Connection) -> dict[str, int]:
        now = self._clock()
        free = sa.or_(Delivery.batch.is_(None), Delivery.batched_at < now - ABANDONED)
        query = (
            sa.select(Delivery.id)
            .where(Delivery.due, Delivery.not_before <= now, free)
            .order_by(Delivery.platform, Delivery.id)
            .limit(AT_MOST)
            .with_for_update(skip_locked=True)
        )
        numbers = list(connection.execute(query).scalars())
        batches: dict[str, int] = {}
        for start in range(0, len(numbers), BATCH):
            some = numbers[start : start + BATCH]
            key = f"deliver:{secrets.token_hex(8)}"
            statement = sa.update(Delivery).where(Delivery.id.in_(some)).values(batch=key, batched_at=now)
            connection.execute(statement)
            batches[key] = len(some)
        return batches

    async def sent(self, what: str) -> list[tuple[Address, str]]:
        """Return where it was said: the places that were planned, and the message's id in each."""
        query = sa.select(Delivery).where(Delivery.what == what, Delivery.state == "sent").order_by(Delivery.id)
        rows = await self._database.read(lambda c: c.execute(query).all())
        return [(Address(row.platform, row.workspace, row.place, row.direct), row.message) for row in rows]

    async def threads(self, what: str, platforms: Mapping[str, Platform]) -> list[Address]:
        """Return the threads under what was said, of the platforms that are given."""
        found = await self.sent(what)
        return [platforms[to.platform].thread(to, message) for to, message in found if to.platform in platforms]

    async def counts(self) -> Mapping[str, int]:
        """Return how many deliveries are in each state, for operators."""
        return await self._database.read(counts_by_state)

    async def forget(self, days: int) -> int:
        """Delete deliveries that ended more than so many days ago; returns how many."""
        before = self._clock() - timedelta(days=days)
        statement = sa.delete(Delivery).where(Delivery.due.is_(False), Delivery.created_at < before)
        return await self._database.run(lambda c: c.execute(statement).rowcount)


def counts_by_state(connection: Connection) -> dict[str, int]:
    """Return how many deliveries are in each state."""
    query = sa.select(Delivery.state, sa.func.count().label("number")).group_by(Delivery.state)
    return {row.state: row.number for row in connection.execute(query)}


def delivery_key(what: str, address: Address) -> str:
    """Return the name of a delivery for the platform: 24 characters, the same after every crash."""
    text = f"{what}\n{address.platform}\n{address.workspace}\n{address.place}"
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _count(connection: Connection, what: str) -> int:
    query: sa.Select[Any] = sa.select(sa.func.count()).select_from(Delivery).where(Delivery.what == what)
    return int(connection.execute(query).scalar_one())
