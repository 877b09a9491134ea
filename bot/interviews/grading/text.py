"""Words of an answer: split, brought to their stem, and compared, so that other endings and slips of the pen count."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from bot.content import read

_STOP = (
    "a an the of to in on at for with by from as is are was were be been being am do does did have has had "
    "having it its this that these those and or but if so than then there their they them he she his her you "
    "your we our i me my can could will would should may might shall must not no nor into onto over under "
    "about which who whom what when where how why while because also just only very more most some any each "
    "every all such other another same own both between through during before after above below up down out "
    "off again once here one s t don now"
)
STOP = frozenset(_STOP.split())
"""Words that say little about what an answer is about."""
_NEGATIONS = "not no never none cannot can't don't doesn't isn't aren't won't without neither nor nothing"
NEGATIONS = frozenset(_NEGATIONS.split())
_WORD = re.compile(r"[a-z][a-z0-9]*(?:'[a-z]+)?|\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?)?|[+\-*/<>=&|!%^]+|[^\sa-z0-9]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_FRACTIONS = {"one third": "1/3", "a third": "1/3", "two thirds": "2/3", "one half": "1/2", "one quarter": "1/4"}
_FRACTION = re.compile(rf"\b({'|'.join(_FRACTIONS)})\b")
_ZEROS = re.compile(r"(\d\.\d*[1-9])0+\b")
_PERCENT = re.compile(r"(?<=\d)\s?%")
_NUMBERS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip
"""Not "one", which mostly is no number."""
_ENDINGS = (
    ("ization", "ize"), ("ations", "ate"), ("ation", "ate"), ("ements", "e"), ("ement", "e"), ("iveness", "ive"),
    ("fulness", "ful"), ("ically", "ic"), ("ingly", ""), ("edly", ""), ("ities", "ity"), ("ies", "y"), ("sses", "ss"),
    ("ings", ""), ("ing", ""), ("ers", "er"), ("ed", ""), ("ly", ""), ("es", ""), ("s", ""),
)  # fmt: skip
_SHORT = 4
"""Letters up to which a word is left as it is, and by whose beginning longer ones may be alike."""
_STEM = 3
"""Letters that a stem has at least."""
_SLIP = 0.75
"""How alike two longer stems must be (1 less edits by length) to be one word with a slip of the pen."""
_ALIKE = 0.6
"""How much of the longer one the shorter of two such words has at least: "water" is no "watermark"."""
_SAME_BEGINNING, _SAME_MEANING = 0.8, 0.9


_SENTENCE = re.compile(r".*?(?:[!?]+|(?<!\b[A-Za-z])\.)(?=\s|$)\s*|.*?\n+\s*|.+", re.DOTALL)
_LOOK_ALIKES = str.maketrans("аеорсухіјѕԁһкмтвнАВЕКМНОРСТХІЈЅοαενρτι", "aeopcyxijsdhkmtbhABEKMHOPCTXIJSoaevpti")
"""Letters of other alphabets that look like Latin ones, with which words are hidden from whoever looks for them."""
_MIXED = re.compile(r"\w*[A-Za-z]\w*")


def visible(text: str) -> str:
    """Return a text without what nobody sees: signs that only join, part or turn letters (Unicode's category Cf)."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf") if not text.isascii() else text


def plain(text: str) -> str:
    """Return a text in plain letters, as whoever wrote it wants it to be read: no disguise of other alphabets."""
    seen = visible(text)
    if seen.isascii():
        return seen
    return _MIXED.sub(lambda word: word.group().translate(_LOOK_ALIKES), unicodedata.normalize("NFKC", seen))


def sentences(text: str) -> list[str]:
    """Return the sentences and lines of a text, each with the space behind it: joined, they are the text."""
    return [found for found in _SENTENCE.findall(text) if found]


def words(text: str) -> list[str]:
    """Return the words, numbers and signs in lower case; "2,000", "five", "0.50", "%" as 2000, 5, 0.5, percent."""
    plain = _PERCENT.sub(" percent ", _THOUSANDS.sub("", text.lower().replace("\u2019", "'")))
    plain = _FRACTION.sub(lambda found: _FRACTIONS[found.group(1)], _ZEROS.sub(r"\1", plain))
    return [_NUMBERS.get(word, word) for word in _WORD.findall(plain)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word without its English endings; rough, but the same for the forms of a word."""
    if not word.isalpha() or len(word) < _SHORT:
        return word
    for ending, instead in _ENDINGS:
        left = len(word) - len(ending)
        if (
            word.endswith(ending)
            and left + len(instead) >= _STEM
            and not (ending == "s" and word.endswith(("ss", "us", "is")))
        ):
            word = word[:left] + instead
            break
    return _tidied(word)


def _tidied(word: str) -> str:
    if len(word) > _SHORT and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    if word.endswith("e") and len(word) > _SHORT:
        word = word[:-1]
    if word.endswith("y") and len(word) >= _SHORT:
        word = word[:-1] + "i"
    if word.endswith(("or", "at")) and len(word) > _SHORT + 1:
        word = word[:-2]
    return word


def content(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order."""
    return [stem(word) for word in words(text) if word not in STOP and word[0].isalnum()]


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> float:
    """Return how much two stems mean the same: 1 the same, 0 nothing known of it."""
    if one == other:
        return 1.0
    if one[0].isdigit() or other[0].isdigit():
        return 0.0  # 95 is no slip of the pen for 96
    groups = _meanings()
    mine = groups.get(one)
    if mine and not mine.isdisjoint(groups.get(other, ())):
        return _SAME_MEANING
    short, long = sorted((len(one), len(other)))
    if short < _SHORT or short < _ALIKE * long:
        return 0.0
    if one[:_SHORT] == other[:_SHORT]:
        return _SAME_BEGINNING
    return Levenshtein.normalized_similarity(one, other, score_cutoff=_SLIP) if short >= _SLIP * long else 0.0


def aligned(wanted: Iterable[str], found: Sequence[str]) -> list[float]:
    """Return for each wanted stem how well the best of the found ones stands for it."""
    there = set(found)
    return [1.0 if word in there else max((alike(word, other) for other in found), default=0.0) for word in wanted]


_BREAK = re.compile(
    r"(?:[;:!?\n]|(?<!\b[A-Za-z])\.(?=\s|$))+\s*|,\s+(?=(?:and|but|then|which|so|while|whereas)\b)|\s+(?:but|whereas|while)\s+"
)
"""Where one statement ends and the next begins: not at the point of 0.5 or of "i.e."."""
_FINE = re.compile(_BREAK.pattern + r"|,\s+|\s+and\s+")


def spans(text: str, *, fine: bool = False) -> list[tuple[int, int]]:
    """Return where the parts of a text stand that say something of their own; all of it where none does.

    fine: part also at every comma and "and", as where two things are compared in one breath
    """
    found, start = [], 0
    for gap in [*((m.start(), m.end()) for m in (_FINE if fine else _BREAK).finditer(text)), (len(text), len(text))]:
        if content(text[start : gap[0]]):
            found.append((start, gap[0]))
        start = gap[1]
    return found or [(0, len(text))]


def clauses(text: str) -> list[str]:
    """Return the parts of a text that say something of their own, as they stand there."""
    return [text[start:end].strip() for start, end in spans(text)]


@lru_cache(maxsize=1)
def _meanings() -> dict[str, frozenset[int]]:
    """Return for a stem the numbers of the groups of words in which it means the same as others."""
    groups = read("same_words.yaml", list[list[str]])
    found: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for word in group:
            found.setdefault(stem(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}
