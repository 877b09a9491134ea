"""Moments as members write them, and nudges by their clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.applications.moments import in_words, read_moment
from bot.applications.nudges import Clock, Why, due_now, next_after, nudges_of
from bot.chat import BadInput

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
BERLIN = Clock("Europe/Berlin", 9)


@pytest.mark.parametrize(
    ("typed", "wall"),
    [
        ("in 5 days", "2026-11-28T09:00"),
        ("tomorrow", "2026-11-24T09:00"),
        ("tomorrow at 14", "2026-11-24T14:00"),
        ("next Friday at 14:30", "2026-11-27T14:30"),
        ("next week", "2026-11-30T09:00"),
        ("tonight", "2026-11-23T20:00"),
        ("noon tomorrow", "2026-11-24T12:00"),
        ("3 December", "2026-12-03T09:00"),
        ("4.12.2026", "2026-12-04T09:00"),
        ("2026-12-31", "2026-12-31T09:00"),
        ("by 2026-12-31 15:00", "2026-12-31T15:00"),
    ],
)
def test_a_moment_is_read_in_the_members_zone(typed: str, wall: str) -> None:
    assert read_moment(typed, NOW, BERLIN).wall == wall


def test_hours_ahead_are_no_local_time() -> None:
    found = read_moment("in 2 hours", NOW, BERLIN)
    assert (found.at, found.wall) == (NOW + timedelta(hours=2), "")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("yesterday", "over already"),
        ("2020-01-01", "over already"),
        ("blue", "can't read"),
        ("in 9 years", "years ahead"),
    ],
)
def test_what_is_no_moment_to_come_is_refused(typed: str, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        read_moment(typed, NOW, BERLIN)


def test_a_moment_is_said_exactly() -> None:
    at = read_moment("in 5 days", NOW, Clock("America/New_York", 7)).at
    assert in_words(at, "America/New_York") == "Saturday, 28 November 2026 at 07:00 (America/New_York)"


def test_a_local_time_that_summer_time_leaves_out_comes_after_the_gap() -> None:
    spring = datetime(2027, 3, 27, 12, tzinfo=UTC)
    assert read_moment("tomorrow at 2:30", spring, BERLIN).at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


@given(
    st.sampled_from(["saved", "applied", "offer"]),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)),  # noqa: DTZ001 - made aware below
    st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 1)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Apia"]),
    st.integers(0, 23),
)
def test_nudges_come_once_each_in_order(
    stage: str, moved: datetime, deadline: date | None, zone: str, hour: int
) -> None:
    moved, clock = moved.replace(tzinfo=UTC), Clock(zone, hour)
    nudges = nudges_of(stage, moved, deadline, clock)
    said, at = [], next_after(nudges, moved)
    while at is not None:
        found = due_now(nudges, at, at, clock.day(at), deadline)
        assert found is not None
        assert found.at > moved
        said.append((found.why, found.days))
        at = next_after(nudges, at)
    assert len(said) == len(set(said)) <= 2
    if stage == "applied":
        assert said == [(Why.FOLLOW_UP, 7), (Why.FOLLOW_UP, 14)]
    if stage == "offer":
        assert said == []


def test_after_an_outage_only_the_latest_is_said_and_nothing_of_an_end_that_is_over() -> None:
    nudges = nudges_of("applied", NOW, None, BERLIN)
    late = nudges[1].at + timedelta(hours=30)
    found = due_now(nudges, nudges[0].at, late, BERLIN.day(late), None)
    assert found is not None
    assert found.days == 14
    ends = date(2026, 12, 1)
    nudges = nudges_of("saved", NOW, ends, BERLIN)
    assert due_now(nudges, nudges[0].at, NOW + timedelta(days=12), date(2026, 12, 5), ends) is None
