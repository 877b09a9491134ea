"""The question bank: what is asked in rounds and in practice, with the points that a good answer makes.

The questions stand in `bot/content/questions/<topic>.yaml`, one file a topic; `bot.interviews.bank_lint` holds them to
more rules than their shape.
"""

import random
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Annotated, Literal, get_args

import msgspec

from bot.chat import NotFound
from bot.content import parse
from bot.steps.playbook import Link

Kind = Literal["explain", "compare", "compute", "debug", "design", "tell"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_Words = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
_Long = Annotated[str, msgspec.Meta(min_length=10, max_length=1500)]


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A point that a good answer makes. `weight` is 1 to 3; `words` are other ways to say it."""

    point: _Words
    weight: Annotated[int, msgspec.Meta(ge=1, le=3)]
    words: Annotated[tuple[_Words, ...], msgspec.Meta(max_length=12)] = ()


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question, its model answer, and what is needed to grade and to go on asking.

    level: 1 what everybody should know, 2 what an internship asks, 3 what sets one apart
    minutes: what a spoken answer takes; step: the step of the climb that the question trains
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=48)]
    level: Annotated[int, msgspec.Meta(ge=1, le=3)]
    kind: Kind
    question: _Long
    answer: _Long
    points: Annotated[tuple[Point, ...], msgspec.Meta(min_length=3, max_length=6)]
    mistakes: Annotated[tuple[_Words, ...], msgspec.Meta(min_length=1, max_length=3)]
    follow_ups: Annotated[tuple[_Words, ...], msgspec.Meta(min_length=1, max_length=3)]
    minutes: Annotated[int, msgspec.Meta(ge=2, le=10)]
    step: Annotated[int, msgspec.Meta(ge=1, le=6)]
    topic: str = ""
    """The file's word; set when the bank is loaded. A community's own question brings it along."""


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the bank: `topic` is its name, `title` is shown."""

    topic: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]+$", max_length=30)]
    title: _Words
    questions: tuple[Question, ...]
    read: Annotated[tuple[Link, ...], msgspec.Meta(max_length=3)] = ()
    """Where the topic is explained well, for everybody to read."""


class Bank:
    """Questions by id, topic and level; the same for everybody, in the order of the files."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        """Raises ValueError when an id or a topic stands twice."""
        self._titles: dict[str, str] = {}
        self._reading: dict[str, tuple[Link, ...]] = {}
        self._by_id: dict[str, Question] = {}
        for topic in topics:
            if topic.topic in self._titles:
                raise ValueError(f"the topic {topic.topic} stands twice")
            self._titles[topic.topic] = topic.title
            self._reading[topic.topic] = topic.read
            for question in topic.questions:
                if question.id in self._by_id:
                    raise ValueError(f"the question {question.id} stands twice")
                self._by_id[question.id] = msgspec.structs.replace(question, topic=topic.topic)

    @staticmethod
    @cache
    def load() -> "Bank":
        """Return our own bank, read once. Raises ValueError with file and place when a file is not as it must be."""
        folder = resources.files("bot.content") / "questions"
        files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
        return Bank([read_topic(f.read_text(encoding="utf-8"), f.name) for f in files])

    def all(self) -> list[Question]:
        """Return every question."""
        return list(self._by_id.values())

    def with_own(self, own: Iterable[Question], without: Collection[str] = ()) -> "Bank":
        """Return a bank that also has a community's own questions, after ours, and lacks those with some ids."""
        merged = Bank(())
        merged._titles, merged._reading = self._titles, self._reading
        ours = self._by_id | {q.id: q for q in own if q.id not in self._by_id}
        merged._by_id = {name: question for name, question in ours.items() if name not in without}
        return merged

    def find(self, topic: str | None = None, level: int | None = None, kind: Kind | None = None) -> list[Question]:
        """Return the questions of a topic, a level and a kind, None for any, in the order of the files."""
        return [
            q
            for q in self._by_id.values()
            if topic in {None, q.topic} and level in {None, q.level} and kind in {None, q.kind}
        ]

    def get(self, question: str) -> Question:
        """Return a question by its id. Raises NotFound."""
        found = self._by_id.get(question)
        if found is None:
            raise NotFound("That question is no longer in the bank.")
        return found

    def topics(self) -> Mapping[str, str]:
        """Return the topics: word and title."""
        return dict(self._titles)

    def reading(self, topic: str) -> tuple[Link, ...]:
        """Return where a topic is explained; nothing for one that is unknown."""
        return self._reading.get(topic, ())

    def pick(
        self, topic: str | None, level: int | None, n: int, seed: int, avoid: Collection[str] = ()
    ) -> list[Question]:
        """Choose at most n questions, different ones, the same for the same seed.

        topic, level: None for any
        avoid: ids that are taken only when no others are left
        """
        fitting = self.find(topic, level)
        random.Random(seed).shuffle(fitting)  # noqa: S311 - a choice of questions is no secret
        known = set(avoid)
        return sorted(fitting, key=lambda q: q.id in known)[:n]


def read_topic(text: str, name: str) -> Topic:
    """Return a file of the bank. Raises ValueError with the file's name and what is wrong where."""
    return parse(text, Topic, name)
