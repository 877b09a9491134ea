"""One opening, one lead: whether two rows of lists are the same opening, with the reason in words.

An address alone never decides, since lists repeat one for different openings; nor does a title, since companies hire
for the same title in many places. Rows are compared within a company only (and across names where the board's id is
the same), so that 100,000 rows stay cheap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.leads.names import company_key, fold, title_terms, title_words
from bot.leads.urls import CanonicalUrl

ALIKE = 90.0
"""Least likeness of titles (token-sort ratio, 0 to 100) for rows without a common address."""
ALIKE_SAME_ADDRESS = 60.0
_APART = frozenset(
    """
    1 2 3 4 phd master bachelor mba junior senior front back full hardware software firmware data machine research
    product security mobile ios android embedded cloud network test quality electrical mechanical robotics vision nlp
    speech marketing sales finance design legal quantitative trading trader developer analyst science engineer manager
    """.split()  # noqa: SIM905 - a list of fifty quoted words is harder to read
)
"""Words that set openings apart when only one of the titles has them."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A row of a list, or a lead, as it is compared."""

    id: int
    company: str
    title: str
    places: tuple[str, ...]
    term: str
    year: int | None
    url: CanonicalUrl
    source: str
    source_key: str


@dataclass(frozen=True, slots=True)
class Match:
    """Two openings that are one: `a` was there first; `score` from 0 to 1; `why` in words."""

    a: int
    b: int
    score: float
    why: tuple[str, ...]


class OpeningIndex:
    """Openings by company and by address, to find the one that a new row belongs to."""

    def __init__(self) -> None:
        self._by_company: dict[str, list[Opening]] = {}
        self._by_address: dict[str, list[Opening]] = {}

    def add(self, opening: Opening, *, by_title: bool = True) -> None:
        """Keep an opening; without `by_title` it is found by its address only (it closed long ago)."""
        if by_title:
            self._by_company.setdefault(company_key(opening.company), []).append(opening)
        self._by_address.setdefault(_address(opening), []).append(opening)

    def match(self, opening: Opening) -> Match | None:
        """Return the best match among those kept, the earliest where several are as good; None when it is new."""
        best: Match | None = None
        address = _address(opening)
        for known in self._by_address.get(address, ()):
            found = compare(known, opening)
            if found is not None and (best is None or found.score > best.score):
                best = found
        if best is not None:
            return best
        words = title_words(opening.title)
        for known in self._by_company.get(company_key(opening.company), ()):
            # A likeness of 90 never comes from less than half of the words: cheap, before the costly look.
            other = title_words(known.title)
            if 2 * len(words & other) < max(len(words), len(other)):
                continue
            found = compare(known, opening)
            if found is not None and (best is None or found.score > best.score):
                best = found
        return best


def compare(a: Opening, b: Opening) -> Match | None:
    """Return why two rows are the same opening, or None when they are not, or it is not sure."""
    same_company = company_key(a.company) == company_key(b.company)
    same_address = _address(a) == _address(b)
    if not same_address and (not same_company or _apart_by_number(a, b)):
        return None
    if _terms_differ(a, b):
        return None
    words_a, words_b = title_words(a.title), title_words(b.title)
    likeness = (
        100.0 if words_a == words_b else fuzz.token_sort_ratio(" ".join(sorted(words_a)), " ".join(sorted(words_b)))
    )
    subset = words_a <= words_b or words_b <= words_a
    if same_address:
        if not same_company and fuzz.token_set_ratio(fold(a.company), fold(b.company)) < ALIKE_SAME_ADDRESS:
            return None
        if likeness < ALIKE_SAME_ADDRESS and not subset:
            return None
        name = f"the same {a.url.board} opening {a.url.board_id}" if a.url.board else "the same address"
        return Match(a.id, b.id, 0.9 + likeness / 1000, (name, f"titles {likeness:.0f}% alike"))
    if likeness < ALIKE or (words_a ^ words_b) & _APART or not _places_meet(a.places, b.places):
        return None
    where = "a place in common" if a.places and b.places else "no place given"
    return Match(a.id, b.id, likeness / 120, ("the same company", f"titles {likeness:.0f}% alike", where))


def _address(opening: Opening) -> str:
    url = opening.url
    return f"{url.board}:{url.board_id}" if url.board else url.url


def _apart_by_number(a: Opening, b: Opening) -> bool:
    """Say whether the numbers show two openings: one board names both, or one list has both rows."""
    if a.source and a.source == b.source:
        return True
    return bool(a.url.board) and a.url.board == b.url.board


def _terms_differ(a: Opening, b: Opening) -> bool:
    seasons_a, years_a = title_terms(a.title)
    seasons_b, years_b = title_terms(b.title)
    if seasons_a and seasons_b and not seasons_a & seasons_b:
        return True
    if years_a and years_b and not years_a & years_b:
        return True
    if a.year and b.year and a.year != b.year and abs(a.year - b.year) > 1:
        return True
    return bool(a.term and b.term and a.term != b.term and a.year and b.year and _address(a) != _address(b))


def _places_meet(a: Sequence[str], b: Sequence[str]) -> bool:
    if not a or not b:
        return True
    cities_a, cities_b = {_city(p) for p in a}, {_city(p) for p in b}
    return bool(cities_a & cities_b)


def _city(place: str) -> str:
    text = fold(place).split(",", 1)[0].strip()
    if text.startswith("remote"):
        return "remote"
    return _SAID.get(text, text)


_SAID = {
    "nyc": "new york",
    "new york city": "new york",
    "sf": "san francisco",
    "la": "los angeles",
    "us": "united states",
    "usa": "united states",
    "united states of america": "united states",
}


def find_duplicates(openings: Iterable[Opening]) -> list[Match]:
    """Return, for every opening that belongs to an earlier one, that match; in their order."""
    index = OpeningIndex()
    matches: list[Match] = []
    for opening in openings:
        match = index.match(opening)
        if match is None:
            index.add(opening)
        else:
            matches.append(match)
    return matches


def cluster(openings: Sequence[Opening]) -> list[list[int]]:
    """Return the numbers of the openings, those of one opening together, in their order.

    A row joins an earlier opening itself, never a row that joined it: likeness does not wander along a chain.
    """
    groups: dict[int, list[int]] = {}
    belongs = {match.b: match.a for match in find_duplicates(openings)}
    for opening in openings:
        groups.setdefault(belongs.get(opening.id, opening.id), []).append(opening.id)
    return list(groups.values())
