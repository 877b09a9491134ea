"""What somebody looks for: one value for searches, follows and announcements, kept as a numbered row."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import BadInput, esc
from bot.db import upsert
from bot.leads.member_models import LeadFilter


@dataclass(frozen=True, slots=True)
class Filter:
    """What a lead must be like. Empty text, 0 and False ask for nothing, but `ml_internships` is true by default."""

    words: str = ""
    where: str = ""
    """A city, region or country by name or code."""
    term: str = ""
    """spring, summer, fall or winter, with or without a year: "summer 2027"."""
    remote: bool = False
    part_time: bool = False
    startup: bool = False
    ml_internships: bool = True
    """False takes every internship."""
    days: int = 0
    """First seen within that many days."""
    gone: bool = False
    """Those that are no longer open, instead of the open ones."""

    def data(self) -> dict[str, Any]:
        """Return the filter as JSON data, defaults left out, so that equal filters are equal rows."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) != f.default}

    @property
    def digest(self) -> str:
        """A short fingerprint, the same for equal filters."""
        return hashlib.sha256(orjson.dumps(self.data(), option=orjson.OPT_SORT_KEYS)).hexdigest()[:24]

    def in_words(self) -> str:
        """Return the filter in words a member reads, as markup: “vision”, in berlin, remote."""
        parts = [f"“{esc(self.words)}”"] if self.words else []
        parts += [f"in {esc(self.where.title())}"] if self.where else []
        parts += [esc(self.term)] if self.term else []
        flags = (
            ("remote", self.remote),
            ("part-time", self.part_time),
            ("start-ups and small companies", self.startup),
            ("no longer open", self.gone),
        )
        parts += [word for word, on in flags if on]
        parts += [f"new in the last {self.days} days" if self.days > 1 else "new today"] if self.days else []
        kind = "ML internships" if self.ml_internships else "all internships"
        return ", ".join([kind, *parts])


def filter_from(data: Mapping[str, Any]) -> Filter:
    """Read a filter back from JSON data; names it does not know (of a newer version) are passed over."""
    known = {f.name for f in fields(Filter)}
    return Filter(**{name: value for name, value in data.items() if name in known})


def tidy(spec: Filter) -> Filter:
    """Return the filter with its text in one form, so that the same wish is the same row."""
    values = asdict(spec)
    for name in ("words", "where", "term"):
        values[name] = " ".join(values[name].lower().split())
    if len(values["words"]) > 200:  # noqa: PLR2004 - longer than any sensible search
        raise BadInput("Search for 200 characters at most.", field="words")
    return Filter(**values)


def kept_filter(connection: Connection, spec: Filter) -> int | None:
    """Return the number of a filter's row; None when nobody looked for it yet. Writes nothing."""
    return connection.execute(sa.select(LeadFilter.id).where(LeadFilter.digest == spec.digest)).scalar_one_or_none()


def keep_filter(connection: Connection, spec: Filter) -> int:
    """Return the number of a filter's row, made if it is new."""
    statement = upsert(connection, LeadFilter).values(digest=spec.digest, spec=spec.data())
    statement = statement.on_conflict_do_update(index_elements=["digest"], set_={"digest": spec.digest})
    return connection.execute(statement.returning(LeadFilter.id)).scalar_one()


def load_filter(connection: Connection, number: int) -> Filter | None:
    """Return a filter by its number."""
    data = connection.execute(sa.select(LeadFilter.spec).where(LeadFilter.id == number)).scalar_one_or_none()
    return None if data is None else filter_from(data)
