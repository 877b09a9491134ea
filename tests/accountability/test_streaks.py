"""Streaks: what breaks them, what saves them, and what must hold for any history."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.accountability.aways import TimeAway, away_weeks
from bot.accountability.streaks import MOST_FREEZES, Streak, streak
from bot.accountability.weeks import Week

FIRST = Week.parse("2026-W40")
NUMBERS = st.sets(st.integers(0, 40))


def weeks(numbers: set[int]) -> set[Week]:
    return {FIRST.shifted(number) for number in numbers}


def drawn(history: str) -> Streak:
    """The streak of a history: x a check-in, . a missed week, - a neutral one; its last week is not over."""
    found = {mark: weeks({n for n, each in enumerate(history) if each == mark}) for mark in "x-"}
    return streak(found["x"], found["-"], FIRST.shifted(len(history) - 1))


def test_weeks_with_a_check_in_count() -> None:
    assert drawn(".") == Streak()
    assert drawn("x") == Streak(1, 1, 0, (), 3, checked_in=True)
    assert drawn("xxx.") == Streak(3, 3, 0, (), 1)


def test_a_missed_week_ends_the_streak() -> None:
    assert drawn("xxx.x") == Streak(1, 3, 0, (), 3, checked_in=True)
    assert drawn("xxx..").length == 0


def test_four_weeks_earn_a_freeze_and_it_is_spent_by_itself() -> None:
    assert drawn("xxxx").freezes == 1
    saved = drawn("xxxx.x")
    assert (saved.length, saved.freezes, saved.frozen) == (5, 0, (FIRST.shifted(4),))
    assert drawn("xxxx..x").length == 1
    assert drawn("xxxx.xxxx").freezes == 1
    assert drawn("xxxx.xxx").freezes == 0, "the four weeks are in a row"


def test_no_more_than_three_are_held() -> None:
    full = drawn("x" * 30)
    assert (full.freezes, full.weeks_to_freeze) == (3, 0)
    assert drawn("x" * 30 + "...x").length == 31
    assert drawn("x" * 30 + "....x").length == 1


def test_neutral_weeks_neither_break_nor_count() -> None:
    assert drawn("xx--xx") == drawn("xxxx")
    assert drawn("xx--.x").length == 1
    assert drawn("x-").length == 1


@given(NUMBERS, NUMBERS, st.integers(0, 40))
def test_a_check_in_more_never_costs_anything(done: set[int], neutral: set[int], extra: int) -> None:
    this = FIRST.shifted(40)
    before, after = (streak(weeks(numbers), weeks(neutral), this) for numbers in (done, done | {extra}))
    assert after.length >= before.length
    assert after.best >= before.best
    assert after.freezes >= before.freezes


@given(NUMBERS, NUMBERS)
def test_bounds_hold(done: set[int], neutral: set[int]) -> None:
    found = streak(weeks(done), weeks(neutral), FIRST.shifted(40))
    assert 0 <= found.freezes <= MOST_FREEZES
    assert found.length <= found.best <= len(done)
    assert len(found.frozen) <= found.length // 4
    assert (found.weeks_to_freeze == 0) == (found.freezes == MOST_FREEZES)


@given(NUMBERS, NUMBERS, st.integers(0, 39))
def test_a_neutral_week_is_as_if_it_were_not_in_the_calendar(done: set[int], neutral: set[int], at: int) -> None:
    done, neutral = done - {at}, neutral | {at}
    without = [{n - (n > at) for n in numbers if n != at} for numbers in (done, neutral)]
    with_it = streak(weeks(done), weeks(neutral), FIRST.shifted(40))
    removed = streak(weeks(without[0]), weeks(without[1]), FIRST.shifted(39))
    assert (with_it.length, with_it.best, with_it.freezes) == (removed.length, removed.best, removed.freezes)


@given(NUMBERS, NUMBERS)
def test_being_away_more_never_costs_anything(done: set[int], neutral: set[int]) -> None:
    this = FIRST.shifted(40)
    away = streak(weeks(done), weeks(neutral), this)
    asked = streak(weeks(done), set(), this)
    assert away.length >= asked.length
    assert away.best >= asked.best


@given(st.lists(st.integers(0, 40), unique=True), st.randoms())
def test_the_order_of_the_evidence_is_irrelevant(done: list[int], random: object) -> None:
    shuffled = list(done)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    one, other = ([FIRST.shifted(n) for n in order] for order in (done, shuffled))
    assert streak(one, (), FIRST.shifted(40)) == streak(other, (), FIRST.shifted(40))


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 60), st.integers(0, 60))
def test_a_week_is_away_when_most_of_its_days_are(first: date, days: int, cut: int) -> None:
    last = first + timedelta(days=days)
    whole = [TimeAway(first, last)]
    middle = min(last, first + timedelta(days=cut))
    in_parts = [TimeAway(middle, last), TimeAway(first, middle)]
    found = away_weeks(whole)
    assert away_weeks(in_parts) == found, "in one piece or in two that touch"
    for week in found:
        assert sum(first <= week.day(n) <= last for n in range(1, 8)) >= 4
    assert len(found) >= (days + 1 - 6) // 7
