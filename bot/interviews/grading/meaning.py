"""Whether a part of an answer says what a key point says, or the contrary: stems, negations and opposites."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from bot.content import read
from bot.interviews.grading.text import NEGATIONS, STOP, alike, stem, words

_REACH = 3
"""Words with a meaning that a "not" before them turns round."""
_FAR_REACH = 5
"""The same for a verb that may say "not": more stands between."""
_ENDS = frozenset((*".;:!?,", "then", "so", "because", "but", "since", "and", "if", "when", "which", "while"))
"""Where a "not" ends."""
_SURE = 0.79
"""From here on, two stems are taken as the same word."""
_NUMBER, _KNOWN = 2.5, 0.4
"""How much a number counts, and a word that the question said already; other words count 1."""
_TURNED = 0.45
"""What is left of a likeness when one of the two texts denies what the other says, or says the opposite."""
_BY_CHANCE = 0.4
"""The share of common words up to which a denial in one text only is beside the point."""
_OTHER_NUMBER = 0.4
"""What is left of it when both have numbers, and none in common."""
_SMALL = frozenset(
    stem(word) for word in ("only", "all", "each", "every", "before", "after", "more", "most", "same", "above", "below")
)
"""Stop words that have an opposite."""
_TURNS = NEGATIONS | {"instead", "rather", "wrong", "false", "nobody", "avoid", "avoids", "lack", "lacks"}
_MAY_TURN = frozenset(stem(word) for word in ("lose", "lost", "losing", "unable", "impossible"))
"""What says "not" by a verb: "you lose the way to jump" is "you can't jump", and "facts are lost" is itself a fact."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text, read once: its stems that carry meaning, which of them are denied, or may be, and all words it has."""

    text: str
    stems: tuple[str, ...]
    denied: frozenset[str]
    doubtful: frozenset[str]
    every: frozenset[str]


@lru_cache(maxsize=4_000)
def said(text: str) -> Said:
    """Return a text, read."""
    stems: list[str] = []
    denied: set[str] = set()
    every: set[str] = set()
    doubtful: set[str] = set()
    left, doubt, fresh = 0, 0, False
    for word in words(text):
        root = stem(word)
        every.add(root)
        if word in _TURNS:
            left = _REACH
            denied.update(stems[-1:] if fresh and word in NEGATIONS else ())
        elif word not in STOP and word[0].isalnum():
            stems.append(root)
            fresh = True
            if left:
                denied.add(root)
                left -= 1
            if doubt:
                doubtful.add(root)
                doubt -= 1
            if root in _MAY_TURN:
                doubt = _FAR_REACH
        elif word in _ENDS:
            left, doubt, fresh = 0, 0, False
    return Said(text, tuple(stems), frozenset(denied), frozenset(doubtful), frozenset(every))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far a text says what another says.

    share: 1 when all words of the wanted text stand for something in the other, 0 when none does
    trust: less than 1 where the two contradict each other, though their words are alike
    """

    share: float
    trust: float


def likeness(wanted: Said, found: Said, known: Collection[str] = ()) -> Likeness:
    """Return how far `found` says what `wanted` says.

    known: stems of the question, which say little when they come again
    """
    total = whole = 0.0
    opposed = False
    matched = turned = 0
    for root in dict.fromkeys(wanted.stems):
        weight = _weight(root, known)
        near, other = 1.0, root
        if root not in found.stems:
            near, other = max(((alike(root, candidate), candidate) for candidate in found.stems), default=(0.0, ""))
        whole += weight
        total += weight * near
        if near < _SURE:
            opposed |= not _opposites().get(root, frozenset()).isdisjoint(found.every)
        else:
            matched += 1
            sure = root not in wanted.doubtful and other not in found.doubtful
            turned += sure and (root in wanted.denied) != (other in found.denied)
    opposed |= any(
        word in _opposites() and word not in found.every and not _opposites()[word].isdisjoint(found.every)
        for word in wanted.every & _SMALL
    )
    trust = _TURNED if opposed or turned > matched * _BY_CHANCE else 1.0
    numbers, theirs = new_numbers(wanted, known), numbers_of(found)
    if numbers and theirs and numbers.isdisjoint(theirs):
        trust *= _OTHER_NUMBER
    return Likeness(total / whole if whole else 0.0, trust)


def new_numbers(text: Said, known: Collection[str]) -> frozenset[str]:
    """Return the numbers of a text that the question has not named; all of them where it has named all."""
    return numbers_of(text).difference(known) or numbers_of(text)


def numbers_of(text: Said) -> frozenset[str]:
    """Return the numbers that a text names."""
    return frozenset(stem for stem in text.stems if stem[0].isdigit())


def _weight(root: str, known: Collection[str]) -> float:
    if root[0].isdigit():
        return _NUMBER
    return _KNOWN if root in known else 1.0


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[str]]:
    pairs = read("opposite_words.yaml", list[tuple[list[str], list[str]]])
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        for side, against in ((one, other), (other, one)):
            for word in side:
                found.setdefault(stem(word), set()).update(stem(w) for w in against)
    return {word: frozenset(against) for word, against in found.items()}
