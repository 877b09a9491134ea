"""Understanding a feed: pure and picklable, so that it runs in a process of its own and chat never waits for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import msgspec

from bot.companies.catalog import Company, load_companies, match
from bot.leads.dedupe import Opening
from bot.leads.names import company_key
from bot.leads.reading.classify import Verdict, classify
from bot.leads.reading.facts import Facts, read_facts
from bot.leads.reading.seasons import read_when
from bot.leads.sources.sighting import RawSighting, Rejected
from bot.leads.urls import CanonicalUrl, canonical

_MANY = 20
"""From so many active rows on a sudden drop is doubted."""
DESCRIPTION = 6_000
"""Characters of a description that are kept: enough to search and to read the facts."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of a row of the same source."""

    row_hash: str
    active: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sighting with all that is read from it."""

    raw: RawSighting
    row_hash: str
    url: CanonicalUrl
    lead: Mapping[str, Any]
    """The columns of a lead, without those that depend on when it was seen."""

    def opening(self, number: int, source: str) -> Opening:
        """Return it as what duplicates are looked for by."""
        return Opening(
            id=number,
            company=self.raw.company,
            title=self.raw.title,
            places=self.raw.locations,
            term=list_term(self.raw),
            year=self.lead["year"],
            url=self.url,
            source=source,
            source_key=self.raw.key,
            posted_at=self.raw.posted_at,
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different from what the database knows: whole rows where they must be written, else keys."""

    seen: int
    ml_internships: int
    new: list[Prepared] = field(default_factory=list)
    edited: list[Prepared] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    reopened: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    held: int = 0
    """Rows that are missing, but too many of them at once to believe it."""


def compare(
    sightings: Sequence[RawSighting],
    known: Mapping[str, Known],
    *,
    complete: bool,
    unreadable: Sequence[str] = (),
    cautious: bool = False,
) -> Changes:
    """Return what changed between what is known of a source and what it shows now.

    A row is edited when anything but its being active differs; closed when it is no longer active, or missing from a
    complete list; a row that is both edited and closed counts as both. A row whose address can't be read is rejected.
    `unreadable` are keys that are still shown but could not be read now: they close nothing. With `cautious`, nothing
    closes by missing when more than half of what was active would: a list that is cut short is likelier than that. ML
    internships are counted among the rows that are kept, active or not.
    """
    changes = Changes(len(sightings), 0)
    found = 0
    shown: set[str] = set(unreadable)
    for raw in sightings:
        shown.add(raw.key)
        before = known.get(raw.key)
        row_hash = hash_row(raw)
        if before is None or before.row_hash != row_hash:
            try:
                prepared = prepare(raw, row_hash)
            except ValueError as error:
                why = str(error) if raw.url.strip() else "the row has no address"
                changes.rejected.append(Rejected(msgspec.to_builtins(raw), why))
                continue
            (changes.new if before is None else changes.edited).append(prepared)
        found += _verdict(raw).ml_internship
        if before is not None and before.active != raw.active:
            (changes.reopened if raw.active else changes.closed).append(raw.key)
    if complete:
        missing = [key for key, row in known.items() if row.active and key not in shown]
        active = sum(row.active for row in known.values())
        if cautious and active >= _MANY and len(missing) > active / 2:
            return replace(changes, ml_internships=found, held=len(missing))
        changes.closed.extend(missing)
    return replace(changes, ml_internships=found)


def hash_row(raw: RawSighting) -> str:
    """Return a fingerprint of all that a row says, but for whether it is active."""
    content = msgspec.msgpack.encode(msgspec.structs.replace(raw, active=True))
    return blake2b(content, digest_size=12).hexdigest()


def prepare(raw: RawSighting, row_hash: str = "") -> Prepared:
    """Read everything from a sighting. Raises ValueError when its address is none."""
    url = canonical(raw.url)
    verdict = _verdict(raw)
    facts = read_facts(
        raw.title,
        raw.company,
        raw.description,
        raw.locations,
        raw.terms,
        raw.employment,
        raw.sponsorship,
        raw.degrees,
        raw.salary,
        raw.remote,
    )
    company = match(raw.company)
    return Prepared(raw, row_hash or hash_row(raw), url, _columns(raw, url, verdict, facts, company))


def list_term(raw: RawSighting) -> str:
    """Return the season by which a row is compared with others: "" where its list gives several, which is no season."""
    if len(raw.terms) > 1 and len({read_when("", (term,)).term for term in raw.terms}) > 1:
        return ""
    return read_when(raw.title, raw.terms).term


def _verdict(raw: RawSighting) -> Verdict:
    if raw.description:
        return classify(raw.title, raw.company, raw.description[:DESCRIPTION], raw.employment)
    return _classify(raw.title, raw.company, "", raw.employment)


_classify = lru_cache(maxsize=50_000)(classify)
"""Lists have no descriptions and repeat titles; the count of ML internships asks again for rows that are prepared."""


def _columns(
    raw: RawSighting, url: CanonicalUrl, verdict: Verdict, facts: Facts, company: Company | None
) -> dict[str, Any]:
    return {
        "company": raw.company.strip(),
        "company_key": company_key(raw.company),
        "title": raw.title.strip(),
        "url": raw.url.strip(),
        "canonical": url.url,
        "description": raw.description[:DESCRIPTION],
        "internship": verdict.internship,
        "ml": verdict.ml,
        "score": verdict.score,
        "why": list(verdict.why),
        "kind": facts.kind,
        "term": facts.term,
        "year": facts.year,
        "seasons": ", ".join(" ".join(str(part) for part in when if part) for when in facts.seasons),
        "degrees": list(facts.degrees),
        "paid": facts.paid,
        "mode": facts.mode,
        "part_time": facts.part_time,
        "sponsorship": facts.sponsorship,
        "research": facts.research,
        "size": company.size if company else "",
        "research_team": company.research_team if company else None,
        "places": [[p.city, p.region, p.country] for p in facts.places],
        "goodness": goodness(verdict, facts, company),
        "posted_at": raw.posted_at,
        "closes_at": raw.closes_at,
    }


def goodness(verdict: Verdict, facts: Facts, company: Company | None) -> float:
    """Return how far up a lead should stand: surely ML first, then what serves steps 2, 4 and 6 of the climb.

    The weights are ours: certainty 1, a research team 0.5, a start-up or small company 0.3, research 0.2, part-time or
    remote 0.1 each, known pay 0.1.
    """
    value: float = verdict.score
    if company is not None:
        value += 0.5 * bool(company.research_team) + 0.3 * (company.size in SMALL)
    return value + 0.2 * facts.research + 0.1 * (bool(facts.part_time) + (facts.mode == "remote") + bool(facts.paid))


SMALL = ("start-up", "small")
"""The size classes that step 2 aims at."""


def warm_up() -> None:
    """Load what the worker process needs once, so that its first feed is not slower than the others."""
    load_companies()
    read_facts("x", locations=("Berlin, Germany",))
