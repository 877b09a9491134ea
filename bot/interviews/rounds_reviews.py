"""Participants score each other's answers: handed out by chance, nobody their own, and nobody guessed by the order."""

import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.interviews.grading.peers import agreement, together
from bot.interviews.rounds_judged import PeerView, grade_of, met
from bot.interviews.rounds_models import RoundAnswer, RoundReview
from bot.interviews.rounds_rows import question_of
from bot.interviews.rounds_views import RoundView

MOST = 3
"""Answers that one participant scores for a question."""
_CHANCE = random.SystemRandom()


def hand_out(authors: Sequence[int], chance: random.Random) -> dict[int, list[int]]:
    """Return for each author whose answers they score, in the order in which they see them.

    Everyone scores as many as everyone else, two or three where there are so many, never their own, and each answer is
    scored as often as any other.
    """
    circle = list(authors)
    chance.shuffle(circle)
    each = min(MOST, len(circle) - 1)
    found: dict[int, list[int]] = {}
    for place, reviewer in enumerate(circle):
        theirs = [circle[(place + step) % len(circle)] for step in range(1, each + 1)]
        chance.shuffle(theirs)
        found[reviewer] = theirs
    return found


def assign(connection: Connection, answers: Sequence[Any]) -> None:
    """Hand the answers to a question out to those who gave them, in the caller's unit of work."""
    numbers = {row.member_id: row.id for row in answers if row.member_id is not None}
    rows = [
        {"answer_id": numbers[author], "reviewer_id": reviewer, "place": place, "ticks": []}
        for reviewer, authors in hand_out(sorted(numbers), _CHANCE).items()
        for place, author in enumerate(authors, start=1)
    ]
    if rows:
        connection.execute(sa.insert(RoundReview), rows)


def sheet_for(connection: Connection, view: RoundView, at: datetime) -> int | None:
    """Make the interviewer's sheet for the question under way, in the caller's unit of work; returns who that is.

    It is a review of the candidate's answer, which is empty while nothing is written: many will speak.
    None when one of the two left.
    """
    interviewer, candidate = view.interviewer, view.candidate
    if interviewer is None or candidate is None:
        return None
    values = {"round_id": view.number, "position": view.position, "member_id": candidate, "text": "", "heard": []}
    answer = connection.execute(
        sa.insert(RoundAnswer).values(**values, answered_at=at).returning(RoundAnswer.id)
    ).scalar_one()
    connection.execute(sa.insert(RoundReview).values(answer_id=answer, reviewer_id=interviewer, place=1, ticks=[]))
    return interviewer


def settle_reviews(connection: Connection, number: int, position: int) -> list[Any]:
    """Put the reviews of a question together, in the caller's unit of work: who agrees with the others weighs more.

    One that has ticks and was not ended counts as it is; one without says nothing. Returns the rows of the answers that
    were scored.
    """
    question = question_of(connection, number, position)
    here = (RoundAnswer.round_id == number, RoundAnswer.position == position)
    rows = {row.id: row for row in connection.execute(sa.select(RoundAnswer.__table__).where(*here))}
    query = sa.select(RoundReview.__table__).where(RoundReview.answer_id.in_(rows)).order_by(RoundReview.id)
    by_answer: dict[int, list[Any]] = {}
    for review in (each for each in connection.execute(query) if each.done_at is not None or each.ticks):
        by_answer.setdefault(review.answer_id, []).append(review)
    for answer, reviews in by_answer.items():
        told = met(grade_of(rows[answer]))
        agreements = agreement([frozenset(each.ticks) for each in reviews], len(question.points), told)
        for review, agrees in zip(reviews, agreements, strict=True):
            statement = sa.update(RoundReview).where(RoundReview.id == review.id)
            connection.execute(statement.values(agreement=agrees))
        seen = together(question, [frozenset(each.ticks) for each in reviews], agreements)
        peer = PeerView(seen.score, seen.points, len(reviews))
        statement = sa.update(RoundAnswer).where(RoundAnswer.id == answer)
        connection.execute(statement.values(peer=msgspec.to_builtins(peer)))
    scored = sa.select(RoundAnswer.__table__).where(*here, RoundAnswer.id.in_(by_answer))
    return list(connection.execute(scored))
