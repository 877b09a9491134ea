"""The playbook: six whole steps, ideas and skills in shape, nothing twice, nothing alike."""

import itertools
from collections import Counter

import msgspec
import pytest
from rapidfuzz import fuzz

from bot.chat import NotFound
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
    with pytest.raises(ValueError, match="asks for offer"):
        Playbook([first, *guides[1:]], [], [])
