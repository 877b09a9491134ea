"""Interviewer and candidate: a round of two in which one asks and scores, the other answers, and they swap."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.interviews.rounds_models import Round, RoundAnswer, RoundQuestion, RoundReview, RoundSeat
from bot.interviews.rounds_rows import PAIR, RoundView


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


def pair_questions(connection: Connection, one: int, other: int) -> frozenset[str]:
    """Return the ids of the questions that two members asked each other before, in rounds of two."""
    mine, theirs = (
        sa.select(RoundSeat.round_id).where(RoundSeat.member_id == member).scalar_subquery() for member in (one, other)
    )
    query = (
        sa.select(RoundQuestion.question)
        .join(Round, Round.id == RoundQuestion.round_id)
        .where(Round.kind == PAIR, Round.id.in_(mine), Round.id.in_(theirs), RoundQuestion.asked_at.is_not(None))
    )
    return frozenset(connection.execute(query).scalars())
