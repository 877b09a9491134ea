"""What never gets marks: empty, gibberish, copied, stuffed with keywords, off the topic, or giving the grader orders.

The guard stands before every grader. It is careful: an answer is turned away only for signs that honest answers,
however terse, playful or misspelt, do not show (`tests/interviews/data` has both kinds). Whether an answer is off the
topic is seen more surely with the extra `minilm`; by words alone, one with a word of the trade or two gets through,
and earns no key point.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from bot.interviews.bank import Question
from bot.interviews.grading.form import form
from bot.interviews.grading.orders import gives_orders
from bot.interviews.grading.signs import has_formula, is_gibberish, is_stuffed, says_nothing
from bot.interviews.grading.text import aligned, content
from bot.interviews.grading.topic import ALIKE, is_off_topic, trade
from bot.interviews.grading.vectors import Vectors


class Reason(StrEnum):
    """Why an answer gets no marks."""

    EMPTY = "empty"
    GIBBERISH = "gibberish"
    COPIED = "copied"
    STUFFED = "stuffed"
    OFF_TOPIC = "off-topic"
    ORDERS = "orders"


NOTES = {
    Reason.EMPTY: "There is no answer here yet. Even a guess with a reason earns more than nothing.",
    Reason.GIBBERISH: "This can't be read as sentences, so nothing could be marked.",
    Reason.COPIED: "This says the question again. Say what you would answer, in your own words.",
    Reason.STUFFED: "These are keywords without a statement. Say how they hang together, and they count.",
    Reason.OFF_TOPIC: "This is about something else than the question, so nothing could be marked.",
    Reason.ORDERS: "This speaks to the grader instead of answering. Only an answer gets marks.",
}
"""What the member is told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer is held against.

    others: what else a good answer may say: the key points and other words for them
    story: whether it asks for something of one's own, whose words nobody can know: then no topic is told from them
    """

    question: str
    reference: str
    others: tuple[str, ...] = ()
    story: bool = False

    @staticmethod
    def of(question: Question) -> "Asked":
        """Return what answers to a question of the bank are held against."""
        others = tuple(text for point in question.points for text in (point.point, *point.words))
        return Asked(question.question, question.answer, others, question.kind == "tell")


_OF_STORIES = "my teacher professor supervisor tutor lecturer instructor best good grade mark score result text essay"
"""What is told of in stories, and is no talk to a grader there."""
FORMLESS = 0.3
"""The form below which an answer is a heap of words (`benchmarks/forms.py` measures what that costs)."""
_RETYPED = 92
_LITTLE_NEW = 0.15
"""The share of new words up to which an answer only says its question again."""
_NEUTRAL = frozenset(
    content("something things someone somebody answer question means explain way does really some sort sometimes")
)
_SAYS_SOMETHING = 4
"""New words from which on an answer can be off the topic although some are of the trade."""
_SAYS_MUCH, _HALF = 6, 0.5
"""New words from which on an answer is off the topic that meets none of those wanted, and the share of the trade's that
it has at most. Of 1,186 answers of students two are taken for it, of those on football and soup 7 in 10."""
_LONG = 15
"""Stems of a reference that is long enough for a good answer to share some."""
_CHANCE, _CHANCE_NEAR = 0.15, 0.3
"""The share of new words that may be met by chance: by words alone, and where the vectors say "stranger" too."""
_STRANGE, _VERY_STRANGE = 0.13, 0.1
"""Cosines below which two texts have little, and nothing, to do with each other."""
_LIKE_A_POINT = 0.24
"""The cosine above which an answer has to do with a key point."""
_TRADE, _TRADE_BY_WORDS = 0.45, 0.7
"""The share of an answer's new words that an answer of this trade has at least in common with our bank; more is wanted
where only words can tell."""
_TWICE = 2


Strange = Callable[[str, str, str, Vectors | None], bool]


class Guard:
    """Turns away what is no answer."""

    def __init__(self, meaning: Vectors | None, strange: Strange = is_off_topic) -> None:
        """Take what compares by meaning, and what tells that an answer has nothing to do with a reference."""
        self._meaning = meaning
        self._strange = strange

    def check(self, asked: Asked, answer: str) -> Reason | None:
        """Return why an answer gets no marks; None for one that is to be graded."""
        about, wanted = set(content(asked.question)), set(content(" ".join((asked.reference, *asked.others))))
        said = content(answer)
        if gives_orders(answer, f"{asked.question} {asked.reference} {_OF_STORIES if asked.story else ''}"):
            return Reason.ORDERS
        if says_nothing(answer):
            return Reason.EMPTY
        if is_gibberish(answer, wanted | about):
            return Reason.GIBBERISH
        if _is_copied(about, wanted, said, fuzz.ratio(" ".join(content(asked.question)), " ".join(said))):
            return Reason.COPIED
        if asked.story:
            return None
        if form(asked.reference, answer) < FORMLESS or is_stuffed(answer, asked.reference):
            return Reason.STUFFED
        if self._is_off_topic(asked, answer, about, wanted) or self._is_strange(asked, answer):
            return Reason.OFF_TOPIC
        return None

    def _is_strange(self, asked: Asked, answer: str) -> bool:
        """Where points are known, they decide what is worth something; beside one reference alone, the topic."""
        return not asked.others and self._strange(asked.question, asked.reference, answer, self._meaning)

    def _is_off_topic(self, asked: Asked, answer: str, about: Collection[str], wanted: Collection[str]) -> bool:
        said = set(content(answer))
        new = sorted(said.difference(about))
        few = len(new) < _SAYS_SOMETHING
        if len(new) < _TWICE or has_formula(answer) or any(s[0].isdigit() for s in said.intersection(wanted)):
            return False
        nearness = aligned(new, sorted(wanted))
        met = sum(1.0 if near > ALIKE else 0.5 for near in nearness if near >= ALIKE)
        if few and (met or any(trade()[stem] for stem in new)):
            return False
        of_trade = sum(trade()[stem] >= _TWICE for stem in new) / len(new)
        foreign = few or len(wanted) >= _LONG or of_trade < _TRADE
        if self._meaning is None:
            if len(new) >= _SAYS_MUCH and of_trade < _HALF and not any(n > ALIKE for n in nearness):
                return True  # whatever words of the question it has
            foreign &= of_trade < _TRADE_BY_WORDS
            return foreign and met <= len(new) * _CHANCE and said.isdisjoint(about)
        border = _STRANGE if foreign else _VERY_STRANGE
        return (
            met <= max(1, len(new) * _CHANCE_NEAR)
            and max(self._meaning.near(text, answer) for text in (asked.question, asked.reference)) < border
            and max((self._meaning.near(text, answer) for text in asked.others), default=0.0) < _LIKE_A_POINT
        )


def _is_copied(about: Collection[str], wanted: Collection[str], said: list[str], likeness: float) -> bool:
    """Return whether an answer says no more than its question; where the reference itself does not, nothing is told."""
    if likeness > _RETYPED:
        return True
    beyond = set(wanted).difference(about)
    new = [stem for stem in said if stem not in about and stem not in _NEUTRAL]
    if not beyond or set(about).isdisjoint(said) or any(sign.isdigit() for stem in new for sign in stem):
        return False
    return len(new) <= len(said) * _LITTLE_NEW and max(aligned(new, sorted(beyond)), default=0.0) < ALIKE
