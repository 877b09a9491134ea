"""Budgets: how many tokens a member, a community and the whole bot may use on a day (UTC)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.db import Database
from bot.llm.models import ModelUse

_LOCK = 0x6D6F64656C
"""The number of the advisory lock on PostgreSQL under which budgets are looked at: any, but the same everywhere."""
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Spender:
    """For whom a call is made; None for nobody's: then only the bot's own budget counts."""

    community: int | None
    member: int | None


@dataclass(frozen=True, slots=True)
class Limits:
    """Tokens a day; 0 allows none."""

    member: int
    community: int
    all: int


@dataclass(frozen=True, slots=True)
class Prices:
    """Dollars for a million tokens."""

    read: float
    written: float

    def cost(self, read: int, written: int) -> int:
        """Return what tokens cost, in millionths of a dollar."""
        return round(read * self.read + written * self.written)


@dataclass(frozen=True, slots=True)
class Spent:
    """What was used in some days."""

    calls: int
    tokens: int
    dollars: float


@dataclass(frozen=True, slots=True)
class Reserved:
    """Tokens that are set aside for a call; given to `settle` with what it took."""

    row: int
    tokens: int


class Budget:
    """Keeps what is used within the limits. Calls under way count with the most that they may take."""

    def __init__(self, database: Database, clock: Callable[[], datetime], limits: Limits, prices: Prices) -> None:
        self._database = database
        self._clock = clock
        self._limits = limits
        self._prices = prices

    async def reserve(self, spender: Spender, tokens: int) -> Reserved | str:
        """Set tokens aside; returns instead, in words, whose budget of the day would be passed."""
        day = self._clock().date()

        def work(connection: Connection) -> Reserved | str:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            if over := self._over(connection, spender, day, tokens):
                return over
            values = {"day": day, "community_id": spender.community, "member_id": spender.member, "cost": 0}
            statement = sa.insert(ModelUse).values(**values, tokens=tokens).returning(ModelUse.id)
            return Reserved(connection.execute(statement).scalar_one(), tokens)

        return await self._database.run(work)

    async def settle(self, reserved: Reserved, read: int, written: int) -> None:
        """Note what a call took. A process that dies before leaves the reservation, the careful side."""
        values = {"tokens": read + written, "cost": self._prices.cost(read, written)}
        statement = sa.update(ModelUse).where(ModelUse.id == reserved.row).values(values)
        await self._database.run(lambda c: c.execute(statement))

    async def spent(self, days: int = 1) -> "Spent":
        """Return what was used in the last days, today among them."""
        today = self._clock().date()
        return await self._database.read(lambda c: spent(c, today, days))

    async def forget(self, days: int) -> None:
        """Let go of what was used longer ago."""
        before = self._clock().date() - timedelta(days=days)
        await self._database.run(lambda c: c.execute(sa.delete(ModelUse).where(ModelUse.day < before)))

    def _over(self, connection: Connection, spender: Spender, day: date, tokens: int) -> str:
        used = sa.select(sa.func.coalesce(sa.func.sum(ModelUse.tokens), 0)).where(ModelUse.day == day)
        limits: list[tuple[int, sa.ColumnElement[bool], str]] = [(self._limits.all, sa.true(), "the bot's")]
        if spender.community is not None:
            limits.insert(0, (self._limits.community, ModelUse.community_id == spender.community, "the community's"))
        if spender.member is not None:
            limits.insert(0, (self._limits.member, ModelUse.member_id == spender.member, "your"))
        for limit, condition, words in limits:
            if connection.execute(used.where(condition)).scalar_one() + tokens > limit:
                return f"{words} budget of the model for today is used up"
        return ""


def spent(connection: Connection, today: date, days: int = 1) -> Spent:
    """Return what was used in the last days, today among them."""
    query = sa.select(
        sa.func.count(),
        sa.func.coalesce(sa.func.sum(ModelUse.tokens), 0),
        sa.func.coalesce(sa.func.sum(ModelUse.cost), 0),
    ).where(ModelUse.day > today - timedelta(days=days))
    calls, tokens, cost = connection.execute(query).one()
    return Spent(calls, int(tokens), int(cost) / _MILLION)
