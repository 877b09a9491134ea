"""What is wrong with a question that has the right shape: it can't be answered or graded, or it stands there already.

Our own bank is held to it by `bot.interviews.bank_lint`; who suggests a question is told.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

import msgspec
from rapidfuzz import fuzz, process

from bot.interviews.bank import Question
from bot.interviews.grading.grades import Verdict
from bot.interviews.grading.points import Points
from bot.interviews.grading.rubric import RubricGrader, verdict_of
from bot.interviews.grading.text import content

_SENTENCES = range(2, 9)
_OTHER_WORDS = 2
_ALIKE_ANSWERS, _ALIKE_QUESTIONS = 70, 80
"""From which likeness (rapidfuzz, sets of stems, 0 to 100) two are one.

Measured: of the 37,000 pairs of the first 272 questions one in a thousand answers is alike by more than 58, and the
most alike, of different questions, by 67. An answer in which three words of ten are others and all stand in another
order is alike to itself by 72 or more in 99 of 100 cases. Questions are shorter and scatter more, so they are compared
only where both say enough.
"""
_SAYS_ENOUGH = 6
"""Different stems from which a question is compared."""
_GIVEN_AWAY = 0.5
"""The share of the weight of all points that a question must not already say. The 272 have at most 0.44."""
_DIGIT = re.compile(r"\d")
_END = re.compile(r"[.!?](?=\s|$)")


def duplicates(questions: Sequence[Question]) -> Iterator[str]:
    """Tell which questions, or which answers, are nearly the same."""
    for number, question in enumerate(questions):
        for twin in twins(question, questions[number + 1 :]):
            yield f"{question.topic}: {question.id}: {twin}"


def twins(question: Question, others: Collection[Question]) -> list[str]:
    """Tell which other questions ask nearly the same as one, or have nearly its answer."""
    found = []
    for what, least, enough in (("answer", _ALIKE_ANSWERS, 1), ("question", _ALIKE_QUESTIONS, _SAYS_ENOUGH)):
        mine = _stems(getattr(question, what), enough)
        texts = {other.id: text for other in others if (text := _stems(getattr(other, what), enough))}
        if not mine:
            continue
        near = process.extract(mine, texts, scorer=fuzz.token_set_ratio, score_cutoff=least, limit=None)
        found += [f"its {what} is nearly that of {other} ({alike:.0f} of 100)" for _, alike, other in near]
    return found


@lru_cache(maxsize=2_000)
def _stems(text: str, enough: int) -> str:
    stems = content(text)
    return " ".join(stems) if len(set(stems)) >= enough else ""


def unanswerable(question: Question) -> list[str]:
    """Return why a question can't be answered, or not be graded; empty where it can."""
    found = []
    sentences = len(_END.findall(question.answer))
    if sentences not in _SENTENCES:
        found.append(f"the model answer has {sentences} sentences; 2 to 8 can be read out")
    if question.kind == "compute" and not _is_computed(question):
        found.append("is computed, so its model answer and a key point need a number")
    few = [p.point for p in question.points if len(p.words) < _OTHER_WORDS]
    found += [f"the key point “{point}” has fewer than {_OTHER_WORDS} other words for it" for point in few]
    texts = [point.point.lower() for point in question.points]
    found += [f"the key point “{text}” stands twice" for text, n in Counter(texts).items() if n > 1]
    return found + _not_in_answer(question) + _given_away(question)


def _is_computed(question: Question) -> bool:
    points = " ".join(" ".join((point.point, *point.words)) for point in question.points)
    return bool(_DIGIT.search(question.answer) and _DIGIT.search(points))


def _not_in_answer(question: Question) -> list[str]:
    """Return the key points that the rubric does not even partly find, by words alone, in the model answer."""
    by_words = RubricGrader(lambda: None)
    # A story is not graded, but one is held against its points by people, so they must be there as well.
    graded = by_words.grade(msgspec.structs.replace(question, kind="explain"), question.answer)
    if not graded.points:
        return [f"the model answer would be turned away: {graded.note}"]
    missed = [question.points[given.point].point for given in graded.points if given.verdict == Verdict.MISSING]
    return [f"the key point “{point}” is not found in the model answer" for point in missed]


def _given_away(question: Question) -> list[str]:
    unasked = msgspec.structs.replace(question, question="")  # else what the question says would not count
    points = Points(unasked, question.question, None)
    said = [p for p in question.points if verdict_of(0, points.find((p.point,))).verdict == Verdict.MET]
    share = sum(p.weight for p in said) / sum(p.weight for p in question.points)
    if share < _GIVEN_AWAY:
        return []
    return [f"the question already says “{'”, “'.join(p.point for p in said)}”"]
