"""Greenhouse's job boards (https://developers.greenhouse.io/job-board.html): public, without a key."""

import re
from functools import lru_cache, partial
from typing import Any

import msgspec

from bot.leads.sources.feed import Board, decode, read_rows
from bot.leads.sources.sighting import Fetched, RawSighting
from bot.leads.sources.text import deadline, line, moment, pay, plain

HOST = "https://boards-api.greenhouse.io"
_BETWEEN_PLACES = re.compile(r"\s*(?:[;|•\n]|\bor\b)\s*")
_WORDS = re.compile(r"[^\W\d_]+")
_NO_PLACE = frozenset({
    "america", "and", "any", "anywhere", "apac", "asia", "based", "east", "emea", "eu", "europe", "flexible", "global",
    "headquarters", "hq", "hybrid", "in", "international", "latam", "location", "locations", "multiple", "north", "of",
    "office", "offices", "on", "onsite", "region", "remote", "several", "site", "south", "states", "the", "uae", "uk",
    "us", "usa", "various", "west", "worldwide",
})  # fmt: skip
_CITY_STATES = frozenset({"georgia", "hong kong", "luxembourg", "monaco", "singapore"})
_EMPLOYMENT = frozenset({"employment type", "employment", "job type", "time type", "commitment", "contract type"})
_WORKPLACE = frozenset({"location type", "workplace type", "work type", "remote status", "remote", "workplace"})


class _Named(msgspec.Struct):
    name: str | None = None


class _Office(msgspec.Struct):
    name: str | None = None
    location: str | None = None


class _Field(msgspec.Struct):
    """One of the board's own fields."""

    name: str | None = None
    value: Any = None


class _PayRange(msgspec.Struct):
    min_cents: int | None = None
    max_cents: int | None = None
    currency_type: str | None = None
    title: str | None = None


class _Job(msgspec.Struct):
    id: int
    title: str
    absolute_url: str
    company_name: str | None = None
    location: _Named | None = None
    offices: list[_Office] = []
    departments: list[_Named] = []
    metadata: list[_Field] | None = None
    content: str | None = None
    first_published: str | None = None
    updated_at: str | None = None
    application_deadline: str | None = None
    pay_input_ranges: list[_PayRange] | None = None


class _Jobs(msgspec.Struct):
    jobs: list[msgspec.Raw]


_JOB = msgspec.json.Decoder(_Job, strict=False)


def greenhouse(token: str, company: str, host: str = HOST) -> Board:
    """Return the board of a company.

    token: the board's name in its address, boards.greenhouse.io/<token>
    host: of the API; tests bring their own
    """
    feed = f"{host}/v1/boards/{token}/jobs?content=true"
    return Board("greenhouse", token, company, feed, f"https://job-boards.greenhouse.io/{token}", parse_greenhouse)


def parse_greenhouse(body: bytes, company: str = "") -> Fetched:
    """Read the answer of a board. Raises SourceError.

    company: its name, for rows that don't state it
    """
    return read_rows(decode(body, _Jobs).jobs, partial(_sighting, company=company))


def _sighting(raw: msgspec.Raw, company: str) -> RawSighting:
    job = _JOB.decode(raw)
    fields = {line(field.name or "").lower(): _worded(field.value) for field in job.metadata or ()}
    employment = next((text for name, text in fields.items() if name in _EMPLOYMENT), "")
    workplace = next((text for name, text in fields.items() if name in _WORKPLACE), "")
    place = line(job.location.name or "") if job.location else ""
    return RawSighting(
        key=str(job.id),
        url=job.absolute_url,
        company=line(job.company_name or company),
        title=line(job.title),
        locations=_places(job, place),
        description=plain(job.content or ""),
        posted_at=moment(job.first_published),
        updated_at=moment(job.updated_at),
        closes_at=deadline(job.application_deadline),
        employment=employment,
        remote=_is_remote(workplace, place),
        salary=_salary(job.pay_input_ranges or []),
        department=", ".join(line(department.name) for department in job.departments if department.name),
    )


def _places(job: _Job, place: str) -> tuple[str, ...]:
    """Return the places of a job: what it says itself, and the cities of its offices where that names none."""
    places = [part for part in _BETWEEN_PLACES.split(place) if part]
    if not any(map(_names_a_city, places)):
        offices = (line(office.location or office.name or "") for office in job.offices)
        places += filter(_names_a_city, offices)
    return tuple(dict.fromkeys(places))


def _names_a_city(place: str) -> bool:
    """Tell whether a place is more than "Remote", "United States" or "Multiple locations"."""
    return any(word not in _NO_PLACE for word in _WORDS.findall(_countries().sub(" ", place.lower())))


@lru_cache
def _countries() -> re.Pattern[str]:
    """Return what finds the world's countries and regions, by babel's English names, but for those that are cities."""
    from babel import Locale

    names = {str(name).lower() for name in Locale("en").territories.values()} - _CITY_STATES
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b")


def _is_remote(workplace: str, place: str) -> bool | None:
    stated = workplace.lower()
    if "hybrid" in stated or "on-site" in stated or "onsite" in stated or "office" in stated:
        return False
    return True if "remote" in stated or "remote" in place.lower() else None


def _salary(ranges: list[_PayRange]) -> str:
    texts = (pay((r.min_cents or 0) / 100, (r.max_cents or 0) / 100, r.currency_type or "") for r in ranges)
    return "; ".join(dict.fromkeys(filter(None, texts)))


def _worded(value: Any) -> str:
    """Word the value of a board's own field: text, a list of texts, or something that says nothing to people."""
    if isinstance(value, list):
        return ", ".join(_worded(part) for part in value)
    return line(value) if isinstance(value, str) else ""
