"""The stages of an application, which move makes sense, and what a row of moves comes to. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.steps.kinds import Kind


class Stage(StrEnum):
    """Where an application stands; the value is what members read and type."""

    SAVED = "saved"
    APPLIED = "applied"
    ASSESSMENT = "assessment"
    INTERVIEW = "interview"
    OFFER = "offer"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REJECTED = "rejected"
    NO_ANSWER = "no answer"


OPEN = (Stage.SAVED, Stage.APPLIED, Stage.ASSESSMENT, Stage.INTERVIEW, Stage.OFFER)
ENDS = (Stage.ACCEPTED, Stage.DECLINED, Stage.REJECTED, Stage.NO_ANSWER)
_LEVELS = {Stage.SAVED: 0, Stage.APPLIED: 1, Stage.ASSESSMENT: 2, Stage.INTERVIEW: 2, Stage.OFFER: 3}
"""A move to a lower level is a correction: what was reached above it did not happen. An assessment may come before an
interview or after it."""
_IMPLIES: dict[Stage, tuple[Stage, ...]] = {
    Stage.SAVED: (),
    Stage.APPLIED: (Stage.APPLIED,),
    Stage.ASSESSMENT: (Stage.APPLIED, Stage.ASSESSMENT),
    Stage.INTERVIEW: (Stage.APPLIED, Stage.INTERVIEW),
    Stage.OFFER: (Stage.APPLIED, Stage.OFFER),
    Stage.ACCEPTED: (Stage.APPLIED, Stage.OFFER),
    Stage.DECLINED: (),
    Stage.REJECTED: (Stage.APPLIED,),
    Stage.NO_ANSWER: (Stage.APPLIED,),
}
EVIDENCE = {Stage.APPLIED: Kind.APPLIED, Stage.INTERVIEW: Kind.INTERVIEW, Stage.OFFER: Kind.OFFER}
"""What of it is written into the ledger."""
_ANSWERS = frozenset({Stage.ASSESSMENT, Stage.INTERVIEW, Stage.OFFER, Stage.ACCEPTED, Stage.REJECTED})
_NEEDS = {
    Stage.ACCEPTED: frozenset({Stage.OFFER, Stage.DECLINED}),
    Stage.REJECTED: frozenset(Stage) - {Stage.SAVED},
    Stage.NO_ANSWER: frozenset(Stage) - {Stage.SAVED, Stage.OFFER, Stage.ACCEPTED},
}
"""Ends that make sense from some stages only; anything else may follow anything, for members correct themselves."""


@dataclass(frozen=True, slots=True)
class Move:
    """A move as it is kept; `undoes` is the number of the move that it takes back."""

    id: int
    before: str
    after: str
    at: datetime
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What the moves of one application come to."""

    stage: str
    """Empty when none of them stands."""
    moved_at: datetime | None
    last: Move | None
    """The last move that stands: the one that can be undone."""
    reached: dict[Stage, datetime]
    """The stages that were reached and not corrected since, with the moment; an end implies some before it."""
    answered_at: datetime | None
    """When the company first answered."""


def can_move(before: str, after: Stage) -> bool:
    """Return whether a move makes sense; into an empty pipeline ("") everything does."""
    if before == after:
        return False
    needs = _NEEDS.get(after)
    return not before or needs is None or before in needs


def moves_from(before: str) -> list[Stage]:
    """Return the stages that an application may move to."""
    return [stage for stage in Stage if can_move(before, stage)]


def course_of(moves: Iterable[Move]) -> Course:
    """Return what moves come to, in whatever order they are given.

    An entry (a move from nothing) never takes back what stands: with two accounts of one person, saving with the second
    what was applied for with the first is no correction.
    """
    standing = _standing(moves)
    stage, last, moved_at, answered = "", None, None, None
    reached: dict[Stage, datetime] = {}
    for move in standing:
        if stage and not move.before and not _is_further(move.after, stage):
            continue
        stage, last, moved_at = move.after, move, move.at
        if (known := _known(stage)) is None:
            continue
        if known in _LEVELS:
            reached = {each: at for each, at in reached.items() if _LEVELS[each] <= _LEVELS[known]}
        for implied in _IMPLIES[known]:
            reached.setdefault(implied, move.at)
        answered = _answered(answered, known, move.at)
    return Course(stage, moved_at, last, reached, answered)


def _standing(moves: Iterable[Move]) -> Sequence[Move]:
    ordered = sorted(moves, key=lambda move: (move.at, move.id))
    undone = {move.undoes for move in ordered if move.undoes is not None}
    return [move for move in ordered if move.undoes is None and move.id not in undone]


def _answered(before: datetime | None, stage: Stage, at: datetime) -> datetime | None:
    if stage in {Stage.SAVED, Stage.APPLIED}:
        return None
    return before or (at if stage in _ANSWERS else None)


def _is_further(entered: str, stage: str) -> bool:
    new, old = _known(entered), _known(stage)
    if new is None or old is None or old not in _LEVELS:
        return False
    return new not in _LEVELS or _LEVELS[new] > _LEVELS[old]


def _known(stage: str) -> Stage | None:
    return Stage(stage) if stage in set(Stage) else None
