"""Tables: who is here, and which place serves what."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class Community(Base):
    """A group of students; it may live in several workspaces."""

    __tablename__ = "community"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str]
    zone: Mapped[str] = mapped_column(default="UTC")
    created_at: Mapped[datetime]


class Workspace(Base):
    """A Discord guild, a Slack team, or the local web chat."""

    __tablename__ = "workspace"
    __table_args__ = (sa.UniqueConstraint("platform", "external_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(sa.ForeignKey("community.id"), index=True)
    platform: Mapped[str]
    external_id: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[datetime]


class Member(Base):
    """A person in a community. `zone` is empty until it is known; `hour` is when private digests come, local time.

    Numbers are never used again: what still knows the number of somebody who was forgotten must not mean another.
    """

    __tablename__ = "member"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(sa.ForeignKey("community.id"), index=True)
    name: Mapped[str]
    zone: Mapped[str] = mapped_column(default="")
    hour: Mapped[int] = mapped_column(default=9)
    created_at: Mapped[datetime]
    merged_into: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    """The member that this one turned out to be. Nothing else refers to such a row for long."""
    merged_at: Mapped[datetime | None]


class Identity(Base):
    """A member's account on a platform; a person with linked accounts has several."""

    __tablename__ = "identity"
    __table_args__ = (sa.UniqueConstraint("community_id", "platform", "external_id"), {"info": {"forget": "delete"}})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    community_id: Mapped[int] = mapped_column(sa.ForeignKey("community.id"))
    workspace_id: Mapped[int] = mapped_column(sa.ForeignKey("workspace.id"))
    """Where the account was seen last: private messages go through it."""
    platform: Mapped[str]
    external_id: Mapped[str]
    seen_at: Mapped[datetime]


class Profile(Base):
    """What a member tells of themselves; made when they tell something."""

    __tablename__ = "profile"
    __table_args__ = ({"info": {"forget": "delete"}},)

    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), primary_key=True)
    degree: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    """The year in which they finish their degree."""
    topics: Mapped[list[Any]]
    places: Mapped[list[Any]]
    """Where they look for internships, as they wrote it."""
    permit_notes: Mapped[str] = mapped_column(default="")
    """About work permits; shown to nobody but the member."""
    shows_steps: Mapped[bool | None]
    """Whether the community may see their steps by name; None until they decided."""
    shows_offers: Mapped[bool] = mapped_column(default=False)
    """Whether the recap may also name them for an offer; only together with `shows_steps`."""
    steps_asked: Mapped[bool] = mapped_column(default=False)
    """Whether they were asked about it: that is done once."""
    github: Mapped[str] = mapped_column(default="")
    """Their one name on GitHub; shown to nobody but the member."""
    zone_confirmed: Mapped[bool] = mapped_column(default=False)
    """Whether they said that the zone is right; until then it is guessed."""


class NotificationChoice(Base):
    """Whether a member wants to be told of a kind of thing; without a row it is as the kind is at first."""

    __tablename__ = "notification_choice"
    __table_args__ = ({"info": {"forget": "delete"}},)

    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    wanted: Mapped[bool]


class ChannelRole(Base):
    """Which place of a workspace serves what (leads, interviews, accountability …), and whether it can be reached."""

    __tablename__ = "channel_role"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "role"), {"info": {"forget": "unlink"}})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace_id: Mapped[int] = mapped_column(sa.ForeignKey("workspace.id"))
    role: Mapped[str]
    place: Mapped[str]
    set_by: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"))
    """The organiser who chose it: who is told when it can't be reached."""
    trouble: Mapped[str] = mapped_column(default="")
    """Empty, "gone" or "forbidden"."""
    trouble_at: Mapped[datetime | None]
    """When the organisers were told."""


class FormDraft(Base):
    """What was typed into a form that could not be taken yet; kept for a day."""

    __tablename__ = "form_draft"
    __table_args__ = ({"info": {"forget": "delete"}},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    token: Mapped[str]
    typed: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(index=True)
