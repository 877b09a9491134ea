"""Tables: a member's applications, and every move as an event with its time."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class Application(Base):
    """A lead in a member's pipeline, once."""

    __tablename__ = "application"
    __table_args__ = (sa.UniqueConstraint("member_id", "lead_id"), {"info": {"forget": "delete"}})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"))
    lead_id: Mapped[int] = mapped_column(sa.ForeignKey("lead.id"), index=True)
    stage: Mapped[str]
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]


class ApplicationMove(Base):
    """A move from one stage to the next; the first comes from the empty stage."""

    __tablename__ = "application_move"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id"), index=True)
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
