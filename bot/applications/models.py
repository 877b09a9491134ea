"""Tables: a member's applications, every move as an event with its time, and what they asked to be reminded of."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class Application(Base):
    """An opening in a member's pipeline, once: a lead, or one that they put in by hand.

    `stage`, `moved_at` and `applied_at` follow from the moves and are kept with them in one unit of work.
    """

    __tablename__ = "application"
    __table_args__ = (
        sa.UniqueConstraint("member_id", "lead_id"),
        sa.UniqueConstraint("member_id", "key"),
        {"info": {"forget": "delete"}},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"))
    lead_id: Mapped[int | None] = mapped_column(sa.ForeignKey("lead.id"), index=True)
    key: Mapped[str | None]
    """What names an opening that was put in by hand: its address in the one form, else company and role."""
    company: Mapped[str] = mapped_column(default="")
    company_key: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    stage: Mapped[str]
    """The stage it stands at; empty when every move was undone."""
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    deadline: Mapped[date | None]
    """The member's own word on when it closes; else it is that of the lead."""
    closes_at: Mapped[datetime | None]
    """When the lead closes, as far as it was looked at."""
    nudge_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the bot has something to say about it of its own accord (`bot.applications.nudges`)."""
    closed_told: Mapped[bool] = mapped_column(default=False)
    """Whether it was said that the lead closed, or it was closed when it came into the pipeline."""


class ApplicationMove(Base):
    """A move from one stage to the next; the first comes from the empty stage. Rows are only ever added."""

    __tablename__ = "application_move"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id"), index=True)
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    undoes: Mapped[int | None] = mapped_column(sa.ForeignKey("application_move.id"))
    """The move that this one takes back."""


class ApplicationReminder(Base):
    """A moment at which a member wants to be reminded of an application."""

    __tablename__ = "application_reminder"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    wall: Mapped[str] = mapped_column(default="")
    """The local time that was meant ("2026-11-28T09:00"): it moves along with the member. Empty for "in two hours"."""
    made_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
