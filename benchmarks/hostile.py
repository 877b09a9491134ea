"""What has the words of a good answer and says nothing: made from a question's own, to see that it earns nothing."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from bot.interviews.grading.text import STOP, sentences

_WORD = re.compile(r"[A-Za-z][\w'-]*|\d[\d.,/]*%?")
_MOST = 30
"""Words in a frame."""
GLUE = (
    "is the", "and the", "is of the", "with a", "by the", "for", "of the", "in", "is about", "and it is the",
    "because of", "which has", "and also", "to be", "is a kind of", "uses", "means", "depends on", "leads to",
    "is related to", "gives", "that is", "as well as", "needs", "can be", "on", "from the", "or the",
    "is important for", "there is", "then comes", "when", "has", "makes", "so", "is like", "plus", "goes with",
    "works by", "we have", "and", "together with", "not only",
)  # fmt: skip
"""What is put between keywords in the frames to which the form is fitted."""
OTHER_GLUE = (
    "involves", "is connected to the", "plays a role in", "should be considered with", "is a part of",
    "happens after", "improves the", "through", "is where the", "about", "does", "allows", "is based on the", "but",
    "without the", "creates", "at", "refers to", "is not", "during",
)  # fmt: skip
"""The same, in the frames on which it is only measured."""
_INTROS = (
    "", "Keywords:", "The main ideas are", "It has to do with", "This involves", "My answer includes",
    "Important terms are", "Relevant concepts here are", "I would talk about", "You need to know", "The answer is",
    "It is all about", "We use",
)  # fmt: skip
_OUTROS = (
    "", ".", "are important.", "and so on.", "all play a role here.", "must be understood.",
    "and these are all connected.", "are what it is about.", "work together.",
)  # fmt: skip
_OTHER_INTROS = ("In this topic", "One should mention", "Everything depends on", "Think of", "There are things such as")
_OTHER_OUTROS = ("all matter, and you have to think of them.", "in my opinion.", "which makes it complete.", "here.")


@dataclass(frozen=True, slots=True)
class Hostile:
    """An answer that must earn nothing. fitted: whether the form was fitted to answers of its kind."""

    kind: str
    answer: str
    fitted: bool = True


def keywords(text: str) -> list[str]:
    """Return the words of a text that carry meaning, each once, in order."""
    return list(dict.fromkeys(word.lower() for word in _WORD.findall(text) if word.lower() not in STOP))


def hostile(reference: str, points: Sequence[str], draw: Random) -> Iterator[Hostile]:
    """Yield lists, frames and shuffles of the words of a reference and its key points."""
    told, wanted, words = keywords(" ".join(points)), keywords(reference), _WORD.findall(reference)
    yield from _lists(told, wanted, points, draw)
    for name, source in (
        ("points", told),
        ("reference", wanted),
        ("some words", draw.sample(wanted, min(12, len(wanted)))),
    ):
        for kind, frame in _FRAMES.items():
            yield Hostile(f"frame of {name}: {kind}", frame(source[:_MOST]), kind not in _UNSEEN)
        yield Hostile(f"any frame of {name}", _any_frame(source[:_MOST], GLUE, draw))
        yield Hostile(f"unseen frame of {name}", _any_frame(source[:_MOST], OTHER_GLUE, draw), fitted=False)
        for kind, intros, outros in (("wrapped", _INTROS, _OUTROS), ("unseen wrapped", _OTHER_INTROS, _OTHER_OUTROS)):
            items = source[: draw.randint(5, 20)]
            listed = draw.choice((", ", ", ", " and ", "; ", " / ")).join(items[:-1]) + f" and {items[-1]}"
            said = f"{draw.choice(intros)} {listed} {draw.choice(outros)}".strip()
            yield Hostile(f"{kind} {name}", said, kind == "wrapped")
    yield Hostile("shuffled", " ".join(draw.sample(words, len(words))))
    yield Hostile("shuffled within sentences", " ".join(_shuffled(part, draw) for part in sentences(reference)))
    yield Hostile("sorted", " ".join(sorted(words, key=str.lower)))
    yield Hostile("backwards", " ".join(reversed(words)), fitted=False)


def _lists(told: list[str], wanted: list[str], points: Sequence[str], draw: Random) -> Iterator[Hostile]:
    yield Hostile("list of points", ", ".join(told))
    yield Hostile("list of some of points", ", ".join(draw.sample(told, min(6, len(told)))))
    yield Hostile("list of a word a point", ", ".join(draw.choice(keywords(point) or ["it"]) for point in points))
    yield Hostile("list of reference", ", ".join(wanted))
    yield Hostile("row of reference", " ".join(wanted))
    yield Hostile("shuffled row of reference", " ".join(draw.sample(wanted, len(wanted))))
    yield Hostile("sorted list", ", ".join(sorted(wanted)))
    yield Hostile("slashes", " / ".join(wanted[:15]))
    yield Hostile("full stops", ". ".join(wanted[:15]) + ".", fitted=False)
    yield Hostile("a line each", "\n".join(f"- {word}" for word in wanted[:15]))
    yield Hostile("and and and", " and ".join(wanted[:15]), fitted=False)


def _shuffled(sentence: str, draw: Random) -> str:
    words = _WORD.findall(sentence)
    return " ".join(draw.sample(words, len(words))) + "."


def _any_frame(words: Sequence[str], glue: Sequence[str], draw: Random) -> str:
    """Return words with one to five pieces of glue between them, again and again, or at random."""
    pieces = draw.sample(glue, draw.choice((1, 2, 3, 5)))
    stop = draw.choice((0, 0, 3, 5))
    said = "The " if draw.random() < 0.5 else ""
    for number, word in enumerate(words):
        end = stop and number % stop == stop - 1
        said += word + (". " if end else f" {pieces[number % len(pieces)]} ")
    return said.strip() + "."


def _threes(words: Sequence[str], pattern: str) -> str:
    return " ".join(pattern.format(*three) for three in zip(words[::3], words[1::3], words[2::3], strict=False))


_FRAMES: dict[str, Callable[[Sequence[str]], str]] = {
    "it is about": lambda w: f"It is about {' and it is the '.join(w)}.",
    "is the": lambda w: " ".join(f"The {a} is the {b} and" for a, b in zip(w[::2], w[1::2], strict=False)) + " so on.",
    "important": lambda w: " ".join(f"{word.capitalize()} is important." for word in w),
    "there is": lambda w: f"There is {', there is '.join(w)}.",
    "means": lambda w: _threes(w, "{} means {}, because of {}."),
    "of the for the": lambda w: _threes(w, "The {} of the {} is for the {}."),
    "I know": lambda w: f"I know a lot on {', on '.join(w)} and so on.",
    "first then": lambda w: f"First comes {', then '.join(w)}.",
    "consider": lambda w: _threes(w, "When it comes to {}, one must consider {} and {}."),
}
_UNSEEN = frozenset({"there is", "means", "consider"})
