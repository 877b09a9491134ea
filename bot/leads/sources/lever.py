"""Lever's postings (https://github.com/lever/postings-api): public, without a key; the EU has its own host."""

from functools import partial

import msgspec

from bot.leads.sources.feed import Board, decode, read_rows
from bot.leads.sources.sighting import Fetched, RawSighting
from bot.leads.sources.text import line, moment, pay, plain, tidy

HOST = "https://api.lever.co"
EU_HOST = "https://api.eu.lever.co"
_REMOTE = {"remote": True, "hybrid": False, "on-site": False, "onsite": False}


class _Categories(msgspec.Struct):
    commitment: str | None = None
    department: str | None = None
    team: str | None = None
    location: str | None = None
    all_locations: list[str] | None = msgspec.field(default=None, name="allLocations")


class _Section(msgspec.Struct):
    text: str | None = None
    content: str | None = None


class _SalaryRange(msgspec.Struct):
    min: float | None = None
    max: float | None = None
    currency: str | None = None
    interval: str | None = None


class _Posting(msgspec.Struct, rename="camel"):
    id: str
    text: str
    hosted_url: str
    categories: _Categories = msgspec.field(default_factory=_Categories)
    created_at: int | None = None
    description_plain: str | None = None
    description: str | None = None
    lists: list[_Section] = []
    additional_plain: str | None = None
    additional: str | None = None
    workplace_type: str | None = None
    salary_range: _SalaryRange | None = None


_POSTING = msgspec.json.Decoder(_Posting, strict=False)


def lever(site: str, company: str, host: str = HOST) -> Board:
    """Return the postings of a company.

    site: its name in the address, jobs.lever.co/<site>
    host: of the API: HOST, EU_HOST, or a test's own
    """
    home = f"https://jobs.{'eu.' if host == EU_HOST else ''}lever.co/{site}"
    return Board("lever", site, company, f"{host}/v0/postings/{site}?mode=json", home, parse_lever)


def parse_lever(body: bytes, company: str) -> Fetched:
    """Read the answer of a site. Raises SourceError.

    company: its name, which Lever does not state
    """
    return read_rows(decode(body, list[msgspec.Raw]), partial(_sighting, company=company))


def _sighting(raw: msgspec.Raw, company: str) -> RawSighting:
    posting = _POSTING.decode(raw)
    about = posting.categories
    places = [*([about.location] if about.location else []), *(about.all_locations or [])]
    salary = posting.salary_range
    return RawSighting(
        key=posting.id,
        url=posting.hosted_url,
        company=company,
        title=line(posting.text),
        locations=tuple(dict.fromkeys(line(place) for place in places if place.strip())),
        description=_description(posting),
        posted_at=moment(posting.created_at),
        employment=line(about.commitment or ""),
        remote=_REMOTE.get((posting.workplace_type or "").lower()),
        salary=pay(salary.min, salary.max, salary.currency or "", salary.interval or "") if salary else "",
        department=", ".join(line(part) for part in (about.department, about.team) if part),
    )


def _description(posting: _Posting) -> str:
    """Put the text together: what it is about, the lists of duties and wishes, the closing words."""
    pieces = [tidy(posting.description_plain) if posting.description_plain else plain(posting.description or "")]
    for section in posting.lists:
        pieces += [line(section.text or ""), plain(section.content or "")]
    pieces.append(tidy(posting.additional_plain) if posting.additional_plain else plain(posting.additional or ""))
    return "\n".join(filter(None, pieces))
