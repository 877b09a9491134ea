"""One opening, one lead: the openings of many lists put together, each with the reason in words.

What counts as one opening: one requisition, in however many places it is offered; so two numbers on one board are two
openings, though company, title and place be the same, and so are two rows of one list that share no address. Rows are
compared within a company (and across names where the address is the same), so that 100,000 rows stay cheap.
"""

from collections.abc import Iterable, Iterator, Sequence

from dataclasses import dataclass

from bot.leads.openings import Opening, Traits, traits_of
from bot.leads.sameness import Verdict, apart, by_address, by_title

__all__ = ["Match", "Opening", "OpeningIndex", "cluster", "compare", "find_duplicates"]


@dataclass(frozen=True, slots=True)
class Match:
    """Two openings that are one: `a` was there first; `score` from 0 to 1; `why` in words."""

    a: int
    b: int
    score: float
    why: tuple[str, ...]


def compare(a: Opening, b: Opening) -> Match | None:
    """Return why two rows are the same opening, or None when they are not, or it is not sure."""
    one, other = traits_of(a), traits_of(b)
    verdict = by_address(one, other) or by_title(one, other)
    return Match(a.id, b.id, verdict.score, verdict.why) if verdict else None


class OpeningIndex:
    """Openings by address, number and company, to find the one that a new row belongs to.

    Rows of one opening make a group, named by the number of the first. A row belongs to a group by its title only when
    it contradicts none of the rows there, so that likeness does not wander along a chain.
    """

    def __init__(self) -> None:
        self._groups: dict[int, list[Traits]] = {}
        self._by_address: dict[str, list[int]] = {}
        self._by_company: dict[str, dict[frozenset[str], list[int]]] = {}

    def add(self, opening: Opening, *, by_title: bool = True) -> None:
        """Keep an opening, with those of the same id; without `by_title` only an address finds it (it closed long ago)."""
        self._keep(opening.id, traits_of(opening), by_title=by_title)

    def join(self, match: Match, opening: Opening) -> None:
        """Keep a row with the opening that it was matched with: its address finds that opening from now on."""
        self._keep(match.a, traits_of(opening), by_title=False)

    def match(self, opening: Opening) -> Match | None:
        """Return the best match among those kept, the earliest where several are as good; None when it is new."""
        return self._match(traits_of(opening))

    def _match(self, new: Traits) -> Match | None:
        return self._by_address_of(new) or self._by_title_of([new])

    def _by_address_of(self, new: Traits) -> Match | None:
        groups = dict.fromkeys(number for key in _addresses(new) for number in self._by_address.get(key, ()))
        found = ((group, by_address(known, new)) for group in groups for known in self._groups[group])
        return _best(found, new.opening.id)

    def _by_title_of(self, new: Sequence[Traits]) -> Match | None:
        """Return the best match by title for rows that are one opening."""
        found: list[tuple[int, Verdict | None]] = []
        for row in new:
            titles = self._by_company.get(row.company, {})
            for core in (row.core,) if row.core in titles else _near(row, titles):
                for group in titles[core]:
                    known = self._groups[group]
                    if not any(apart(k, n) for k in known for n in new):
                        found.extend((group, by_title(k, row)) for k in known)
        return _best(found, new[0].opening.id)

    def _keep(self, group: int, row: Traits, *, by_title: bool) -> None:
        self._groups.setdefault(group, []).append(row)
        for key in _addresses(row):
            _note(self._by_address.setdefault(key, []), group)
        if by_title:
            _note(self._by_company.setdefault(row.company, {}).setdefault(row.core, []), group)


def _note(groups: list[int], group: int) -> None:
    if group not in groups:
        groups.append(group)


def _addresses(row: Traits) -> Iterator[str]:
    yield row.key
    yield from row.numbers


def _near(row: Traits, titles: Iterable[frozenset[str]]) -> Iterator[frozenset[str]]:
    """Yield the titles that may be alike: most words in common, or one of them was cut short. Cheap, before the look."""
    for core in titles:
        if row.title.start or 2 * len(row.core & core) >= max(len(row.core), len(core)):
            yield core


def _best(found: Iterable[tuple[int, Verdict | None]], new: int) -> Match | None:
    best: Match | None = None
    for group, verdict in found:
        if verdict is not None and (best is None or verdict.score > best.score):
            best = Match(group, new, verdict.score, verdict.why)
    return best


def find_duplicates(openings: Iterable[Opening]) -> list[Match]:
    """Return, for every opening that belongs to an earlier one, that match.

    Addresses go first over all rows, titles second: a row whose twin by address comes late is not given to another.
    """
    index, groups, matches = OpeningIndex(), {}, []
    for opening in openings:
        row = traits_of(opening)
        match = index._by_address_of(row)
        group = match.a if match else opening.id
        index._keep(group, row, by_title=False)
        groups.setdefault(group, []).append(row)
        if match:
            matches.append(match)
    titles = OpeningIndex()
    for group, rows in groups.items():
        match = titles._by_title_of(rows)
        for row in rows:
            titles._keep(match.a if match else group, row, by_title=match is None)
        if match:
            matches.append(match)
    return matches


def cluster(openings: Sequence[Opening]) -> list[list[int]]:
    """Return the numbers of the openings, those of one opening together, in their order."""
    first = {opening.id: opening.id for opening in openings}
    for match in find_duplicates(openings):
        first[match.b] = match.a
    groups: dict[int, list[int]] = {}
    for opening in openings:
        number = opening.id
        while first[number] != number:
            number = first[number]
        groups.setdefault(number, []).append(opening.id)
    return list(groups.values())
