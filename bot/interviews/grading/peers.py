"""Peers as a grader: several people's ticks at the key points become one score, on the scale of the other graders.

A peer ticks the points that an answer makes. The share of trust that ticked a point is how far it is met, and the
score is the met share of the question's weight, as with the model's and the rubric's verdicts. Who stands alone with
their ticks is trusted little: one careless or unkind reviewer among three moves a score by a few hundredths.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.interviews.bank import Question

LEAST_TRUST = 0.05
"""The weight of a reviewer who agrees with nobody; with everybody it is 1."""


@dataclass(frozen=True, slots=True)
class Together:
    """What the reviewers of an answer saw together: the score, and how far each key point is met; all 0 to 1."""

    score: float
    points: tuple[float, ...]


def agreement(ticks: Sequence[frozenset[int]], points: int, told: Mapping[int, float]) -> list[float | None]:
    """Return how far each review of an answer agrees with the others of it and with the grader, from 0 to 1.

    It is 1 less the mean distance, over the key points, from the mean of all the others; None where there are none.
    ticks: the points that each reviewer ticked; told: how far each point is met by the grader, empty without one
    """
    found: list[float | None] = []
    for mine, each in enumerate(ticks):
        votes = [[float(point in other) for point in range(points)] for i, other in enumerate(ticks) if i != mine]
        if told:
            votes.append([told.get(point, 0.0) for point in range(points)])
        if not votes or not points:
            found.append(None)
            continue
        means = [sum(vote[point] for vote in votes) / len(votes) for point in range(points)]
        found.append(1 - sum(abs((point in each) - means[point]) for point in range(points)) / points)
    return found


def together(question: Question, ticks: Sequence[frozenset[int]], agreements: Sequence[float | None]) -> Together:
    """Return what at least one reviewer saw; one who stands alone with their ticks weighs little."""
    trust = [1.0 if each is None else max(LEAST_TRUST, each * each) for each in agreements]
    points = tuple(
        sum(weight for weight, each in zip(trust, ticks, strict=True) if point in each) / sum(trust)
        for point in range(len(question.points))
    )
    weights = [point.weight for point in question.points]
    return Together(sum(weight * met for weight, met in zip(weights, points, strict=True)) / sum(weights), points)
