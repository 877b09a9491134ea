"""The playbook: for each step why it matters, when it is done, what to do, and what counts as evidence.

Its words stand in `bot/content/playbook.yaml`; the ideas for projects and the skills with their quizzes beside it.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, TypeVar

import msgspec

from bot.chat import NotFound
from bot.content import read
from bot.steps.kinds import Kind, Step

_Short = Annotated[str, msgspec.Meta(min_length=3, max_length=90)]
_Text = Annotated[str, msgspec.Meta(min_length=10, max_length=700)]
_Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
_Url = Annotated[str, msgspec.Meta(pattern=r"^https://\S+$", max_length=200)]

KINDS_OF: Mapping[Step, frozenset[Kind]] = {
    Step.PROJECTS: frozenset({Kind.PROJECT, Kind.SHOWCASE, Kind.TASK}),
    Step.STARTUPS: frozenset({Kind.TARGET, Kind.APPLIED, Kind.TASK}),
    Step.SKILLS: frozenset({Kind.QUIZ, Kind.TOOL, Kind.TASK}),
    Step.TOPIC: frozenset({Kind.PAPER, Kind.POST, Kind.PRACTICE, Kind.TASK}),
    Step.COMPANY: frozenset({Kind.DOSSIER, Kind.QUESTIONS, Kind.ROUND, Kind.TASK}),
    Step.PART_TIME: frozenset({Kind.OUTREACH, Kind.FOLLOW_UP, Kind.ANSWER, Kind.TASK}),
}
"""Which kinds of evidence a task of a step may ask for."""


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Link(_Strict, frozen=True):
    """An official page."""

    title: _Short
    url: _Url


class PlaybookTask(_Strict, frozen=True):
    """Something to do: `how` to go about it, and the `proof` that shows it, evidence of that `kind`."""

    id: _Id
    title: _Short
    how: _Text
    kind: Kind
    proof: _Short
    needs: Annotated[int, msgspec.Meta(ge=0, le=20)] = 0
    """How many things of that kind make it done, whichever; 0 where one entry with its subject or title does."""
    subject: Annotated[str, msgspec.Meta(max_length=90)] = ""
    """What the entry must be about, where another room writes it: the skill of a quiz."""


class Way(_Strict, frozen=True):
    """A way into a company."""

    id: _Id
    title: _Short
    text: _Text


class Guide(_Strict, frozen=True):
    """A step of the climb. `done` says when one may call it done."""

    step: Step
    why: _Text
    done: _Text
    tasks: Annotated[tuple[PlaybookTask, ...], msgspec.Meta(min_length=6, max_length=10)]
    pitfalls: Annotated[tuple[_Text, ...], msgspec.Meta(min_length=2, max_length=6)]
    links: Annotated[tuple[Link, ...], msgspec.Meta(min_length=2, max_length=8)]
    ways: tuple[Way, ...] = ()


class Idea(_Strict, frozen=True):
    """A project to begin on a free weekend. level: 1 a weekend, 2 some weeks, 3 a term."""

    id: _Id
    title: _Short
    topic: _Short
    level: Annotated[int, msgspec.Meta(ge=1, le=3)]
    data: Link
    first: _Text
    stretch: _Text
    story: _Text


class Quiz(_Strict, frozen=True):
    """A question of a quiz. `right` counts from 0; `why` is told after the answer."""

    question: _Text
    choices: Annotated[
        tuple[Annotated[str, msgspec.Meta(min_length=1, max_length=90)], ...], msgspec.Meta(min_length=4, max_length=4)
    ]
    right: Annotated[int, msgspec.Meta(ge=0, le=3)]
    why: _Text


class Skill(_Strict, frozen=True):
    """A skill of step 3, and what of it is enough for an internship."""

    id: _Id
    title: _Short
    why: _Text
    enough: Annotated[tuple[_Text, ...], msgspec.Meta(min_length=5, max_length=8)]
    links: Annotated[tuple[Link, ...], msgspec.Meta(min_length=1, max_length=4)]
    quiz: Annotated[tuple[Quiz, ...], msgspec.Meta(min_length=8, max_length=12)]


class _Guides(_Strict, frozen=True):
    steps: tuple[Guide, ...]


class _Ideas(_Strict, frozen=True):
    ideas: tuple[Idea, ...]


class _Skills(_Strict, frozen=True):
    skills: tuple[Skill, ...]


class Playbook:
    """All of it; the same for everybody."""

    def __init__(self, guides: Iterable[Guide], ideas: Iterable[Idea], skills: Iterable[Skill]) -> None:
        """Raises ValueError when a step is missing, an id stands twice or a kind does not belong to its step."""
        self.guides: Mapping[Step, Guide] = {guide.step: guide for guide in sorted(guides, key=lambda g: g.step)}
        self.ideas: Mapping[str, Idea] = _by_id("idea", ideas)
        self.skills: Mapping[str, Skill] = _by_id("skill", skills)
        if set(self.guides) != set(KINDS_OF):
            raise ValueError(f"the playbook has the steps {sorted(self.guides)}")
        self._tasks = _by_id("task", (task for guide in self.guides.values() for task in guide.tasks))
        for step, guide in self.guides.items():
            for task in guide.tasks:
                if task.kind not in KINDS_OF[step]:
                    raise ValueError(f"the task {task.id} of step {step} asks for {task.kind}")
                if task.subject and task.needs:
                    raise ValueError(f"the task {task.id} asks for a number of things and for one of a subject")

    @staticmethod
    @cache
    def load() -> "Playbook":
        """Return ours, read once. Raises ValueError with file and place when a file is not as it must be."""
        return Playbook(
            read("playbook.yaml", _Guides).steps,
            read("project_ideas.yaml", _Ideas).ideas,
            read("skills.yaml", _Skills).skills,
        )

    def task(self, task: str) -> PlaybookTask:
        """Return a task by its id. Raises NotFound."""
        return _of(self._tasks, task, "That task is no longer in the playbook.")

    def idea(self, idea: str) -> Idea:
        """Return an idea for a project by its id. Raises NotFound."""
        return _of(self.ideas, idea, "That idea is no longer in the list; `/projects` shows all.")

    def skill(self, skill: str) -> Skill:
        """Return a skill by its id. Raises NotFound."""
        return _of(self.skills, skill, "I have no such skill; `/skills list` shows all.")


_T = TypeVar("_T")
_Named = TypeVar("_Named", PlaybookTask, Idea, Skill)


def _of(found: Mapping[str, _T], wanted: str, sorry: str) -> _T:
    if wanted not in found:
        raise NotFound(sorry)
    return found[wanted]


def _by_id(what: str, items: Iterable[_Named]) -> dict[str, _Named]:
    found: dict[str, _Named] = {}
    for item in items:
        if item.id in found:
            raise ValueError(f"the {what} {item.id} stands twice")
        found[item.id] = item
    return found
