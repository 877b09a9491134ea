"""Grades: what a grader says of an answer, on one scale whoever graded, and who is asked to.

A grade is stored as JSON (`as_json`, `from_json`). Its score is a share of full marks, 0 to 1; None means that there
was not enough to judge, which is no mark at all.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any, Literal, Protocol

import msgspec

from bot.interviews.bank import Question
from bot.llm.budget import Spender
from bot.llm.client import ModelSilent

Offload = Callable[..., Awaitable[Any]]

GraderName = Literal["model", "rubric", "peers"]
"""Who graded; always named in the feedback."""


class Verdict(StrEnum):
    """Whether an answer makes a key point."""

    MET = "met"
    PARTLY = "partly"
    MISSING = "missing"


SHARES: Mapping[Verdict, float] = {Verdict.MET: 1.0, Verdict.PARTLY: 0.5, Verdict.MISSING: 0.0}
"""What a verdict is worth of its point's weight, for every grader."""


class PointGrade(msgspec.Struct, frozen=True):
    """The verdict on one key point.

    point: its place in `Question.points`, from 0
    quote: the words of the answer that make it, as they stand there; "" when it is missing
    """

    point: int
    verdict: Verdict
    quote: str = ""


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """What a grader says of an answer.

    score: 0 to 1; None when there is not enough to judge
    points: one for each key point of the question, in their order; empty when the answer was not read for them
    mistakes: what is wrong in the answer, a sentence each
    advice: one sentence on what to do next
    note: why somebody else graded, or why nothing was marked; "" when all went as it should
    """

    score: float | None
    grader: GraderName
    points: tuple[PointGrade, ...] = ()
    mistakes: tuple[str, ...] = ()
    advice: str = ""
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what is stored."""
        stored: dict[str, Any] = msgspec.to_builtins(self)
        return stored

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "Grade":
        """Return a grade that was stored. Raises msgspec.ValidationError when it is none."""
        return msgspec.convert(stored, Grade)


def weighed(question: Question, points: tuple[PointGrade, ...]) -> float:
    """Return the share of the question's weight that the verdicts earn, 0 to 1; points without a verdict earn none."""
    whole = sum(point.weight for point in question.points)
    return sum(SHARES[given.verdict] * question.points[given.point].weight for given in points) / whole


class Rubric(Protocol):
    """Grades by itself: no key, no network."""

    def turned_away(self, question: Question, answer: str) -> Grade | None:
        """Return a grade of nothing, which says why, for what is no answer."""
        ...

    def grade(self, question: Question, answer: str) -> Grade:
        """Return a grade; it takes up to a fifth of a second of a processor."""
        ...


class ByModel(Protocol):
    """Grades by a language model."""

    @property
    def wanted(self) -> bool:
        """Whether a model is set up."""
        ...

    async def grade(self, question: Question, answer: str, spender: Spender) -> Grade:
        """Return a grade. Raises ModelSilent."""
        ...


class Graders:
    """Who grades the answers of rounds and of practice."""

    def __init__(self, rubric: Rubric, model: ByModel | None = None, *, offload: Offload = asyncio.to_thread) -> None:
        """Grade by a rubric, or a model where there is one.

        offload: runs the rubric's work; where many are graded at once a process of its own, or the rounds are held up
        """
        self._rubric = rubric
        self._model = model
        self._offload = offload

    async def grade(self, question: Question, answer: str, *, member: int | None, community: int | None) -> Grade:
        """Return the best grade there is for an answer; never raises for what somebody wrote.

        What is no answer is turned away before anybody is asked. Where a model is set up it grades; when it can't, the
        rubric does, and the note says so.
        member, community: for whom, by which a model's use is kept within its budgets; None for nobody's
        """
        if self._model is None or not self._model.wanted:
            return await self._by_rubric(question, answer)
        turned_away: Grade | None = await self._offload(self._rubric.turned_away, question, answer)
        if turned_away is not None:
            return turned_away
        try:
            return await self._model.grade(question, answer, Spender(community, member))
        except ModelSilent as silent:
            grade = await self._by_rubric(question, answer)
            note = f"Graded by the rubric, because {silent}. {grade.note}".rstrip()
            return msgspec.structs.replace(grade, note=note)

    async def _by_rubric(self, question: Question, answer: str) -> Grade:
        grade: Grade = await self._offload(self._rubric.grade, question, answer)
        return grade
