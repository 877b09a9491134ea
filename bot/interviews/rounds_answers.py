"""Answers: taken by a form or from the thread, changed until time is up, and none of them lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import BadInput, NotAllowed
from bot.chat.platform import Platform
from bot.db import Database, upsert
from bot.interviews.bank import Question
from bot.interviews.rounds_machine import ENDED, Phase, State, accepts, may_join
from bot.interviews.rounds_models import Round, RoundAnswer, RoundPlace, RoundSeat
from bot.interviews.rounds_rows import hurry, lock, opener, question_of, state_of, view_of
from bot.interviews.rounds_timers import Timers
from bot.interviews.rounds_views import RoundView
from bot.work.deliveries import Deliveries

LONGEST = 3_000
"""Characters of an answer by a form: as many as one takes on every platform."""
LONGEST_OPEN = 6_000
"""Characters of an answer in a thread: as many as the graders read."""
LATE = "Time is up for this question. The next one is in the thread soon."


@dataclass(frozen=True, slots=True)
class Asked:
    """A question under way, and what a member answered to it so far."""

    view: RoundView
    question: Question
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A message in a thread: where it stands, who wrote it, and its words."""

    workspace: int
    thread: str
    parent: str
    member: int
    message: str
    text: str


class Hearing(Enum):
    """What became of a message in a thread."""

    PASSED_OVER = auto()
    TAKEN = auto()
    TOO_LONG = auto()
    """With it the answer would be longer than is read; what was written before stays."""


class Answers:
    """Takes answers."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        timers: Timers,
        platforms: Mapping[str, Platform],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._timers = timers
        self._platforms = platforms
        self._clock = clock

    async def asked(self, member: int, community: int, number: int, position: int) -> Asked:
        """Return a question to be answered. Raises NotFound, and NotAllowed when it is too late or not theirs."""

        def work(connection: Connection) -> Asked:
            view = view_of(connection, number, community)
            if view.phase is not Phase.ASKING or view.position != position:
                raise NotAllowed(LATE)
            if view.is_open:
                raise NotAllowed("Answers are open in this round: write yours in its thread.")
            if view.seat_of(member) is None:
                check_joining(view)
            query = sa.select(RoundAnswer.text).where(*_at(number, position), RoundAnswer.member_id == member)
            return Asked(view, question_of(connection, number, position), connection.execute(query).scalar() or "")

        return await self._database.read(work)

    async def answer(self, member: int, community: int, number: int, position: int, text: str) -> RoundView:
        """Keep an answer; one that was given before is changed, and who had not joined does so by it.

        Raises NotFound, BadInput when it is too long, and NotAllowed when it is too late.
        """
        check_length(text)

        def work(connection: Connection) -> tuple[RoundView, bool]:
            row = lock(connection, number, community)
            state = state_of(connection, row)
            if row.position != position or not accepts(state, self._clock(), self._timers.pace):
                raise NotAllowed(LATE)
            take_seat(connection, row, member, self._clock())
            keep_answer(connection, number, position, member, text, at=self._clock())
            return view_of(connection, number), self._all_said(connection, number)

        view, everybody = await self._database.run(work)
        if everybody:
            await self._timers.wake(number)
        return view

    async def hear(self, heard: Heard) -> Hearing:
        """Take a message in the thread of an open round as its writer's answer, or as more of it.

        Participants' messages are taken while a question is open to them.
        """
        number = await self._round_of(heard)
        if number is None:
            return Hearing.PASSED_OVER

        def work(connection: Connection) -> tuple[Hearing, bool]:
            state = state_of(connection, lock(connection, number))
            view = view_of(connection, number)
            if heard.member not in view.asked() or not accepts(state, self._clock(), self._timers.pace):
                return Hearing.PASSED_OVER, False
            return self._add(connection, view, heard), self._all_said(connection, number)

        taken, everybody = await self._database.run(work)
        if taken is Hearing.TAKEN and everybody:
            await self._timers.wake(number)
        return taken

    def _add(self, connection: Connection, view: RoundView, heard: Heard) -> Hearing:
        query = sa.select(RoundAnswer.text, RoundAnswer.heard).where(
            *_at(view.number, view.position), RoundAnswer.member_id == heard.member
        )
        before = connection.execute(query).one_or_none()
        known = list(before.heard) if before else []
        if heard.message in known:
            return Hearing.PASSED_OVER
        text = "\n".join(part for part in (before.text if before else "", heard.text.strip()) if part)
        if len(text) > LONGEST_OPEN:
            return Hearing.TOO_LONG
        keep_answer(
            connection,
            view.number,
            view.position,
            heard.member,
            text,
            at=self._clock(),
            heard=[*known, heard.message],
        )
        return Hearing.TAKEN

    def _all_said(self, connection: Connection, number: int) -> bool:
        """Whether everybody answered; then the round looks whether it may go on."""
        row = lock(connection, number)
        state: State = state_of(connection, row)
        everybody = state.phase is Phase.ASKING and 0 < state.seated <= state.answered
        if everybody:
            hurry(connection, number, self._clock())
        return everybody

    async def _round_of(self, heard: Heard) -> int | None:
        """Return the open round under way in whose thread a message stands."""
        query = (
            sa.select(Round.id)
            .join(RoundPlace, RoundPlace.round_id == Round.id)
            .where(RoundPlace.workspace_id == heard.workspace, RoundPlace.place == heard.parent)
            .where(Round.phase == Phase.ASKING.value, Round.is_open)
        )
        for number in await self._database.read(lambda c: c.execute(query).scalars().all()):
            threads = await self._deliveries.threads(opener(number), self._platforms)
            if any(thread.place == heard.thread for thread in threads):
                return number
        return None


def check_length(text: str) -> None:
    """Raise BadInput for an answer by a form that is too long."""
    if len(text) > LONGEST:
        raise BadInput(f"An answer has at most {LONGEST:,} characters; yours has {len(text):,}.", field="text")


def keep_answer(
    connection: Connection,
    number: int,
    position: int,
    member: int,
    text: str,
    *,
    at: datetime,
    heard: list[str] | None = None,
) -> None:
    """Write an answer down, over what was there."""
    values: dict[str, Any] = {"text": text, "answered_at": at, "heard": heard or []}
    statement = upsert(connection, RoundAnswer).values(
        round_id=number, position=position, member_id=member, grade=None, graded_at=None, **values
    )
    keys = ["round_id", "position", "member_id"]
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))


def take_seat(connection: Connection, row: Any, member: int, at: datetime) -> bool:
    """Have a member take part from the question under way on; returns whether they did not before.

    Raises NotAllowed when it is too late.
    """
    query = sa.select(RoundSeat.id).where(RoundSeat.round_id == row.id, RoundSeat.member_id == member)
    if connection.execute(query).first() is not None:
        return False
    check_joining(view_of(connection, row.id))
    since = row.position if row.phase == Phase.ASKING else row.position + 1
    values = {"round_id": row.id, "member_id": member, "since": since, "joined_at": at}
    connection.execute(sa.insert(RoundSeat).values(values))
    return True


def check_joining(view: RoundView) -> None:
    """Raise NotAllowed when nobody may come in any more."""
    if view.is_pair:
        raise NotAllowed("This is a round of two. `/interview pair` begins one of your own.")
    if view.phase in ENDED:
        raise NotAllowed("This round is over. `/interview start` begins another.")
    if not may_join(view.phase, view.position, view.questions):
        raise NotAllowed("This round is at its last question, too late to join. `/interview start` begins another.")


def _at(number: int, position: int) -> tuple[sa.ColumnElement[bool], ...]:
    return RoundAnswer.round_id == number, RoundAnswer.position == position
