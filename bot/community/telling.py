"""Private words to a member, each once, and only of the kinds that they want."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import Reply
from bot.community.directory import community_of_member, direct_address
from bot.community.models import NotificationChoice
from bot.db import Database, upsert
from bot.work.deliveries import Deliveries


class Notification(StrEnum):
    """What a member may be told of without asking; each can be turned off; all but DAILY_QUESTION are on at first."""

    LEADS = "leads"
    CLOSED_LEADS = "closed_leads"
    FOLLOW_UPS = "follow_ups"
    DEADLINES = "deadlines"
    GOALS = "goals"
    PODS = "pods"
    ROUNDS = "rounds"
    DAILY_QUESTION = "daily_question"


_OFF_AT_FIRST = frozenset({Notification.DAILY_QUESTION})

Heed = Callable[[int, Notification, bool], Awaitable[None]]
"""Told of a member (id) that they want to be told of a kind of thing, or no longer."""


class Teller:
    """Plans private messages."""

    def __init__(self, database: Database, deliveries: Deliveries, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._deliveries = deliveries
        self._clock = clock
        self.heeds: list[Heed] = []
        """Rooms that do something when a member chooses what to be told of; they add themselves."""

    async def tell(self, what: str, member: int, reply: Reply, kind: Notification | None = None) -> bool:
        """Say something to a member privately, once for `what`; returns whether it is planned now.

        Not said when they turned the kind off, and unheard when they have no account left. `kind` None is for answers
        to what they did themselves, which can't be turned off.
        """
        planned = await self._database.run(lambda c: self.plan(c, what, member, reply, kind))
        if planned:
            self.kick()
        return planned

    def kick(self) -> None:
        """Bring what was planned at once, not with the next tick."""
        self._deliveries.kick()

    async def choices(self, member: int) -> dict[Notification, bool]:
        """Return of every kind of thing whether a member wants to be told of it."""
        return await self._database.read(lambda c: {kind: wants(c, member, kind) for kind in Notification})

    async def choose(self, member: int, kind: Notification, *, wanted: bool) -> None:
        """Keep whether a member wants to be told of a kind of thing."""
        await self._database.run(lambda c: choose(c, member, kind, wanted=wanted))
        for heed in self.heeds:
            await heed(member, kind, wanted)

    def plan(
        self, connection: Connection, what: str, member: int, reply: Reply, kind: Notification | None = None
    ) -> bool:
        """Do the same in the caller's unit of work; the minutely tick brings it, `kick` sooner."""
        if kind is not None and not wants(connection, member, kind):
            return False
        address = direct_address(connection, member)
        if address is None:
            return False
        community = community_of_member(connection, member)
        return self._deliveries.plan(connection, what, [address], reply, community=community) > 0


def wants(connection: Connection, member: int, kind: Notification) -> bool:
    """Return whether a member wants to be told of a kind of thing."""
    query = sa.select(NotificationChoice.wanted).where(
        NotificationChoice.member_id == member, NotificationChoice.kind == kind.value
    )
    chosen = connection.execute(query).scalar_one_or_none()
    return kind not in _OFF_AT_FIRST if chosen is None else chosen


def choose(connection: Connection, member: int, kind: Notification, *, wanted: bool) -> None:
    """Keep whether a member wants to be told of a kind of thing."""
    statement = upsert(connection, NotificationChoice).values(member_id=member, kind=kind.value, wanted=wanted)
    connection.execute(statement.on_conflict_do_update(index_elements=["member_id", "kind"], set_={"wanted": wanted}))
