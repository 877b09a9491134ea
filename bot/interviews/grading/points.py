"""Finding key points in an answer: which words of it make a point, and how well."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.interviews.bank import Question
from bot.interviews.grading.meaning import Said, likeness, said
from bot.interviews.grading.text import spans
from bot.interviews.grading.vectors import Vectors

_SCATTERED = 0.85
"""What a point is worth whose words stand all over the answer and not together."""
_FAR, _NEAR = 0.2, 0.75
"""Cosines of texts that have nothing, and all, to do with each other."""
_BY_MEANING = 0.6
"""What the cosine weighs beside the words: it does not see who does what to whom."""


@dataclass(frozen=True, slots=True)
class Found:
    """How well an answer makes a point (0 to 1), and the words that make it, as they stand in it."""

    worth: float
    quote: str


NOWHERE = Found(0.0, "")


@dataclass(frozen=True, slots=True)
class _Part:
    said: Said
    discount: float
    alone: bool
    """Whether it is a single statement, which alone is worth comparing by meaning."""


class Points:
    """Finds points in one answer to one question."""

    def __init__(self, question: Question, answer: str, meaning: Vectors | None) -> None:
        self._meaning = meaning
        self._known = said(question.question).stems
        self._sides = _sides(question, self._known)
        self._parts = _parts(answer, fine=bool(self._sides))

    def find(self, variants: Sequence[str]) -> Found:
        """Return the part of the answer that says best what one of the variants says; the first is the plainest."""
        best = NOWHERE
        for number, variant in enumerate(variants):
            claims = self._claims(variant)
            found = [self._find(claim, by_meaning=number == 0) for claim in claims]
            worth = sum(f.worth for f in found) / len(found)
            if worth > best.worth:
                best = Found(worth, max(found, key=lambda f: f.worth).quote)
        return best

    def _claims(self, variant: str) -> list[Said]:
        """Return a point in one, or, where it says something of each side, what it says of each."""
        parts = [said(variant[start:end]) for start, end in spans(variant, fine=True)]
        two_sided = len(parts) > 1 and all(not self._sides.isdisjoint(part.stems) for part in parts)
        return parts if two_sided else [said(variant)]

    def _find(self, wanted: Said, *, by_meaning: bool) -> Found:
        best = NOWHERE
        for part in self._parts:
            like = likeness(wanted, part.said, self._known, self._sides)
            share = like.share
            if self._meaning and by_meaning and part.alone:
                near = stretched(self._meaning.near(wanted.text, part.said.text), _FAR, _NEAR)
                share = max(share, _BY_MEANING * near + (1 - _BY_MEANING) * share)
            worth = share * like.trust * part.discount
            if worth > best.worth:
                best = Found(worth, part.said.text)
        return best


def stretched(value: float, nothing: float, everything: float) -> float:
    """Return where a value lies between two others, as a share."""
    return min(1.0, max(0.0, (value - nothing) / (everything - nothing)))


def _parts(answer: str, *, fine: bool) -> list[_Part]:
    """Return the statements of an answer, each two neighbours, and all of it."""
    single = spans(answer, fine=fine)
    double = [(one[0], other[1]) for one, other in pairwise(single)]
    whole = [_Part(said(answer), _SCATTERED, alone=False)] if len(single) > len("ab") else []
    return [
        *(_Part(said(answer[start:end].strip()), 1.0, alone=True) for start, end in single),
        *(_Part(said(answer[start:end].strip()), 1.0, alone=False) for start, end in double),
        *whole,
    ]


def _sides(question: Question, known: Collection[str]) -> frozenset[str]:
    """Return the stems of what a question compares: words of the question that some points have, and others not."""
    if question.kind != "compare":
        return frozenset()
    of_points = [set(said(point.point).stems) for point in question.points]
    return frozenset(root for root in known if 0 < sum(root in stems for stems in of_points) < len(of_points))
