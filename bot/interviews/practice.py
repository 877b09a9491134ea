"""Practice alone: one question at a time, graded, with one follow-up; what was missed comes back."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
import sqlalchemy as sa
from fsrs import Rating
from sqlalchemy import Connection

from bot.chat import NotFound, Reply
from bot.community.directory import community_of_member
from bot.community.telling import Teller
from bot.db import Database, upsert
from bot.interviews.bank import Question
from bot.interviews.grading.grades import Grade, Graders
from bot.interviews.practice_cards import card_of, cards_of, due_of, keep_card, rating_of, reviewed, shifted
from bot.interviews.practice_ledger import note_session
from bot.interviews.practice_models import PracticeAnswer
from bot.interviews.practice_picks import Due, pick_next
from bot.interviews.questions import Questions
from bot.interviews.rounds_answers import check_length

_LEFT_ALONE = timedelta(minutes=10)
"""After this an answer without a grade is one whose process died over it."""
_LATEST = timedelta(days=7)
_AT_MOST = 50


class Felt(StrEnum):
    """How a follow-up went, by the word of who answered it."""

    EASILY = "easily"
    EFFORT = "effort"
    NOT_YET = "not_yet"


_SHIFTS = {Felt.EASILY: 1, Felt.EFFORT: 0, Felt.NOT_YET: -1}
_BY_THEMSELVES = {Felt.EASILY: Rating.Easy, Felt.EFFORT: Rating.Hard, Felt.NOT_YET: Rating.Again}
"""What nobody but who answered can rate."""


@dataclass(frozen=True, slots=True)
class Practised:
    """An answer given in practice. `grade` is None when there was nothing to grade; `back` is when it comes back."""

    number: int
    question: Question
    text: str
    grade: Grade | None
    follow_up: str
    follow_up_text: str
    felt: Felt | None
    back: datetime
    due: int
    """How many other questions are due now."""


class Practice:
    """Asks, grades and brings back."""

    def __init__(
        self,
        database: Database,
        questions: Questions,
        teller: Teller,
        *,
        graders: Graders,
        words: Callable[[Practised, datetime], Reply],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._questions = questions
        self._teller = teller
        self._graders = graders
        self._words = words
        self._clock = clock

    async def ask(self, member: int, community: int, topic: str = "", level: int = 0, other_than: str = "") -> Question:
        """Return what to ask next: what is due, else what is new to them, else what will be due the soonest.

        topic, level: "" and 0 for any; other_than: the id of a question that they don't want now
        Raises NotFound when nothing fits.
        """
        now = self._clock()

        def work(connection: Connection) -> Question:
            bank = self._questions.within(connection, community)
            return pick_next(bank, cards_of(connection, member), now, topic, level, other_than)

        return await self._database.read(work)

    async def question(self, community: int, question: str) -> Question:
        """Return a question of a community's bank. Raises NotFound."""
        return (await self._questions.of(community)).get(question)

    async def due(self, member: int, community: int) -> Due:
        """Return what comes back to a member; what left the bank does not."""
        now = self._clock()

        def work(connection: Connection) -> Due:
            known = {each.id: each for each in self._questions.within(connection, community).all()}
            cards = {known[name]: at for name, at in cards_of(connection, member).items() if name in known}
            due = tuple(question for question, at in cards.items() if at <= now)
            return Due(due, tuple((question, at) for question, at in cards.items() if at > now))

        return await self._database.read(work)

    async def answer(self, member: int, community: int, question: str, text: str) -> Practised:
        """Keep an answer, grade it, and plan when its question comes back; "" is that they don't know.

        Raises BadInput for one that is too long, NotFound for a question that left the bank. The answer is kept before
        it is graded: should the process die over it, `rescue` grades it and tells them.
        """
        text = text.strip()
        check_length(text)
        asked = await self.question(community, question)
        now = self._clock()

        def work(connection: Connection) -> int:
            values = {
                "member_id": member,
                "question": asked.id,
                "content": msgspec.to_builtins(asked),
                "text": text,
                "answered_at": now,
                "before": card_of(connection, member, asked.id),
                "follow_up": _follow_up(connection, member, asked),
                "follow_up_text": "",
                "felt": "",
            }
            statement = upsert(connection, PracticeAnswer).values(values).returning(PracticeAnswer.id)
            return connection.execute(statement).scalar_one()

        number = await self._database.run(work)
        return await self._grade(number, member, community, asked, text)

    async def follow_up(self, member: int, number: int, text: str) -> Practised:
        """Keep what a member answered to the follow-up. Raises NotFound when the answer is not theirs, BadInput."""
        check_length(text)

        def work(connection: Connection) -> Practised:
            _row(connection, member, number)
            _set(connection, number, follow_up_text=text.strip())
            return self._view(connection, _row(connection, member, number))

        return await self._database.run(work)

    async def feel(self, member: int, number: int, felt: Felt) -> Practised:
        """Keep how the follow-up went: easily brings the question back later, not yet sooner. Raises NotFound."""

        def work(connection: Connection) -> Practised:
            row = _row(connection, member, number)
            _set(connection, number, felt=felt.value)
            card = card_of(connection, member, row.question)
            # Only while no later answer has moved the card on.
            if row.graded_at and card and datetime.fromisoformat(card["last_review"]) == row.answered_at:
                score = _score(row)
                rating = _BY_THEMSELVES[felt] if score is None else shifted(rating_of(score), _SHIFTS[felt])
                keep_card(connection, member, row.question, reviewed(row.before, rating, row.answered_at))
            return self._view(connection, _row(connection, member, number))

        return await self._database.run(work)

    async def given(self, member: int, number: int) -> Practised:
        """Return an answer of a member. Raises NotFound when it is not theirs."""
        return await self._database.read(lambda c: self._view(c, _row(c, member, number)))

    async def rescue(self) -> int:
        """Grade what was left without a grade by a process that died, and tell who gave it; returns how many."""
        now = self._clock()
        query = (
            sa.select(PracticeAnswer.__table__)
            .where(PracticeAnswer.graded_at.is_(None))
            .where(PracticeAnswer.answered_at < now - _LEFT_ALONE, PracticeAnswer.answered_at > now - _LATEST)
            .order_by(PracticeAnswer.id)
            .limit(_AT_MOST)
        )
        rows = await self._database.read(lambda c: c.execute(query).all())
        for row in rows:
            community = await self._database.read(lambda c, row=row: community_of_member(c, row.member_id))  # type: ignore[misc]  # bound now
            question = msgspec.convert(row.content, Question)
            given = await self._grade(row.id, row.member_id, community, question, row.text)
            await self._teller.tell(f"practice:{row.id}", row.member_id, self._words(given, now))
        return len(rows)

    async def _grade(self, number: int, member: int, community: int | None, question: Question, text: str) -> Practised:
        grade = None
        if text:
            grade = await self._graders.grade(question, text, member=member, community=community)

        def work(connection: Connection) -> Practised:
            row = _row(connection, member, number, hold=True)
            if row.graded_at is None:
                _set(connection, number, grade=grade.as_json() if grade else None, graded_at=self._clock())
                row = _row(connection, member, number)
                card = reviewed(card_of(connection, member, row.question), rating_of(_score(row)), row.answered_at)
                keep_card(connection, member, row.question, card)
                note_session(connection, member, row.answered_at)
            return self._view(connection, row)

        return await self._database.run(work)

    def _view(self, connection: Connection, row: Any) -> Practised:
        question = msgspec.convert(row.content, Question)
        cards = cards_of(connection, row.member_id)
        now = self._clock()
        card = card_of(connection, row.member_id, row.question)
        return Practised(
            row.id,
            question,
            row.text,
            Grade.from_json(row.grade) if row.grade else None,
            row.follow_up,
            row.follow_up_text,
            Felt(row.felt) if row.felt else None,
            due_of(card) if card else now,
            sum(at <= now for name, at in cards.items() if name != row.question),
        )


def _follow_up(connection: Connection, member: int, question: Question) -> str:
    """Return the follow-up to ask: the first that was not asked yet, else the one that was asked the fewest times."""
    query = sa.select(PracticeAnswer.follow_up).where(
        PracticeAnswer.member_id == member, PracticeAnswer.question == question.id
    )
    asked = Counter(connection.execute(query).scalars())
    return min(question.follow_ups, key=lambda each: asked[each])


def _row(connection: Connection, member: int, number: int, *, hold: bool = False) -> Any:
    query = sa.select(PracticeAnswer.__table__).where(PracticeAnswer.id == number, PracticeAnswer.member_id == member)
    row = connection.execute(query.with_for_update() if hold else query).one_or_none()
    if row is None:
        raise NotFound("That answer is not there (any more). `/interview practice` asks something new.")
    return row


def _set(connection: Connection, number: int, **values: Any) -> None:
    connection.execute(sa.update(PracticeAnswer).where(PracticeAnswer.id == number).values(values))


def _score(row: Any) -> float | None:
    """Return the score of an answer: 0 for none, None for what nobody could judge."""
    return Grade.from_json(row.grade).score if row.grade else 0.0
