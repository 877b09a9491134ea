"""What was said of an answer in a round, by a grader and by peers, as it is kept with the answer."""

from dataclasses import dataclass
from typing import Any

import msgspec

from bot.interviews.grading.grades import SHARES, Grade

ENOUGH = 2
"""Reviewers from which on their score counts as much as the grader's."""


@dataclass(frozen=True, slots=True)
class PeerView:
    """What those who scored an answer saw in it: how far each key point is met, and the score that makes."""

    score: float
    points: tuple[float, ...]
    reviewers: int


def grade_of(row: Any) -> Grade | None:
    """Return the grade of an answer's row; None until there is one."""
    return Grade.from_json(row.grade) if row.grade else None


def peer_of(row: Any) -> PeerView | None:
    """Return what peers saw in an answer; None while they have not scored it."""
    return msgspec.convert(row.peer, PeerView) if row.peer else None


def met(grade: Grade | None) -> dict[int, float]:
    """Return how far key points are met by a grade, by their place; empty where it could not judge."""
    if grade is None or grade.score is None:
        return {}
    return {point.point: SHARES[point.verdict] for point in grade.points}


def points_of(row: Any) -> dict[int, float]:
    """Return how far each key point is met in an answer: by the grader, else by peers; empty where nobody said."""
    peer = peer_of(row)
    return met(grade_of(row)) or (dict(enumerate(peer.points)) if peer else {})


def score_of(row: Any) -> float | None:
    """Return the score of an answer: the grader's and, where at least two scored it, as much of the peers'.

    None where nobody could judge.
    """
    grade, peer = grade_of(row), peer_of(row)
    graded = grade.score if grade else None
    if peer is None or (peer.reviewers < ENOUGH and graded is not None):
        return graded
    return peer.score if graded is None else (graded + peer.score) / 2
