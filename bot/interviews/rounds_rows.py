"""The rows of a round, read and written: what a turn decides on, and what cards show."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import NotFound
from bot.chat.platform import Address
from bot.community.models import Community, Identity, Member, Workspace
from bot.interviews.bank import Question
from bot.interviews.rounds_machine import Phase, State
from bot.interviews.rounds_models import Round, RoundAnswer, RoundPlace, RoundQuestion, RoundReview, RoundSeat
from bot.interviews.rounds_views import INVITED, PAIR, RoundView, Seat


def lock(connection: Connection, number: int, community: int | None = None) -> Any:
    """Return the row of a round, for a change: turns, answers and newcomers come one after the other.

    Raises NotFound, also when it is not one of the community that is given.
    """
    query = sa.select(Round.__table__).where(Round.id == number).with_for_update()
    return _known(connection.execute(query).one_or_none(), community)


def view_of(connection: Connection, number: int, community: int | None = None) -> RoundView:
    """Return a round as cards show it. Raises NotFound, also when it is not one of the community that is given."""
    query = sa.select(Round.__table__, Community.zone).join(Community).where(Round.id == number)
    row = _known(connection.execute(query).one_or_none(), community)
    return RoundView(
        row.id,
        row.community_id,
        row.kind,
        row.host_id,
        row.topic,
        row.level,
        row.questions,
        row.seconds,
        row.is_open,
        row.peers,
        Phase(row.phase),
        row.position,
        row.closes_at,
        row.turns,
        row.zone,
        _seats(connection, number),
    )


def _known(row: Any, community: int | None) -> Any:
    if row is None or community not in {None, row.community_id}:
        raise NotFound("There is no such round (any more). `/interview start` begins one.")
    return row


def _seats(connection: Connection, number: int) -> tuple[Seat, ...]:
    query = (
        sa.select(RoundSeat.member_id, Member.name, RoundSeat.since)
        .join(Member, Member.id == RoundSeat.member_id)
        .where(RoundSeat.round_id == number)
        .order_by(RoundSeat.joined_at, RoundSeat.id)
    )
    return tuple(Seat(row.member_id, row.name, row.since) for row in connection.execute(query))


def state_of(connection: Connection, row: Any) -> State:
    """Return all that decides what comes next in a round, whose row is held."""
    asked = sa.select(RoundQuestion.asked_at).where(
        RoundQuestion.round_id == row.id, RoundQuestion.position == row.position
    )
    given = sa.select(sa.func.count(), sa.func.max(RoundAnswer.answered_at)).where(
        RoundAnswer.round_id == row.id, RoundAnswer.position == row.position, RoundAnswer.text != ""
    )
    answered, last = connection.execute(given).one()
    seated = _count(connection, RoundSeat.id, RoundSeat.round_id == row.id, RoundSeat.since <= max(row.position, 1))
    reviews = open_reviews(connection, row.id, row.position)
    if row.kind == PAIR and row.phase == Phase.ASKING:
        # One is asked, and the other says when they have heard enough.
        seated, answered = 1, int(not reviews)
    elif row.kind == PAIR and connection.execute(_invited(row.id)).first() is not None:
        seated = 0
    return State(
        Phase(row.phase),
        row.position,
        row.questions,
        row.seconds,
        connection.execute(asked).scalar(),
        row.closes_at,
        row.due_at or row.closes_at,
        seated,
        answered,
        last,
        row.is_open and row.kind != PAIR,
        reviews,
        row.peers,
        _count(
            connection,
            RoundAnswer.id,
            RoundAnswer.round_id == row.id,
            RoundAnswer.text != "",
            RoundAnswer.graded_at.is_(None),
        ),
    )


def _invited(number: int) -> sa.Select[Any]:
    return sa.select(RoundSeat.id).where(RoundSeat.round_id == number, RoundSeat.since == INVITED)


def open_reviews(connection: Connection, number: int, position: int) -> int:
    """Return how many reviews of the answers to a question are still waited for."""
    query = (
        sa.select(sa.func.count())
        .select_from(RoundReview)
        .join(RoundAnswer, RoundAnswer.id == RoundReview.answer_id)
        .where(RoundAnswer.round_id == number, RoundAnswer.position == position, RoundReview.done_at.is_(None))
        .where(RoundReview.reviewer_id.is_not(None))
    )
    return int(connection.execute(query).scalar_one())


def _count(connection: Connection, what: Any, *conditions: Any) -> int:
    return int(connection.execute(sa.select(sa.func.count(what)).where(*conditions)).scalar_one())


def question_of(connection: Connection, number: int, position: int) -> Question:
    """Return a question of a round. Raises NotFound."""
    query = sa.select(RoundQuestion.content).where(RoundQuestion.round_id == number, RoundQuestion.position == position)
    content = connection.execute(query).scalar()
    if content is None:
        raise NotFound("That round has no such question.")
    return msgspec.convert(content, Question)


def keep_questions(connection: Connection, number: int, questions: Sequence[Question]) -> None:
    """Write the questions of a round down, in their order."""
    rows = [
        {"round_id": number, "position": position, "question": each.id, "content": msgspec.to_builtins(each)}
        for position, each in enumerate(questions, start=1)
    ]
    connection.execute(sa.insert(RoundQuestion), rows)


def addresses_of(connection: Connection, number: int) -> list[Address]:
    """Return the places in which a round is held."""
    query = (
        sa.select(Workspace.platform, Workspace.external_id, RoundPlace.place)
        .join(Workspace, Workspace.id == RoundPlace.workspace_id)
        .where(RoundPlace.round_id == number)
        .order_by(RoundPlace.id)
    )
    return [Address(row.platform, row.external_id, row.place) for row in connection.execute(query)]


def accounts_on(connection: Connection, view: RoundView, platform: str) -> list[tuple[str, str]]:
    """Return the accounts of participants on a platform: their id there, and their name."""
    query = (
        sa.select(Identity.external_id, Member.name)
        .join(Member, Member.id == Identity.member_id)
        .where(Identity.platform == platform, Identity.community_id == view.community)
        .where(Identity.member_id.in_([seat.member for seat in view.seats]))
    )
    return [(row.external_id, row.name) for row in connection.execute(query.order_by(Identity.id))]


def opener(number: int) -> str:
    """Return the name of a round's first message, under which its thread is."""
    return f"round:{number}"


def asking(number: int, position: int) -> str:
    """Return the name of the message that asks a question."""
    return f"round:{number}:question:{position}"


def answers_at(connection: Connection, number: int, position: int) -> list[Any]:
    """Return the answers to a question that say something, in the order in which they came first."""
    query = sa.select(RoundAnswer.__table__).where(
        RoundAnswer.round_id == number, RoundAnswer.position == position, RoundAnswer.text != ""
    )
    return list(connection.execute(query.order_by(RoundAnswer.id)))


def hurry(connection: Connection, number: int, now: datetime) -> None:
    """Have the next turn of a round be due, in the caller's unit of work; call `Turns.wake` after it."""
    statement = sa.update(Round).where(Round.id == number, Round.due_at.is_not(None))
    connection.execute(statement.values(due_at=now, turns=Round.turns + 1))


def ungraded(connection: Connection, number: int, phase: Phase, position: int) -> list[int]:
    """Return the positions of closed questions with answers that have no grade yet."""
    closed = position - (phase is Phase.ASKING)
    query = sa.select(RoundAnswer.position).where(
        RoundAnswer.round_id == number,
        RoundAnswer.position <= closed,
        RoundAnswer.text != "",
        RoundAnswer.graded_at.is_(None),
    )
    return sorted(set(connection.execute(query).scalars()))
