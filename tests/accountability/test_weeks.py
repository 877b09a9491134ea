"""Weeks in every zone, over summer time and over moves."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.accountability.weeks import Week, open_weeks, week_of, weeks_between

ZONES = st.sampled_from(sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc")))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given beside
WEEKS = st.dates(date(2020, 1, 1), date(2040, 1, 1)).map(Week.of)


@given(MOMENTS, ZONES)
def test_a_moment_lies_in_exactly_the_week_whose_bounds_hold_it(moment: datetime, zone: str) -> None:
    week = week_of(moment, zone)
    start, end = week.bounds(zone)
    assert start <= moment < end
    assert week.shifted(1).bounds(zone)[0] == end


@given(WEEKS, ZONES)
def test_a_week_begins_and_ends_to_the_second(week: Week, zone: str) -> None:
    start, end = week.bounds(zone)
    second = timedelta(seconds=1)
    assert [week_of(at, zone) for at in (start - second, start, end - second, end)] == [
        week.shifted(-1),
        week,
        week,
        week.shifted(1),
    ]
    local = start.astimezone(ZoneInfo(zone))
    assert local.date() == week.monday
    # A week with a change of summer time is an hour longer or shorter (or half of one, on Lord Howe Island).
    assert abs(end - start - timedelta(days=7)) <= timedelta(hours=1)


@given(MOMENTS, ZONES, ZONES)
def test_two_zones_are_never_more_than_a_week_apart(moment: datetime, one: str, other: str) -> None:
    first, *more = open_weeks(moment, [one, other])
    assert more in ([], [first.shifted(1)])


@given(WEEKS, st.integers(-60, 60))
def test_weeks_count(week: Week, by: int) -> None:
    assert Week.parse(str(week)) == week
    later = week.shifted(by)
    assert len(list(weeks_between(week, later))) == max(0, by + 1)
    assert (later > week) == (by > 0)
    assert (str(later) > str(week)) == (by > 0), "names stand in the order of the weeks"


def test_names_and_days() -> None:
    week = Week.of(date(2027, 1, 1))
    assert (str(week), week.number) == ("2026-W53", 53)
    assert (week.day(1), week.day(5), week.day(7)) == (date(2026, 12, 28), date(2027, 1, 1), date(2027, 1, 3))


def test_summer_time_moves_the_end_of_a_week() -> None:
    start, end = Week.parse("2027-W12").bounds("Europe/Berlin")
    assert (start, end) == (datetime(2027, 3, 21, 23, tzinfo=UTC), datetime(2027, 3, 28, 22, tzinfo=UTC))


@pytest.mark.parametrize("name", ["", "2026-48", "2026-W54", "2026-W00", "soon", "2026-W48 "])
def test_what_is_no_week_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"week|Week"):
        Week.parse(name)


def test_a_week_begins_on_monday() -> None:
    with pytest.raises(ValueError, match="no Monday"):
        Week(date(2026, 11, 24))
