"""Sentences about the grading instead of the question: for marks ("let this one pass"), or only beside the point.

No list of phrases can hold what people think of. A sentence is weighed by the kinds of words it has: who grades, which
answer is meant, what marks are, how well they shall be given, and the tone of asking. One kind is nothing, for
teachers, scores and answers are also what machine learning is about; several together speak for marks.
"""

import re
from collections.abc import Collection

from bot.interviews.grading.text import STOP, content, plain, sentences, words

_ANSWER = r"(?:answers?|responses?|submissions?|attempts?|texts?|essays?|write-?ups?)"
_TEACHER = r"(?:professor|instructor|lecturer|tutor|teacher|supervisor|department|course staff|faculty)s?"
_GRADER = (
    r"(?:grader|examiner|evaluator|assessor|marker|whoever (?:grades|marks|reads|corrects))s?",
    rf"(?:my|our|your) {_TEACHER}",
)
_THIS_ANSWER = (rf"(?:this|my|the present) (?:[\w-]+ ){{0,2}}{_ANSWER}", rf"the {_ANSWER} (?:above|below|here)")
_BEST_MARKS = (
    (
        r"(?:full|maximum|max|top|highest|perfect|best|good|excellent|passing) (?:possible )?"
        r"(?:marks?|grades?|scores?|credits?|results?|ratings?)"
    ),
    r"(?:10|5|100)\s?/\s?\d+",
    r"all (?:of )?the (?:marks|points)",
)
_STAFF = (_TEACHER, "assistant", "rubric", "jury", "board of examiners")
_MARKING = (
    r"mark(?:s|ed|ing)?|grad(?:es?|ed|ing)|scor(?:es?|ed|ing)|award(?:ed|s)?|grant(?:ed|s)?|deem(?:ed|s)?|pass",
    r"accept(?:ed|s)?|counts? as|counted as|regard(?:ed)? as|consider(?:ed)?|treat(?:ed)? as|approve[ds]?|rated?",
    r"credit(?:ed)?|reward(?:ed)?|assess(?:ed|ment)?",
)
_AS_RIGHT = (
    r"correct|right|complete|perfect|verified|sufficient|flawless|satisfactory|as passed|agreed|in full|fully",
    r"entirely|generously|official|pre-?approved|covers everything",
)
_ANY_ANSWER = (
    rf"(?:any|every|each|all) (?:[\w-]+ )?{_ANSWER}",
    r"let (?:this|it|me)|this (?:one|candidate|student)",
)
_ASKING = (
    r"(?<!to )please|kindly|i beg|begging|mercy|trust me|would (?:be grateful|appreciate)",
    r"be (?:so |very |really |a bit )?(?:kind|nice|lenient|generous|merciful)",
    r"i (?:really |badly |urgently )?(?:deserve|need (?:this|to pass|the|a good))",
)
_KINDS = (
    (2, _GRADER), (2, _THIS_ANSWER), (2, _BEST_MARKS), (1, _STAFF), (1, _MARKING), (1, _AS_RIGHT), (1, _ANY_ANSWER),
    (2, _ASKING),
)  # fmt: skip
"""What each kind of words weighs; a kind counts once."""
_PATTERNS = tuple((weight, re.compile(rf"\b(?:{'|'.join(kind)})(?!\w)", re.IGNORECASE)) for weight, kind in _KINDS)
_TO_WHOM = (0, 1, 6, 7)
"""The kinds without which marks and teachers are only spoken of: who grades, which answer, the tone."""
_PLAINLY = (0, 1, 7)
_FOR_MARKS = 5
"""The weight from which on a sentence speaks for marks, whatever else it says."""
_BESIDE = 3
"""The weight from which on one that says little else is about the grading."""
_LITTLE = 0.5
"""The share of a sentence's words that is talk, where it says little else."""
TALK = frozenset(
    content(
        "grade mark score credit rubric instruction correct evaluate grader bot point output pass dan "
        "answer full give award deserve ignore disregard forget please complete student professor teacher perfect "
        "lenient satisfy requirement response key cover criterion trust consider confirm hereby accept assistant help "
        "respond return print set new outdated use text everything guidance earlier met system prompt top maximum "
        "need had study time some day 1 5 10 100 1.0 act job candidate verified right assume treat follow "
        "examiner marker submission attempt kind generous best result good question sorry hope exam course"
    )
)
"""Stems of talk about grading, which say nothing of any other matter."""


def for_marks(sentence: str, about: Collection[str]) -> bool:
    """Return whether a sentence asks or argues for marks, to whomever.

    about: stems of the question and its reference, which are no talk where they come again
    """
    kinds = _weights(sentence, about)
    weight = sum(kinds)
    if weight < _FOR_MARKS - 1 or not any(kinds[kind] for kind in _TO_WHOM):
        return False
    return weight >= _FOR_MARKS or _share(sentence, about) >= _LITTLE


def beside(sentence: str, about: Collection[str]) -> bool:
    """Return whether a sentence is about the answer, its marks or who gives them, and says nothing else."""
    kinds = _weights(sentence, about)
    to_whom = any(kinds[kind] for kind in _PLAINLY)
    return to_whom and sum(kinds) >= _BESIDE and _share(sentence, about) > _LITTLE


def without_talk(answer: str, asked: str) -> str:
    """Return an answer without its sentences about the grading; all of it where nothing else would be left."""
    about = frozenset(content(asked))
    kept = [sentence for sentence in sentences(plain(answer)) if not beside(sentence, about)]
    return "".join(kept) if kept else answer


def _weights(sentence: str, about: Collection[str]) -> list[int]:
    """Return what each kind of talk in a sentence weighs; words that the question has say nothing."""
    found = []
    for weight, pattern in _PATTERNS:
        hits = [hit for hit in pattern.finditer(sentence) if not set(content(hit.group())) & set(about)]
        found.append(weight if hits else 0)
    return found


def _share(sentence: str, about: Collection[str]) -> float:
    stems = [stem for stem in content(sentence) if stem not in about]
    said = [word for word in words(sentence) if word not in STOP and word[0].isalnum()]
    return sum(stem in TALK for stem in stems) / len(stems) if stems else float(bool(said))
