"""Answers of our own at known quality are ranked right: full before half before wrong, in 97 of 100 pairs."""

import pytest

from benchmarks.ranking import FRESH, QUALITIES, answers, ranked
from bot.interviews.bank import Bank
from bot.interviews.grading import vectors
from bot.interviews.grading.grades import Grade, Verdict
from bot.interviews.grading.rubric import RubricGrader

ANSWERS = answers()


def test_there_are_at_least_200_answers_each_to_a_question_of_the_bank() -> None:
    assert len(ANSWERS) * len(QUALITIES) >= 200
    assert len({row["id"] for row in ANSWERS}) == len(ANSWERS)
    assert len({row[quality] for row in ANSWERS for quality in QUALITIES}) == len(ANSWERS) * len(QUALITIES)


def test_by_words_alone_97_percent_of_pairs_are_ranked_right() -> None:
    share, wrong = ranked(lambda: None)
    assert share >= 0.97, wrong


@pytest.mark.no_cover  # the same code as by words alone, but for the vectors, which have tests of their own
def test_by_meaning_97_percent_of_pairs_are_ranked_right() -> None:
    if vectors.load() is None:
        pytest.skip("the extra minilm is not installed")
    # Half of them, since vectors take a minute: `python -m benchmarks.grading` ranks all (docs/quality.md).
    share, wrong = ranked(vectors.load, every=2)
    assert share >= 0.97, wrong


def test_answers_that_no_rule_was_written_for_are_ranked_as_published() -> None:
    assert not {row["id"] for row in ANSWERS} & {row["id"] for row in answers(FRESH)}
    share, wrong = ranked(lambda: None, name=FRESH)
    assert share >= 0.85, wrong


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
