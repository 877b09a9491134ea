"""Progress is derived from the ledger: bounded, monotone, undone exactly; and every board can be made anew from it."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.steps.board import board_of
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Entry, Standing, retract, standing_of, write
from bot.steps.playbook import Playbook
from bot.steps.progress import PARTS, STEPS, counts_of, next_of, progress_of, ticked
from tests.support.stage import Stage

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PLAYBOOK = Playbook.load()


def entry(number: int, step: Step, kind: Kind, subject: str, *, seen: bool = False) -> Standing:
    return Standing(number, 1, step, kind, subject, "", "", NOW, NOW if seen else None)


entries = st.lists(
    st.builds(
        entry,
        st.integers(1, 9999),
        st.sampled_from(STEPS),
        st.sampled_from(list(Kind)),
        st.sampled_from([f"thing {n}" for n in range(20)]),
        seen=st.booleans(),
    ),
    max_size=60,
)


def test_the_parts_of_each_step_are_the_whole() -> None:
    assert [sum(part.share for part in PARTS[step]) for step in STEPS] == [100] * 6
    kinds = [part.kind for step in STEPS for part in PARTS[step] if part.kind is not Kind.TASK]
    assert len(kinds) == len(set(kinds)), "a kind belongs to one step"


@given(entries)
def test_no_step_is_above_what_evidence_allows(ledger: list[Standing]) -> None:
    for progress in progress_of(counts_of(ledger)):
        assert 0 <= progress.share <= 1
        most = sum(
            part.share
            for part in PARTS[progress.step]
            if any(e.kind is part.kind and (e.kind is not Kind.TASK or e.step is progress.step) for e in ledger)
        )
        assert progress.share * 100 <= most + 1e-6


@given(entries, entries)
def test_more_evidence_never_lowers_a_step(some: list[Standing], more: list[Standing]) -> None:
    before, after = progress_of(counts_of(some)), progress_of(counts_of(some + more))
    assert all(b.share <= a.share for b, a in zip(before, after, strict=True))


@given(entries)
def test_order_and_repetition_change_nothing(ledger: list[Standing]) -> None:
    assert progress_of(counts_of(ledger)) == progress_of(counts_of(ledger[::-1] + ledger))


@given(entries, st.sampled_from([None, *STEPS]))
def test_what_is_next_is_always_one_thing_with_a_reason(ledger: list[Standing], goal: Step | None) -> None:
    found = next_of(PLAYBOOK, ledger, goal)
    assert found.why
    assert found == next_of(PLAYBOOK, ledger, goal)
    if found.task is not None:
        assert not ticked(found.task, found.step, ledger)


def test_a_project_counts_half_until_it_was_looked_at() -> None:
    half = progress_of(counts_of([entry(1, Step.PROJECTS, Kind.PROJECT, "wine")]))[0]
    whole = progress_of(counts_of([entry(1, Step.PROJECTS, Kind.PROJECT, "wine", seen=True)]))[0]
    assert (half.share, whole.share) == (0.15, 0.3)


def test_all_whole_is_said() -> None:
    ledger = [
        entry(n, step, part.kind, task or f"{part.kind} {n}", seen=True)
        for step in STEPS
        for part in PARTS[step]
        for n, task in enumerate([t.subject or t.title for t in PLAYBOOK.guides[step].tasks] + [""] * 20)
    ]
    assert all(p.share == 1 for p in progress_of(counts_of(ledger)))
    assert "whole" in next_of(PLAYBOOK, ledger).why


async def test_every_board_can_be_made_anew_from_the_ledger_alone(stage: Stage) -> None:
    """Random ledgers with corrections; the board of the database is that of the rows, counted one by one."""
    rng = random.Random(7)  # noqa: S311 - a test
    people = [f"p{n}" for n in range(9)]
    for who in people:
        await stage.say("/steps undo", who)
        await stage.click(f"steps.choose:{'yes' if rng.random() < 0.6 else 'no'}", who)
    ids = {who: await member(stage, who) for who in people}

    def work(connection: object) -> None:
        for _ in range(400):
            someone = ids[rng.choice(people)]
            step, kind = rng.choice(STEPS), rng.choice(list(Kind))
            seen = NOW if rng.random() < 0.3 else None
            made = write(connection, someone, Entry(step, kind, f"thing {rng.randrange(9)}", verified_at=seen), NOW)  # type: ignore[arg-type]  # a connection
            if made is not None and rng.random() < 0.3:
                retract(connection, someone, made, NOW)  # type: ignore[arg-type]  # the same

    await stage.app.database.run(work)
    climb = stage.app.router.registry.cog_of(stage.app.router.registry.commands["steps", "board"])._climb  # type: ignore[attr-defined]  # its own
    community = (await stage.app.directory.standing(stage.caller("p0"))).community
    board = await climb.board(community)
    counts = {
        number: counts_of(await stage.app.database.read(lambda c, n=number: standing_of(c, n)))  # type: ignore[misc]  # bound now
        for number in ids.values()
    }
    assert board == board_of(counts, await climb.shown(community))
    assert board.rows
    assert board.others


async def member(stage: Stage, who: str) -> int:
    return (await stage.app.directory.standing(stage.caller(who))).member


@pytest.mark.parametrize("task", [t for g in PLAYBOOK.guides.values() for t in g.tasks], ids=lambda t: t.id)
def test_every_task_can_be_ticked(task: object) -> None:
    step = next(s for s, g in PLAYBOOK.guides.items() if task in g.tasks)
    found = next(t for t in PLAYBOOK.guides[step].tasks if t is task)
    many = [
        entry(n, step, found.kind, f"thing {n}" if found.needs else found.subject or found.title)
        for n in range(found.needs or 1)
    ]
    assert ticked(found, step, many)
    assert not ticked(found, step, many[1:])


def test_only_the_quiz_of_git_ticks_its_task() -> None:
    task = PLAYBOOK.task("skills-git")
    assert not ticked(task, Step.SKILLS, [entry(1, Step.SKILLS, Kind.QUIZ, "Docker")])
    assert ticked(task, Step.SKILLS, [entry(1, Step.SKILLS, Kind.QUIZ, PLAYBOOK.skill("git").title)])
    survey = PLAYBOOK.task("topic-survey")
    assert not ticked(survey, Step.TOPIC, [entry(1, Step.TOPIC, Kind.PAPER, "Attention is all you need")])


@pytest.mark.parametrize("step", STEPS)
def test_the_playbook_asks_for_what_makes_a_step_whole(step: Step) -> None:
    """The figures of both are one: as many as the most that a task wants, or at least as many tasks of their own."""
    for part in PARTS[step]:
        tasks = [task for task in PLAYBOOK.guides[step].tasks if task.kind is part.kind]
        most = max((task.needs for task in tasks), default=0)
        assert most == part.wanted or (not most and len(tasks) >= part.wanted), part


def test_a_project_that_only_could_not_be_looked_at_is_not_to_be_mended() -> None:
    pending = replace(entry(1, Step.PROJECTS, Kind.PROJECT, "wine"), url="https://github.com/ada/wine")
    assert next_of(PLAYBOOK, [pending]).mend is None
    lacks = replace(pending, lacking="it has no README")
    found = next_of(PLAYBOOK, [lacks])
    assert (found.mend, found.task) == (lacks, PLAYBOOK.task("project-choose"))
    assert next_of(PLAYBOOK, [lacks], Step.TOPIC).mend is None, "what one set out to do goes first"
