"""Several people's ticks become one score: those who stand alone weigh little, and order means nothing."""

from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.bank import Bank
from bot.interviews.grading.grades import PointGrade, Verdict, weighed
from bot.interviews.grading.peers import LEAST_TRUST, agreement, together

QUESTION = Bank.load().get("dl-dropout")
POINTS = len(QUESTION.points)
ALL = frozenset(range(POINTS))
reviews = st.lists(st.frozensets(st.integers(0, POINTS - 1)), min_size=1, max_size=5)
shares = st.sampled_from((0.0, 0.5, 1.0))
told: st.SearchStrategy[dict[int, float]] = st.just({}) | st.fixed_dictionaries(dict.fromkeys(range(POINTS), shares))


@given(reviews, told)
def test_agreement_and_score_are_shares(ticks: list[frozenset[int]], grader: dict[int, float]) -> None:
    agreements = agreement(ticks, POINTS, grader)
    assert all(each is None or 0 <= each <= 1 for each in agreements)
    assert all((each is None) == (len(ticks) == 1 and not grader) for each in agreements)
    seen = together(QUESTION, ticks, agreements)
    assert 0 <= seen.score <= 1
    assert all(0 <= share <= 1 for share in seen.points)


@given(reviews, told, st.randoms())
def test_the_order_of_reviewers_means_nothing(
    ticks: list[frozenset[int]], grader: dict[int, float], chance: object
) -> None:
    mixed = list(ticks)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random
    scores = [together(QUESTION, each, agreement(each, POINTS, grader)).score for each in (ticks, mixed)]
    assert abs(scores[0] - scores[1]) < 1e-9


@given(st.frozensets(st.integers(0, POINTS - 1)), st.integers(2, 4))
def test_where_all_agree_the_score_is_that_of_any_grader(ticked: frozenset[int], number: int) -> None:
    ticks = [ticked] * number
    seen = together(QUESTION, ticks, agreement(ticks, POINTS, {}))
    verdicts = tuple(PointGrade(n, Verdict.MET if n in ticked else Verdict.MISSING) for n in range(POINTS))
    assert abs(seen.score - weighed(QUESTION, verdicts)) < 1e-9


def test_one_who_stands_alone_moves_little() -> None:
    fair, unkind = [ALL, ALL, frozenset()], [ALL, ALL]
    agreements = agreement(fair, POINTS, {})
    assert agreements == [0.5, 0.5, 0.0]
    lowered = together(QUESTION, fair, agreements).score
    assert 1 - lowered < 0.1
    assert together(QUESTION, unkind, agreement(unkind, POINTS, {})).score == 1.0
    assert LEAST_TRUST < 0.25


def test_the_grader_is_a_voice_as_well() -> None:
    agreements = agreement([ALL, frozenset()], POINTS, dict.fromkeys(range(POINTS), 1.0))
    assert agreements == [0.5, 0.0]
