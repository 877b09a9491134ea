"""Signs in an answer alone that it is none: nothing said, fingers on the keyboard, a heap of keywords."""

import re
from collections import Counter
from collections.abc import Collection
from functools import lru_cache

from bot.interviews.grading.text import STOP, content, words

_SHRUG = re.compile(
    r"\b(?:i|we)?\s*(?:do not|don'?t|dont|have no|no|not|can'?t|cannot|dunno|idk|forgot|never had)\b.{0,12}?"
    r"\b(?:know|idea|clue|sure|remember|answer(?:ed)?|say|that|it|sorry)\b|\b(?:idk|dunno|n/?a|todo|tbd|pass|skip|none)\b",
    re.IGNORECASE,
)
_UNSURE = (
    "good question let think sorry look would sure know idea clue answer next please skip pass one had university "
    "school forgot remember never hm well maybe honestly todo tbd na idk dunno have time this name "
    "anything nothing really much say tell comes mind unfortunately"
)
_FILLER = STOP.union(_UNSURE.split())
_WHICH = "all both none one yes no same more before after true false each every never neither once"
_ANSWERING = frozenset(_WHICH.split())
"""Words that carry little, but may be the whole answer to a question of which, whether or how many."""


def says_nothing(answer: str) -> bool:
    """Return whether there are no words, or only words of not knowing."""
    found = [word for word in words(answer) if word[0].isalnum()]
    if not content(answer):
        return _ANSWERING.isdisjoint(found) and not has_formula(answer)
    left = words(_SHRUG.sub(" ", answer))
    return all(word.partition("'")[0] in _FILLER for word in left if word[0].isalnum())


def has_formula(answer: str) -> bool:
    """Return whether there is something to compute, whose letters say nothing about its topic."""
    return bool(re.search(r"[\w\])]\s*(?:[=<>+]|\*\s*\w)", answer))


_LETTERS = re.compile(r"[^\W\d_]+")
_MASH = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}|(.)\1{3,}|(.{2,4})\2{2,}")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouyäöüéèàáíóúœæøåêâîôû")
_LOREM = "lorem ipsum dolor sit amet consectetur adipiscing elit eiusmod tempor"
_PLACEHOLDER = frozenset(_LOREM.split())
_MOST = 0.5
_DRONE, _DRONE_SHARE = 5, 0.8
"""Words from which on one that is said over and over is no answer, and its share of them."""
_SPELT, _SPELT_SHARE = 9, 0.6
"""The same for single letters: the alphabet, typed out; a formula has fewer."""
_FEW = 2


def is_gibberish(answer: str, known: Collection[str]) -> bool:
    """Return whether most words can be none, or one is said over and over.

    known: stems of question and reference, which are words however they look
    """
    found = [word.lower() for word in _LETTERS.findall(answer)]
    stems = content(answer)
    if not found:
        return len(answer.split()) > _FEW and set(known).isdisjoint(stems)
    most = max(Counter(stems).values(), default=0)
    return (
        sum(word in _PLACEHOLDER for word in found) > len(found) * _MOST
        or (len(stems) >= _DRONE and most > len(stems) * _DRONE_SHARE)
        or sum(len(word) == 1 for word in found) > max(_SPELT, len(found) * _SPELT_SHARE)
        or sum(_odd(word) and set(known).isdisjoint(content(word)) for word in found) > len(found) * _MOST
    )


@lru_cache(maxsize=20_000)
def _odd(word: str) -> bool:
    """Return whether a word looks like fingers on a keyboard: no vowel, endless repeats, or runs along its rows."""
    if len(word) <= _FEW or word in STOP:
        return False
    if _MASH.search(word) or _VOWELS.isdisjoint(word):
        return True
    triples = [word[i : i + 3] for i in range(len(word) - 2)]
    runs = sum(any(triple in row or triple in row[::-1] for row in _KEYS) for triple in triples)
    return runs >= max(1, len(triples) // 2)


_TERMS = 8
"""Words with a meaning from which on a heap is a heap."""
_GLUE = (STOP - {"a", "an", "the", "and", "or", "of"}) | {"every", "instead", "per"}
"""Words that make a statement of terms."""
_SIGNS = frozenset("=+->:<()*|^!?→∪÷≈")
"""What does the same in notes and formulas."""
_LOOSE, _MODEL = 0.05, 0.11
_NOTE = (3, 7)
"""Words of a note, on average: terms are shorter, and what has no end is a row of terms."""


def is_stuffed(answer: str, reference: str) -> bool:
    """Return whether an answer is a heap of terms, where the reference is none."""
    if len(content(answer)) < _TERMS:
        return False
    tokens = words(re.sub(r"(?<=\w)-(?=\w)", "", answer))
    glue = sum(word in _GLUE or word in _SIGNS or word.isdigit() for word in tokens) / len(tokens)
    model = [word for word in words(reference) if word[0].isalnum()]
    model_glue = sum(word in _GLUE for word in model) / max(1, len(model))
    notes = [words(part) for part in re.split(r"[.,;:\n/]", answer) if part.strip()]
    length = sum(map(len, notes)) / len(notes)
    return glue <= _LOOSE and model_glue > _MODEL and not _NOTE[0] <= length <= _NOTE[1]
