"""Bands: wide with few answers, narrow with many, wide again when old; topics told apart only when they are."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.practice_stats import ENOUGH, HALF_LIFE, WEEKS, Gap, Mark, band_of, stats_of

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SCORES = st.lists(
    st.tuples(st.floats(0, 400).map(lambda days: NOW - timedelta(days=days)), st.floats(0, 1)), min_size=1
)


def marks(topic: str, *scores: float, days: int = 1) -> list[Mark]:
    return [
        Mark(topic, NOW - timedelta(days=days * n), score, step=3, question="q", missed=("x",))
        for n, score in enumerate(scores)
    ]


@given(SCORES)
def test_the_middle_lies_within_the_band_and_the_band_within_all(given_marks: list[tuple[datetime, float]]) -> None:
    band = band_of(given_marks, NOW)
    assert band is not None
    assert 0 <= band.low <= band.mean + 1e-9
    assert band.mean - 1e-9 <= band.high <= 1


def test_wilsons_interval_is_what_the_formula_gives() -> None:
    """Ten answers of today, eight right: the interval of eight of ten at z = 1.2816, worked out apart."""
    band = band_of([(NOW, 1.0)] * 8 + [(NOW, 0.0)] * 2, NOW)
    assert band is not None
    assert (round(band.mean, 3), round(band.low, 3), round(band.high, 3)) == (0.8, 0.602, 0.914)


def test_more_answers_narrow_it_and_time_widens_it() -> None:
    def width(count: int, now: datetime = NOW) -> float:
        band = band_of([(NOW, 0.7)] * count, now)
        assert band is not None
        return band.high - band.low

    assert width(1) > width(4) > width(20)
    assert width(20, NOW + 2 * HALF_LIFE) > width(20)
    assert band_of([(NOW, 0.7)], NOW - timedelta(days=1)) is None


def test_late_answers_count_more() -> None:
    band = band_of([(NOW - 4 * HALF_LIFE, 0.0), (NOW, 1.0)], NOW)
    assert band is not None
    assert band.mean > 0.9


def test_one_round_is_no_verdict() -> None:
    stats = stats_of([*marks("a", *[1.0] * (ENOUGH - 1)), *marks("b", *[0.0] * (ENOUGH - 1))], NOW)
    assert (stats.strongest, stats.weakest) == (None, None)
    assert (stats.lowest, stats.missed, stats.step) == ("b", (Gap("q", "x"),), 3), "but one can read on the lowest"
    known = stats_of(marks("a", 1.0, 0.95), NOW)
    assert (known.lowest, known.missed, known.step) == (None, (), 0)


def test_topics_whose_bands_overlap_are_not_told_apart() -> None:
    stats = stats_of([*marks("a", *[0.7] * 5), *marks("b", *[0.5] * 5)], NOW)
    assert (stats.strongest, stats.weakest) == (None, None)
    apart = stats_of([*marks("a", *[0.95] * 9), *marks("b", *[0.1] * 9), *marks("c", 0.0)], NOW)
    assert (apart.strongest, apart.weakest, apart.missed, apart.step) == ("a", "b", (Gap("q", "x"),), 3)
    assert apart.lowest == "b"
    assert [topic.topic for topic in apart.topics] == ["a", "b", "c"]
    assert apart.graders == {"rubric": 19}


def test_the_picture_goes_back_some_weeks_and_begins_with_the_first_answer() -> None:
    [topic] = stats_of(marks("a", 0.2, 0.9, days=14), NOW).topics
    assert len(topic.weeks) == WEEKS + 1
    assert topic.weeks[WEEKS - 3] is None
    assert topic.weeks[WEEKS - 2] is not None
    assert [round(back, 3) for back, _ in topic.dots] == [0.0, 2.0]
    assert stats_of([], NOW).topics == ()
