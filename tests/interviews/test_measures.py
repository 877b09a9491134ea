"""The measures of an answer beside its reference: what a grader will weigh."""

import math

from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.grading.features import features
from bot.interviews.grading.text import aligned, alike, clauses, content, stem, words

QUESTION = "What is a stack?"
REFERENCE = "A data structure where the last element added is the first one removed."


def test_the_forms_of_a_word_are_one() -> None:
    assert stem("removes") == stem("removed") == stem("removing")
    assert stem("boundaries") == stem("boundary")
    assert stem("class") == "class"
    assert words("It\u2019s O(n) <= 2.5") == ["it's", "o", "(", "n", ")", "<=", "2.5"]


def test_other_words_and_slips_of_the_pen_count_for_less_than_the_word_itself() -> None:
    assert alike(stem("remove"), stem("delete")) == 0.9
    assert alike(stem("recursion"), stem("recursive")) >= 0.8
    assert 0.75 <= alike("gradient", "grdaient") < 1
    assert alike("stack", "river") == 0
    assert aligned(["stack"], []) == [0.0]


def test_an_answer_falls_into_what_it_says() -> None:
    assert (
        clauses("It is small; it is fast, but it forgets.") == ["It is small", "it is fast, but it forgets"]
        or len(clauses("It is small; it is fast, but it forgets.")) == 3
    )
    assert clauses("?!") == ["?!"]


def test_a_better_answer_measures_better() -> None:
    good = features(QUESTION, REFERENCE, "The element that was inserted last gets deleted first.")
    poor = features(QUESTION, REFERENCE, "A river in the mountains.")
    assert good[0] > poor[0]
    assert good[5] > poor[5]
    assert content(QUESTION) == ["stack"]


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_whatever_is_typed_can_be_measured(question: str, reference: str, answer: str) -> None:
    found = features(question, reference, answer)
    assert len(found) == 35
    assert all(math.isfinite(value) for value in found)
