"""The timers of rounds: which turn is due when, and that none is lost when a process dies."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.db import Database
from bot.interviews.rounds_machine import Pace, Phase
from bot.interviews.rounds_models import Round
from bot.interviews.rounds_rows import ungraded
from bot.work.engine import ROUNDS, Args, Engine, Run

TURN, GRADE, RESCUE, BRING = "rounds.turn", "rounds.grade", "rounds.rescue", "rounds.bring"
_RESCUED_AFTER = 2.0
_BROUGHT_AFTER = 6.0
"""A little more than what belongs in a thread waits for the message that opens it."""


@dataclass(frozen=True, slots=True)
class After:
    """How a round stands after a turn: what is to be seen to."""

    phase: Phase
    position: int
    turns: int
    due_at: datetime | None


class Timers:
    """Sets timers, and looks for those that were lost."""

    def __init__(self, database: Database, engine: Engine, clock: Callable[[], datetime], pace: Pace) -> None:
        self._database = database
        self._engine = engine
        self._clock = clock
        self.pace = pace

    async def wake(self, number: int) -> None:
        """Have a round look at once whether it may move on; after a unit of work that called `hurry`."""
        query = sa.select(Round.phase, Round.position, Round.turns, Round.due_at).where(Round.id == number)
        row = await self._database.read(lambda c: c.execute(query).one())
        await self.follow(number, After(Phase(row.phase), row.position, row.turns, row.due_at))

    async def insure(self, community: int) -> None:
        """Have the timers of a community's rounds be seen to in a moment; before a unit of work that begins one.

        A process that is killed after it and before `wake` leaves a round without a timer.
        """
        key = f"rounds:rescue:{secrets.token_hex(8)}"
        await self._engine.enqueue(key, RESCUE, {"community": community}, queue=ROUNDS, delay=_RESCUED_AFTER)

    async def bring_soon(self, number: int) -> None:
        """Have what waits for a round's first message be handed out in a moment, and not at the next full minute."""
        await self._engine.enqueue(f"round:{number}:bring", BRING, {}, queue=ROUNDS, delay=_BROUGHT_AFTER)

    async def rescue(self, run: Run, args: Args) -> None:
        """Set the timers that are missing of a community's rounds; those that are set stay."""
        del run
        query = sa.select(Round.id).where(Round.community_id == int(args["community"]), Round.due_at.is_not(None))
        for number in await self._database.read(lambda c: c.execute(query).scalars().all()):
            await self.wake(number)

    async def sweep(self) -> int:
        """Take up rounds whose turn is due; returns how many.

        Most have a timer that is just about to take it, and nothing comes of two. But a process that died between its
        unit of work and the timer leaves a round without one.
        """
        now = self._clock()
        query = sa.select(Round.id, Round.turns).where(Round.due_at < now)
        due = await self._database.read(lambda c: c.execute(query).all())
        for row in due:
            key = f"round:{row.id}:swept:{row.turns}:{now:%Y%m%d%H%M%S}"
            await self._engine.enqueue(key, TURN, {"round": row.id}, queue=ROUNDS)
        return len(due)

    async def next_sweep(self) -> datetime | None:
        """Return when the next turn of a round is due."""
        query = sa.select(sa.func.min(Round.due_at))
        return await self._database.read(lambda c: c.execute(query).scalar())

    async def follow(self, number: int, after: After) -> None:
        """Enqueue the grading of what is closed and has no grade, and the next turn; what was enqueued before stays.

        A question that is left ungraded until the end gets a second try.
        """
        for position in await self._database.read(lambda c: ungraded(c, number, after.phase, after.position)):
            again = ":again" if after.phase is Phase.CLOSING and position < after.position else ""
            args = {"round": number, "position": position}
            await self._engine.enqueue(f"round:{number}:grade:{position}{again}", GRADE, args, queue=ROUNDS)
        if after.due_at is not None:
            delay = max(0.0, (after.due_at - self._clock()).total_seconds())
            key = f"round:{number}:turn:{after.turns}"
            await self._engine.enqueue(key, TURN, {"round": number}, queue=ROUNDS, delay=delay)
