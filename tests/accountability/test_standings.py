"""The board and the member's own page are of one mind, wherever the member lived, was away, or the bot was down."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.accountability.models import Away, Uptime, ZoneStay
from bot.accountability.standings import board, streak_of
from bot.accountability.weeks import Week
from bot.community.models import Member, Profile
from bot.schema import metadata
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Entry, write
from tests.support.filling import NOW
from tests.support.people import person

FIRST = Week.parse("2026-W48")
ZONES = ("America/Los_Angeles", "Pacific/Auckland", "Europe/Berlin")
SUNDAY_EVENING = 14 * 24 + 1
"""Hours from the beginning until Sunday evening of the second week in Los Angeles, when it is Monday in Auckland."""
engine = sa.create_engine("sqlite://")
metadata.create_all(engine)


@settings(max_examples=60, deadline=None)
@given(
    weeks=st.sets(st.integers(0, 6)),
    stays=st.lists(st.tuples(st.sampled_from(ZONES), st.integers(0, 7 * 24 * 7)), max_size=3),
    away=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 14)), max_size=2),
    down=st.lists(st.integers(1, 60), max_size=2),
    hours=st.integers(0, 7 * 24 * 7),
)
@example(weeks={0}, stays=[(ZONES[0], 0), (ZONES[1], SUNDAY_EVENING)], away=[], down=[], hours=SUNDAY_EVENING)
def test_board_and_streak_agree(
    weeks: set[int],
    stays: list[tuple[str, int]],
    away: list[tuple[int, int]],
    down: list[int],
    hours: int,
) -> None:
    begin = datetime(2026, 11, 23, tzinfo=NOW.tzinfo)
    now = begin + timedelta(hours=hours)
    with engine.connect() as connection:
        ada = person(connection, "ada")
        connection.execute(sa.insert(Profile).values(member_id=ada, topics=[], places=[], shows_steps=True))
        zone = "UTC"
        for where, since in sorted(stays, key=lambda stay: stay[1]):
            if begin + timedelta(hours=since) <= now:
                zone = where
                values = {"member_id": ada, "zone": where, "since": begin + timedelta(hours=since)}
                connection.execute(sa.insert(ZoneStay).values(values))
        connection.execute(sa.update(Member).where(Member.id == ada).values(zone=zone))
        for number in weeks:
            write(connection, ada, Entry(Step.NONE, Kind.CHECK_IN, str(FIRST.shifted(number))), now)
        for first, length in away:
            day = date(2026, 11, 23) + timedelta(days=first)
            values = {"member_id": ada, "first_day": day, "last_day": day + timedelta(days=length)}
            connection.execute(sa.insert(Away).values(values))
        for until in down:
            seen = begin + timedelta(hours=until)
            connection.execute(sa.insert(Uptime).values(began_at=begin, seen_at=min(seen, now)))
        own = streak_of(connection, ada, zone, now)
        shown = board(connection, 1, now)
        assert [row.streak for row in shown.rows] == ([own] if own.length else [])
