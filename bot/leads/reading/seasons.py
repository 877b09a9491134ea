"""When an internship is: its seasons and years, from the words of a list ("Summer 2025") or of a title."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from bot.leads.reading.words import fold

_SEASON_WORDS: Final = {
    "spring": "spring fruhjahr fruhling fruhlings printemps primavera voorjaar forar",
    "summer": "summer sommer ete verano estate verao zomer sommar kesa sommersemester",
    "fall": "fall autumn herbst automne otono autunno outono najaar efterar syksy",
    "winter": "winter hiver invierno inverno vinter talvi wintersemester",
}
_SEASONS: Final = {word: season for season, words in _SEASON_WORDS.items() for word in words.split()}
_STARTS: Final = {
    "winter": "january jan januar janvier", "spring": "april avril abril",
    "summer": "may june july mai juni juin juillet juli mayo junio", "fall": "september sept septembre septiembre",
}  # fmt: skip
"""The months in which a season's internships begin; the others begin in none that people agree on."""
_MONTHS: Final = {month: season for season, months in _STARTS.items() for month in months.split()}

_WORD: Final = re.compile(rf"\b({'|'.join(_SEASONS)})\b")
_MONTH: Final = re.compile(rf"\b({'|'.join(_MONTHS)})\b(?=[\s\d,–/-]*(?:20\d\d|to\b|until\b|[-–]|start|term))")
_YEAR: Final = re.compile(r"(?<![\d$])(20[2-4]\d)(?![\d,.]\d)")
_SHORT_YEAR: Final = re.compile(rf"\b(?:{'|'.join(_SEASONS)})\s*['’]?\s?(2\d|3\d)\b")
_NOT_THE_YEAR: Final = re.compile(
    r"\b(?:class of|graduat\w*(?: in| by)?|grads? of)\s+20\d\d|\b20\d\d (?:grads?|graduates?)\b", re.IGNORECASE
)


class When(NamedTuple):
    """spring, summer, fall or winter ("" when not said) and the year (None when not said)."""

    term: str
    year: int | None


_NEVER: Final = When("", None)
_ORDER: Final = ("", "winter", "spring", "summer", "fall")


def read_seasons(title: str, terms: Iterable[str] = ()) -> tuple[When, ...]:
    """Read every season in which an internship may be done, the earliest first; empty when nothing is said.

    A list often offers several ("Fall 2025", "Spring 2026"). Where it gives none, or contradicts the title's year, it
    is the one of `read_when`.
    """
    terms = tuple(terms)
    one = read_when(title, terms)
    listed = {when for term in terms if (when := _read(term)).term}
    if not any(one.term == when.term and when.year in {None, one.year} for when in listed):
        listed = set()
    # A list that gives seasons without years means the one year that the title or another of its terms gives.
    found = {When(when.term, when.year or one.year) for when in listed} or {one} - {_NEVER}
    return tuple(sorted(found, key=lambda when: (when.year or 0, _ORDER.index(when.term))))


def read_when(title: str, terms: Iterable[str] = ()) -> When:
    """Read when an internship is: the first season that is given.

    What the list says in a field of its own goes before what the title says, unless the title names another year: who
    posts the opening knows it better than who lists it. A start in January counts as winter, in April as spring, in May
    to July as summer, in September as fall; the southern seasons are left as they are written.
    """
    listed = [_read(term) for term in terms]
    first = next((when for when in listed if when.term), _NEVER)
    title = _NOT_THE_YEAR.sub(" ", title)
    listed_years = {when.year for when in listed} - {None}
    title_years = {int(year) for year in _YEAR.findall(fold(title))}
    if listed_years and title_years and not title_years & listed_years:
        return _read(title)
    year = first.year or next((when.year for when in listed if when.year), None)
    if first.term and year:
        return When(first.term, year)
    named = _read(title)
    return When(first.term or named.term, year or named.year)


@lru_cache(maxsize=2048)
def _read(words: str) -> When:
    text = fold(words)
    word = _WORD.search(text)
    month = None if word else _MONTH.search(text)
    term = _SEASONS[word[1]] if word else _MONTHS[month[1]] if month else ""
    year = _YEAR.search(text, word.end() if word else 0) or _YEAR.search(text)
    if year:
        return When(term, int(year[1]))
    short = _SHORT_YEAR.search(text)
    return When(term, 2000 + int(short[1]) if short else None)
