"""Tables: goals, times away, where members lived, how a workspace has its week, and when the bot was alive."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class Goal(Base):
    """What a member wants to get done in a week. A check-in says how it went; that it was made stands in the ledger."""

    __tablename__ = "goal"
    __table_args__ = (
        sa.UniqueConstraint("member_id", "week", "position"),
        sa.Index("ix_goal_week", "week"),
        {"info": {"forget": "delete"}},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"))
    week: Mapped[str]
    """The ISO week: 2026-W48."""
    position: Mapped[int]
    """1 to 3; further where two members with goals in one week were merged."""
    words: Mapped[str]
    step: Mapped[int] = mapped_column(default=0)
    """The step it serves, 0 for none."""
    result: Mapped[str] = mapped_column(default="")
    """Empty while it is open, then done, partly or not."""
    set_at: Mapped[datetime]


class Away(Base):
    """A time in which a member does not want to be asked, in days of their own zone, both included."""

    __tablename__ = "away"
    __table_args__ = ({"info": {"forget": "delete"}},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]


class ZoneStay(Base):
    """Since when a member with goals lives in a zone: whose Sunday night it was stays known after they move."""

    __tablename__ = "zone_stay"
    __table_args__ = ({"info": {"forget": "delete"}},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    zone: Mapped[str]
    since: Mapped[datetime]


class GoalRhythm(Base):
    """When a workspace is asked for its goals, checks in, and reads its recap."""

    __tablename__ = "goal_rhythm"

    workspace_id: Mapped[int] = mapped_column(sa.ForeignKey("workspace.id"), primary_key=True)
    zone: Mapped[str]
    prompt_hour: Mapped[int]
    """Of Monday."""
    check_in_hour: Mapped[int]
    """Of Friday; privately it is the same hour of the member's own zone."""
    recap_day: Mapped[int]
    """7 for Sunday of the week itself, 1 for the Monday after it."""
    recap_hour: Mapped[int]


class Uptime(Base):
    """A span of time in which the bot was alive; it grows about once an hour. What lies between two is an outage."""

    __tablename__ = "uptime"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
