"""Ashby's job boards (https://developers.ashbyhq.com/docs/public-job-posting-api): public, without a key, slow."""

from functools import partial

import msgspec

from bot.leads.sources.feed import Board, decode, read_rows
from bot.leads.sources.sighting import Fetched, RawSighting
from bot.leads.sources.text import line, moment, plain, tidy

HOST = "https://api.ashbyhq.com"
_REMOTE = {"Remote": True, "Hybrid": False, "OnSite": False}


class _PostalAddress(msgspec.Struct, rename="camel"):
    address_locality: str | None = None
    address_region: str | None = None
    address_country: str | None = None


class _Address(msgspec.Struct, rename="camel"):
    postal_address: _PostalAddress | None = None


class _Place(msgspec.Struct):
    location: str | None = None
    address: _Address | None = None


class _Compensation(msgspec.Struct, rename="camel"):
    scrapeable_compensation_salary_summary: str | None = None
    compensation_tier_summary: str | None = None


class _Job(msgspec.Struct, rename="camel"):
    id: str
    title: str
    job_url: str
    is_listed: bool = True
    location: str | None = None
    address: _Address | None = None
    secondary_locations: list[_Place] = []
    department: str | None = None
    team: str | None = None
    employment_type: str | None = None
    workplace_type: str | None = None
    is_remote: bool | None = None
    published_at: str | None = None
    description_plain: str | None = None
    description_html: str | None = None
    compensation: _Compensation | None = None
    should_display_compensation_on_job_postings: bool = True


class _Jobs(msgspec.Struct):
    jobs: list[msgspec.Raw]


_JOB = msgspec.json.Decoder(_Job, strict=False)


def ashby(board: str, company: str, host: str = HOST) -> Board:
    """Return the board of a company.

    board: its name in the address, jobs.ashbyhq.com/<board>
    host: of the API; tests bring their own
    """
    feed = f"{host}/posting-api/job-board/{board}?includeCompensation=true"
    return Board("ashby", board, company, feed, f"https://jobs.ashbyhq.com/{board}", parse_ashby)


def parse_ashby(body: bytes, company: str) -> Fetched:
    """Read the answer of a board; an unlisted job counts as closed. Raises SourceError.

    company: its name, which Ashby does not state
    """
    return read_rows(decode(body, _Jobs).jobs, partial(_sighting, company=company))


def _sighting(raw: msgspec.Raw, company: str) -> RawSighting:
    job = _JOB.decode(raw)
    places = [_Place(job.location, job.address), *job.secondary_locations]
    stated = job.workplace_type
    return RawSighting(
        key=job.id,
        url=job.job_url,
        company=company,
        title=line(job.title),
        locations=tuple(dict.fromkeys(filter(None, map(_place, places)))),
        description=tidy(job.description_plain) if job.description_plain else plain(job.description_html or ""),
        active=job.is_listed,
        posted_at=moment(job.published_at),
        employment=job.employment_type or "",
        remote=_REMOTE.get(stated) if stated else job.is_remote,
        salary=_salary(job),
        department=", ".join(dict.fromkeys(line(part) for part in (job.department, job.team) if part)),
    )


def _place(place: _Place) -> str:
    """Return a place as the board words it, or its address where it is just a city's or a building's name."""
    name = line(place.location or "")
    if "," in name or "remote" in name.lower() or not (place.address and place.address.postal_address):
        return name
    address = place.address.postal_address
    if not address.address_locality:
        return name
    parts = (address.address_locality, address.address_region, address.address_country)
    return ", ".join(dict.fromkeys(line(part) for part in parts if part))


def _salary(job: _Job) -> str:
    """Return the pay, where the company wants it shown."""
    if job.compensation is None or not job.should_display_compensation_on_job_postings:
        return ""
    stated = job.compensation
    return line(stated.scrapeable_compensation_salary_summary or stated.compensation_tier_summary or "")
