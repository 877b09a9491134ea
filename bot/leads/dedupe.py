"""One opening, one lead: the openings of many lists put together, each with the reason in words.

What counts as one opening: one requisition, in however many places it is offered; so two numbers on one board are two
openings, though company, title and place be the same, and so are two rows of one list that share no address. Rows are
compared within a company (and across names where the address is the same), so that 100,000 rows stay cheap.
"""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from bot.leads.openings import Opening, Traits, traits_of
from bot.leads.sameness import Verdict, apart, by_address, by_title

K = TypeVar("K")

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
        self._last: Traits | None = None

    def add(self, opening: Opening, *, by_title: bool = True) -> None:
        """Keep an opening, with those of its id; without `by_title` only an address finds it (it closed long ago)."""
        row = self._read(opening)
        self._addresses.keep(opening.id, row)
        if by_title:
            self._titles.keep(opening.id, (row,), row.blocks)

    def join(self, group: int, opening: Opening) -> None:
        """Keep a row with the opening that it belongs to: its address finds that opening from now on."""
        row = self._read(opening)
        self._addresses.keep(group, row)
        self._titles.join(group, (row,))

    def knows(self, group: int) -> bool:
        """Return whether an opening of this number is kept."""
        return group in self._addresses

    def match(self, opening: Opening) -> Match | None:
        """Return the best match among those kept, the earliest where several are as good; None when it is new."""
        row = self._read(opening)
        return self._addresses.match(row) or self._titles.match((row,), row.blocks)

    def _read(self, opening: Opening) -> Traits:
        """Read a row, once when it is first looked for and then kept."""
        if self._last is None or self._last.opening is not opening:
            self._last = traits_of(opening)
        return self._last


class _Addresses:
    """Groups of rows by what their addresses say."""

    def __init__(self) -> None:
        self._groups: dict[int, list[Traits]] = {}
        self._by_key: dict[str, list[int]] = {}

    def __contains__(self, group: int) -> bool:
        return group in self._groups

    def keep(self, group: int, row: Traits) -> None:
        """Keep a row with its group."""
        self._groups.setdefault(group, []).append(row)
        _note(self._by_key, row.key, group)
        for number in row.numbers:
            _note(self._by_key, number, group)

    def match(self, row: Traits) -> Match | None:
        """Return the best match by the address."""
        near = list(self._by_key.get(row.key, ()))
        for number in row.numbers:
            near += self._by_key.get(number, ())
        found = [(group, by_address(known, row)) for group in near for known in self._groups[group]] if near else ()
        return _best(found, row)


class _Titles:
    """Groups of rows by their titles, company by company."""

    def __init__(self) -> None:
        self._groups: dict[int, list[Traits]] = {}
        self._blocks: dict[str, dict[frozenset[str], list[int]]] = {}
        self._cut: set[str] = set()
        """The companies of which some titles were cut short."""

    def keep(self, group: int, rows: Iterable[Traits], blocks: Collection[str]) -> None:
        """Keep rows, and find their group by their titles."""
        for row in rows:
            self._groups.setdefault(group, []).append(row)
            for block in blocks:
                _note(self._blocks.setdefault(block, {}), row.core, group)
            if row.title.start:
                self._cut.update(blocks)

    def join(self, group: int, rows: Iterable[Traits]) -> None:
        """Keep rows with a group that is found by the titles of others, if it is here."""
        if group in self._groups:
            self._groups[group].extend(rows)

    def match(self, new: Sequence[Traits], blocks: Iterable[str]) -> Match | None:
        """Return the best match for rows that are one opening."""
        found: list[tuple[int, Verdict | None]] = []
        known_blocks = [block for block in blocks if block in self._blocks]
        for row in new:
            near: dict[int, None] = {}
            for block in known_blocks:
                titles = self._blocks[block]
                for core in titles if block in self._cut or row.title.start else _near(row.core, titles):
                    near.update(dict.fromkeys(titles[core]))
            for group in near:
                known = self._groups[group]
                if not _contradict(known, new):
                    found.extend((group, by_title(k, row)) for k in known)
        return _best(found, new[0]) if found else None


def _near(core: frozenset[str], titles: Collection[frozenset[str]]) -> Iterable[frozenset[str]]:
    """Return the titles that may be alike: the same, else most words in common. Cheap, before the look."""
    if core in titles:
        return (core,)
    size = len(core)
    return [t for t in titles if not core.isdisjoint(t) and 2 * len(core & t) >= max(size, len(t))]


def _contradict(known: Sequence[Traits], new: Sequence[Traits]) -> bool:
    if len(known) == len(new) == 1:
        return False  # by_title sees it
    return any(apart(k, n) for k in known for n in new)


def _note(groups: dict[K, list[int]], key: K, group: int) -> None:
    if key not in groups:
        groups[key] = [group]
    elif group not in groups[key]:
        groups[key].append(group)


def _best(found: Iterable[tuple[int, Verdict | None]], new: Traits) -> Match | None:
    best: Match | None = None
    for group, verdict in found:
        if verdict is not None and (best is None or verdict.score > best.score):
            best = Match(group, new.opening.id, verdict.score, verdict.why)
    return best


def find_duplicates(openings: Iterable[Opening]) -> list[Match]:
    """Return, for every opening that belongs to an earlier one, that match.

    Addresses go first over all rows, titles second: a row whose twin by address comes late is not given to another.
    """
    addresses, matches = _Addresses(), []
    groups: dict[int, list[Traits]] = {}
    with _uncollected():
        for opening in openings:
            row = traits_of(opening)
            match = addresses.match(row)
            group = match.a if match else opening.id
            addresses.keep(group, row)
            groups.setdefault(group, []).append(row)
            if match:
                matches.append(match)
        return matches + _match_titles(groups)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the search for garbage cycles: a hundred thousand rows make none, and it would take half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _match_titles(groups: Mapping[int, Sequence[Traits]]) -> list[Match]:
    """Return the matches of groups with earlier ones, by their titles."""
    lists: dict[str, str] = {}
    several = {
        block
        for rows in groups.values()
        for row in rows
        for block in row.blocks
        if lists.setdefault(block, row.opening.source) != row.opening.source or not row.opening.source
    }
    titles, matches = _Titles(), []
    for group, rows in groups.items():
        # Where all rows are of one list, titles can tell nothing.
        blocks = list(dict.fromkeys(block for row in rows for block in row.blocks if block in several))
        match = titles.match(rows, blocks) if blocks else None
        if match is not None:
            matches.append(match)
            titles.join(match.a, rows)
        elif blocks:
            titles.keep(group, rows, blocks)
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
