"""How far a member is on each step: derived from what stands in the ledger, and from nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from bot.charts.climb import percent
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Standing, standing_rows
from bot.steps.models import Evidence
from bot.steps.playbook import Playbook, PlaybookTask

STEPS: tuple[Step, ...] = tuple(step for step in Step if step is not Step.NONE)


@dataclass(frozen=True, slots=True)
class Part:
    """What a step is made of: so many different things of a kind make up a share of it."""

    kind: Kind
    wanted: int
    share: int
    """In percent of the step."""


PARTS: Mapping[Step, tuple[Part, ...]] = {
    Step.PROJECTS: (Part(Kind.PROJECT, 2, 60), Part(Kind.SHOWCASE, 1, 20), Part(Kind.TASK, 2, 20)),
    Step.STARTUPS: (Part(Kind.TARGET, 15, 45), Part(Kind.APPLIED, 5, 35), Part(Kind.TASK, 2, 20)),
    Step.SKILLS: (Part(Kind.QUIZ, 5, 50), Part(Kind.TOOL, 3, 50)),
    Step.TOPIC: (
        Part(Kind.PAPER, 10, 50),
        Part(Kind.POST, 1, 20),
        Part(Kind.PRACTICE, 1, 10),
        Part(Kind.TASK, 2, 20),
    ),
    Step.COMPANY: (
        Part(Kind.DOSSIER, 3, 50),
        Part(Kind.QUESTIONS, 1, 15),
        Part(Kind.ROUND, 1, 20),
        Part(Kind.TASK, 2, 15),
    ),
    Step.PART_TIME: (
        Part(Kind.OUTREACH, 10, 45),
        Part(Kind.FOLLOW_UP, 1, 15),
        Part(Kind.ANSWER, 2, 35),
        Part(Kind.TASK, 1, 5),
    ),
}
"""What "done" means in the playbook, as figures. A kind belongs to one step, whatever step its row names; tasks belong
to the step of their row."""

HALF = frozenset({Kind.PROJECT})
"""Kinds that count half until somebody could look at them."""

Counts = Mapping[tuple[Step, Kind], tuple[int, int]]
"""Different things of a kind, and how many of them were looked at. The step is NONE but for tasks."""


@dataclass(frozen=True, slots=True)
class Have:
    """What a member has of a part: `there` is how much of what is wanted it makes up, as what is unseen counts half."""

    part: Part
    there: float
    number: int
    """Different things."""
    unseen: int
    """Those of them that nobody could look at yet and that therefore count half."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A member's way on a step. `share` is 0 to 1, and 1 only when every part is whole."""

    step: Step
    share: float
    parts: tuple[Have, ...]


def key_of(step: Step, kind: Kind) -> tuple[Step, Kind]:
    """Return under what evidence is counted."""
    return (step if kind is Kind.TASK else Step.NONE, kind)


def same(subject: str) -> str:
    """Return a subject as it is compared: what differs only in case and spaces is the same thing."""
    return " ".join(subject.split()).casefold()


def counts_of(entries: Iterable[Standing]) -> Counts:
    """Count what stands of one member; the same subject twice counts once."""
    found: dict[tuple[Step, Kind], dict[str, bool]] = {}
    for entry in entries:
        things = found.setdefault(key_of(entry.step, entry.kind), {})
        things[entry.subject] = things.get(entry.subject, False) or entry.verified_at is not None
    return {key: (len(things), sum(things.values())) for key, things in found.items()}


def progress_of(counts: Counts) -> tuple[Progress, ...]:
    """Return how far each of the six steps is, in their order."""
    return tuple(_progress(step, counts) for step in STEPS)


def _progress(step: Step, counts: Counts) -> Progress:
    parts = tuple(_have(part, *counts.get(key_of(step, part.kind), (0, 0))) for part in PARTS[step])
    share = sum(have.part.share * have.there / have.part.wanted for have in parts) / 100
    return Progress(step, min(1.0, round(share, 9)), parts)


def _have(part: Part, number: int, looked_at: int) -> Have:
    unseen = number - looked_at if part.kind in HALF else 0
    return Have(part, min(number - unseen / 2, part.wanted), number, unseen)


def ticked(task: PlaybookTask, step: Step, entries: Iterable[Standing]) -> bool:
    """Return whether a task of the playbook is done.

    One that needs a number of things is done by that number, any other by an entry of its subject, or of its title.
    """
    mine = [e for e in entries if e.kind is task.kind and (e.kind is not Kind.TASK or e.step is step)]
    if task.needs:
        return len({same(e.subject) for e in mine}) >= task.needs
    return any(same(e.subject) == same(task.subject or task.title) for e in mine)


@dataclass(frozen=True, slots=True)
class Next:
    """The one most useful thing to do now, and why it is this."""

    step: Step
    task: PlaybookTask | None
    why: str
    mend: Standing | None = None
    """What is there already and is known to lack something; the task stands beside it, so that one can go on."""


ENOUGH = 0.5
"""A step that is so far on no longer holds up the next."""


def next_of(playbook: Playbook, entries: list[Standing], wanted: Step | None = None) -> Next:
    """Choose what to do now, always the same for the same ledger.

    wanted: the step of a goal that is open this week, if there is one; what one set out to do goes first

    Else the lowest step that is less than half done, as every step rests on those before; then the lowest that is not
    whole. Within a step the first task of the playbook that is not done, in its order. A project of which a look has
    said what it lacks goes along; one that could not be looked at lacks nothing that is known.
    """
    progress = {p.step: p for p in progress_of(counts_of(entries))}
    if wanted is not None and wanted in progress and progress[wanted].share < 1:
        return Next(wanted, _open_task(playbook, entries, wanted), "You set yourself a goal on this step this week.")
    step, why = _lowest(progress.values(), begun=bool(entries))
    mend = next((e for e in entries if e.kind in HALF and e.lacking and e.verified_at is None), None)
    return Next(step, _open_task(playbook, entries, step) if why != _WHOLE else None, why, mend)


_WHOLE = "All six steps are whole. Help somebody else up, or ask for more hours."


def _lowest(progress: Iterable[Progress], *, begun: bool) -> tuple[Step, str]:
    """Return the step that is next, and why."""
    open_ = [p for p in progress if p.share < 1]
    if not begun:
        return Step.PROJECTS, "It is the first of all."
    for p in (each for each in open_ if each.share < ENOUGH):
        return p.step, f"Step {p.step.value} is the lowest that is less than half done ({percent(p.share)})."
    for p in open_:
        left = f"step {p.step.value} is the lowest with something left ({percent(p.share)})"
        return p.step, f"All steps are half done or more; {left}."
    return Step.PART_TIME, _WHOLE


def _open_task(playbook: Playbook, entries: list[Standing], step: Step) -> PlaybookTask | None:
    return next((task for task in playbook.guides[step].tasks if not ticked(task, step, entries)), None)


def counted_rows(community: int) -> "sa.Select[tuple[int, int, str, int, int]]":
    """Return the query of what stands in a community: member, step, kind, different things, of which looked at.

    The same as `counts_of` for each member, in one pass of the database; rows without a member are left out.
    """
    rows = standing_rows().where(Evidence.community_id == community, Evidence.member_id.is_not(None)).subquery()
    step = sa.case((rows.c.kind == Kind.TASK.value, rows.c.step), else_=int(Step.NONE)).label("step")
    looked_at = sa.case((rows.c.verified_at.is_not(None), rows.c.subject))
    return sa.select(
        rows.c.member_id,
        step,
        rows.c.kind,
        sa.func.count(rows.c.subject.distinct()).label("things"),
        sa.func.count(looked_at.distinct()).label("looked_at"),
    ).group_by(rows.c.member_id, step, rows.c.kind)
