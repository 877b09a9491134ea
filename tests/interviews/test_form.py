"""Heaps of words earn nothing, whatever stands between them; notes and beginners' English are none."""

from random import Random

import pytest

from benchmarks.hostile import Hostile, hostile
from bot.interviews.bank import Bank, Question
from bot.interviews.grading.form import form, form_measures
from bot.interviews.grading.guard import FORMLESS
from bot.interviews.grading.rubric import RubricGrader

MANY = 60
"""Questions of the bank, drawn by chance; `benchmarks/forms.py` measures all."""


@pytest.fixture(scope="module")
def drawn() -> list[Question]:
    told = [question for question in Bank.load().all() if question.kind != "tell"]
    return Random(11).sample(told, MANY)  # noqa: S311 - a sample, no secret


def test_hardly_any_heap_of_words_earns_marks(drawn: list[Question]) -> None:
    rubric, draw = RubricGrader(lambda: None), Random(12)  # noqa: S311 - examples are no secrets
    found: list[tuple[Hostile, float]] = []
    for question in drawn:
        made = list(hostile(question.answer, [point.point for point in question.points], draw))
        found += [(each, rubric.grade(question, each.answer).score or 0.0) for each in draw.sample(made, 8)]
    earned = [(each.kind, score, each.answer[:90]) for each, score in found if score > 0.2]
    assert len(earned) <= 0.05 * len(found), earned


def test_model_answers_and_points_as_notes_have_a_form() -> None:
    for question in Bank.load().all():
        assert form(question.answer, question.answer) >= FORMLESS, question.id
        assert form(question.answer, "; ".join(point.point for point in question.points)) >= FORMLESS, question.id


@pytest.mark.parametrize(
    "answer",
    [
        "LIFO vs FIFO; stack push/pop at top, queue enqueue rear dequeue front",
        "stack = last in first out, you push and pop on same end. queue = first in first out",
        "In stack the last element who enter is the first who go out, queue is opposite of this",
        "difference is order: stack remove newest one, queue remove oldest one",
    ],
)
def test_notes_and_beginners_english_have_a_form(answer: str) -> None:
    reference = (
        "A stack is last in, first out: push and pop work at the top. A queue is first in, first out: elements are "
        "enqueued at the rear and dequeued at the front."
    )
    assert form(reference, answer) >= FORMLESS


@pytest.mark.parametrize("answer", ["", "a stack", "42 43 44 45 46", "LIFO and FIFO"])
def test_what_is_too_short_has_no_form_to_tell(answer: str) -> None:
    assert form_measures("A stack is last in, first out.", answer) == []
    assert form("A stack is last in, first out.", answer) == 1
