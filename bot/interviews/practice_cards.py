"""Spaced repetition: when a question comes back, from how well it was answered each time.

The intervals are those of FSRS (https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm), version 6 with
its default parameters, aimed at nine of ten being known when they come back.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from fsrs import Card, Rating, Scheduler
from sqlalchemy import Connection

from bot.db import upsert
from bot.interviews.practice_models import PracticeCard
from bot.interviews.rounds_judged import score_of
from bot.interviews.rounds_models import RoundAnswer
from bot.interviews.rounds_rows import question_of
from bot.interviews.rounds_views import RoundView

MISSED, HARD = 0.4, 0.65
"""Scores below which an answer missed the question, or got there with effort."""
LONGEST = 180
"""Days after which even what is known well is asked again: a season of applications lasts about as long."""
_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False)


def rating_of(score: float | None) -> Rating:
    """Return how an answer went by its score, 0 to 1; None is what nobody could judge, such as a story: it was said.

    "Easy" is given by nobody but who answered (`shifted`): a score says that the points were made, not how fast.
    """
    if score is None:
        return Rating.Good
    if score < MISSED:
        return Rating.Again
    return Rating.Hard if score < HARD else Rating.Good


def shifted(rating: Rating, by: int) -> Rating:
    """Return the rating so many places better, or worse when negative."""
    return Rating(max(Rating.Again, min(Rating.Easy, rating + by)))


def reviewed(before: Mapping[str, Any] | None, rating: Rating, at: datetime) -> dict[str, Any]:
    """Return the card of a question after an answer; `before` is None for a question that was new."""
    # The number is the scheduler's own bookkeeping, and without one it waits for a clock to go on.
    card = Card.from_dict(before) if before else Card(card_id=0, due=at)  # type: ignore[arg-type]  # as it was stored
    after, _ = _SCHEDULER.review_card(card, rating, at)
    return dict(after.to_dict())


def due_of(card: Mapping[str, Any]) -> datetime:
    """Return when a card's question is due."""
    return datetime.fromisoformat(card["due"])


def card_of(connection: Connection, member: int, question: str) -> dict[str, Any] | None:
    """Return a member's card of a question; None when they have not met it."""
    query = sa.select(PracticeCard.card).where(PracticeCard.member_id == member, PracticeCard.question == question)
    return connection.execute(query).scalar_one_or_none()


def keep_card(connection: Connection, member: int, question: str, card: Mapping[str, Any]) -> None:
    """Keep a member's card of a question."""
    values = {"card": dict(card), "due_at": due_of(card)}
    statement = upsert(connection, PracticeCard).values(member_id=member, question=question, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["member_id", "question"], set_=values))


def cards_of(connection: Connection, member: int) -> dict[str, datetime]:
    """Return the questions that a member has met, and when each is due, the soonest first."""
    query = sa.select(PracticeCard.question, PracticeCard.due_at).where(PracticeCard.member_id == member)
    return {row.question: row.due_at for row in connection.execute(query.order_by(PracticeCard.due_at))}


def take_up_round(connection: Connection, view: RoundView, at: datetime) -> None:
    """Have what was asked in a round come back to those who took part, sooner what they missed.

    What one did not answer counts as missed; who answered nothing was not there, and nothing comes back to them.
    """
    query = sa.select(RoundAnswer.__table__).where(RoundAnswer.round_id == view.number)
    rows = [row for row in connection.execute(query) if row.text or row.peer]
    for seat in view.seats:
        mine = {row.position: row for row in rows if row.member_id == seat.member}
        positions = _asked(view, seat.since, mine)
        for position in positions if mine else ():
            question = question_of(connection, view.number, position).id
            score = score_of(mine[position]) if position in mine else 0.0
            before = card_of(connection, seat.member, question)
            keep_card(connection, seat.member, question, reviewed(before, rating_of(score), at))


def _asked(view: RoundView, since: int, answered: Iterable[int]) -> Sequence[int]:
    """Return the positions that were one's own to answer: in a pair, those at which one was the candidate."""
    return sorted(answered) if view.is_pair else range(since, view.position + 1)


def merge_cards(connection: Connection, keep: int, gone: int) -> None:
    """Leave one card of each question, when two members turn out to be one: the one that was reviewed last."""
    query = sa.select(PracticeCard.question, PracticeCard.card)
    held, theirs = (
        {row.question: row.card for row in connection.execute(query.where(PracticeCard.member_id == member))}
        for member in (keep, gone)
    )
    for question in held.keys() & theirs.keys():
        newest = max((held[question], theirs[question]), key=lambda card: card["last_review"] or "")
        keep_card(connection, keep, question, newest)
    both = list(held.keys() & theirs.keys())
    mine = sa.delete(PracticeCard).where(PracticeCard.member_id == gone, PracticeCard.question.in_(both))
    connection.execute(mine)
