"""Tables: what the language model was used for, a row a call."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class ModelUse(Base):
    """Tokens that one answer took: reserved before the call, made true after it."""

    __tablename__ = "model_use"
    __table_args__ = (
        sa.Index("ix_model_use_day", "day"),
        {"info": {"forget": "unlink"}},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[date]
    """By UTC."""
    community_id: Mapped[int | None] = mapped_column(sa.ForeignKey("community.id"))
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    tokens: Mapped[int]
    """Read and written ones together; a call under way stands with what it may take at most."""
    cost: Mapped[int]
    """Millionths of a dollar, by the prices in the settings."""
