"""Tables of a community's own questions, and of what members report about any question."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class CommunityQuestion(Base):
    """A question that a member suggested or an organiser imported."""

    __tablename__ = "community_question"
    # It belongs to the community, so it stays when its author is forgotten. What was told of it is known by its number.
    __table_args__ = (
        sa.UniqueConstraint("community_id", "key"),
        {"sqlite_autoincrement": True, "info": {"forget": "unlink", "owner": ("member_id",)}},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(sa.ForeignKey("community.id"))
    key: Mapped[str]
    """Its id in the bank of its community."""
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    """Who wrote it; None for somebody forgotten."""
    content: Mapped[dict[str, Any]]
    """The question, as `bot.interviews.bank.Question` has it."""
    state: Mapped[str]
    """ "proposed", "approved" or "rejected"."""
    suggested_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    decided_at: Mapped[datetime | None]


class QuestionReport(Base):
    """What a member found wrong with a question, of ours or of the community."""

    __tablename__ = "question_report"
    # An upheld report keeps a question out of the community, whoever wrote it.
    __table_args__ = (
        sa.Index("ix_question_report_community_id_state", "community_id", "state"),
        {"sqlite_autoincrement": True, "info": {"forget": "unlink", "blank": ("reason",), "owner": ("member_id",)}},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(sa.ForeignKey("community.id"))
    question: Mapped[str]
    """Its id in the bank."""
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    reason: Mapped[str]
    state: Mapped[str]
    """ "open", "upheld" (the question is no longer asked here) or "dismissed"."""
    reported_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    decided_at: Mapped[datetime | None]
