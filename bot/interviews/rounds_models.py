"""Tables of rounds: mock interviews with several people, what they were asked, what they answered, who judged it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class Round(Base):
    """A mock interview. Where it stands is a row, so that any process takes its next turn."""

    __tablename__ = "interview_round"
    # What was said of a round is known by its number for ever, so no number is used again.
    __table_args__ = ({"sqlite_autoincrement": True, "info": {"forget": "unlink"}},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(sa.ForeignKey("community.id"), index=True)
    kind: Mapped[str]
    """ "round", or "pair": interviewer and candidate."""
    host_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("round_plan.id"), index=True)
    """The plan that began it, where one did."""
    topic: Mapped[str]
    """Empty for all topics."""
    level: Mapped[int]
    questions: Mapped[int]
    """How many are asked; fewer after a stop."""
    seconds: Mapped[int]
    """For each question."""
    is_open: Mapped[bool]
    """Whether messages in the thread are the answers; else they come by a private form."""
    peers: Mapped[bool]
    """Whether participants score each other's answers."""
    phase: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    """The question under way or just done, counted from 1; 0 before the first."""
    closes_at: Mapped[datetime | None]
    """When the phase under way ends."""
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the next turn is to be taken; None once it is over."""
    turns: Mapped[int] = mapped_column(default=0)
    """Counts what happened to it; names the timer of its next turn."""
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RoundPlace(Base):
    """A place in which a round is held, in a thread under its first message."""

    __tablename__ = "round_place"
    # It belongs to the round, which stays when its host is forgotten.
    __table_args__ = (
        sa.UniqueConstraint("round_id", "workspace_id"),
        sa.Index("ix_round_place_place", "place"),
        {"info": {"forget": "unlink"}},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("interview_round.id"))
    workspace_id: Mapped[int] = mapped_column(sa.ForeignKey("workspace.id"), index=True)
    place: Mapped[str]


class RoundQuestion(Base):
    """A question of a round, as it stood when the round began: the bank may change meanwhile."""

    __tablename__ = "round_question"
    __table_args__ = (sa.UniqueConstraint("round_id", "position"), {"info": {"forget": "unlink"}})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("interview_round.id"))
    position: Mapped[int]
    question: Mapped[str]
    """Its id in the bank."""
    content: Mapped[dict[str, Any]]
    asked_at: Mapped[datetime | None]


class RoundSeat(Base):
    """A participant of a round."""

    __tablename__ = "round_seat"
    __table_args__ = (sa.UniqueConstraint("round_id", "member_id"), {"info": {"forget": "delete"}})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("interview_round.id"))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    since: Mapped[int]
    """The first question that is asked of them."""
    joined_at: Mapped[datetime]


class RoundAnswer(Base):
    """What a participant answered to a question, and its grade."""

    __tablename__ = "round_answer"
    __table_args__ = (
        sa.UniqueConstraint("round_id", "position", "member_id"),
        {"info": {"forget": "unlink", "blank": ("text",), "null": ("grade", "peer")}},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("interview_round.id"))
    position: Mapped[int]
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    text: Mapped[str]
    heard: Mapped[list[Any]]
    """The ids of the messages that it was put together from, where answers are open."""
    answered_at: Mapped[datetime]
    """When it was changed last."""
    grade: Mapped[dict[str, Any] | None]
    """What the grader said; None until then."""
    graded_at: Mapped[datetime | None]
    peer: Mapped[dict[str, Any] | None]
    """What the participants who scored it saw in it; None while they have not."""


class RoundReview(Base):
    """An answer that a participant scores for somebody else: the key points that they see in it."""

    __tablename__ = "round_review"
    __table_args__ = (sa.UniqueConstraint("answer_id", "reviewer_id"), {"info": {"forget": "unlink"}})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("round_answer.id"))
    reviewer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    place: Mapped[int]
    """Its number in the order in which this reviewer sees answers; chance, so that nobody is guessed by it."""
    ticks: Mapped[list[Any]]
    """The positions of the key points that are in it, from 0."""
    done_at: Mapped[datetime | None]
    agreement: Mapped[float | None]
    """How far it agrees with the others, from 0 to 1; None where there is nothing to compare."""


class RoundPlan(Base):
    """A round that is held every week."""

    __tablename__ = "round_plan"
    __table_args__ = ({"sqlite_autoincrement": True, "info": {"forget": "unlink"}},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(sa.ForeignKey("community.id"), index=True)
    workspace_id: Mapped[int] = mapped_column(sa.ForeignKey("workspace.id"))
    place: Mapped[str]
    """Where it was set up, and is held when no place is set for interviews."""
    host_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    weekday: Mapped[int]
    """ISO: 1 for Monday."""
    at: Mapped[str]
    """HH:MM in the community's zone."""
    zone: Mapped[str]
    minimum: Mapped[int]
    topic: Mapped[str]
    level: Mapped[int]
    questions: Mapped[int]
    seconds: Mapped[int]
    is_open: Mapped[bool]
    peers: Mapped[bool]
    last_day: Mapped[str]
    """The local day of the last round that was held or called off, in ISO form; empty before the first."""
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RoundSignup(Base):
    """Somebody who wants to take part in a planned round of a day."""

    __tablename__ = "round_signup"
    __table_args__ = (sa.UniqueConstraint("plan_id", "day", "member_id"), {"info": {"forget": "delete"}})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("round_plan.id"))
    day: Mapped[str]
    """The local day, in ISO form."""
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
