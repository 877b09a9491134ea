"""Grade JSON lines: what `rung interviews grade --json` reads and writes."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from bot.interviews.bank import Point, Question
from bot.interviews.grading.grades import Grade, PointGrade, Verdict
from bot.interviews.grading.guard import NOTES, Asked
from bot.interviews.grading.points import Points
from bot.interviews.grading.rubric import RubricGrader, verdict_of
from bot.interviews.grading.text import clauses
from bot.jsonlines import JsonLines

_EXAMPLE = '{"question": "What is a stack?", "reference": "Last in, first out.", "answer": "…"}'
_LONGEST = 20_000
"""Letters of a text that are graded: more is no answer, and would take minutes."""


class _Line(msgspec.Struct):
    question: str
    reference: str
    answer: str | None = None


class LineGrader:
    """Grades answers beside any reference, as people did to whose grades the rubric was fitted."""

    def __init__(self, rubric: RubricGrader) -> None:
        self._rubric = rubric
        refused = {"score": 0.0, "grader": "rubric", "points": []}
        self._reader = JsonLines(_Line, _EXAMPLE, refused, reasons=lambda why: why)

    @property
    def bad(self) -> int:
        """Lines that could not be read."""
        return self._reader.bad

    def lines(self, lines: Iterable[bytes]) -> Iterator[str]:
        """Yield a JSON object for every line of `{question, reference, answer}` that is not blank.

        score: 0 to 1; grader; points: the statements of the reference, each with its verdict and the answer's words for
        it; why. A line that can't be read has no marks; its `why` and `error` say what to do, and the next goes on.
        """
        return self._reader.answers(lines, self._answer)

    def _answer(self, asked: _Line) -> Mapping[str, object]:
        given, reference, answer = (
            asked.question[:_LONGEST],
            asked.reference[:_LONGEST],
            (asked.answer or "")[:_LONGEST],
        )
        if not given.strip() or not reference.strip():
            raise ValueError("question and reference must not be empty")
        question = question_of(given, reference)
        grade = self._graded(question, answer)
        cut = f" Only the first {_LONGEST:,} letters were read." if len(asked.answer or "") > _LONGEST else ""
        return {
            "score": grade.score,
            "grader": grade.grader,
            "points": [
                {"point": question.points[p.point].point, "verdict": p.verdict.value, "quote": p.quote}
                for p in grade.points
            ],
            "why": (grade.note or why(question, grade.points)) + cut,
        }

    def _graded(self, question: Question, answer: str) -> Grade:
        if reason := self._rubric.guard().check(Asked(question.question, question.answer), answer):
            return Grade(score=0.0, grader="rubric", note=NOTES[reason])
        points = Points(question, answer, self._rubric.meaning())
        verdicts = tuple(verdict_of(n, points.find((p.point,))) for n, p in enumerate(question.points))
        score = self._rubric.similarity(question.question, question.answer, answer)
        return Grade(score=round(score, 4), grader="rubric", points=verdicts)


def question_of(question: str, reference: str) -> Question:
    """Return a question that is not in the bank; its key points are the statements of its reference."""
    points = tuple(Point(clause, 1, (clause,)) for clause in dict.fromkeys(clauses(reference)))
    return Question("line", 1, "explain", question, reference, points, (), (), 2, 4)


def why(question: Question, points: tuple[PointGrade, ...]) -> str:
    """Return in a sentence what is there and what is missing."""
    met, partly = (sum(point.verdict == verdict for point in points) for verdict in (Verdict.MET, Verdict.PARTLY))
    lacking = [question.points[point.point].point for point in points if point.verdict == Verdict.MISSING]
    said = f"{met} of {len(points)} statements of the reference are there{f', {partly} in part' if partly else ''}"
    return f"{said}; missing: {'; '.join(lacking)}." if lacking else f"{said}."
