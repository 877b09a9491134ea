"""The rubric: which key points an answer makes, by their words, other words for them, and slips of the pen."""

from collections.abc import Sequence
from itertools import pairwise

from bot.interviews.bank import Point, Question
from bot.interviews.grading.features import mean
from bot.interviews.grading.grades import Grade, PointGrade, Verdict, weighed
from bot.interviews.grading.text import aligned, clauses, content

_MET, _PARTLY = 0.62, 0.4
"""How much of a point's meaning must stand in one part of the answer."""


class RubricGrader:
    """Grades without a key and without a network."""

    def grade(self, question: Question, answer: str) -> Grade:
        """Return the verdicts and their weighed share."""
        parts = _parts(answer)
        points = tuple(_verdict(number, point, parts) for number, point in enumerate(question.points))
        return Grade(score=weighed(question, points), grader="rubric", points=points, advice=_advice(question, points))


def _parts(answer: str) -> list[tuple[str, list[str]]]:
    """Return each part of the answer and each two neighbours, as they stand there, with their stems."""
    single = clauses(answer)
    return [(text, content(text)) for text in (*single, *(" … ".join(pair) for pair in pairwise(single)))]


def _verdict(number: int, point: Point, parts: Sequence[tuple[str, list[str]]]) -> PointGrade:
    best, quote = 0.0, ""
    for wanted in (content(words) for words in (point.point, *point.words)):
        for text, stems in parts:
            found = mean(aligned(wanted, stems))
            if found > best:
                best, quote = found, text
    verdict = Verdict.MET if best >= _MET else Verdict.PARTLY if best >= _PARTLY else Verdict.MISSING
    return PointGrade(number, verdict, "" if verdict == Verdict.MISSING else quote)


def _advice(question: Question, points: Sequence[PointGrade]) -> str:
    """Return what to add first: the heaviest point that is not met."""
    open_points = [question.points[given.point] for given in points if given.verdict != Verdict.MET]
    if not open_points:
        return "Every key point is there; try to say it in half the time."
    heaviest = max(open_points, key=lambda point: point.weight)
    return f"Add this first: {heaviest.point}."
