"""An opening as it is compared with others, and all that is read from it for that, once."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.leads.board_table import UUID
from bot.leads.names import TitleParts, company_blocks, company_in_titles, company_key, title_parts
from bot.leads.urls import CanonicalUrl
from bot.leads.where import Where, read_where


@dataclass(frozen=True, slots=True)
class Opening:
    """A row of a list, or a lead, as it is compared."""

    id: int
    company: str
    title: str
    places: tuple[str, ...]
    term: str
    """The season that a list tags it with, "" when it does not; several tags are no tag."""
    year: int | None
    url: CanonicalUrl
    source: str
    """The list, "" when it does not matter: two rows of one list are two openings unless they share an address."""
    source_key: str
    posted_at: datetime | None = None


class Traits(NamedTuple):
    """What an opening is compared by."""

    opening: Opening
    company: str
    blocks: tuple[str, ...]
    """The names of companies among which it is looked for."""
    title: TitleParts
    core: frozenset[str]
    """The words of the title that tell the work: without the company's own name, and the places."""
    where: Where
    key: str
    numbers: frozenset[str]
    """Numbers in the address that may be the requisition's."""
    host: str
    day: int | None
    """The day on which it was posted, counted from the year 1."""


_OPAQUE = frozenset({"redirect.cvrve.me", "bit.ly", "lnkd.in", "tinyurl.com", "t.co", "dreamworkhq.com", "forms.gle"})
"""Hosts whose addresses say nothing of where they lead."""


def traits_of(opening: Opening) -> Traits:
    """Read all that an opening is compared by."""
    title, where = title_parts(opening.title), read_where(opening.places)
    own, core = company_in_titles(opening.company), title.words
    for said in (where.words, own):
        core = core if core.isdisjoint(said) else core - said
    host = opening.url.url.split("/", 3)[2]
    return Traits(
        opening=opening,
        company=company_key(opening.company),
        blocks=company_blocks(opening.company),
        title=title,
        core=core,
        where=where,
        key=opening.url.key,
        numbers=frozenset() if host in _OPAQUE else _numbers(opening.url),
        host=host,
        day=opening.posted_at.toordinal() if opening.posted_at else None,
    )


_RUN = re.compile(r"(?<!\d)0*([1-9]\d{5,})(?!\d)")
_LAST = re.compile(r"[/=-][a-z]{0,4}[-_]?0*([1-9]\d{3,4})(?:/job)?$", re.IGNORECASE)
_JUMBLE = re.compile(r"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{16,}\b", re.IGNORECASE)
_UUID = re.compile(UUID, re.IGNORECASE)
_DATE = re.compile(r"(19|20)\d\d(?:(0[1-9]|1[0-2])[0-3]\d)?")


def _numbers(url: CanonicalUrl) -> frozenset[str]:
    if url.board:
        name = url.board_id.rsplit("/", 1)[-1]
        if _UUID.fullmatch(name):
            return frozenset((name,))
        return frozenset(_RUN.findall(name) or _LAST.findall(f"/{name}"))
    text = url.url.split("/", 3)[-1]
    uuids = {name.lower() for name in _UUID.findall(text)}
    plain = _JUMBLE.sub(" ", _UUID.sub(" ", text))
    found = {*_RUN.findall(plain), *_LAST.findall(f"/{plain}")}
    return frozenset(uuids | {number for number in found if not _DATE.fullmatch(number)})
