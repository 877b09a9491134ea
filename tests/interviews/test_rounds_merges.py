"""A person who took part in a round twice, from two accounts, took part once when these are linked."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.db import Database
from bot.interviews.rounds_merges import merge_rounds
from bot.interviews.rounds_models import Round, RoundAnswer, RoundPlan, RoundReview, RoundSeat, RoundSignup
from bot.me.merging import merge
from tests.support.filling import references
from tests.support.people import person

NOW = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)


def insert(connection: Connection, model: Any, **values: Any) -> int:
    number: int = connection.execute(sa.insert(model).values(values).returning(model.id)).scalar_one()
    return number


def held(connection: Connection, *members: int) -> int:
    """A round with these seats."""
    values = {"community_id": 1, "kind": "round", "topic": "", "level": 0, "questions": 2, "seconds": 60}
    values |= {"is_open": False, "peers": True, "phase": "over", "position": 2, "turns": 0, "began_at": NOW}
    number = insert(connection, Round, **values)
    for member in members:
        insert(connection, RoundSeat, round_id=number, member_id=member, since=1, joined_at=NOW)
    return number


def answer(connection: Connection, number: int, position: int, member: int, text: str) -> int:
    values = {"round_id": number, "position": position, "member_id": member, "text": text}
    return insert(connection, RoundAnswer, **values, heard=[], answered_at=NOW)


async def test_one_seat_and_one_answer_stay(database: Database) -> None:
    def work(connection: Connection) -> None:
        keep, gone, other = (person(connection, name) for name in ("ada", "ada2", "bob"))
        both, alone = held(connection, keep, gone, other), held(connection, gone)
        first = answer(connection, both, 1, keep, "short")
        second = answer(connection, both, 1, gone, "rather longer")
        third = answer(connection, both, 2, keep, "the same length")
        fourth = answer(connection, both, 2, gone, "the same_length")
        fifth = answer(connection, alone, 1, gone, "only here")
        theirs = answer(connection, both, 1, other, "Bob's")
        for answered, reviewer in (
            (first, other),
            (second, keep),
            (third, other),
            (fourth, other),
            (theirs, keep),
            (theirs, gone),
        ):
            insert(connection, RoundReview, answer_id=answered, reviewer_id=reviewer, place=1, ticks=[0])
        plan: dict[str, Any] = {"community_id": 1, "workspace_id": 1, "place": "p", "weekday": 3, "at": "18:00"}
        plan |= {"zone": "UTC", "minimum": 2, "topic": "", "level": 0, "questions": 2, "seconds": 60, "last_day": ""}
        number = insert(connection, RoundPlan, **plan, is_open=False, peers=False, created_at=NOW)
        for member in (keep, gone):
            insert(connection, RoundSignup, plan_id=number, day="2026-11-25", member_id=member)
        insert(connection, RoundSignup, plan_id=number, day="2026-12-02", member_id=gone)
        merge(connection, keep, gone, (merge_rounds,), NOW)
        assert references(connection, gone) == []
        seats = sa.select(RoundSeat.round_id).where(RoundSeat.member_id == keep).order_by(RoundSeat.round_id)
        assert list(connection.execute(seats).scalars()) == [both, alone]
        mine = sa.select(RoundAnswer.id).where(RoundAnswer.member_id == keep).order_by(RoundAnswer.id)
        assert list(connection.execute(mine).scalars()) == [second, third, fifth], "the longer one, else the first's"
        reviews = sa.select(RoundReview.answer_id, RoundReview.reviewer_id).order_by(RoundReview.answer_id)
        assert connection.execute(reviews).all() == [(third, other), (theirs, keep)], "nobody judges themselves"
        days = sa.select(RoundSignup.day).order_by(RoundSignup.day)
        assert list(connection.execute(days).scalars()) == ["2026-11-25", "2026-12-02"]

    await database.run(work)
