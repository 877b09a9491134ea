"""How a round ends: the board, what the group should read, what each did well, and the evidence that is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.interviews.bank import Question
from bot.interviews.rounds_judged import points_of, score_of
from bot.interviews.rounds_models import RoundAnswer, RoundReview
from bot.interviews.rounds_rows import question_of
from bot.interviews.rounds_views import RoundView, Seat
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Entry, write

MISSED = 0.5
"""A key point that the group met less than half is one to read about."""
MOST_TO_READ = 3
WELL = 0.5
CAREFUL = 0.6
"""The mean agreement from which on scoring others is evidence of care."""
FEWEST_REVIEWS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A participant on the board: how many questions they answered, and the sum of their scores (1 for each).

    told: answers among them that nobody could judge, such as stories
    """

    member: int
    name: str
    answered: int
    asked: int
    points: float
    told: int = 0

    @property
    def judged(self) -> int:
        """The most points that there were."""
        return self.asked - self.told


@dataclass(frozen=True, slots=True)
class Gap:
    """A key point that the group missed: the question's position, its topic and step, and the point."""

    position: int
    topic: str
    step: int
    point: str
    met: float


@dataclass(frozen=True, slots=True)
class Well:
    """What one did well, privately: their best point in their best answer; and the one to look at again."""

    member: int
    line: Line
    position: int | None
    point: str
    again: str
    scored: int = 0
    """Answers of others that they scored."""
    agrees: float | None = None
    """How far that agrees with the others on average, from 0 to 1; None where there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A round that ended."""

    board: tuple[Line, ...]
    gaps: tuple[Gap, ...]
    wells: tuple[Well, ...]


def ending_of(connection: Connection, view: RoundView) -> Ending:
    """Return how a round went, from its rows."""
    query = sa.select(RoundAnswer.__table__).where(RoundAnswer.round_id == view.number)
    everything = connection.execute(query.order_by(RoundAnswer.position, RoundAnswer.id))
    rows = [row for row in everything if row.text or row.peer]  # in a pair many speak, and are scored by who asked
    questions = {each: question_of(connection, view.number, each) for each in range(1, view.position + 1)}
    lines = [_line(view, seat, rows) for seat in view.seats]
    board = sorted((line for line in lines if line.answered), key=lambda line: (-line.points, line.name))
    scoring = _scoring(connection, view.number)
    wells = [
        _well(
            line, [row for row in rows if row.member_id == line.member], questions, scoring.get(line.member, (0, None))
        )
        for line in board
    ]
    return Ending(tuple(board), tuple(_gaps(rows, questions)), tuple(wells))


def write_evidence(connection: Connection, view: RoundView, ending: Ending, at: datetime) -> None:
    """Write down who took part and who scored others with care, once for a round and member."""
    subject, step = view.topic or "mixed topics", _step_of(connection, view)
    for line in ending.board:
        note = f"{line.answered} of {line.asked} questions answered"
        key = f"round:{view.number}:{line.member}"
        write(connection, line.member, Entry(step, Kind.ROUND, subject, note=note, verified_at=at, key=key), at)
    for member, (scored, agrees) in _scoring(connection, view.number).items():
        if scored < FEWEST_REVIEWS or agrees is None or agrees < CAREFUL:
            continue
        note, key = "answers of others scored with care", f"graded:{view.number}:{member}"
        write(connection, member, Entry(Step.NONE, Kind.GRADED, subject, note=note, verified_at=at, key=key), at)


def _step_of(connection: Connection, view: RoundView) -> Step:
    """Return the step that most questions of a round train."""
    steps = [question_of(connection, view.number, each).step for each in range(1, view.position + 1)]
    return Step(Counter(steps).most_common(1)[0][0]) if steps else Step.NONE


def _scoring(connection: Connection, number: int) -> dict[int, tuple[int, float | None]]:
    """Return how many answers each scored in a round, and how far they agree on average."""
    query = (
        sa.select(
            RoundReview.reviewer_id,
            sa.func.count().label("scored"),
            sa.func.avg(RoundReview.agreement).label("agrees"),
        )
        .join(RoundAnswer, RoundAnswer.id == RoundReview.answer_id)
        .where(RoundAnswer.round_id == number, RoundReview.done_at.is_not(None))
        .where(RoundReview.reviewer_id.is_not(None))
        .group_by(RoundReview.reviewer_id)
    )
    return {row.reviewer_id: (row.scored, row.agrees) for row in connection.execute(query)}


def _line(view: RoundView, seat: Seat, rows: Sequence[Any]) -> Line:
    mine = [row for row in rows if row.member_id == seat.member]
    asked = max(len(mine), view.position - seat.since + 1)
    scores = [score for row in mine if (score := score_of(row)) is not None]
    return Line(seat.member, seat.name, len(mine), asked, sum(scores), len(mine) - len(scores))


def _gaps(rows: Sequence[Any], questions: Mapping[int, Question]) -> list[Gap]:
    """Return the points that the group missed most, the weightiest first; one of each question."""
    found: list[tuple[float, Gap]] = []
    for position, question in questions.items():
        met = [points for row in rows if row.position == position and (points := points_of(row))]
        worst: tuple[float, Gap] | None = None
        for number, point in enumerate(question.points if met else ()):
            mean = fmean(points.get(number, 0.0) for points in met)
            gap = Gap(position, question.topic, question.step, point.point, mean)
            lost = (1 - mean) * point.weight
            if mean < MISSED and (worst is None or lost > worst[0]):
                worst = (lost, gap)
        if worst is not None:
            found.append(worst)
    found.sort(key=lambda each: (-each[0], each[1].position))
    return [gap for _, gap in found[:MOST_TO_READ]]


def _well(
    line: Line, rows: Sequence[Any], questions: Mapping[int, Question], scoring: tuple[int, float | None]
) -> Well:
    points = [
        (met * point.weight, met, row.position, point)
        for row in rows
        for number, met in points_of(row).items()
        for point in (questions[row.position].points[number],)
    ]
    best = max((each for each in points if each[1] >= WELL), key=lambda each: each[:2], default=None)
    lost = max(
        (((1 - met) * point.weight, point.point) for _, met, _, point in points if met < WELL),
        key=lambda each: each[0],
        default=(0.0, ""),
    )
    return Well(line.member, line, best[2] if best else None, best[3].point if best else "", lost[1], *scoring)
