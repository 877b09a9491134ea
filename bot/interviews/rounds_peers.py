"""What participants see of the answers that they score, and what they tick."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import NotAllowed, NotFound
from bot.db import Database
from bot.interviews.bank import Question
from bot.interviews.rounds_machine import Phase
from bot.interviews.rounds_models import RoundAnswer, RoundReview
from bot.interviews.rounds_rows import hurry, lock, open_reviews, question_of, view_of
from bot.interviews.rounds_timers import Timers
from bot.interviews.rounds_views import RoundView


@dataclass(frozen=True, slots=True)
class Sheet:
    """An answer to score: its rubric, what is ticked so far, and how many wait after it."""

    review: int
    view: RoundView
    position: int
    question: Question
    text: str
    ticks: frozenset[int]
    number: int
    """Which of the reviewer's answers it is, from 1."""
    of: int
    done: bool


class Peers:
    """Shows participants the answers that they score, and takes their ticks."""

    def __init__(self, database: Database, timers: Timers, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._timers = timers
        self._clock = clock

    async def next_sheet(self, member: int, number: int, position: int) -> Sheet | None:
        """Return the first answer to a question that a member has not scored yet; None when all are.

        Raises NotFound when none was handed to them.
        """

        def work(connection: Connection) -> Sheet | None:
            mine = _reviews(connection, member, number, position)
            if not mine:
                raise NotFound("There is nothing for you to score here: who answered a question scores some others.")
            left = next((row for row in mine if row.done_at is None), None)
            return left and _sheet(connection, left, mine)

        return await self._database.read(work)

    async def tick(self, member: int, review: int, point: int) -> Sheet:
        """Turn the tick at a key point on or off. Raises NotFound, and NotAllowed when it is done or too late."""

        def work(connection: Connection) -> Sheet:
            row, question = self._open_review(connection, member, review)
            ticks = set(row.ticks) ^ ({point} & set(range(len(question.points))))
            connection.execute(sa.update(RoundReview).where(RoundReview.id == review).values(ticks=sorted(ticks)))
            mine = _reviews(connection, member, row.round_id, row.position)
            return _sheet(connection, next(each for each in mine if each.id == review), mine)

        return await self._database.run(work)

    async def done(self, member: int, review: int) -> tuple[int, int]:
        """Keep a review as it is ticked; returns the round and the question's position.

        When it was the last that was waited for the round goes on. Raises NotFound and NotAllowed.
        """

        def work(connection: Connection) -> tuple[int, int, bool]:
            row, _ = self._open_review(connection, member, review)
            now = self._clock()
            connection.execute(sa.update(RoundReview).where(RoundReview.id == review).values(done_at=now))
            last = open_reviews(connection, row.round_id, row.position) == 0
            if last:
                hurry(connection, row.round_id, now)
            return row.round_id, row.position, last

        number, position, last = await self._database.run(work)
        if last:
            await self._timers.wake(number)
        return number, position

    def _open_review(self, connection: Connection, member: int, review: int) -> tuple[Any, Question]:
        query = (
            sa.select(RoundReview.ticks, RoundReview.done_at, RoundAnswer.round_id, RoundAnswer.position)
            .join(RoundAnswer, RoundAnswer.id == RoundReview.answer_id)
            .where(RoundReview.id == review, RoundReview.reviewer_id == member)
        )
        found = connection.execute(query).one_or_none()
        if found is None:
            raise NotFound("That is not one of the answers that you score.")
        held = lock(connection, found.round_id)
        row = connection.execute(query).one()  # as it is now that nobody else changes it
        view = view_of(connection, row.round_id)
        wanted = Phase.ASKING if view.is_pair else Phase.SCORING
        if row.done_at is not None or held.position != row.position or held.phase != wanted:
            raise NotAllowed("The time to score this answer is over. Thank you for what you did.")
        return row, question_of(connection, row.round_id, row.position)


def _reviews(connection: Connection, member: int, number: int, position: int) -> Sequence[Any]:
    query = (
        sa.select(RoundReview.__table__, RoundAnswer.text, RoundAnswer.round_id, RoundAnswer.position)
        .join(RoundAnswer, RoundAnswer.id == RoundReview.answer_id)
        .where(RoundAnswer.round_id == number, RoundAnswer.position == position, RoundReview.reviewer_id == member)
        .order_by(RoundReview.place)
    )
    return connection.execute(query).all()


def _sheet(connection: Connection, row: Any, mine: Sequence[Any]) -> Sheet:
    return Sheet(
        row.id,
        view_of(connection, row.round_id),
        row.position,
        question_of(connection, row.round_id, row.position),
        row.text,
        frozenset(row.ticks),
        next(number for number, each in enumerate(mine, start=1) if each.id == row.id),
        len(mine),
        row.done_at is not None,
    )
