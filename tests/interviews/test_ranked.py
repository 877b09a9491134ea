"""Answers of our own at known quality are ranked right: full before half before wrong, in 97 of 100 pairs."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from bot.interviews.bank import Bank
from bot.interviews.grading import vectors
from bot.interviews.grading.grades import Grade, Verdict
from bot.interviews.grading.rubric import RubricGrader
from bot.interviews.grading.vectors import Vectors

ANSWERS = yaml.safe_load((Path(__file__).parent / "data" / "ranked.yaml").read_text(encoding="utf-8"))
QUALITIES = ("full", "half", "wrong")


def _ranked(load: Callable[[], Vectors | None], every: int = 1) -> tuple[float, list[str]]:
    """Return the share of pairs that are ranked right, and those that are not."""
    rubric, wrong, pairs = RubricGrader(load), [], 0
    for row in ANSWERS[::every]:
        question = Bank.load().get(row["id"])
        scores = {quality: rubric.grade(question, row[quality]).score or 0.0 for quality in QUALITIES}
        for better, worse in combinations(QUALITIES, 2):
            pairs += 1
            if scores[better] <= scores[worse]:
                wrong.append(f"{row['id']}: {better} {scores[better]} and {worse} {scores[worse]}")
    return 1 - len(wrong) / pairs, wrong


def test_there_are_at_least_200_answers_each_to_a_question_of_the_bank() -> None:
    assert len(ANSWERS) * len(QUALITIES) >= 200
    assert len({row["id"] for row in ANSWERS}) == len(ANSWERS)
    assert len({row[quality] for row in ANSWERS for quality in QUALITIES}) == len(ANSWERS) * len(QUALITIES)


def test_by_words_alone_97_percent_of_pairs_are_ranked_right() -> None:
    share, wrong = _ranked(lambda: None)
    assert share >= 0.97, wrong


def test_by_meaning_97_percent_of_pairs_are_ranked_right() -> None:
    """A third of them, for the time it takes; `python -m benchmarks.grading` measures all."""
    if vectors.load() is None:
        pytest.skip("the extra minilm is not installed")
    share, wrong = _ranked(vectors.load, every=3)
    assert share >= 0.97, wrong


@pytest.fixture(scope="module")
def l1_and_l2() -> Grade:
    [row] = [row for row in ANSWERS if row["id"] == "ml-regularisation-l1-l2"]
    return RubricGrader(lambda: None).grade(Bank.load().get(row["id"]), row["wrong"])


def test_what_is_said_the_wrong_way_round_is_no_point_and_is_named(l1_and_l2: Grade) -> None:
    assert l1_and_l2.score is not None
    assert l1_and_l2.score < 0.5
    assert any("wrong way round" in mistake or "L2 also removes" in mistake for mistake in l1_and_l2.mistakes)


def test_a_quote_stands_in_the_answer_and_the_advice_names_what_is_missing() -> None:
    rubric, bank = RubricGrader(lambda: None), Bank.load()
    for row in ANSWERS:
        for quality in QUALITIES:
            grade = rubric.grade(bank.get(row["id"]), row[quality])
            assert all(point.quote in row[quality] for point in grade.points)
            assert all(bool(point.quote) == (point.verdict != Verdict.MISSING) for point in grade.points)
            assert grade.advice
            assert Grade.from_json(grade.as_json()) == grade
