"""The leads that new sightings may belong to, found by the names of their companies and by every address they had."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.leads.dedupe import OpeningIndex
from bot.leads.models import OPEN, STALE, Lead, Sighting, SourceRow
from bot.leads.names import company_blocks
from bot.leads.openings import Opening
from bot.leads.prepare import Prepared, list_term
from bot.leads.reading.seasons import read_when
from bot.leads.sources.sighting import RawSighting
from bot.leads.urls import canonical

if TYPE_CHECKING:
    from bot.leads.ingest import Origin

MEMORY = timedelta(days=120)
"""A lead that closed longer ago is not the same opening when it shows again: companies repeat titles every year."""
_KEYS = 500


def openings_near(connection: Connection, origin: "Origin", new: Sequence[Prepared], now: datetime) -> OpeningIndex:
    """Return an index of the leads that the new sightings may belong to, each with all the sightings behind it."""
    index = OpeningIndex()
    blocks = {block for prepared in new for block in company_blocks(prepared.raw.company)}
    recent: dict[int, bool] = {}
    kept = sa.or_(Lead.state.in_((OPEN, STALE)), Lead.closed_at >= now - MEMORY).label("recent")
    visible = sa.or_(Lead.community_id.is_(None), Lead.community_id == origin.community)
    for some in _runs(_company_keys(connection, blocks), _KEYS):
        query = sa.select(Lead.id, Lead.company, kept).where(Lead.company_key.in_(some), visible)
        # A key that goes on with a word's letters need not go on after the word: "metaphor" is no Meta.
        found = connection.execute(query)
        recent |= {row.id: row.recent for row in found if not blocks.isdisjoint(company_blocks(row.company))}
    addresses = {text for prepared in new for text in (prepared.url.url, prepared.url.url.lower())}
    for some in _runs(sorted(addresses), _KEYS):
        shown = sa.select(Sighting.lead_id).where(Sighting.canonical.in_(some))
        at_address = sa.select(Lead.id, kept).where(Lead.id.in_(shown), visible)
        recent |= {row.id: row.recent for row in connection.execute(at_address)}
    for lead, opening in _sightings(connection, sorted(recent)):
        if index.knows(lead):
            index.join(lead, opening)
        else:
            index.add(opening, by_title=recent[lead])
    return index


def _company_keys(connection: Connection, blocks: Iterable[str]) -> list[str]:
    """Return the companies' keys that are one of the blocks or begin with one. One pass over an index."""
    keys = sorted(connection.execute(sa.select(Lead.company_key).distinct()).scalars())
    # A company may be looked for by its first word, or be the first word by which another is looked for.
    found: set[str] = set()
    for block in blocks if keys else ():
        at = bisect_left(keys, block)
        while at < len(keys) and keys[at].startswith(block):
            found.add(keys[at])
            at += 1
    return sorted(found)


def _sightings(connection: Connection, leads: Sequence[int]) -> Iterator[tuple[int, Opening]]:
    """Yield the sightings of leads, the oldest first, as openings by the numbers of their leads."""
    for some in _runs(leads, _KEYS):
        query = (
            sa.select(Sighting.lead_id, Sighting.raw, SourceRow.name)
            .join(SourceRow, SourceRow.id == Sighting.source_id)
            .where(Sighting.lead_id.in_(some))
            .order_by(Sighting.id)
        )
        for lead, raw, source in connection.execute(query):
            yield lead, _opening(lead, msgspec.convert(raw, RawSighting), source)


def _opening(lead: int, raw: RawSighting, source: str) -> Opening:
    return Opening(
        id=lead,
        company=raw.company,
        title=raw.title,
        places=raw.locations,
        term=list_term(raw),
        year=read_when(raw.title, raw.terms).year,
        url=canonical(raw.url),
        source=source,
        source_key=raw.key,
        posted_at=raw.posted_at,
    )


def _runs(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (items[i : i + size] for i in range(0, len(items), size))
