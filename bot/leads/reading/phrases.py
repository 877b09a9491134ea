"""Find the phrases of a vocabulary in a run of words: one walk over the words, whatever the size of the vocabulary."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.leads.reading.words import Words, split_words

_STEM = 4
"""Letters of a stem ("recommend*") that index it; a stem is at least as long."""


class Found(NamedTuple):
    """A phrase of the vocabulary in a title: its kind, its words, where it begins and ends, and the part it is in."""

    kind: str
    text: str
    start: int
    end: int
    part: int


class _Entry(NamedTuple):
    words: tuple[str, ...]
    kind: str


class Vocabulary:
    """Phrases by kind; a word that ends in `*` is a stem.

    A phrase stands in one part of a title; of those that begin at the same word, the longest counts.
    `hides` names the kinds whose phrases hide every phrase that begins inside them: "early stage" hides "stage".
    Raises ValueError for a phrase under two kinds, and for one that begins with a stem shorter than four letters.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]], *, hides: frozenset[str] = frozenset()) -> None:
        self._hides = hides
        self._by_word: dict[str, list[_Entry]] = {}
        self._by_stem: dict[str, list[_Entry]] = {}
        seen: dict[tuple[str, ...], str] = {}
        for kind, texts in phrases.items():
            for text in texts:
                self._add(kind, text, seen)
        for entries in (*self._by_word.values(), *self._by_stem.values()):
            entries.sort(key=lambda entry: -len(entry.words))

    def _add(self, kind: str, text: str, seen: dict[tuple[str, ...], str]) -> None:
        words = tuple(
            word + "*" if chunk.endswith("*") and word == split_words(chunk).words[-1] else word
            for chunk in text.split()
            for word in split_words(chunk).words
        )
        if seen.setdefault(words, kind) != kind:
            raise ValueError(f"{text!r} stands under both {seen[words]!r} and {kind!r}; keep one of them")
        first = words[0]
        if first.endswith("*") and len(first) <= _STEM:
            raise ValueError(f"{text!r} begins with a stem shorter than {_STEM} letters; spell the words out")
        index = self._by_stem if first.endswith("*") else self._by_word
        index.setdefault(first[:_STEM] if first.endswith("*") else first, []).append(_Entry(words, kind))

    def find(self, title: Words) -> list[Found]:
        """Return the phrases in a title, in its order; phrases may overlap unless one of a hiding kind forbids it."""
        words, parts = title
        found: list[Found] = []
        resume = 0
        for start, word in enumerate(words):
            if start < resume:
                continue
            if word not in self._by_word and word[:_STEM] not in self._by_stem:
                continue
            best = self._best(words, start, bisect_right(parts, parts[start]))
            if best is None:
                continue
            end = start + len(best.words)
            found.append(Found(best.kind, " ".join(words[start:end]), start, end, parts[start]))
            if best.kind in self._hides:
                resume = end
        return found

    def _best(self, words: list[str], start: int, end: int) -> _Entry | None:
        """Return the longest entry that begins at a word and ends before `end`, the end of the part that it is in."""
        word, best = words[start], None
        for entries in (self._by_word.get(word), self._by_stem.get(word[:_STEM])):
            for entry in entries or ():
                if best is not None and len(entry.words) <= len(best.words):
                    break
                if start + len(entry.words) <= end and _fits(entry.words, words, start):
                    best = entry
                    break
        return best


def _fits(wanted: tuple[str, ...], words: list[str], start: int) -> bool:
    for at, want in enumerate(wanted, start):
        if want != words[at] and not (want[-1] == "*" and words[at].startswith(want[:-1])):
            return False
    return True
