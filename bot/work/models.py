"""Tables: what is due when, and what was said where."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class Schedule(Base):
    """Something that is due every day (or on some weekdays) at an hour of somebody's own time."""

    __tablename__ = "schedule"

    key: Mapped[str] = mapped_column(primary_key=True)
    job: Mapped[str]
    args: Mapped[dict[str, Any]]
    at: Mapped[str]
    """HH:MM, local."""
    zone: Mapped[str]
    days: Mapped[str] = mapped_column(default="1234567")
    """ISO weekdays: 1 is Monday."""
    next_at: Mapped[datetime] = mapped_column(index=True)
    last_day: Mapped[date | None]
    """The local day of the last run: one run for a day, whatever happens to hour and zone."""


class Delivery(Base):
    """One message in one place: the only way in which the bot speaks without being asked."""

    __tablename__ = "delivery"
    __table_args__ = (
        sa.UniqueConstraint("what", "platform", "workspace", "place"),
        sa.Index("ix_delivery_due", "due", "not_before"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    what: Mapped[str]
    community: Mapped[int | None] = mapped_column(index=True)
    platform: Mapped[str]
    workspace: Mapped[str]
    place: Mapped[str]
    direct: Mapped[bool]
    under: Mapped[str] = mapped_column(default="")
    """The `what` of the message in this place in whose thread it belongs; empty for the place itself."""
    state: Mapped[str]
    """planned, sending, sent, failed."""
    body: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    sent_version: Mapped[int] = mapped_column(default=0)
    """An edit is a newer version of what was sent."""
    due: Mapped[bool] = mapped_column(default=True)
    """Whether something is left to do: to send, or to edit."""
    batch: Mapped[str | None] = mapped_column(index=True)
    """The key of the job that has it in hand."""
    batched_at: Mapped[datetime | None]
    """When it was handed to that job, or since then claimed by it: a job that is heard of no more loses it."""
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    """How often something went wrong on the way since it was last said."""
    refusals: Mapped[int] = mapped_column(default=0)
    """How often the place was gone or forbidden."""
    claimed_at: Mapped[datetime | None]
    """Since when it may stand in its place: where one looks for it, one looks from here on."""
    claimed_by: Mapped[str | None]
    """The batch that was to send it last."""
    message: Mapped[str] = mapped_column(default="")
    """The message's id on the platform."""
    error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
