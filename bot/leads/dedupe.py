"""One opening, one lead: the openings of many lists put together, each with the reason in words.

What counts as one opening: one requisition, in however many places it is offered; so two numbers on one board are two
openings, though company, title and place be the same, and so are two rows of one list that share no address. Rows are
compared within a company (and across names where the address is the same), so that 100,000 rows stay cheap.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
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
        self._addresses = _Addresses()
        self._titles = _Titles()

    def add(self, opening: Opening, *, by_title: bool = True) -> None:
        """Keep an opening, with those of its id; without `by_title` only an address finds it (it closed long ago)."""
        row = traits_of(opening)
        self._addresses.keep(opening.id, row)
        if by_title:
            self._titles.keep(opening.id, (row,), row.blocks)

    def join(self, match: Match, opening: Opening) -> None:
        """Keep a row with the opening that it was matched with: its address finds that opening from now on."""
        row = traits_of(opening)
        self._addresses.keep(match.a, row)
        self._titles.join(match.a, (row,))

    def match(self, opening: Opening) -> Match | None:
        """Return the best match among those kept, the earliest where several are as good; None when it is new."""
        row = traits_of(opening)
        return self._addresses.match(row) or self._titles.match((row,), row.blocks)


class _Addresses:
    """Groups of rows by what their addresses say."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[tuple[int, Traits]]] = {}

    def keep(self, group: int, row: Traits) -> None:
        for key in (row.key, *row.numbers):
            self._by_key.setdefault(key, []).append((group, row))

    def match(self, row: Traits) -> Match | None:
        near = [known for key in (row.key, *row.numbers) if key in self._by_key for known in self._by_key[key]]
        return _best(((group, by_address(known, row)) for group, known in near), row.opening.id) if near else None


class _Titles:
    """Groups of rows by their titles, company by company."""

    def __init__(self) -> None:
        self._groups: dict[int, list[Traits]] = {}
        self._blocks: dict[str, dict[frozenset[str], list[int]]] = {}

    def keep(self, group: int, rows: Iterable[Traits], blocks: Iterable[str]) -> None:
        """Keep rows, and find their group by their titles."""
        blocks = tuple(blocks)
        for row in rows:
            self._groups.setdefault(group, []).append(row)
            for block in blocks:
                groups = self._blocks.setdefault(block, {}).setdefault(row.core, [])
                if group not in groups:
                    groups.append(group)

    def join(self, group: int, rows: Iterable[Traits]) -> None:
        """Keep rows with a group that is found by the titles of others, if it is here."""
        if group in self._groups:
            self._groups[group].extend(rows)

    def match(self, new: Sequence[Traits], blocks: Iterable[str]) -> Match | None:
        """Return the best match for rows that are one opening."""
        found: list[tuple[int, Verdict | None]] = []
        for titles in filter(None, map(self._blocks.get, blocks)):
            for row in new:
                for group in dict.fromkeys(group for core in _near(row, titles) for group in titles[core]):
                    known = self._groups[group]
                    if not any(apart(k, n) for k in known for n in new):
                        found.extend((group, by_title(k, row)) for k in known)
        return _best(found, new[0].opening.id)


def _near(row: Traits, titles: Collection[frozenset[str]]) -> Iterable[frozenset[str]]:
    """Yield the titles that may be alike: the same, else most words in common, or cut short. Cheap, before the look."""
    core, cut = row.core, row.title.start
    if core in titles:
        return (core,)
    return (other for other in titles if cut or 2 * len(core & other) >= max(len(core), len(other)))


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
    addresses, matches = _Addresses(), []
    groups: dict[int, list[Traits]] = {}
    for opening in openings:
        row = traits_of(opening)
        match = addresses.match(row)
        group = match.a if match else opening.id
        addresses.keep(group, row)
        groups.setdefault(group, []).append(row)
        if match:
            matches.append(match)
    return matches + _match_titles(groups)


def _match_titles(groups: Mapping[int, Sequence[Traits]]) -> list[Match]:
    """Return the matches of groups with earlier ones, by their titles."""
    lists: dict[str, set[str]] = {}
    blocks = {group: dict.fromkeys(block for row in rows for block in row.blocks) for group, rows in groups.items()}
    for group, rows in groups.items():
        for block in blocks[group]:
            lists.setdefault(block, set()).update(row.opening.source for row in rows)
    titles, matches = _Titles(), []
    for group, rows in groups.items():
        # Where all rows are of one list, titles can tell nothing.
        worth = [block for block in blocks[group] if len(lists[block]) > 1 or "" in lists[block]]
        match = titles.match(rows, worth) if worth else None
        if match is not None:
            matches.append(match)
            titles.join(match.a, rows)
        elif worth:
            titles.keep(group, rows, worth)
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
