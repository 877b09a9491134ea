"""Tables: leads, and the sightings that stand behind them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId

OPEN, CLOSED, HIDDEN, STALE = "open", "closed", "hidden", "stale"
"""States of a lead: hidden after reports, stale when nothing showed it for 60 days."""


class SourceRow(Base):
    """Where leads come from, and how it is doing."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    home: Mapped[str] = mapped_column(default="")
    """The address that we link back to."""
    etag: Mapped[str] = mapped_column(default="")
    last_modified: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(default="")
    tried_at: Mapped[datetime | None]
    ok_at: Mapped[datetime | None]
    """When it last answered; its active sightings were last seen then."""
    failures: Mapped[int] = mapped_column(default=0)
    """Failures since it last answered."""
    error: Mapped[str] = mapped_column(default="")
    seen: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    ml_internships: Mapped[int] = mapped_column(default=0)


class Lead(Base):
    """One real opening, however many sources show it."""

    __tablename__ = "lead"
    __table_args__ = (
        sa.Index("ix_lead_wanted", "state", "internship", "ml", "first_seen"),
        sa.Index("ix_lead_company_key", "company_key"),
        sa.Index("ix_lead_canonical", "canonical"),
        {"info": {"export": ("company", "title", "url")}},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int | None] = mapped_column(sa.ForeignKey("community.id"))
    """Set for a lead that a member shared: only their community sees it."""
    company: Mapped[str]
    company_key: Mapped[str]
    title: Mapped[str]
    url: Mapped[str]
    canonical: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    internship: Mapped[bool]
    ml: Mapped[bool]
    score: Mapped[float]
    """Confidence from 0 to 1 that it is an ML internship."""
    why: Mapped[list[Any]]
    kind: Mapped[str] = mapped_column(default="")
    term: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    seasons: Mapped[str] = mapped_column(default="")
    """Every season in which it may be done, the earliest first: "fall 2026, spring 2027"."""
    degrees: Mapped[list[Any]]
    paid: Mapped[bool | None]
    mode: Mapped[str] = mapped_column(default="")
    """remote, hybrid, on-site, or empty when nothing was said."""
    part_time: Mapped[bool | None]
    sponsorship: Mapped[str] = mapped_column(default="")
    research: Mapped[bool] = mapped_column(default=False)
    size: Mapped[str] = mapped_column(default="")
    """The company's size class, where we know it."""
    research_team: Mapped[bool | None]
    places: Mapped[list[Any]]
    """[city, region, country code], each as text, for every place."""
    state: Mapped[str] = mapped_column(default=OPEN)
    goodness: Mapped[float] = mapped_column(default=0.0)
    """How far up it stands in an announcement; `bot.leads.goodness` says why."""
    first_seen: Mapped[datetime]
    posted_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]


class Sighting(Base):
    """An opening as one source shows it. Never deleted, so that every lead stays explainable."""

    __tablename__ = "sighting"
    __table_args__ = (sa.UniqueConstraint("source_id", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source_id: Mapped[int] = mapped_column(sa.ForeignKey("source.id"))
    lead_id: Mapped[int] = mapped_column(sa.ForeignKey("lead.id"), index=True)
    key: Mapped[str]
    url: Mapped[str]
    canonical: Mapped[str] = mapped_column(index=True)
    row_hash: Mapped[str]
    active: Mapped[bool]
    first_seen: Mapped[datetime]
    changed_at: Mapped[datetime]
    raw: Mapped[dict[str, Any]]


class LeadPlace(Base):
    """The names under which a lead's places are found: city, region, country, code; lower case."""

    __tablename__ = "lead_place"
    __table_args__ = (sa.Index("ix_lead_place_name", "name", "lead_id"),)

    lead_id: Mapped[int] = mapped_column(sa.ForeignKey("lead.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)


class LeadEvent(Base):
    """What happened to a lead: new, edited, closed, reopened, stale, merged, split, hidden."""

    __tablename__ = "lead_event"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    lead_id: Mapped[int] = mapped_column(sa.ForeignKey("lead.id"), index=True)
    source_id: Mapped[int | None] = mapped_column(sa.ForeignKey("source.id"))
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    detail: Mapped[dict[str, Any]]


class Merge(Base):
    """A sighting that was given to a lead which was there before; kept so that it can be explained and undone."""

    __tablename__ = "merge"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    lead_id: Mapped[int] = mapped_column(sa.ForeignKey("lead.id"), index=True)
    sighting_id: Mapped[int] = mapped_column(sa.ForeignKey("sighting.id"), index=True)
    score: Mapped[float]
    why: Mapped[list[Any]]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class RejectedRow(Base):
    """A row that could not be read, kept for a look; the latest 100 of each source."""

    __tablename__ = "rejected_row"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source_id: Mapped[int] = mapped_column(sa.ForeignKey("source.id"), index=True)
    at: Mapped[datetime]
    why: Mapped[str]
    row: Mapped[str] = mapped_column(sa.Text)
