"""What every source yields: raw sightings of openings, before anything is understood."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec


class RawSighting(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One opening as one source showed it at one moment. Text is plain (no HTML); times are aware and UTC."""

    key: str
    """Unique within the source, stable from day to day."""
    url: str
    company: str
    title: str
    locations: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """As the source words it: "Summer 2025", "Fall"."""
    description: str = ""
    active: bool = True
    """False when the source itself says that the opening is closed or hidden."""
    posted_at: datetime | None = None
    updated_at: datetime | None = None
    closes_at: datetime | None = None
    sponsorship: str = ""
    degrees: tuple[str, ...] = ()
    employment: str = ""
    """As the source words it: "Intern", "FULL_TIME"."""
    remote: bool | None = None
    salary: str = ""
    company_url: str = ""
    department: str = ""
    """Team, department or category, as the source words it."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be read: kept for a look, never a reason to stop."""

    row: Any
    why: str
    key: str = ""
    """The row's key where it could be read: the opening is still shown by its source, we just can't read it now."""


@dataclass(frozen=True, slots=True)
class FetchState:
    """What a source remembers between fetches, so that an unchanged feed costs next to nothing."""

    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    """Hex digest of the last body that was ingested."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The outcome of one fetch."""

    sightings: list[RawSighting] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    state: FetchState = field(default_factory=FetchState)
    unchanged: bool = False
    """True when the feed said (or its digest shows) that nothing changed since the last fetch."""
    complete: bool = True
    """True when a row that is missing here is gone from the source (a whole list, not a page of news)."""
