"""Peer scores: who scores whom, how far they agree, and what they say together."""

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.bank import Bank
from bot.interviews.grading.peers import agreement, together
from bot.interviews.rounds_reviews import MOST, hand_out

QUESTION = Bank.load().all()[0]


@given(people=st.integers(1, 40), seed=st.integers())
def test_everyone_scores_as_many_as_the_others_and_never_their_own(people: int, seed: int) -> None:
    authors = [100 + number for number in range(people)]
    found = hand_out(authors, random.Random(seed))  # noqa: S311 - chance, not cryptography
    each = min(MOST, people - 1)
    assert set(found) == set(authors)
    for reviewer, theirs in found.items():
        assert len(set(theirs)) == len(theirs) == each
        assert reviewer not in theirs
    scored = [author for theirs in found.values() for author in theirs]
    assert all(scored.count(author) == each for author in authors)


def test_the_order_tells_nothing_of_the_author() -> None:
    chance = random.Random(7)  # noqa: S311 - chance, not cryptography
    first = [hand_out([1, 2, 3, 4, 5], chance)[1][0] for _ in range(400)]
    assert all(60 < first.count(author) < 140 for author in (2, 3, 4, 5))


def test_who_stands_alone_agrees_little_and_weighs_little() -> None:
    ticks = [frozenset({0, 1, 2}), frozenset({0, 1, 2}), frozenset[int]()]
    agreements = agreement(ticks, 3, {0: 1.0, 1: 1.0, 2: 1.0})
    assert agreements == [pytest.approx(2 / 3), pytest.approx(2 / 3), pytest.approx(0)]
    question = msgspec.structs.replace(QUESTION, points=QUESTION.points[:3])
    view = together(question, ticks, agreements)
    assert view.score > 0.9
    assert len(view.points) == len(question.points)


def test_a_single_review_without_a_grade_is_compared_with_nothing() -> None:
    assert agreement([frozenset({0})], 3, {}) == [None]
    assert together(QUESTION, [frozenset(range(len(QUESTION.points)))], [None]).score == 1


@given(st.lists(st.frozensets(st.integers(0, 2)), min_size=1, max_size=5))
def test_scores_are_shares(ticks: list[frozenset[int]]) -> None:
    agreements = agreement(ticks, 3, {0: 1.0, 1: 0.5, 2: 0.0})
    assert all(each is None or 0 <= each <= 1 for each in agreements)
    assert 0 <= together(QUESTION, ticks, agreements).score <= 1
