"""To join, begin and stop a round that is open."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import NotAllowed, NotFound
from bot.db import Database
from bot.interviews.rounds_answers import take_seat
from bot.interviews.rounds_machine import ENDED, Phase, may_join
from bot.interviews.rounds_models import Round
from bot.interviews.rounds_rows import hurry, lock, opener, view_of
from bot.interviews.rounds_timers import Timers
from bot.interviews.rounds_turns import TurnWords
from bot.interviews.rounds_views import PAIR, RoundView
from bot.work.deliveries import Deliveries


class Joining:
    """Lets people into rounds, and ends rounds early."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        timers: Timers,
        words: TurnWords,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._timers = timers
        self._words = words
        self._clock = clock

    async def joinable(self, community: int) -> list[RoundView]:
        """Return the rounds of a community that one can join, the newest first."""

        def work(connection: Connection) -> list[RoundView]:
            query = sa.select(Round.id).where(
                Round.community_id == community, Round.due_at.is_not(None), Round.kind != PAIR
            )
            views = [
                view_of(connection, number) for number in connection.execute(query.order_by(Round.id.desc())).scalars()
            ]
            return [view for view in views if may_join(view.phase, view.position, view.questions)]

        return await self._database.read(work)

    async def join(self, member: int, community: int, number: int) -> RoundView:
        """Have a member take part. Raises NotFound, and NotAllowed when it is too late."""

        def work(connection: Connection) -> RoundView:
            row = lock(connection, number, community)
            seated = take_seat(connection, row, member, self._clock())
            view = view_of(connection, number)
            if seated:
                self._deliveries.revise(connection, opener(number), self._words.opener(view))
            return view

        view = await self._database.run(work)
        self._deliveries.kick()
        return view

    async def begin(self, member: int, community: int, number: int) -> RoundView:
        """Ask the first question now. Raises NotAllowed for others than those who take part."""

        def work(connection: Connection) -> RoundView:
            row = lock(connection, number, community)
            view = view_of(connection, number)
            if view.is_pair:
                raise NotAllowed("It begins when who was invited accepts.")
            if view.seat_of(member) is None:
                raise NotAllowed("Join first, then you can have it begin.")
            if row.phase != Phase.GATHERING:
                raise NotAllowed("This round is under way already.")
            connection.execute(sa.update(Round).where(Round.id == number).values(closes_at=self._clock()))
            hurry(connection, number, self._clock())
            return view

        view = await self._database.run(work)
        await self._timers.wake(number)
        return view

    async def stop(self, member: int, number: int | None, community: int, *, organiser: bool) -> RoundView:
        """End a round after the question under way; without a number the member's own, or the only one there is.

        Raises NotFound when there is none, and NotAllowed for who neither began it nor is an organiser.
        """

        def work(connection: Connection) -> RoundView:
            found = number if number is not None else _stoppable(connection, member, community, organiser=organiser)
            row = lock(connection, found, community)
            if row.phase in ENDED:
                raise NotFound("This round is over already.")
            if member != row.host_id and not organiser and not _may_stop_pair(connection, row, member):
                raise NotAllowed("Only who began the round, or an organiser, can stop it.")
            connection.execute(sa.update(Round).where(Round.id == found).values(self._ending(row)))
            hurry(connection, found, self._clock())
            return view_of(connection, found)

        view = await self._database.run(work)
        await self._timers.wake(view.number)
        return view

    def _ending(self, row: Any) -> dict[str, Any]:
        """What a stop changes: before the first question all is called off, else this question is the last."""
        now = self._clock()
        if row.phase == Phase.GATHERING:
            return {"phase": Phase.CALLED_OFF.value, "ended_at": now}
        if row.phase == Phase.READING:
            until = now + self._timers.pace.closing
            return {"questions": row.position, "phase": Phase.CLOSING.value, "closes_at": until}
        return {"questions": row.position, "closes_at": now if row.phase != Phase.CLOSING else row.closes_at}


def _stoppable(connection: Connection, member: int, community: int, *, organiser: bool) -> int:
    query = sa.select(Round.id).where(Round.community_id == community, Round.due_at.is_not(None))
    mine = connection.execute(query.where(Round.host_id == member).order_by(Round.id.desc()).limit(1)).scalar()
    if mine is not None:
        return mine
    every = connection.execute(query.limit(2)).scalars().all()
    if organiser and len(every) == 1:
        return every[0]
    raise NotFound("You have no round under way. Each round's first message has a button that stops it.")


def _may_stop_pair(connection: Connection, row: Any, member: int) -> bool:
    return row.kind == PAIR and view_of(connection, row.id).seat_of(member) is not None
