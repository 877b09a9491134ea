"""The board: where everybody in a community stands who has anything in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.community.models import Member, Profile
from bot.steps.kinds import Kind, Step
from bot.steps.progress import STEPS, Counts, Progress, counted_rows, progress_of


@dataclass(frozen=True, slots=True)
class Row:
    """A member on the board, who lets the community see it."""

    member: int
    name: str
    steps: tuple[Progress, ...]

    @property
    def whole(self) -> float:
        """All six together, 0 to 6."""
        return sum(step.share for step in self.steps)


@dataclass(frozen=True, slots=True)
class Board:
    """A community's steps: those who show theirs, the furthest first, and how many others have begun each step."""

    rows: tuple[Row, ...]
    others: int
    begun: Mapping[Step, int]
    """Of those others, how many have something on a step."""


def names_of(connection: Connection, community: int) -> dict[int, str]:
    """Return who in a community lets it see their steps: number and name, by name."""
    query = (
        sa.select(Member.id, Member.name)
        .join(Profile, Profile.member_id == Member.id)
        .where(Member.community_id == community, Profile.shows_steps.is_(True), Member.merged_into.is_(None))
        .order_by(Member.name, Member.id)
    )
    return {row.id: row.name for row in connection.execute(query)}


def board_in(connection: Connection, community: int) -> Board:
    """Return the board of a community, in the caller's unit of work."""
    counts: dict[int, dict[tuple[Step, Kind], tuple[int, int]]] = {}
    for row in connection.execute(counted_rows(community)):
        counts.setdefault(row.member_id, {})[Step(row.step), Kind(row.kind)] = (row.things, row.looked_at)
    return board_of(counts, names_of(connection, community))


def board_of(counts: Mapping[int, Counts], names: Mapping[int, str]) -> Board:
    """Return the board of members by what is counted of them; only those with a name are shown by it."""
    steps = {member: progress_of(each) for member, each in counts.items()}
    begun_any = {member: found for member, found in steps.items() if any(p.share for p in found)}
    rows = [Row(member, names[member], found) for member, found in begun_any.items() if member in names]
    hidden = [found for member, found in begun_any.items() if member not in names]
    begun = {step: sum(found[n].share > 0 for found in hidden) for n, step in enumerate(STEPS)}
    rows.sort(key=lambda row: (-row.whole, row.name, row.member))
    return Board(tuple(rows), len(hidden), begun)
