"""Tables: what members and communities do with leads."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class LeadFilter(Base):
    """What somebody looks for; one row for each different filter."""

    __tablename__ = "lead_filter"
    __table_args__ = ({"info": {"forget": "orphans", "export": ("spec",)}},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    spec: Mapped[dict[str, Any]]


class Follow(Base):
    """A filter that a member follows: new matches come as a private message at their hour."""

    __tablename__ = "follow"
    __table_args__ = (sa.UniqueConstraint("member_id", "filter_id"), {"info": {"forget": "delete"}})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"))
    filter_id: Mapped[int] = mapped_column(sa.ForeignKey("lead_filter.id"))
    created_at: Mapped[datetime]
    told_until: Mapped[datetime]
    """Leads that were first seen up to this moment have been told of."""


class LeadMark(Base):
    """A lead that a member does not want to see again."""

    __tablename__ = "lead_mark"
    __table_args__ = ({"info": {"forget": "delete"}},)

    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), primary_key=True)
    lead_id: Mapped[int] = mapped_column(sa.ForeignKey("lead.id"), primary_key=True)
    at: Mapped[datetime]


class LeadReport(Base):
    """A member's word that a lead is dead, wrong or spam."""

    __tablename__ = "lead_report"
    __table_args__ = (sa.UniqueConstraint("lead_id", "member_id"), {"info": {"forget": "delete"}})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    lead_id: Mapped[int] = mapped_column(sa.ForeignKey("lead.id"))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"))
    what: Mapped[str]
    at: Mapped[datetime]


class LeadHidden(Base):
    """A lead that a community's organisers or members' reports took out of sight there."""

    __tablename__ = "lead_hidden"

    community_id: Mapped[int] = mapped_column(sa.ForeignKey("community.id"), primary_key=True)
    lead_id: Mapped[int] = mapped_column(sa.ForeignKey("lead.id"), primary_key=True)
    why: Mapped[str]
    at: Mapped[datetime]


class Share(Base):
    """A job link that a member shared: read, confirmed by them, decided by an organiser."""

    __tablename__ = "share"
    __table_args__ = ({"info": {"forget": "delete"}},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(sa.ForeignKey("community.id"), index=True)
    workspace_id: Mapped[int] = mapped_column(sa.ForeignKey("workspace.id"))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"))
    url: Mapped[str]
    canonical: Mapped[str]
    read: Mapped[dict[str, Any]]
    """What was read from the page, and then what the member confirmed."""
    state: Mapped[str]
    """draft, waiting, approved, declined."""
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"))
    decided_at: Mapped[datetime | None]
    lead_id: Mapped[int | None] = mapped_column(sa.ForeignKey("lead.id"))
    created_at: Mapped[datetime]


class LinkOffer(Base):
    """A pasted link that was answered: never twice in a community."""

    __tablename__ = "link_offer"
    __table_args__ = (sa.UniqueConstraint("community_id", "canonical"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(sa.ForeignKey("community.id"))
    canonical: Mapped[str]
    url: Mapped[str]
    at: Mapped[datetime]


class LeadFeed(Base):
    """How a workspace gets its daily announcement; the place stands in `channel_role` under "leads"."""

    __tablename__ = "lead_feed"

    workspace_id: Mapped[int] = mapped_column(sa.ForeignKey("workspace.id"), primary_key=True)
    hour: Mapped[int]
    zone: Mapped[str]
    filter_id: Mapped[int] = mapped_column(sa.ForeignKey("lead_filter.id"))
    most: Mapped[int]
    announced_until: Mapped[datetime]
    """Leads that were first seen up to this moment have been announced (or stood behind the button)."""


class Announcement(Base):
    """A day's public post in a workspace."""

    __tablename__ = "announcement"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "day"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace_id: Mapped[int] = mapped_column(sa.ForeignKey("workspace.id"))
    day: Mapped[date]
    created_at: Mapped[datetime]
    shown: Mapped[int]
    """How many of its leads stand in the message itself; the rest is behind a button."""


class AnnouncementLead(Base):
    """The leads of an announcement, in order."""

    __tablename__ = "announcement_lead"

    announcement_id: Mapped[int] = mapped_column(sa.ForeignKey("announcement.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(sa.ForeignKey("lead.id"), index=True)
