"""Plain text, times and pay out of what sources send."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.sources import text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("", ""),
        ("plain", "plain"),
        ("a \u200b b\r\n\r\n c", "a b\nc"),
        ("3 < 4 & 5 > 4", "3 < 4 & 5 > 4"),
        ("<p>a</p>b<br>c", "a\nb\nc"),
        ("<script>x()</script><style>y</style><p>z</p>", "z"),
        ("&lt;p&gt;escaped &amp;amp; again&lt;/p&gt;", "escaped & again"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
    ],
)
def test_plain_text_of_html(markup: str, expected: str) -> None:
    assert text.plain(markup) == expected


def test_html_that_is_made_to_cost_time_is_cut() -> None:
    assert text.plain("<div>" * 100_000 + "never seen") == ""


@given(st.text())
def test_any_text_makes_plain_text(markup: str) -> None:
    assert "\n\n" not in text.plain(markup)


NOON = datetime(2027, 1, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2027-01-02T12:00:00Z", NOON),
        ("2027-01-02T13:00:00+01:00", NOON),
        ("2027-01-02 12:00:00", NOON),
        ("2027-01-02", datetime(2027, 1, 2, tzinfo=UTC)),
        (1798891200, NOON),
        ("1798891200", NOON),
        (1798891200000, NOON),
        (1798891200.0, NOON),
        (0, None),
        (-5, None),
        (True, None),
        (1e300, None),
        ("soon", None),
        ("0001-01-01T00:00:00+14:00", None),
        (None, None),
        ([], None),
    ],
)
def test_times_in_all_shapes(value: object, expected: datetime | None) -> None:
    assert text.moment(value) == expected


def test_a_deadline_is_open_to_the_end_of_its_day() -> None:
    assert text.deadline("2027-01-02") == datetime(2027, 1, 2, 23, 59, 59, tzinfo=UTC)
    assert text.deadline("2027-01-02T12:00:00Z") == NOON
    assert text.deadline(None) is None


@pytest.mark.parametrize(
    ("stated", "worded"),
    [
        ((40, 55.5, "usd", "HOUR"), "USD 40–55.50 per hour"),
        ((40, 40, "", "per-month-salary"), "40 per month"),
        ((None, 90_000, "EUR", "fortnight"), "EUR 90,000"),
        ((None, None, "EUR", "YEAR"), ""),
        ((0, 0, "EUR", "YEAR"), ""),
    ],
)
def test_pay_in_words(stated: tuple[float | None, float | None, str, str], worded: str) -> None:
    assert text.pay(*stated) == worded
