"""The playbook: six whole steps, ideas and skills in shape, nothing twice, nothing alike."""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec
import pytest
from rapidfuzz import fuzz

from bot.chat import NotFound
from bot.chat.markup import spans
from bot.steps.kinds import TITLES, Kind, Step
from bot.steps.playbook import KINDS_OF, Playbook

PLAYBOOK = Playbook.load()


def test_every_step_has_its_guide() -> None:
    assert list(PLAYBOOK.guides) == list(KINDS_OF) == [step for step in TITLES if step]
    assert [bool(guide.ways) for guide in PLAYBOOK.guides.values()] == [False] * 5 + [True]


def test_there_are_ideas_and_skills_enough() -> None:
    assert len(PLAYBOOK.ideas) >= 40
    assert len(PLAYBOOK.skills) == 10
    assert {idea.level for idea in PLAYBOOK.ideas.values()} == {1, 2, 3}


def test_the_right_answers_stand_everywhere() -> None:
    spots = Counter(each.right for skill in PLAYBOOK.skills.values() for each in skill.quiz)
    assert max(spots.values()) - min(spots.values()) <= 4
    for skill in PLAYBOOK.skills.values():
        for each in skill.quiz:
            assert len(set(each.choices)) == 4, each.question


def test_nothing_is_alike() -> None:
    ideas = [idea.title for idea in PLAYBOOK.ideas.values()]
    questions = [each.question for skill in PLAYBOOK.skills.values() for each in skill.quiz]
    tasks = [task.title for guide in PLAYBOOK.guides.values() for task in guide.tasks]
    for words in (ideas, questions, tasks):
        for one, other in itertools.combinations(words, 2):
            assert fuzz.token_sort_ratio(one, other) < 85, (one, other)


def test_what_is_gone_is_told() -> None:
    for find in (PLAYBOOK.task, PLAYBOOK.idea, PLAYBOOK.skill):
        with pytest.raises(NotFound):
            find("gone")
    assert PLAYBOOK.task("project-first").kind is Kind.PROJECT
    assert PLAYBOOK.idea("wine-quality").level == 1
    assert PLAYBOOK.skill("git").title == "Git"


def test_what_does_not_fit_is_refused() -> None:
    guides = list(PLAYBOOK.guides.values())
    with pytest.raises(ValueError, match="the steps"):
        Playbook(guides[:5], [], [])
    idea = PLAYBOOK.idea("wine-quality")
    with pytest.raises(ValueError, match="stands twice"):
        Playbook(guides, [idea, idea], [])
    wrong = msgspec.structs.replace(guides[0].tasks[0], kind=Kind.OFFER)
    first = msgspec.structs.replace(guides[0], tasks=(wrong, *guides[0].tasks[1:]))
    assert first.step is Step.PROJECTS
    both = msgspec.structs.replace(guides[2].tasks[0], needs=1)
    third = msgspec.structs.replace(guides[2], tasks=(both, *guides[2].tasks[1:]))
    with pytest.raises(ValueError, match="a number of things and for one of a subject"):
        Playbook([*guides[:2], third, *guides[3:]], [], [])
    with pytest.raises(ValueError, match="asks for offer"):
        Playbook([first, *guides[1:]], [], [])


def test_a_task_of_a_quiz_names_one_that_there_is() -> None:
    quizzes = [t.subject for g in PLAYBOOK.guides.values() for t in g.tasks if t.kind is Kind.QUIZ and t.subject]
    assert quizzes
    assert set(quizzes) <= {skill.title for skill in PLAYBOOK.skills.values()}


def test_our_own_words_are_markup_that_says_what_it_seems_to() -> None:
    """They are shown as written: nothing but code stands out in them, and no sign is taken for a style."""
    texts = [value for item in (PLAYBOOK.guides, PLAYBOOK.ideas, PLAYBOOK.skills) for value in strings(item)]
    assert any("`/skills`" in text for text in texts)
    assert [t for t in texts if {span.kind for span in spans(t)} - {"plain", "code"}] == []


def strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            yield from (text for each in value.values() for text in strings(each))
        case tuple():
            yield from (text for each in value for text in strings(each))
        case msgspec.Struct():
            yield from strings(tuple(getattr(value, name) for name in value.__struct_fields__))
        case _:
            pass
