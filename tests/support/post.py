"""Deliveries over the engine's twin and a platform in memory."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.chat import Reply
from bot.chat.platform import Address, Platform
from bot.db import Database
from bot.work.courier import Courier
from bot.work.deliveries import JOB, Deliveries, Trouble, counts_by_state
from bot.work.memory_engine import MemoryEngine
from bot.work.models import Delivery
from tests.support.fake_platform import FakePlatform

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Post:
    """What is planned is handed out, brought and noted; what a courier tells of is kept."""

    def __init__(self, database: Database, patience: float = 300.0) -> None:
        self.database = database
        self.engine = MemoryEngine(START)
        self.platform = FakePlatform()
        self.deliveries = Deliveries(database, self.engine, self.engine.clock)
        self.troubles: list[tuple[str, str]] = []
        self.reached: list[str] = []
        platforms: dict[str, Platform] = {"fake": self.platform}
        self.courier = Courier(database, platforms, self.engine.clock, self._trouble, self._sent, patience=patience)
        self.engine.job(JOB, self.courier.deliver)
        self.engine.every_minute(self._minutely)

    async def _minutely(self) -> None:
        await self.deliveries.dispatch()

    async def _trouble(self, to: Address, kind: Trouble) -> None:
        self.troubles.append((to.place, kind))

    async def _sent(self, to: Address) -> None:
        self.reached.append(to.place)

    async def say(self, what: str, *places: str, reply: Reply | None = None, platform: str = "fake") -> int:
        addresses = [Address(platform, "w", place) for place in places]
        planned = await self.database.run(
            lambda c: self.deliveries.plan(c, what, addresses, reply or Reply("hello"), community=1)
        )
        await self.go()
        return planned

    async def go(self) -> None:
        """Hand out what is due, and bring it."""
        await self.deliveries.dispatch()
        await self.engine.settle()

    async def revise(self, what: str, reply: Reply) -> None:
        await self.database.run(lambda c: self.deliveries.revise(c, what, reply))

    async def leave(self, **values: Any) -> None:
        """Leave the rows as a process does that was killed while it sent them, in the batch `b`."""
        left = {"state": "sending", "due": True, "batch": "b", "claimed_by": "b", "claimed_at": START, "message": ""}
        await self.database.run(lambda c: c.execute(sa.update(Delivery).values({**left, **values})))

    async def take_up(self) -> None:
        """Run the batch `b` again, as the engine does after a crash."""
        await self.engine.enqueue("b", JOB, {"batch": "b"})
        await self.engine.settle()

    async def counts(self) -> dict[str, int]:
        return await self.database.read(counts_by_state)

    async def row(self, place: str) -> sa.Row[Any]:
        return await self.database.read(lambda c: c.execute(sa.select(Delivery).where(Delivery.place == place)).one())
