"""Grade JSON lines: what `rung interviews grade --json` reads and writes."""

from collections.abc import Iterable, Iterator

import msgspec

from bot.interviews.bank import Point, Question
from bot.interviews.grading.grades import Grade, PointGrade, Verdict
from bot.interviews.grading.guard import NOTES, Asked
from bot.interviews.grading.points import Points
from bot.interviews.grading.rubric import RubricGrader, verdict_of
from bot.interviews.grading.text import clauses

_EXAMPLE = '{"question": "What is a stack?", "reference": "Last in, first out.", "answer": "…"}'
_LONGEST = 20_000
"""Letters of a text that is graded: more is no answer, and would take minutes."""


class _Line(msgspec.Struct):
    question: str
    reference: str
    answer: str


class LineGrader:
    """Grades answers beside any reference, as people did to whose grades the rubric was fitted."""

    def __init__(self, rubric: RubricGrader) -> None:
        self._rubric = rubric
        self._decoder = msgspec.json.Decoder(_Line)
        self.bad = 0
        """Lines that could not be read."""

    def lines(self, lines: Iterable[str]) -> Iterator[str]:
        """Yield a JSON object for every line of `{question, reference, answer}`: score, grader, points and why.

        score: 0 to 1; points: the statements of the reference, each with its verdict and the answer's words for it.
        A line that can't be read yields `{"error": …, "line": n}` with what to do, and the next goes on.
        """
        for number, line in enumerate(lines, start=1):
            yield msgspec.json.encode(self._answer(number, line)).decode()

    def _answer(self, number: int, line: str) -> dict[str, object]:
        try:
            asked = self._decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeError) as problem:
            return self._refused(number, "it is empty" if not line.strip() else str(problem))
        if not asked.question.strip() or not asked.reference.strip():
            return self._refused(number, "question and reference must not be empty")
        if max(map(len, (asked.question, asked.reference, asked.answer))) > _LONGEST:
            return self._refused(number, f"a text is longer than {_LONGEST:,} letters")
        question = question_of(asked.question, asked.reference)
        grade = self._graded(question, asked.answer)
        return {
            "score": grade.score,
            "grader": grade.grader,
            "points": [
                {"point": question.points[p.point].point, "verdict": p.verdict.value, "quote": p.quote}
                for p in grade.points
            ],
            "why": grade.note or why(question, grade.points),
        }

    def _graded(self, question: Question, answer: str) -> Grade:
        if reason := self._rubric.guard().check(Asked(question.question, question.answer), answer):
            return Grade(score=0.0, grader="rubric", note=NOTES[reason])
        points = Points(question, answer, self._rubric.meaning())
        verdicts = tuple(verdict_of(n, points.find((p.point,))) for n, p in enumerate(question.points))
        score = self._rubric.similarity(question.question, question.answer, answer)
        return Grade(score=round(score, 4), grader="rubric", points=verdicts)

    def _refused(self, number: int, problem: str) -> dict[str, object]:
        self.bad += 1
        return {"error": f"line {number}: {problem}; write one JSON object a line, such as {_EXAMPLE}", "line": number}


def question_of(question: str, reference: str) -> Question:
    """Return a question that is not in the bank; its key points are the statements of its reference."""
    points = tuple(Point(clause, 1, (clause,)) for clause in dict.fromkeys(clauses(reference)))
    return Question("line", 1, "explain", question, reference, points, (), (), 2, 4)


def why(question: Question, points: tuple[PointGrade, ...]) -> str:
    """Return in a sentence what is there and what is missing."""
    met = sum(point.verdict == Verdict.MET for point in points)
    lacking = [question.points[point.point].point for point in points if point.verdict == Verdict.MISSING]
    said = f"{met} of {len(points)} statements of the reference are there"
    return f"{said}; missing: {'; '.join(lacking)}." if lacking else f"{said}."
