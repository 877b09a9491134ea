"""The rows of internship lists.

Most lists (SimplifyJobs, vanshb03, cvrve) share one shape, of which there are thousands of rows a day; the others say
the same things under other names, or not quite in the expected types.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from typing import Annotated, Any

import msgspec

from bot.leads.sources.sighting import RawSighting
from bot.leads.sources.text import line, moment, pay, plain

When = Annotated[datetime, msgspec.Meta(tz=True)]
_NOTHING = frozenset({"", "n/a", "na", "none", "null", "other", "unknown", "tbd", "-"})
"""How lists word that they don't know."""
_REMOTE = {"remote": True, "hybrid": False, "onsite": False, "on-site": False, "on site": False}
cache_of_few = lru_cache(maxsize=1_000)
"""For what a list repeats in every other row: its seasons, its words on sponsorship."""


class Row(msgspec.Struct, gc=False):
    """A row of the common shape."""

    company_name: str
    title: str
    id: str = ""
    url: str | None = None
    application_url: str | None = None
    """Where one applies: the opening's address where the list gives no other."""
    locations: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    season: str | None = None
    """Instead of terms: "Summer", without a year."""
    active: bool = True
    is_visible: bool = True
    date_posted: When | None = None
    date_updated: When | None = None
    sponsorship: str | None = None
    degrees: tuple[str, ...] = ()
    company_url: str | None = None
    category: str | None = None


class OddRow(msgspec.Struct):
    """What other lists have beside or instead of the fields of Row: dreamwork's in camel case, others in snake case."""

    company_name: str | None = None
    company: str | None = None
    title: str | None = None
    id: str | None = None
    url: str | None = None
    application_url: str | None = None
    application_url_camel: str | None = msgspec.field(default=None, name="applicationUrl")
    locations: tuple[str, ...] | None = None
    location: str | None = None
    terms: tuple[str, ...] | None = None
    season: str | None = None
    active: bool = True
    is_visible: bool = True
    is_open: bool = True
    date_posted: When | None = None
    posted_at: When | None = None
    posted_at_camel: When | None = msgspec.field(default=None, name="postedAt")
    date_updated: When | None = None
    updated_at: When | None = None
    sponsorship: str | None = None
    degrees: tuple[str, ...] | None = None
    company_url: str | None = None
    company_domain: str | None = msgspec.field(default=None, name="companyDomain")
    category: str | None = None
    department: str | None = None
    employment_type: str | None = None
    workplace_type: str | None = None
    remote_type: str | None = msgspec.field(default=None, name="remoteType")
    description: str | None = None
    salary_min: float | None = msgspec.field(default=None, name="salaryMin")
    salary_max: float | None = msgspec.field(default=None, name="salaryMax")
    salary_period: str | None = msgspec.field(default=None, name="salaryPeriod")


def sighting(row: Row) -> RawSighting:
    """Make a sighting of a row. Raises ValueError when it names no title or company."""
    title, company = row.title.strip(), row.company_name.strip()
    if not (title and company):
        raise ValueError(f"the row has no {'company' if title else 'title'}")
    if "&" in title or "&" in company:
        title, company = line(title), line(company)
    url = (row.url or "").strip() or (row.application_url or "").strip()
    return RawSighting(
        key=row.id or _digest(url, company, title, *row.locations),
        url=url,
        company=company,
        title=title,
        locations=row.locations,
        terms=_all_known(row.terms) if row.terms else _known(row.season),
        active=row.active and row.is_visible,
        posted_at=row.date_posted,
        updated_at=row.date_updated,
        sponsorship="".join(_known(row.sponsorship)),
        degrees=row.degrees,
        company_url=row.company_url or "",
        department=row.category or "",
    )


def odd_sighting(raw: msgspec.Raw) -> RawSighting:
    """Make a sighting of a row of any shape. Raises ValueError when that can't be done."""
    odd = _read(raw)
    common = Row(
        company_name=odd.company_name or odd.company or "",
        title=odd.title or "",
        id=odd.id or "",
        url=odd.url,
        application_url=odd.application_url or odd.application_url_camel,
        locations=odd.locations or _known(odd.location),
        terms=odd.terms or (),
        season=odd.season,
        active=odd.active and odd.is_open,
        is_visible=odd.is_visible,
        date_posted=odd.date_posted or odd.posted_at or odd.posted_at_camel,
        date_updated=odd.date_updated or odd.updated_at,
        sponsorship=odd.sponsorship,
        degrees=odd.degrees or (),
        company_url=odd.company_url or (f"https://{odd.company_domain}" if odd.company_domain else None),
        category=odd.category or odd.department,
    )
    return msgspec.structs.replace(
        sighting(common),
        description=plain(odd.description or ""),
        employment=odd.employment_type or "",
        remote=_REMOTE.get((odd.workplace_type or odd.remote_type or "").lower()),
        salary=pay(odd.salary_min, odd.salary_max, per=odd.salary_period or ""),
    )


@cache_of_few
def _known(text: str | None) -> tuple[str, ...]:
    """Return a text as a tuple, empty where it only says that nobody knows."""
    return (text.strip(),) if text and text.strip().lower() not in _NOTHING else ()


@cache_of_few
def _all_known(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(chain.from_iterable(map(_known, texts)))


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:24]


_ODD_ROW = msgspec.json.Decoder(OddRow, strict=False)


def _read(raw: msgspec.Raw) -> OddRow:
    """Read a row; where it isn't of the expected types, see what can be made of it. Raises ValueError."""
    try:
        return _ODD_ROW.decode(raw)
    except msgspec.ValidationError:
        content = msgspec.json.decode(raw)
        if not isinstance(content, dict):
            raise
        mended = {name: mend(content[name]) for name, mend in _MENDS.items() if name in content}
        return msgspec.convert({name: v for name, v in mended.items() if v is not None}, OddRow, strict=False)


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) else value


def _texts(value: Any) -> Any:
    values: Sequence[Any] = value if isinstance(value, list) else [value]
    return [_text(part) for part in values if part not in (None, "")]


def _mend_of(kind: Any) -> Callable[[Any], Any]:
    if kind == str | None:
        return _text
    if kind == When | None:
        return moment
    return _texts if kind == tuple[str, ...] | None else lambda value: value


_MENDS = {field.encode_name: _mend_of(field.type) for field in msgspec.structs.fields(OddRow)}
"""What to try with a value of the wrong type, field by field; a date that can't be read is left out."""
