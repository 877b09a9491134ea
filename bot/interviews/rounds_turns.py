"""The turns of rounds: each is one unit of work that moves the round on and plans what is said, then a timer.

A process may be killed at any point of it: a turn that was not committed is taken by another job or process, one that
was is not taken again, and whoever comes next sets the timer that is missing.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import Reply, mention
from bot.community.telling import Notification, Teller
from bot.db import Database
from bot.interviews.bank import Question
from bot.interviews.practice_cards import take_up_round
from bot.interviews.rounds_ends import Ending, Well, ending_of, write_evidence
from bot.interviews.rounds_grading import Feedback, feedback_of
from bot.interviews.rounds_machine import ENDED, Event, Move, Phase, next_move
from bot.interviews.rounds_models import Round, RoundQuestion
from bot.interviews.rounds_reviews import assign, settle_reviews, sheet_for
from bot.interviews.rounds_rows import (
    accounts_on,
    addresses_of,
    answers_at,
    asking,
    lock,
    opener,
    question_of,
    state_of,
    view_of,
)
from bot.interviews.rounds_timers import After, Timers
from bot.interviews.rounds_views import RoundView
from bot.work.deliveries import Deliveries
from bot.work.engine import Args, Run


@dataclass(frozen=True, slots=True)
class TurnWords:
    """What the messages of a round look like; the cog brings it."""

    opener: Callable[[RoundView], Reply]
    question: Callable[[RoundView, Question, timedelta | None], Reply]
    """With the time left, None once it is closed."""
    call: Callable[[RoundView, Sequence[str]], Reply]
    """With the mentions of those who take part."""
    model_answer: Callable[[RoundView, Question, int], Reply]
    """With the number of answers."""
    sheet: Callable[[RoundView, Question], Reply]
    scored: Callable[[Feedback], Reply]
    """For who gave an answer that was scored."""
    board: Callable[[RoundView, Ending], Reply]
    well: Callable[[RoundView, Well], Reply]
    called_off: Callable[[RoundView], Reply]


class Turns:
    """Takes turns, and sets the timers of the next ones."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        teller: Teller,
        *,
        timers: Timers,
        words: TurnWords,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._timers = timers
        self._deliveries = deliveries
        self._teller = teller
        self._words = words
        self._clock = clock
        self._handing_out = asyncio.Lock()
        self._asked = self._handed = 0

    async def turn(self, run: Run, args: Args) -> None:
        """Take the turn of a round that is due, if one is, and see to what comes after it."""
        del run
        number = int(args["round"])
        after = await self._database.run(lambda c: self._take(c, number))
        await self._timers.follow(number, after)
        await self._hand_out()
        if after.phase is Phase.ASKING and after.position == 1:
            await self._timers.bring_soon(number)

    async def bring(self, run: Run, args: Args) -> None:
        """Hand out what waited for a round's first message: where one begins at once, that may not stand yet."""
        del run, args
        await self._hand_out()

    async def _hand_out(self) -> None:
        """Hand out what was planned before this returns: a kill right after it would leave it to the next minute.

        Many rounds come due in one second; those that wait here together are served by one handing out.
        """
        self._asked += 1
        mine = self._asked
        async with self._handing_out:
            if self._handed < mine:
                reached = self._asked
                await self._deliveries.dispatch()
                self._handed = reached

    def _take(self, connection: Connection, number: int) -> After:
        row = lock(connection, number)
        if row.due_at is None:
            return After(Phase(row.phase), row.position, row.turns, None)
        move = next_move(state_of(connection, row), self._clock(), self._timers.pace)
        turns = row.turns
        if move.event is not Event.NOTHING or move.due_at != row.due_at:
            turns += 1
            values: dict[str, Any] = {"phase": move.phase.value, "position": move.position, "turns": turns}
            values |= {"closes_at": move.closes_at, "due_at": move.due_at}
            if move.phase in ENDED:
                values["ended_at"] = self._clock()
            connection.execute(sa.update(Round).where(Round.id == number).values(values))
            self._act(connection, number, move)
        return After(move.phase, move.position, turns, move.due_at)

    def _act(self, connection: Connection, number: int, move: Move) -> None:
        match move.event:
            case Event.ASK:
                self._ask(connection, view_of(connection, number))
            case Event.COUNT_DOWN | Event.EXTEND:
                view = view_of(connection, number)
                question = question_of(connection, number, view.position)
                left = view.closes_at - self._clock()
                self._deliveries.revise(
                    connection, asking(number, view.position), self._words.question(view, question, left)
                )
            case Event.CLOSE:
                self._close(connection, view_of(connection, number))
            case Event.SCORED:
                self._settle(connection, view_of(connection, number))
            case Event.END:
                self._end(connection, view_of(connection, number))
            case Event.CALL_OFF:
                view = view_of(connection, number)
                self._deliveries.revise(connection, opener(number), self._words.called_off(view))
            case Event.NOTHING:
                pass

    def _ask(self, connection: Connection, view: RoundView) -> None:
        question = question_of(connection, view.number, view.position)
        now = self._clock()
        connection.execute(
            sa.update(RoundQuestion)
            .where(RoundQuestion.round_id == view.number, RoundQuestion.position == view.position)
            .values(asked_at=now)
        )
        self._say(
            connection,
            view,
            asking(view.number, view.position),
            self._words.question(view, question, view.closes_at - now),
        )
        if view.position == 1:
            self._deliveries.revise(connection, opener(view.number), self._words.opener(view))
            self._call(connection, view)
        if view.is_pair and (interviewer := sheet_for(connection, view, now)) is not None:
            what = f"round:{view.number}:sheet:{view.position}"
            self._teller.plan(connection, what, interviewer, self._words.sheet(view, question), Notification.ROUNDS)

    def _close(self, connection: Connection, view: RoundView) -> None:
        question = question_of(connection, view.number, view.position)
        closed = self._words.question(view, question, None)
        self._deliveries.revise(connection, asking(view.number, view.position), closed)
        answers = answers_at(connection, view.number, view.position)
        if view.is_pair:
            self._settle(connection, view)
        elif view.phase is Phase.SCORING:
            assign(connection, answers)
        what = f"round:{view.number}:model:{view.position}"
        self._say(connection, view, what, self._words.model_answer(view, question, len(answers)))

    def _settle(self, connection: Connection, view: RoundView) -> None:
        """Put the reviews of a question together, and tell each author what was seen in their answer."""
        for row in settle_reviews(connection, view.number, view.position):
            if row.member_id is not None:
                what = f"round:{view.number}:scored:{view.position}:{row.member_id}"
                reply = self._words.scored(feedback_of(connection, row))
                self._teller.plan(connection, what, row.member_id, reply, Notification.ROUNDS)

    def _end(self, connection: Connection, view: RoundView) -> None:
        ending = ending_of(connection, view)
        write_evidence(connection, view, ending, self._clock())
        take_up_round(connection, view, self._clock())
        self._say(connection, view, f"round:{view.number}:board", self._words.board(view, ending))
        self._deliveries.revise(connection, opener(view.number), self._words.opener(view))
        for well in ending.wells:
            what = f"round:{view.number}:well:{well.member}"
            self._teller.plan(connection, what, well.member, self._words.well(view, well), Notification.ROUNDS)

    def _call(self, connection: Connection, view: RoundView) -> None:
        """Call those who take part in the thread, each platform's own people by their ids there: so they find it."""
        for address in addresses_of(connection, view.number):
            people = accounts_on(connection, view, address.platform)
            if people:
                reply = self._words.call(view, [mention(user, name) for user, name in people])
                what = f"round:{view.number}:call"
                self._deliveries.plan(
                    connection, what, [address], reply, community=view.community, under=opener(view.number)
                )

    def _say(self, connection: Connection, view: RoundView, what: str, reply: Reply) -> None:
        """Plan a message for the thread of every place in which the round is held."""
        self._deliveries.plan(
            connection,
            what,
            addresses_of(connection, view.number),
            reply,
            community=view.community,
            under=opener(view.number),
        )
