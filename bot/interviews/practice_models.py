"""Tables of practice alone: what a member answered, and when each question comes back."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class PracticeCard(Base):
    """A question that a member has met, in practice or in a round, and when it is due again."""

    __tablename__ = "practice_card"
    __table_args__ = (
        sa.UniqueConstraint("member_id", "question"),
        sa.Index("ix_practice_card_member_id_due_at", "member_id", "due_at"),
        {"info": {"forget": "delete"}},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"))
    question: Mapped[str]
    """Its id in the bank."""
    card: Mapped[dict[str, Any]]
    """What the scheduler keeps of it."""
    due_at: Mapped[datetime]


class PracticeAnswer(Base):
    """What a member answered to a question in practice, and its grade."""

    __tablename__ = "practice_answer"
    __table_args__ = (
        sa.Index("ix_practice_answer_member_id_answered_at", "member_id", "answered_at"),
        sa.Index("ix_practice_answer_graded_at", "graded_at"),
        {"info": {"forget": "delete"}},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"))
    question: Mapped[str]
    """Its id in the bank."""
    content: Mapped[dict[str, Any]]
    """The question as it stood: the bank may change meanwhile."""
    text: Mapped[str]
    """Empty when they did not know."""
    answered_at: Mapped[datetime]
    grade: Mapped[dict[str, Any] | None]
    """What the grader said; None until then, and when there was nothing to grade."""
    graded_at: Mapped[datetime | None]
    before: Mapped[dict[str, Any] | None]
    """The question's card before this answer; None for one that was new."""
    follow_up: Mapped[str]
    """The question that was asked after it."""
    follow_up_text: Mapped[str]
    felt: Mapped[str]
    """How the follow-up went by their own word; empty until they say."""
