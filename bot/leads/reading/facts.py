"""What an opening says about itself, read from its words: kind, time, place, degree, pay, hours, sponsorship."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.leads.reading.conditions import read_degrees, read_mode, read_paid, read_part_time, read_sponsorship
from bot.leads.reading.descriptions import READ
from bot.leads.reading.places import Place, read_places
from bot.leads.reading.rules import Title, believe_internship, read_title
from bot.leads.reading.seasons import When, read_seasons, read_when

KINDS: Final = ("internship", "co-op", "working student", "thesis", "placement", "traineeship")

_KIND_OF: Final = (
    ("co-op", re.compile(r"^(?:coop|co-op|pey|asip|cooperative|alternan)|coop$")),
    ("placement", re.compile(r"placement|sandwich|year in industry|industrial")),
    (
        "thesis",
        re.compile(
            r"thes[ei]s|arbeit|diplom|degree project|graduation|exjobb|examen|masterand|bachelorand|masteroppgave"
            r"|afstud|^tesi|trabajo fin|tfm|opinnayte|lopputyo|kandidat"
        ),
    ),
    (
        "working student",
        re.compile(r"werkstud|working student|^student(?! research)|studentisch|hilfskraft|hiwi|shk|studiejob"),
    ),
    ("traineeship", re.compile(r"trainee")),
    ("internship", re.compile(r"\bintern(?:s|ships?)?\b|praktik|stag(?:e|iair|ista)|tirocin|practic|estagi|becari")),
)
_NOT_RESEARCH: Final = frozenset({"park", "triangle", "assistant"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What an opening says about itself; what it does not say is empty, None or False."""

    kind: str = ""
    """One of KINDS, or "" for what is no internship or does not say."""
    term: str = ""
    """spring, summer, fall or winter."""
    year: int | None = None
    seasons: tuple[When, ...] = ()
    """Every season in which it may be done, the earliest first; `term` and `year` are the one that is named first."""
    degrees: tuple[str, ...] = ()
    """Of bachelor, master and phd, in this order."""
    paid: bool | None = None
    mode: str = ""
    """remote, hybrid or on-site."""
    places: tuple[Place, ...] = ()
    part_time: bool | None = None
    """Whether it may be done part-time."""
    sponsorship: str = ""
    """yes, no or "citizens only"."""
    research: bool = False
    """Whether the work is research, in whatever field."""

    @property
    def city(self) -> str:
        """The first city, or ""."""
        return next((place.city for place in self.places if place.city), "")

    @property
    def region(self) -> str:
        """The first state or province, or ""."""
        return next((place.region for place in self.places if place.region), "")

    @property
    def country(self) -> str:
        """The first country as an ISO 3166 alpha-2 code, or ""."""
        return next((place.country for place in self.places if place.country), "")


def read_facts(  # noqa: PLR0913, PLR0917  # one argument for each field that lists state; a caller has them all or a few
    title: str,
    company: str = "",  # noqa: ARG001  # facts of companies come from bot/content/companies.yaml
    description: str = "",
    locations: Iterable[str] = (),
    terms: Iterable[str] = (),
    employment: str = "",
    sponsorship: str = "",
    degrees: Iterable[str] = (),
    salary: str = "",
    remote: bool | None = None,
) -> Facts:
    """Read what an opening says about itself. All text is plain; what a list states in a field goes before prose."""
    locations = tuple(locations)
    read = read_title(title)
    prose = description[:READ].lower()
    named = f"{title}\n{employment}".lower()
    placed = "\n".join((named, *locations)).lower()
    terms = tuple(terms)
    when = read_when(title, terms)
    return Facts(
        kind=_kind(read, employment),
        term=when.term,
        year=when.year,
        seasons=read_seasons(title, terms),
        degrees=read_degrees(title, degrees, prose),
        paid=read_paid(named, salary, prose),
        mode=read_mode(placed, prose, remote=remote),
        places=read_places(locations),
        part_time=read_part_time(named, prose),
        sponsorship=read_sponsorship(sponsorship, named, prose),
        research=_is_research(read),
    )


def _kind(title: Title, employment: str) -> str:
    belief = believe_internship(title)
    if belief.said:
        return next((kind for kind, pattern in _KIND_OF if pattern.search(belief.said)), KINDS[0])
    if title.first("not internship"):
        return ""
    return next((kind for kind, pattern in _KIND_OF if pattern.search(employment.lower())), "")


def _is_research(title: Title) -> bool:
    if title.first("trade", "business"):
        return False
    if title.first("research scientist"):
        return True
    words = [*title.words, ""]
    return any(words[found.end] not in _NOT_RESEARCH for found in title.all("research"))
