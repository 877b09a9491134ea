"""When a question comes back: soon when it was missed, later each time that it is known, never in half a year."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.community.models import Community, Member
from bot.db import Database
from bot.interviews.bank import Bank
from bot.interviews.practice_cards import (
    LONGEST,
    card_of,
    cards_of,
    due_of,
    keep_card,
    merge_cards,
    rating_of,
    reviewed,
    shifted,
)
from bot.interviews.practice_picks import pick_next

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("score", "rating"),
    [(None, Rating.Good), (0.0, Rating.Again), (0.39, Rating.Again), (0.4, Rating.Hard), (0.65, Rating.Good)],
)
def test_a_score_says_how_an_answer_went(score: float | None, rating: Rating) -> None:
    assert rating_of(score) is rating


def test_a_rating_is_shifted_within_its_ends() -> None:
    assert shifted(Rating.Good, 1) is Rating.Easy
    assert shifted(Rating.Easy, 1) is Rating.Easy
    assert shifted(Rating.Again, -1) is Rating.Again


def test_what_is_known_comes_back_later_and_later_and_what_is_missed_soon() -> None:
    card, at, gaps = None, NOW, []
    for _ in range(7):
        card = reviewed(card, Rating.Good, at)
        gaps.append((due_of(card) - at) // DAY)
        at = due_of(card)
    assert gaps == sorted(gaps)
    assert gaps[0] == 2
    assert gaps[-1] == LONGEST
    missed = reviewed(card, Rating.Again, at)
    assert due_of(missed) - at < 30 * DAY
    assert due_of(reviewed(None, Rating.Again, NOW)) - NOW == DAY


@given(st.lists(st.tuples(st.sampled_from(list(Rating)), st.floats(0, 400)), min_size=1, max_size=30))
def test_a_question_comes_back_after_a_day_at_least_and_half_a_year_at_most(
    history: list[tuple[Rating, float]],
) -> None:
    card, at = None, NOW
    for rating, days in history:
        at += timedelta(days=days)
        card = reviewed(card, rating, at)
        assert DAY <= due_of(card) - at <= LONGEST * DAY


def test_what_is_due_comes_first_then_what_is_new_then_what_is_due_soonest() -> None:
    bank = Bank.load()
    names = [question.id for question in bank.find("vision")]
    due = {names[3]: NOW - DAY, names[5]: NOW + DAY}
    assert pick_next(bank, due, NOW, "vision").id == names[3]
    new = pick_next(bank, {names[5]: NOW + DAY}, NOW, "vision").id
    assert new in names
    assert new != names[5]
    assert pick_next(bank, {names[5]: NOW + DAY}, NOW, "vision", other_than=new).id not in {new, names[5]}
    met = {name: NOW + (number + 1) * DAY for number, name in enumerate(names)}
    assert pick_next(bank, met, NOW, "vision").id == names[0]


async def test_two_members_who_are_one_keep_the_later_card(database: Database) -> None:
    def work(connection: Connection) -> None:
        made = sa.insert(Community).values(name="C", zone="UTC", created_at=NOW).returning(Community.id)
        community = connection.execute(made).scalar_one()
        values = {"community_id": community, "zone": "UTC", "hour": 9, "created_at": NOW}
        one, two = (
            connection.execute(sa.insert(Member).values(name=name, **values).returning(Member.id)).scalar_one()
            for name in ("Ada", "Ada L.")
        )
        early, late = reviewed(None, Rating.Good, NOW), reviewed(None, Rating.Again, NOW + DAY)
        keep_card(connection, one, "both", early)
        keep_card(connection, two, "both", late)
        keep_card(connection, one, "mine", early)
        keep_card(connection, two, "theirs", late)
        merge_cards(connection, one, two)
        assert card_of(connection, one, "both") == late
        assert set(cards_of(connection, one)) == {"both", "mine"}
        assert set(cards_of(connection, two)) == {"theirs"}

    await database.run(work)
