"""Outages: what silence is one, and which weeks it makes neutral."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.accountability.uptime import Outage, beat, gaps, neutral_weeks, outages
from bot.accountability.weeks import Week
from bot.db import Database

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
WEEK = Week.of(MONDAY.date())
HOUR = timedelta(hours=1)
BERLIN = "Europe/Berlin"


def at(day: int, hour: float) -> datetime:
    """A moment of the week; day 1 is Monday, day 8 the Monday after."""
    return MONDAY + timedelta(days=day - 1, hours=hour)


def neutral(began: datetime, ended: datetime, zone: str = "UTC") -> bool:
    return WEEK in neutral_weeks([Outage(began, ended)], [zone])


async def test_the_span_grows_while_the_bot_is_alive(database: Database) -> None:
    for hours in (0, 1, 2.4, 3.9, 36, 37):
        await database.run(lambda c, hours=hours: beat(c, MONDAY + hours * HOUR))  # type: ignore[misc]  # bound now
    await database.run(lambda c: beat(c, MONDAY + 36.5 * HOUR))
    found = await database.read(lambda c: outages(c, MONDAY + 38 * HOUR))
    assert found == [Outage(MONDAY + 3.9 * HOUR, MONDAY + 36 * HOUR)]
    late = await database.read(lambda c: outages(c, MONDAY + 40 * HOUR))
    assert late[1:] == [Outage(MONDAY + 37 * HOUR, MONDAY + 40 * HOUR)], "the bot is just back and noted nothing yet"


async def test_before_the_first_note_there_was_no_outage(database: Database) -> None:
    assert await database.read(lambda c: outages(c, MONDAY)) == []


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 60)), max_size=12))
def test_outages_lie_between_spans_whatever_their_order(drawn: list[tuple[int, int]]) -> None:
    spans = [(MONDAY + start * HOUR, MONDAY + (start + long) * HOUR) for start, long in drawn]
    found = gaps(spans, MONDAY + 600 * HOUR)
    assert found == gaps(reversed(spans), MONDAY + 600 * HOUR)
    for outage in found:
        assert all(outage.within(*span) == timedelta() for span in spans)
    assert all(one.ended <= other.began for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("began", "ended", "expected"),
    [
        (at(6, 20), at(8, 2), True),  # over the end of the week
        (at(7, 22), at(8, 9), True),  # the last two hours
        (at(7, 22.5), at(8, 9), False),
        (at(5, 6), at(6, 6), True),  # a day of the three in which one checks in
        (at(5, 6), at(6, 5), False),
        (at(3, 0), at(4, 12), False),  # in mid-week
        (at(1, 0), at(5, 0), True),  # nobody could be asked for goals
        (at(1, 1), at(5, 0), False),
    ],
)
def test_outages_make_the_weeks_neutral_that_one_could_miss(began: datetime, ended: datetime, expected: bool) -> None:
    assert neutral(began, ended) is expected


def test_it_is_the_members_own_sunday_that_counts() -> None:
    began, ended = at(8, 7), at(8, 10)
    assert neutral(began, ended, "Pacific/Honolulu")
    assert not neutral(began, ended, BERLIN)
    assert WEEK in neutral_weeks([Outage(began, ended)], [BERLIN, "Pacific/Honolulu"]), "lived there in this time"


def test_two_short_outages_add_up() -> None:
    assert WEEK in neutral_weeks([Outage(at(7, 1), at(7, 2)), Outage(at(7, 20), at(7, 21))], ["UTC"])
