"""A question as it is typed into a form."""

from typing import Any

import pytest

from bot.chat import BadInput
from bot.interviews.bank import Point
from bot.interviews.questions_drafts import Draft, drafted
from tests.support.questions import TYPED


def draft(**changes: Any) -> Draft:
    return Draft("software", 2, "explain", **(TYPED | changes))


def test_lines_become_points_with_weights_and_other_words() -> None:
    question = drafted(draft(), ())
    assert question.points == (
        Point("tannins dissolve more slowly than sugars", 3, ("bitter substances come later", "sweet comes first")),
        Point("a long brew holds more tannins", 2, ("time draws them out", "steeping")),
        Point("tannins taste bitter", 1, ("bitter", "an unpleasant taste")),
    )
    assert question.mistakes == ("Blaming the water alone.", "Blaming the cup.")
    assert question.question == "Why does a cup of tea grow bitter when you forget it?"
    assert (question.step, question.minutes, question.topic) == (3, 4, "software")


def test_an_id_says_what_it_is_about_and_is_not_taken() -> None:
    assert drafted(draft(), ()).id == "own-cup-tea-grow-bitter"
    assert drafted(draft(), ("own-cup-tea-grow-bitter",)).id == "own-cup-tea-grow-bitter-2"
    assert drafted(draft(question="Была ли это проблема?"), ("own",)).id == "own-2"
    long = drafted(draft(question="W" * 300 + " of x"), ())
    assert len(long.id) <= 48


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"points": "one\ntwo"}, "points"),
        ({"points": "\n".join("abcdefg")}, "points"),
        ({"points": "one\n| words only\nthree"}, "points"),
        ({"points": f"one\ntwo | {'; '.join('abcdefghijklm')}\nthree"}, "points"),
        ({"points": f"one\ntwo\n{'x' * 301}"}, "points"),
        ({"mistakes": "a\nb\nc\nd"}, "mistakes"),
        ({"mistakes": " \n "}, "mistakes"),
        ({"follow_ups": "y" * 301}, "follow_ups"),
        ({"answer": "Yes."}, "answer"),
        ({"question": "Why?"}, "question"),
    ],
)
def test_what_is_wrong_is_told_with_its_input(changes: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as error:
        drafted(draft(**changes), ())
    assert error.value.field == field
    assert "$" not in error.value.message
