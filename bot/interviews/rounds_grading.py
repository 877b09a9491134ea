"""The answers of a round are graded: each once, whatever crashes, and told to nobody but who gave it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import NotFound, Reply
from bot.community.telling import Notification, Teller
from bot.db import Database
from bot.interviews.bank import Question
from bot.interviews.grading.grades import Grade, Graders
from bot.interviews.rounds_judged import PeerView, grade_of, peer_of
from bot.interviews.rounds_machine import Phase
from bot.interviews.rounds_models import RoundAnswer
from bot.interviews.rounds_rows import answers_at, hurry, lock, question_of, state_of, view_of
from bot.interviews.rounds_timers import Timers
from bot.interviews.rounds_views import RoundView
from bot.work.deliveries import Deliveries
from bot.work.engine import Args, Run

AT_ONCE = 4
"""Answers of a question that are graded at the same time."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a participant reads of an answer of theirs."""

    view: RoundView
    position: int
    question: Question
    text: str
    grade: Grade | None
    """None until it is graded."""
    peer: PeerView | None


class Grading:
    """Grades what was answered, and shows each participant their own feedback."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        teller: Teller,
        *,
        timers: Timers,
        graders: Graders,
        words: Callable[[Feedback], Reply],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._teller = teller
        self._timers = timers
        self._graders = graders
        self._words = words
        self._clock = clock

    async def grade(self, run: Run, args: Args) -> None:
        """Grade all answers to a question that are not graded yet; safe to run again after a crash.

        Raises, once every answer had its turn, an ExceptionGroup of what could not be graded.
        """
        del run
        number, position = int(args["round"]), int(args["position"])

        def work(connection: Connection) -> tuple[RoundView, Question, list[Any]]:
            rows = [row for row in answers_at(connection, number, position) if row.graded_at is None]
            return view_of(connection, number), question_of(connection, number, position), rows

        view, question, rows = await self._database.read(work)
        gate = asyncio.Semaphore(AT_ONCE)

        async def grade_one(row: Any) -> None:
            async with gate:
                grade = await self._graders.grade(question, row.text, member=row.member_id, community=view.community)
            await self._database.run(lambda c: self._keep(c, row.id, grade))
            self._deliveries.kick()

        outcomes = await asyncio.gather(*(grade_one(row) for row in rows), return_exceptions=True)
        await self._go_on(number)
        if errors := [outcome for outcome in outcomes if isinstance(outcome, Exception)]:
            raise ExceptionGroup(f"{len(errors)} of {len(rows)} answers of round {number}", errors)

    async def feedback(self, member: int, number: int, position: int) -> Feedback:
        """Return a member's own feedback. Raises NotFound when they gave no answer."""

        def work(connection: Connection) -> Feedback:
            query = sa.select(RoundAnswer.__table__).where(
                RoundAnswer.round_id == number, RoundAnswer.position == position, RoundAnswer.member_id == member
            )
            row = connection.execute(query).one_or_none()
            if row is None:
                raise NotFound("You did not answer this question, so there is no feedback of yours.")
            return feedback_of(connection, row)

        return await self._database.read(work)

    def _keep(self, connection: Connection, answer: int, grade: Grade) -> None:
        """Keep a grade unless there is one, and plan the words to who gave the answer."""
        held = sa.select(RoundAnswer.__table__).where(RoundAnswer.id == answer).with_for_update()
        row = connection.execute(held).one_or_none()
        if row is None or row.graded_at is not None:
            return
        values = {"grade": grade.as_json(), "graded_at": self._clock()}
        connection.execute(sa.update(RoundAnswer).where(RoundAnswer.id == answer).values(values))
        if row.member_id is None:
            return
        what = f"round:{row.round_id}:feedback:{row.position}:{row.member_id}"
        reply = self._words(feedback_of(connection, connection.execute(held).one()))
        self._teller.plan(connection, what, row.member_id, reply, Notification.ROUNDS)

    async def _go_on(self, number: int) -> None:
        """Let a round that waits for nothing but grades come to its end."""

        def work(connection: Connection) -> bool:
            row = lock(connection, number)
            done = row.phase == Phase.CLOSING and state_of(connection, row).ungraded == 0
            if done:
                hurry(connection, number, self._clock())
            return done

        if await self._database.run(work):
            await self._timers.wake(number)


def feedback_of(connection: Connection, row: Any) -> Feedback:
    """Return what a participant reads of an answer's row."""
    view = view_of(connection, row.round_id)
    question = question_of(connection, row.round_id, row.position)
    return Feedback(view, row.position, question, row.text, grade_of(row), peer_of(row))
