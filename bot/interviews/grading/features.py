"""What can be measured of an answer beside a reference, without a network: numbers that the fitted grader weighs.

The measures are old friends of short-answer grading: words of the reference that the answer has ("recall") once the
words of the question are set aside (question demotion, Sultan et al. 2016), the share of the answer that the reference
knows, runs of letters, order, lengths, and how well each clause of the reference is covered.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from bot.interviews.grading.text import NEGATIONS, aligned, content, words

_CLAUSE = re.compile(r"[.;,:]| and | or | then ")
_WINDOW = 4
_MET, _MISSED = 0.7, 0.3


def features(question: str, reference: str, answer: str) -> list[float]:
    """Return the measures of an answer, always as many and in the same order."""
    asked, wanted, said = content(question), content(reference), content(answer)
    about = set(asked)
    new_wanted = [word for word in wanted if word not in about] or wanted
    new_said = [word for word in said if word not in about]
    met = aligned(sorted(set(new_wanted)), sorted(set(said)))
    covered = [mean(aligned(clause, sorted(set(said)))) for clause in _clauses(reference)] or [0.0]
    recall, precision = mean(met), mean(aligned(sorted(set(new_said)), sorted(set(wanted))))
    return [
        recall,
        mean(aligned(sorted(set(wanted)), sorted(set(said)))),
        _long_words(sorted(set(new_wanted)), met),
        precision,
        mean(aligned(sorted(set(said)), sorted(set(wanted)))),
        2 * recall * precision / (recall + precision) if recall + precision else 0.0,
        *_order(wanted, said),
        min(covered),
        mean(covered),
        max(covered),
        *_letters(question, reference, answer),
        LCSseq.similarity(wanted, said) / max(1, len(wanted)),
        *_lengths(asked, wanted, new_wanted, said, new_said),
        len(set(said) & about) / max(1, len(about)),
        sum(word in about for word in said) / max(1, len(said)),
        float(_negates(answer)) - float(_negates(reference)),
        float(any(word.isdigit() for word in words(reference))),
        len(set(said)) / max(1, len(said)),
        float(bool(set(new_wanted) & set(said))),
        float(sum(value > _MET for value in met)),
        float(sum(value < _MISSED for value in met)),
    ]


def mean(values: Sequence[float]) -> float:
    """Return the mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def _clauses(reference: str) -> list[list[str]]:
    return [found for clause in _CLAUSE.split(reference.lower()) if (found := content(clause))]


def _long_words(wanted: list[str], met: list[float]) -> float:
    """Return the share that is met when long words, which are mostly the terms, weigh more."""
    lengths = [len(word) for word in wanted]
    return sum(value * length for value, length in zip(met, lengths, strict=True)) / max(1, sum(lengths))


def _order(wanted: list[str], said: list[str]) -> list[float]:
    pairs, near = set(pairwise(wanted)), _near(wanted)
    said_near = _near(said)
    both = len(near & said_near)
    return [
        len(pairs & set(pairwise(said))) / max(1, len(pairs)),
        both / max(1, len(near)),
        both / max(1, min(len(near), len(said_near))),
    ]


def _near(stems: list[str]) -> set[tuple[str, ...]]:
    """Return the pairs of stems that stand at most three apart, whatever their order."""
    return {
        tuple(sorted((stems[i], stems[j])))
        for i in range(len(stems))
        for j in range(i + 1, min(i + _WINDOW, len(stems)))
    }


def _letters(question: str, reference: str, answer: str) -> list[float]:
    wanted, said = reference.lower(), answer.lower()
    return [
        fuzz.token_set_ratio(reference, answer) / 100,
        fuzz.token_sort_ratio(reference, answer) / 100,
        fuzz.partial_ratio(wanted, said) / 100,
        fuzz.ratio(wanted, said) / 100,
        _cosine(_grams(wanted, 3), _grams(said, 3)),
        _cosine(_grams(wanted, 4), _grams(said, 4)),
        _cosine(_grams(question.lower(), 4), _grams(said, 4)),
    ]


def _grams(text: str, size: int) -> Counter[str]:
    text = " ".join(text.split())
    return Counter(text[i : i + size] for i in range(len(text) - size + 1))


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    if not one or not other:
        return 0.0
    product = sum(count * other[gram] for gram, count in one.items() if gram in other)
    return product / math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))


def _lengths(
    asked: list[str], wanted: list[str], new_wanted: list[str], said: list[str], new_said: list[str]
) -> list[float]:
    logs = [math.log1p(len(stems)) for stems in (said, new_said, wanted, new_wanted, asked)]
    return [*logs, logs[0] - logs[2], sum(map(len, said)) / max(1, len(said))]


def _negates(text: str) -> bool:
    return not NEGATIONS.isdisjoint(words(text))
