"""When two members turn out to be one person who took part in a round twice."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.interviews.rounds_models import RoundAnswer, RoundReview, RoundSeat, RoundSignup


def merge_rounds(connection: Connection, keep: int, gone: int) -> None:
    """Leave one seat, one sign-up and one answer for each question; reviews of one's own answer go.

    Of two answers to one question the longer stays: nobody answers a question twice in a round.
    """
    _drop_twice(connection, RoundSeat, RoundSeat.member_id, (RoundSeat.round_id,), keep, gone)
    _drop_twice(connection, RoundSignup, RoundSignup.member_id, (RoundSignup.plan_id, RoundSignup.day), keep, gone)
    for answer in _shorter_answers(connection, keep, gone):
        connection.execute(sa.delete(RoundReview).where(RoundReview.answer_id == answer))
        connection.execute(sa.delete(RoundAnswer).where(RoundAnswer.id == answer))
    _drop_twice(connection, RoundReview, RoundReview.reviewer_id, (RoundReview.answer_id,), keep, gone)
    both = (keep, gone)
    theirs = sa.select(RoundAnswer.id).where(RoundAnswer.member_id.in_(both))
    own = sa.delete(RoundReview).where(RoundReview.reviewer_id.in_(both), RoundReview.answer_id.in_(theirs))
    connection.execute(own)


def _drop_twice(connection: Connection, model: Any, member: Any, key: tuple[Any, ...], keep: int, gone: int) -> None:
    """Delete the rows of who goes whose key who stays has too."""
    held = {tuple(row) for row in connection.execute(sa.select(*key).where(member == keep))}
    rows = connection.execute(sa.select(model.id, *key).where(member == gone)).all()
    doubled = [number for number, *rest in rows if tuple(rest) in held]
    connection.execute(sa.delete(model).where(model.id.in_(doubled)))


def _shorter_answers(connection: Connection, keep: int, gone: int) -> list[int]:
    columns = sa.select(RoundAnswer.id, RoundAnswer.round_id, RoundAnswer.position, RoundAnswer.text)
    best: dict[tuple[int, int], tuple[int, int]] = {}
    shorter: list[int] = []
    for member in (keep, gone):
        query = columns.where(RoundAnswer.member_id == member)
        for number, of_round, position, text in connection.execute(query):
            mine, other = (len(text), number), best.get((of_round, position))
            # Of two of the same length that of who stays.
            best[of_round, position] = mine if other is None or mine[0] > other[0] else other
            if other is not None:
                shorter.append(other[1] if mine[0] > other[0] else number)
    return shorter
