"""The bank: read strictly, chosen from repeatably."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import NotFound
from bot.interviews.bank import Bank, Topic, read_topic

BANK = Bank.load()
ONE = """
topic: tea
title: Tea
questions:
- id: tea-leaves
  level: 1
  kind: explain
  question: Why does tea grow bitter when it draws for long?
  answer: Tannins dissolve more slowly than what tastes sweet, so a long brew holds more of them.
  points:
  - {point: tannins dissolve slowly, weight: 3, words: [bitter substances come later]}
  - {point: what tastes sweet comes first, weight: 1, words: [sugars]}
  - {point: a long brew holds more, weight: 1, words: [time]}
  mistakes: [Blaming the water alone.]
  follow_ups: [What does hotter water change?]
  minutes: 2
  step: 4
"""


def test_a_file_is_read_and_knows_its_topic() -> None:
    bank = Bank([read_topic(ONE, "tea.yaml")])
    assert bank.topics() == {"tea": "Tea"}
    assert bank.get("tea-leaves").topic == "tea"
    assert bank.all() == bank.pick(None, None, 5, 1)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (ONE.replace("level: 1", "level: 4"), "level"),
        (ONE.replace("kind: explain", "kind: sing"), "kind"),
        (ONE.replace("minutes: 2", "minutes: 2\n  colour: red"), "colour"),
        (ONE.replace("id: tea-leaves", "id: Tea Leaves"), "id"),
        ("topic: [", "tea.yaml"),
        (ONE.replace("weight: 3", "weight: 9"), "points"),
    ],
)
def test_what_is_not_as_it_must_be_is_told_with_its_place(wrong: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as error:
        read_topic(wrong, "tea.yaml")
    assert str(error.value).startswith("tea.yaml: ")


def test_nothing_stands_twice() -> None:
    tea = read_topic(ONE, "tea.yaml")
    with pytest.raises(ValueError, match="topic tea"):
        Bank([tea, tea])
    with pytest.raises(ValueError, match="tea-leaves"):
        Bank([tea, Topic("coffee", "Coffee", tea.questions)])


def test_a_question_that_left_the_bank_is_told() -> None:
    with pytest.raises(NotFound, match="no longer"):
        BANK.get("no-such-question")


@given(
    topic=st.sampled_from([None, *BANK.topics()]),
    level=st.sampled_from([None, 1, 2, 3]),
    n=st.integers(0, 60),
    seed=st.integers(0, 2**32),
    avoid=st.sets(st.sampled_from([q.id for q in BANK.all()]), max_size=40),
)
def test_a_choice_fits_repeats_nothing_and_avoids_what_it_can(
    topic: str | None, level: int | None, n: int, seed: int, avoid: set[str]
) -> None:
    fitting = {q.id for q in BANK.all() if topic in {None, q.topic} and level in {None, q.level}}
    chosen = [q.id for q in BANK.pick(topic, level, n, seed, avoid)]
    assert len(chosen) == len(set(chosen)) == min(n, len(fitting))
    assert set(chosen) <= fitting
    assert len(set(chosen) & avoid) == max(0, len(chosen) - len(fitting - avoid))
    assert chosen == [q.id for q in BANK.pick(topic, level, n, seed, avoid)]
