"""Whether an answer is about its question at all, where all that is known of the answer is one reference.

A story about soup may share a word or two with any reference by chance, and a good answer may share none. What tells
them apart is what the other words are: those of our trade, as our bank uses them, or those of every day, as films and
series do (the word counts of pyspellchecker are taken from subtitles). Both, and the measures by which answers are
graded, are weighed by a forest of small trees that is fitted to answers of students and our own on the one side and
to texts on other matters on the other (`benchmarks/topics.py` fits and measures).
"""

import math
from collections import Counter
from collections.abc import Collection
from functools import cache, lru_cache

from bot.interviews.bank import Bank
from bot.interviews.grading import fitted
from bot.interviews.grading.features import features, mean
from bot.interviews.grading.text import aligned, content, stem
from bot.interviews.grading.vectors import Vectors

OFF_TOPIC = {"words": 0.1, "minilm": 0.25}
"""Below which an answer is about something else (`benchmarks/topics.py` measures what that costs)."""
ALIKE = 0.8
"""How alike stems are by their beginning alone, which may be chance ("company", "compare")."""
_OURS = 5.0
"""What a word of the question or the reference counts, in natural logarithms, as most telling words of the trade do."""
_FIRST = 3
"""Other words for a point that count as words of the trade: the first are the terms, the last are everybody's."""
_RARE, _RARE_HERE = 30.0, 0.3
"""What is added to counts of every day (of 1.6 billion words) and of our bank, so that no word decides alone."""
_COUNTED = 100
"""How often a word stands in the subtitles at least, to count: what is rarer is mostly a name or a slip."""
_EVERYDAY, _VERY_EVERYDAY, _TRADE = -1.0, -2.0, 1.0


def topic(question: str, reference: str, answer: str, meaning: Vectors | None) -> float:
    """Return how surely an answer is about its question: about 1 if so, about 0 for a text on another matter."""
    measures = topic_measures(question, reference, answer, meaning)
    return fitted.load_woods("topic_minilm" if meaning else "topic_words").value(measures)


def is_off_topic(question: str, reference: str, answer: str, meaning: Vectors | None) -> bool:
    """Return whether an answer is surely about something else than its question."""
    return topic(question, reference, answer, meaning) < OFF_TOPIC["minilm" if meaning else "words"]


def topic_measures(question: str, reference: str, answer: str, meaning: Vectors | None) -> list[float]:
    """Return what is measured of an answer's topic, always as many; more where there are vectors."""
    measures = features(question, reference, answer) + _of_words(question, reference, answer)
    return measures + meaning.measures(question, reference, answer) if meaning else measures


@cache
def trade() -> Counter[str]:
    """Return in how many questions of our bank a stem stands."""
    found: Counter[str] = Counter()
    for question in Bank.load().all():
        points = (text for point in question.points for text in (point.point, *point.words[:_FIRST]))
        texts = (question.question, question.answer, *points)
        found.update(set(content(" ".join(texts))))
    return found


@cache
def _everyday() -> Counter[str]:
    """Return how often a stem stands in subtitles."""
    from spellchecker import SpellChecker  # takes half a second to load: wanted only where answers are graded

    found: Counter[str] = Counter()
    for word, count in SpellChecker(language="en").word_frequency.items():
        if count >= _COUNTED:
            found[stem(word)] += count
    return found


@lru_cache(maxsize=50_000)
def _odds(of: str) -> float:
    """Return how much likelier a stem is in our trade than every day, as a natural logarithm."""
    return math.log((trade()[of] + _RARE_HERE) / (_everyday()[of] + _RARE)) + _odds_of_all()


@cache
def _odds_of_all() -> float:
    """Return how many more words were counted every day than in our trade, as a natural logarithm."""
    return math.log(_everyday().total() / trade().total())


def _of_words(question: str, reference: str, answer: str) -> list[float]:
    about, wanted, said = (set(content(text)) for text in (question, reference, answer))
    new = sorted(said - about)
    near = _nearness(sorted(said), about | wanted)
    met = [value > ALIKE for value in _nearness(new, wanted)]
    told = sorted(_OURS if value > ALIKE else _odds(stem) for stem, value in zip(sorted(said), near, strict=True))
    told_new = sorted(map(_odds, new))
    count = max(1, len(told))
    return [
        mean(told),
        *(told[int(part * (len(told) - 1))] if told else 0.0 for part in (0.0, 0.25, 0.5, 1.0)),
        sum(value < _EVERYDAY for value in told) / count,
        sum(value > _TRADE for value in told) / count,
        float(sum(value < _VERY_EVERYDAY for value in told)),
        mean(told_new),
        told_new[len(told_new) // 2] if told_new else 0.0,
        float(sum(value > ALIKE for value in near)),
        float(sum(met)),
        mean(met),
        float(len(said & about)),
        float(len(said)),
        float(len(new)),
        max((_odds(stem) for stem, value in zip(sorted(said), near, strict=True) if value > ALIKE), default=-_OURS),
    ]


def _nearness(stems: list[str], wanted: Collection[str]) -> list[float]:
    return aligned(stems, sorted(wanted)) if wanted else [0.0] * len(stems)
