"""A question as a member types it into a form, and what becomes of it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import msgspec

from bot.chat import BadInput
from bot.interviews.bank import Kind, Point, Question
from bot.interviews.grading.text import STOP

_POINTS = range(3, 7)
_STEPS: Mapping[str, int] = {
    "software": 3, "python": 3, "data_and_sql": 3, "system_design": 3, "company": 5, "behavioural": 6,
}  # fmt: skip
"""The step that a topic trains; reading round a topic, 4, for the others."""
_MINUTES: Mapping[int, int] = {1: 3, 2: 4, 3: 6}
"""What a spoken answer takes, by level."""
_WEIGHED = re.compile(r"(?:[-*•]\s*)?(?:(?P<weight>[123])\s*:\s*)?(?P<point>.+)")
_BULLET = re.compile(r"^[-*•]\s*")
_SLUG = re.compile(r"[a-z0-9]+")
_SLUG_WORDS, _SHORTEST, _LONGEST_STEM = 4, 3, 44


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed; points ("weight: point | words; words"), mistakes and follow-ups stand on a line each."""

    topic: str
    level: int
    kind: Kind
    question: str
    answer: str
    points: str
    mistakes: str
    follow_ups: str


def drafted(draft: Draft, taken: Collection[str]) -> Question:
    """Return the question of a draft, with an id that is not taken. Raises BadInput with the input that is wrong."""
    points = tuple(_point(line, number) for number, line in enumerate(_lines(draft.points), 1))
    if len(points) not in _POINTS:
        raise BadInput(f"A question has three to six key points, a line each; there are {len(points)}.", field="points")
    given = {
        "id": _id_of(draft.question, taken),
        "level": draft.level,
        "kind": draft.kind,
        "question": " ".join(draft.question.split()),
        "answer": " ".join(draft.answer.split()),
        "points": [msgspec.to_builtins(point) for point in points],
        "mistakes": [_BULLET.sub("", line) for line in _lines(draft.mistakes)],
        "follow_ups": [_BULLET.sub("", line) for line in _lines(draft.follow_ups)],
        "minutes": _MINUTES[draft.level],
        "step": _STEPS.get(draft.topic, 4),
        "topic": draft.topic,
    }
    try:
        return msgspec.convert(given, Question)
    except msgspec.ValidationError as error:
        raise _explained(str(error)) from error


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _point(line: str, number: int) -> Point:
    """Return a key point, of weight 2 where none is given."""
    text, _, others = line.partition("|")
    found = _WEIGHED.fullmatch(text.strip())
    words = tuple(dict.fromkeys(word.strip() for word in others.split(";") if word.strip()))
    if found is None:
        raise BadInput(f"Line {number} has other words but no key point before the “|”.", field="points")
    return Point(found["point"].strip(), int(found["weight"] or 2), words)


def _explained(error: str) -> BadInput:
    """Return a refusal that names the input, from the error's path such as `$.mistakes[0]`."""
    field = next((f for f in ("points", "mistakes", "follow_ups", "answer", "question") if f"$.{f}" in error), "")
    what = {
        "points": "A key point, and each of its other words, has 1 to 300 letters, with at most twelve other words.",
        "mistakes": "Name one to three common mistakes, a line each, of at most 300 letters.",
        "follow_ups": "Ask one to three follow-ups, a line each, of at most 300 letters.",
        "answer": "A good answer has 10 to 1,500 letters.",
        "question": "A question has 10 to 1,500 letters.",
    }
    return BadInput(what.get(field, error), field=field)


def _id_of(question: str, taken: Collection[str]) -> str:
    """Return an id from the first telling words of a question; a number makes it one that is not taken."""
    words = [word for word in _SLUG.findall(question.lower()) if len(word) >= _SHORTEST and word not in STOP]
    stem = "-".join(["own", *words[:_SLUG_WORDS]])[:_LONGEST_STEM].rstrip("-")
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name
