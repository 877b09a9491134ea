"""How an answer is put together: whether its words say something of each other, or are only there to be found.

A heap of keywords, keywords in a frame ("it is about X and it is the Y …") and a shuffled answer have the words of a
good one. What gives them away is their form: neighbours that do not follow each other in English, the same few little
words between all terms, terms that stand alone between commas, an order that the reference does not have. No single
sign is sure, since notes and beginners' English show some of them, too; so a forest of small trees weighs all, fitted
to honest answers of students and of our own, and to what `benchmarks/hostile.py` makes (`benchmarks/forms.py` fits
and measures).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby, pairwise

from bot.interviews.bank import Bank
from bot.interviews.grading import fitted
from bot.interviews.grading.text import STOP, stem

FEWEST = 4
"""Words with a meaning, numbers apart, from which on an answer has a form."""
_TOKEN = re.compile(r"[A-Za-z][A-Za-z'\u2019]*|\d[\d.,/%]*|[.,;:!?()\n=+*<>\u2192/-]+")
_PART = re.compile(r"[.,;:!?\n()]|->|\u2192| - ")
_FINE = re.compile(r"[.,;:!?\n()]|\b(?:and|or|with|is|are|of|for|on|in|to|the|then|comes|there)\b")
_SENTENCE = re.compile(r"(?<=[.!?;:\n])\s+")
_LISTED = re.compile(r"^\W*(?:,|and|or|&|/|;|-)(?:\W*(?:and|or|the|a|an)\b)*\W*$")
_VERB_WORDS = (
    "is are was were be been has have had do does did can will would should may might must use uses used make "
    "makes made get gets got take takes took give gives go goes come comes find finds keep keeps need needs see "
    "sees know knows say says mean means learn learns try tries put puts run runs call calls show shows let lets "
    "become becomes add adds remove removes store stores hold holds allow allows return returns work works "
    "compare compares change changes point points contain contains start starts ask tell write read build"
)
_VERBS = frozenset(_VERB_WORDS.split())
_COMMON, _NEAR, _BESIDE = 250, 3, 0.5
_CAREFUL = 5.0
"""How much is given to chance where few pairs were seen."""
_ENDINGS = ("ing", "ed", "ly", "tion", "ions", "ness", "ment", "able", "al", "ic", "ive", "er", "s")
_LONG_VERB = 5


def form(reference: str, answer: str) -> float:
    """Return how much an answer has the form of one: about 1 for sentences and notes, about 0 for a heap of words.

    Too short ones have none to tell and get 1.
    """
    measures = form_measures(reference, answer)
    return fitted.load_woods("form").value(measures) if measures else 1.0


def form_measures(reference: str, answer: str) -> list[float]:
    """Return what is measured of an answer's form, always as many; nothing where it has too few words."""
    tokens = _tokens(answer)
    said = [token for token in tokens if token[0].isalnum()]
    terms = [(place, word) for place, word in enumerate(said) if word not in STOP]
    if len({word for _, word in terms if word[0].isalpha()}) < FEWEST:
        return []
    stems = [stem(word) for _, word in terms]
    gaps = [" ".join(said[one + 1 : other]) for (one, _), (other, _) in pairwise(terms)]
    ascending = sum(one <= other for one, other in pairwise(word for _, word in terms)) / len(gaps)
    return [
        *_english().follows(said),
        1 - len(terms) / len(said),
        *_frames(gaps),
        *_parts(answer, len(terms)),
        *_beside(reference, stems),
        ascending,
        sum(one <= other for one, other in pairwise(said)) / (len(said) - 1),
        len(set(stems)) / len(stems),
        sum(w in _VERBS or (w.endswith(("ing", "ed")) and len(w) > _LONG_VERB) for w in said) / len(said),
        sum(not token[0].isalnum() and token[0] not in ".,;:\n" for token in tokens) / len(tokens),
        sum(word[0].isdigit() for word in said) / len(said),
        math.log1p(len(said)),
        math.log1p(len(terms)),
    ]


def _tokens(text: str) -> list[str]:
    return [word.lower() for word in _TOKEN.findall(text)]


def _frames(gaps: Sequence[str]) -> list[float]:
    """Return how often terms touch, and how much the little words between the others are the same ones."""
    between = Counter(gap for gap in gaps if gap)
    most = [count for _, count in between.most_common(2)] + [0, 0]
    count = sum(between.values())
    return [
        (len(gaps) - count) / len(gaps),
        most[0] / len(gaps),
        (most[0] + most[1]) / len(gaps),
        len(between) / count if count else 1.0,
    ]


def _parts(answer: str, terms: int) -> list[float]:
    """Return how many terms stand together between commas and full stops, how many alone, and between little words."""
    parts = [count for part in _PART.split(answer) if (count := _terms_in(part))]
    fine = [count for part in _FINE.split(answer.lower()) if (count := _terms_in(part))]
    longest = max((len(list(run)) for alone, run in groupby(parts, lambda n: n == 1) if alone), default=0)
    return [
        terms / max(1, len(parts)),
        sum(n == 1 for n in parts) / max(1, len(parts)),
        math.log1p(longest),
        terms / max(1, len(fine)),
        sum(n == 1 for n in fine) / max(1, len(fine)),
    ]


def _terms_in(part: str) -> int:
    return sum(token[0].isalnum() and token not in STOP for token in _tokens(part))


def _beside(reference: str, stems: Sequence[str]) -> list[float]:
    """Return how far neighbours in an answer are neighbours in its reference, forwards, backwards and as a list."""
    wanted, little = _terms_of(reference)
    places: dict[str, list[int]] = defaultdict(list)
    for place, (word, _) in enumerate(wanted):
        places[word].append(place)
    known = [(one, other) for one, other in pairwise(stems) if one in places and other in places and one != other]
    there = [{second - first for first in places[one] for second in places[other]} for one, other in known]
    listed = {(a, b) for (a, _), (b, joined) in pairwise(wanted) if joined}
    lists = sum((one, other) in listed or (other, one) in listed for one, other in known)
    return [
        sum(any(0 < away <= _NEAR for away in each) for each in there) / len(there) if there else _BESIDE,
        sum(any(-_NEAR <= away < 0 for away in each) for each in there) / len(there) if there else _BESIDE,
        len(known) / len(stems),
        lists / max(1, len(stems) - 1),
        sum(word in places for word in stems) / len(stems),
        len(places.keys() & set(stems)) / max(1, len(places)),
        little,
    ]


@lru_cache(maxsize=1_024)
def _terms_of(reference: str) -> tuple[tuple[tuple[str, bool], ...], float]:
    """Return a reference's stems, each with whether it is listed beside the one before, and its share of others."""
    found: list[tuple[str, bool]] = []
    end = count = 0
    for match in _TOKEN.finditer(reference):
        word = match.group().lower()
        count += word[0].isalnum()
        if word[0].isalnum() and word not in STOP:
            joined = bool(found) and bool(_LISTED.match(reference[end : match.start()].lower()))
            found.append((stem(word), joined))
            end = match.end()
    return tuple(found), 1 - len(found) / max(1, count)


class _English:
    """Which kinds of words follow each other in English, counted in our own bank."""

    def __init__(self, texts: Sequence[str]) -> None:
        read = [[_tokens(sentence) for sentence in _SENTENCE.split(text)] for text in texts]
        words = Counter(word for text in read for sentence in text for word in sentence if word[0].isalpha())
        self._own = STOP.union(word for word, _ in words.most_common(_COMMON))
        self._single: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for sentence in (sentence for text in read for sentence in text):
            kinds = ["^", *map(self._kind, sentence)]
            self._single.update(kinds)
            self._pairs.update(pairwise(kinds))
        self._count = self._single.total()
        self._surprise = lru_cache(50_000)(self._surprise_anew)

    def follows(self, said: Sequence[str]) -> list[float]:
        """Return how well words follow each other, as the mean log of how much likelier they do than by chance.

        The second number is how much better they do than in any other order.
        """
        kinds = [self._kind(word) for word in said]
        real = sum(self._surprise(one, other) for one, other in pairwise(kinds)) / (len(kinds) - 1)
        counts = Counter(kinds).items()
        shuffled = sum(
            self._surprise(one, other) * n * (m - (one == other)) for one, n in counts for other, m in counts
        )
        return [real, real - shuffled / (len(kinds) * (len(kinds) - 1))]

    def _kind(self, word: str) -> str:
        """Return a common word itself, of another one its ending, of a sign its first letter."""
        if not word[0].isalpha():
            return "#" if word[0].isdigit() else word[0]
        if word in self._own:
            return word
        return next((f"-{end}" for end in _ENDINGS if word.endswith(end) and len(word) > len(end) + 2), "-")

    def _surprise_anew(self, one: str, other: str) -> float:
        chance = (self._single[other] + 0.5) / (self._count + 200)
        likely = (self._pairs[one, other] + _CAREFUL * chance) / (self._single[one] + _CAREFUL)
        return math.log(likely / chance)


@cache
def _english() -> _English:
    return _English(
        [
            text
            for question in Bank.load().all()
            for text in (
                question.question,
                question.answer,
                *(point.point for point in question.points),
                *question.mistakes,
                *question.follow_ups,
            )
        ]
    )
