"""Finding key points in an answer: which words of it make a point, and how well."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.interviews.bank import Question
from bot.interviews.grading.meaning import Said, likeness, new_numbers, numbers_of, said
from bot.interviews.grading.sides import side_of, sides_of
from bot.interviews.grading.text import spans
from bot.interviews.grading.vectors import Vectors

_SCATTERED = 0.85
"""What a point is worth whose words stand all over the answer and not together."""
_OTHER_SIDE = 0.4
"""What is left of a likeness when the one is said of another side of a comparison."""
MADE, _CONTRARY = 0.5, 0.6
"""From here on a point is made, whatever else is said; from here on, words say the contrary of one that is not."""
_SENTENCE = re.compile(r"[.;!?\n]")
_FEW = 2
_TERSE, _STRICT = 2, 3
"""Words up to which a text is a keyword only, and to what power its likeness is taken."""
_KEYWORD = (0.0, 0.4, 0.8, 0.85)
"""What other words for a point are worth beside the point itself, by how many of them the question has not said."""
_FAR, _NEAR = 0.2, 0.75
"""Cosines of texts that have nothing, and all, to do with each other."""
_BY_MEANING = 0.6
"""What the cosine weighs beside the words: it does not see who does what to whom."""


@dataclass(frozen=True, slots=True)
class Found:
    """How well an answer makes a point (0 to 1), and the words that make it, as they stand in it.

    contrary: the words that say the contrary, where nothing makes the point; against: how plainly they do (0 to 1)
    """

    worth: float
    quote: str
    contrary: str = ""
    against: float = 0.0


@dataclass(frozen=True, slots=True)
class _Part:
    said: Said
    side: str
    discount: float = 1.0
    alone: bool = False
    """Whether it is a single statement, which alone is worth comparing by meaning."""


class Points:
    """Finds points in one answer to one question."""

    def __init__(self, question: Question, answer: str, meaning: Vectors | None) -> None:
        self._meaning = meaning
        self._known = said(question.question).stems
        self._sides = sides_of(question)
        self._parts = _parts(answer, self._sides)

    def find(self, variants: Sequence[str]) -> Found:
        """Return the part of the answer that says best what one of the variants says; the first is the plainest."""
        plain, *others = variants
        others += plain.split(" or ") if " or " in plain else []
        claims = [self._find(claim, side_of(claim, self._sides)) for claim in self._claims(plain)]
        clearest = max(claims, key=lambda found: found.worth)
        best = Found(sum(f.worth for f in claims) / len(claims), clearest.quote, clearest.contrary, clearest.against)
        side = side_of(said(plain), self._sides)
        for other in others:
            text = said(other)
            if best.against and len(set(text.stems)) <= _TERSE:
                continue  # a keyword does not outweigh a statement of the contrary
            found = self._find(text, side_of(text, self._sides) or side, plainly=False)
            if found.worth > best.worth:
                best = Found(found.worth, found.quote, best.contrary, best.against)
        return best if best.worth < MADE else Found(best.worth, best.quote)

    def _claims(self, variant: str) -> list[Said]:
        """Return a point in one, or, where it says something of each side, what it says of each."""
        parts = [said(variant[start:end]) for start, end in spans(variant, fine=True)]
        return parts if len(parts) > 1 and all(side_of(part, self._sides) for part in parts) else [said(variant)]

    def _find(self, wanted: Said, side: str, *, plainly: bool = True) -> Found:
        """Return the best part for a text; one that is not plain, some other words, must stand in one statement."""
        best, against = Found(0.0, ""), Found(_CONTRARY, "")
        for part in self._parts:
            if not (plainly or part.alone):
                continue
            like = likeness(wanted, part.said, self._known)
            trust = like.trust * (_OTHER_SIDE if side and part.side and side != part.side else 1.0)
            share = self._share(wanted, part, like.share, plainly=plainly)
            worth = share * trust * part.discount
            if worth > best.worth:
                best = Found(worth, part.said.text)
            if trust < 1 and plainly and part.alone and share > against.worth:
                against = Found(share, part.said.text)
        return Found(best.worth, best.quote, against.quote, against.worth if against.quote else 0.0)

    def _share(self, wanted: Said, part: _Part, share: float, *, plainly: bool) -> float:
        new = set(wanted.stems).difference(self._known)
        if len(set(wanted.stems)) <= _TERSE:
            share **= _STRICT  # half of two words, or a like beginning of one, says nothing
        if not plainly:
            return share * _KEYWORD[min(len(new), len(_KEYWORD) - 1)]
        numbers = new_numbers(wanted, self._known)
        if self._meaning is None or not part.alone or not numbers <= numbers_of(part.said):
            return share  # another number is another meaning, which the vectors hardly see
        near = stretched(self._meaning.near(wanted.text, part.said.text), _FAR, _NEAR)
        return max(share, _BY_MEANING * near + (1 - _BY_MEANING) * share)


def stretched(value: float, nothing: float, everything: float) -> float:
    """Return where a value lies between two others, as a share."""
    return min(1.0, max(0.0, (value - nothing) / (everything - nothing)))


def _parts(answer: str, sides: Collection[str]) -> list[_Part]:
    """Return the statements of an answer, each two neighbours that speak of one side, and all of it."""
    single: list[_Part] = []
    pairs: list[_Part] = []
    before = (0, 0)
    for start, end in spans(answer, fine=bool(sides)):
        text = said(answer[start:end].strip())
        side = side_of(text, sides)
        if single and not side and not _SENTENCE.search(answer[before[1] : start]):
            side = single[-1].side
        if single and (side == single[-1].side or not side or not single[-1].side):
            pairs.append(_Part(said(answer[before[0] : end].strip()), side or single[-1].side))
        single.append(_Part(text, side, alone=True))
        before = (start, end)
    whole = [_Part(said(answer), "", _SCATTERED)] if len(single) > _FEW and not sides else []
    return [*single, *pairs, *whole]
