"""A job page that describes its opening as schema.org's JobPosting does (https://schema.org/JobPosting)."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from bot.leads.sources.feed import read_rows
from bot.leads.sources.jsonld import Thing, find_things, listed
from bot.leads.sources.protocol import SourceError
from bot.leads.sources.sighting import Fetched, RawSighting
from bot.leads.sources.text import deadline, line, moment, pay, plain

_DECLARED_CHARSET = b"charset="
_TELECOMMUTE = "telecommute"


def parse_jobposting(body: bytes, url: str, charset: str = "") -> Fetched:
    """Read every opening that a page describes. Raises SourceError when it describes none.

    url: where the page was fetched
    charset: as the server stated it
    """
    postings = find_things(decode_page(body, charset), "JobPosting")
    if not postings:
        raise SourceError("The page does not describe an opening for programs (schema.org JobPosting).")

    def read(posting: Thing) -> RawSighting:
        sighting = read_posting(posting, url)
        if not sighting.title:
            raise ValueError("the posting has no title")
        return sighting

    return read_rows(postings, read)


def read_posting(posting: Thing, url: str) -> RawSighting:
    """Make a sighting of a JobPosting; the title may be empty.

    url: of the page it stands on
    """
    organisation = next(iter(listed(posting.get("hiringOrganization"))), None)
    own = _text(posting.get("url"))
    number = _identifier(posting)
    remote = any(_TELECOMMUTE in _text(kind).lower() for kind in listed(posting.get("jobLocationType")))
    places = [_place(place) for place in listed(posting.get("jobLocation"))]
    if not any(places):
        places = [_place(place) for place in listed(posting.get("applicantLocationRequirements"))]
    return RawSighting(
        key=number or page_key(own or url, _text(posting.get("title"))),
        url=own if own.startswith(("https://", "http://")) else url,
        company=_name(organisation),
        title=_text(posting.get("title")) or _text(posting.get("name")),
        locations=tuple(dict.fromkeys(filter(None, places))),
        description=plain(str(posting.get("description") or "")),
        posted_at=moment(posting.get("datePosted")),
        updated_at=moment(posting.get("dateModified")),
        closes_at=deadline(posting.get("validThrough")),
        degrees=tuple(_degrees(posting)),
        employment=", ".join(_text(kind) for kind in listed(posting.get("employmentType"))),
        remote=True if remote else None,
        salary=_salary(posting.get("baseSalary") or posting.get("estimatedSalary")),
        company_url=_website(organisation),
        department=_text(posting.get("occupationalCategory")) or _text(posting.get("industry")),
    )


def _text(value: Any) -> str:
    """Return a value as one line of text: a plain one, the first of several, a thing's name, or "" for all else."""
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _name(organisation: Any) -> str:
    return _text(organisation) or (_text(organisation.get("legalName")) if isinstance(organisation, dict) else "")


def _website(organisation: Any) -> str:
    if not isinstance(organisation, dict):
        return ""
    stated = (_text(organisation.get(name)) for name in ("sameAs", "url"))
    return next((text for text in stated if text.startswith(("https://", "http://"))), "")


def _identifier(posting: Thing) -> str:
    identifier = next(iter(listed(posting.get("identifier"))), None)
    if isinstance(identifier, dict):
        return _text(identifier.get("value")) or _text(identifier.get("@value"))
    return _text(identifier)


def _place(place: Any) -> str:
    """Word a Place, a PostalAddress, a Country or a plain text: city, region, country."""
    if not isinstance(place, dict):
        return _text(place)
    address = next(iter(listed(place.get("address"))), place)
    if not isinstance(address, dict):
        return _text(address)
    parts = [_text(address.get(name)) for name in ("addressLocality", "addressRegion", "addressCountry")]
    return ", ".join(dict.fromkeys(filter(None, parts))) or _text(place)


def _degrees(posting: Thing) -> Iterable[str]:
    for asked in listed(posting.get("educationRequirements")):
        degree = _text(asked.get("credentialCategory")) if isinstance(asked, dict) else _text(asked)
        if degree:
            yield degree


def _salary(stated: Any) -> str:
    """Word a MonetaryAmount, a number or a text."""
    stated = next(iter(listed(stated)), None)
    if not isinstance(stated, dict):
        return _text(stated)
    currency, value = _text(stated.get("currency")), stated.get("value", stated)
    if not isinstance(value, dict):
        return " ".join(filter(None, (currency, _text(value))))
    low = _number(value.get("minValue") or value.get("value"))
    high = _number(value.get("maxValue") or value.get("value"))
    return pay(
        low, high, currency or _text(value.get("currency")), _text(value.get("unitText") or stated.get("unitText"))
    )


def _number(value: Any) -> float | None:
    try:
        return float(_text(value).replace(",", ""))
    except ValueError:
        return None


def decode_page(body: bytes, charset: str) -> str:
    """Decode a page by what the server states, else by what the page states, else as UTF-8."""
    _, _, declared = body[:2_000].lower().partition(_DECLARED_CHARSET)
    own = declared[:30].strip(b"\"' ").split(b'"')[0].split(b"'")[0].split(b">")[0].split(b";")[0]
    for name in (charset, own.decode("ascii", "replace")):
        try:
            return body.decode(name, errors="replace")
        except (LookupError, ValueError):
            continue
    return body.decode("utf-8", errors="replace")


def page_key(*parts: str) -> str:
    """Return a key for an opening that has no number of its own."""
    return sha256("\n".join(parts).encode()).hexdigest()[:24]
