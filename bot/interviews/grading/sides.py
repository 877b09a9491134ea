"""What a question sets side by side ("bias and variance"): what is said of one is not said of another."""

import re
from collections import Counter
from collections.abc import Collection

from bot.interviews.bank import Question
from bot.interviews.grading.meaning import Said, said

_JOINED = re.compile(
    r"((?:[\w-]+ )?[\w-]+)(?:,| and| or| with| from| versus| vs| rather than| differ from)+"
    r"(?= (?:an? |the |your |at |on |in |of )*([\w-]+(?: [\w-]+)?))",
    re.IGNORECASE,
)
"""Two things in a question that are set side by side, each in one or two words."""
_NOTHING_COMPARED = ("design", "debug")
"""The kinds of questions in which "and" and "or" only join."""


def sides_of(question: Question) -> frozenset[str]:
    """Return one stem for each of the things that a question sets side by side, where points tell them apart."""
    if question.kind in _NOTHING_COMPARED:
        return frozenset()  # "a row for each user and day" compares nothing
    of_points = Counter(root for point in question.points for root in set(said(point.point).stems))
    found: set[str] = set()
    for pair in _JOINED.findall(question.question):
        one, other = (set(said(words).stems) for words in pair)
        named = [sorted(stems, key=lambda s: (-of_points[s], s)) for stems in (one - other, other - one)]
        names = {stems[0] for stems in named if stems and 0 < of_points[stems[0]] < len(question.points)}
        if len(names) == len(pair):
            found |= names
    if not found and question.kind == "compare":
        subjects = {stems[0] for point in question.points if (stems := said(point.point).stems)}
        found = subjects.intersection(said(question.question).stems)
    return frozenset(found)


def side_of(text: Said, sides: Collection[str]) -> str:
    """Return the side of which a text speaks: the first that it names; "" for none."""
    return next((stem for stem in text.stems if stem in sides), "")
