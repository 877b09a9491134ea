"""How a member does, topic by topic: bands with their uncertainty, never a verdict on one round."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.db import Database
from bot.interviews.bank import Question
from bot.interviews.grading.grades import Grade
from bot.interviews.practice_models import PracticeAnswer
from bot.interviews.rounds_judged import grade_of, met, points_of, score_of
from bot.interviews.rounds_models import RoundAnswer, RoundQuestion

HALF_LIFE = timedelta(days=45)
"""After this an answer counts half: what one could not say in spring says little in summer."""
Z = 1.2816
"""The quantile of the normal distribution that leaves a tenth above it: bands hold eight of ten."""
ENOUGH = 4
"""Answers from which on a topic may be called strong or weak."""
KNOWN = 0.9
"""The mean from which on there is nothing to read on a topic."""
WEEKS = 12
"""How far back the picture goes."""
MOST_MISSED = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """An answer that was graded: 0 to 1. `missed` are its key points that were missing, the weightiest first."""

    topic: str
    at: datetime
    score: float
    grader: str = "rubric"
    step: int = 0
    question: str = ""
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A key point that was missed, and the question in which it was."""

    question: str
    point: str


@dataclass(frozen=True, slots=True)
class Band:
    """Where a member's share of key points in a topic lies, with a chance of eight in ten: 0 to 1."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TopicStats:
    """A topic over time: its band now, and week by week (None before the first answer), the oldest first."""

    topic: str
    answers: int
    now: Band
    weeks: tuple[Band | None, ...]
    dots: tuple[tuple[float, float], ...]
    """The answers in the picture: weeks before now, and score."""


@dataclass(frozen=True, slots=True)
class Stats:
    """All topics of a member, the most answered first; the strongest and the weakest only where the bands say so."""

    topics: tuple[TopicStats, ...]
    strongest: str | None
    weakest: str | None
    lowest: str | None
    """The topic to read on next: the weakest, else the one with the lowest mean, which may be chance."""
    missed: tuple[Gap, ...]
    """What was missed lately in the lowest topic."""
    step: int
    """The step that most questions of the lowest topic train."""
    graders: dict[str, int]
    """Who graded how many."""


class PracticeStats:
    """Reads what a member answered in practice and in rounds."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def of(self, member: int) -> Stats:
        """Return how a member does."""
        marks = await self._database.read(lambda c: marks_of(c, member))
        return stats_of(marks, self._clock())


def band_of(marks: Iterable[tuple[datetime, float]], now: datetime) -> Band | None:
    """Return the band of answers (moment, score 0 to 1) up to a moment; None without any.

    It is Wilson's score interval (J. Am. Stat. Assoc. 22, 1927, p. 209), over the mean that counts late answers more,
    with Kish's effective number of answers, (Σw)²/Σw², as their number. Scores within 0 to 1 vary at most as much as
    hits and misses of the same mean, so the band is rather too wide than too narrow.
    """
    weighed = [(0.5 ** ((now - at) / HALF_LIFE), score) for at, score in marks if at <= now]
    if not weighed:
        return None
    whole = sum(weight for weight, _ in weighed)
    mean = sum(weight * score for weight, score in weighed) / whole
    n = whole**2 / sum(weight**2 for weight, _ in weighed)
    # An old answer says less of today than a new one, alone too: then the effective number shrinks with its weight.
    n = min(n, whole)
    middle = (mean + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * sqrt(mean * (1 - mean) / n + Z**2 / (4 * n**2))
    return Band(mean, max(0.0, middle - half), min(1.0, middle + half))


def stats_of(marks: Sequence[Mark], now: datetime) -> Stats:
    """Return all that is said of a member's answers."""
    by_topic: dict[str, list[Mark]] = {}
    for mark in marks:
        by_topic.setdefault(mark.topic, []).append(mark)
    topics = sorted((_topic(name, mine, now) for name, mine in by_topic.items()), key=lambda t: (-t.answers, t.topic))
    strongest, weakest = _apart([topic for topic in topics if topic.answers >= ENOUGH])
    lowest = weakest or _lowest(topics)
    of_lowest = by_topic.get(lowest or "", [])
    steps = [mark.step for mark in of_lowest]
    return Stats(
        tuple(topics),
        strongest,
        weakest,
        lowest,
        _missed(of_lowest),
        max(set(steps), key=steps.count) if steps else 0,
        {name: sum(mark.grader == name for mark in marks) for name in dict.fromkeys(mark.grader for mark in marks)},
    )


def marks_of(connection: Connection, member: int) -> list[Mark]:
    """Return the graded answers of a member, in practice and in rounds, the oldest first."""
    found = [*_of_practice(connection, member), *_of_rounds(connection, member)]
    return sorted(found, key=lambda mark: mark.at)


def _of_practice(connection: Connection, member: int) -> Iterable[Mark]:
    query = sa.select(PracticeAnswer.__table__).where(
        PracticeAnswer.member_id == member, PracticeAnswer.graded_at.is_not(None)
    )
    for row in connection.execute(query):
        question = msgspec.convert(row.content, Question)
        if not row.text:  # "I don't know" is an answer, too
            missed = tuple(point.point for point in question.points)
            yield Mark(question.topic, row.answered_at, 0.0, "yourself", question.step, question.question, missed)
        elif row.grade and (grade := Grade.from_json(row.grade)).score is not None:
            yield _mark(question, row.answered_at, grade.score, grade.grader, met(grade))


def _of_rounds(connection: Connection, member: int) -> Iterable[Mark]:
    query = (
        sa.select(RoundAnswer.__table__, RoundQuestion.content)
        .join(
            RoundQuestion,
            sa.and_(RoundQuestion.round_id == RoundAnswer.round_id, RoundQuestion.position == RoundAnswer.position),
        )
        .where(RoundAnswer.member_id == member)
    )
    for row in connection.execute(query):
        score = score_of(row)
        if score is not None:
            grade = grade_of(row)
            grader = grade.grader if grade and grade.score is not None else "peers"
            question = msgspec.convert(row.content, Question)
            yield _mark(question, row.answered_at, score, grader, points_of(row))


def _mark(question: Question, at: datetime, score: float, grader: str, points: dict[int, float]) -> Mark:
    lost = sorted((-(1 - points.get(n, 0.0)) * p.weight, p.point) for n, p in enumerate(question.points) if points)
    missed = tuple(point for loss, point in lost if loss <= -0.5)  # noqa: PLR2004 - half a point of weight one
    return Mark(question.topic, at, score, grader, question.step, question.question, missed)


def _topic(name: str, marks: Sequence[Mark], now: datetime) -> TopicStats:
    pairs = [(mark.at, mark.score) for mark in marks]
    moments = [now - timedelta(weeks=back) for back in range(WEEKS, -1, -1)]
    weeks = tuple(band_of(pairs, moment) for moment in moments)
    dots = tuple((back, score) for at, score in pairs if (back := (now - at) / timedelta(weeks=1)) <= WEEKS)
    last = band_of(pairs, now) or Band(0.0, 0.0, 1.0)
    return TopicStats(name, len(marks), last, weeks, dots)


def _apart(topics: Sequence[TopicStats]) -> tuple[str | None, str | None]:
    """Return the strongest and the weakest topic, where their bands do not overlap; else None for both."""
    if not topics:
        return None, None
    best = max(topics, key=lambda topic: topic.now.low)
    worst = min(topics, key=lambda topic: topic.now.high)
    return (best.topic, worst.topic) if best.now.low > worst.now.high else (None, None)


def _lowest(topics: Sequence[TopicStats]) -> str | None:
    """Return the topic with the lowest mean; None where all are known well."""
    gaps = [topic for topic in topics if topic.now.mean < KNOWN]
    return min(gaps, key=lambda topic: topic.now.mean).topic if gaps else None


def _missed(marks: Sequence[Mark]) -> tuple[Gap, ...]:
    """Return what was missed last: of each question the weightiest point, each once."""
    found = dict.fromkeys(Gap(mark.question, point) for mark in reversed(marks) for point in mark.missed[:1])
    return tuple(found)[:MOST_MISSED]
