"""Whether an answer is about its question at all, where only a reference is known (`rung interviews grade`)."""

from collections.abc import Iterator
from random import Random

import pytest

from bot.interviews.bank import Bank
from bot.interviews.grading import vectors
from bot.interviews.grading.guard import Asked, Guard, Reason
from bot.interviews.grading.topic import OFF_TOPIC, topic
from bot.interviews.grading.vectors import Vectors
from tests.interviews.test_guard import data

ASKED = [question for question in Bank.load().all() if question.kind != "tell"]


def meaning(by: str) -> Vectors | None:
    if by == "words":
        return None
    return vectors.load() or pytest.skip("the extra minilm is not installed")


def beside_references(every: int) -> Iterator[tuple[Asked, str]]:
    """Yield texts on other matters, that the topic was not fitted to, each beside the references of two questions."""
    texts = data("off_topic.yaml")["measured"]
    draw = Random(3)  # noqa: S311 - the same for every run
    for text in texts[::every]:
        for question in draw.sample(ASKED, 2):
            yield Asked(question.question, question.answer), text


@pytest.mark.parametrize(("by", "least", "every"), [("words", 0.9, 1), ("meaning", 0.97, 4)])
def test_texts_on_other_matters_are_turned_away(by: str, least: float, every: int) -> None:
    guard = Guard(meaning(by))
    found = [guard.check(asked, text) for asked, text in beside_references(every)]
    assert set(found) <= {Reason.OFF_TOPIC, None}
    assert sum(each is not None for each in found) / len(found) >= least


@pytest.mark.parametrize(("by", "every"), [("words", 1), ("meaning", 8)])
def test_answers_stay_half_and_mistaken_ones_too(by: str, every: int) -> None:
    bank, near = Bank.load(), meaning(by)
    rows = [(bank.get(row["id"]), row[kind]) for row in data("ranked.yaml") for kind in ("full", "half", "wrong")]
    border = OFF_TOPIC["minilm" if near else "words"]
    strange = [said for asked, said in rows[::every] if topic(asked.question, asked.answer, said, near) < border]
    assert strange == []


@pytest.mark.parametrize(
    "answer",
    ["LIFO", "the newest plate is taken first", "You take off what you put on last", "push and pop at one end"],
)
def test_an_answer_in_wholly_other_words_is_graded(answer: str) -> None:
    stack = Asked("What is a stack?", "A data structure where the last element added is the first one removed.")
    assert Guard(None).check(stack, answer) is None
