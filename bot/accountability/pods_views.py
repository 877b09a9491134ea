"""A pair or a pod as it is shown: who is in it, how they are called, and what they can begin with."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.pods_models import Pod, PodMember, PodRound, PodWish
from bot.accountability.pods_people import accounts_of
from bot.chat import Reply
from bot.community.models import Member, Profile


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody in a pod."""

    member: int
    name: str
    accounts: Mapping[str, str]
    """Their users by platform; first the one that was seen last, on which they get private messages."""
    note: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PodView:
    """A pair or a pod."""

    id: int
    number: int
    platform: str
    day: date
    """On which they were matched."""
    size: int
    """How many they were at first; somebody may have been forgotten since."""
    weeks: int
    ask_on: date
    outcome: str
    partners: tuple[Partner, ...]

    @property
    def word(self) -> str:
        """What it is called."""
        return "pair" if self.size == 2 else "pod"  # noqa: PLR2004 - what a pair is


@dataclass(frozen=True, slots=True)
class PodWords:
    """What the messages look like; the cog brings it."""

    opening: Callable[[PodView], Reply]
    """In the place; it opens the thread."""
    talk: Callable[[PodView, str], Reply]
    """In the thread, with a starter."""
    private: Callable[[PodView, int, str], Reply]
    """To one member (id), with a starter: where there is no place for a thread."""
    alone: Callable[[], Reply]
    """To who was left over."""
    ask: Callable[[PodView, int], Reply]
    """Whether they met, for the first or the second time."""
    told: Callable[[PodView], Reply]
    """In the place of that question, once somebody answered."""


def views(connection: Connection, pods: Sequence[int]) -> list[PodView]:
    """Return pods by their numbers (ids), in this order."""
    query = sa.select(Pod.__table__, PodRound.day).join(PodRound, PodRound.id == Pod.round_id).where(Pod.id.in_(pods))
    rows = {row.id: row for row in connection.execute(query)}
    inside = sa.select(PodMember.pod_id, PodMember.member_id).where(PodMember.pod_id.in_(pods)).order_by(PodMember.id)
    members = connection.execute(inside).all()
    known = partners(connection, {row.member_id for row in members})
    return [
        PodView(
            row.id,
            row.number,
            row.platform,
            row.day,
            row.size,
            row.weeks,
            row.ask_on,
            row.outcome,
            tuple(known[each.member_id] for each in members if each.pod_id == row.id),
        )
        for row in (rows[pod] for pod in pods)
    ]


def partners(connection: Connection, members: Collection[int]) -> dict[int, Partner]:
    """Return members as others see them in a pod."""
    accounts = accounts_of(connection, members)
    query = (
        sa.select(Member.id, Member.name, PodWish.note, Profile.topics)
        .outerjoin(PodWish, PodWish.member_id == Member.id)
        .outerjoin(Profile, Profile.member_id == Member.id)
        .where(Member.id.in_(members))
    )
    return {
        row.id: Partner(
            row.id,
            row.name,
            {platform: account.user for platform, account in accounts[row.id].items()},
            row.note or "",
            tuple(map(str, row.topics or ())),
        )
        for row in connection.execute(query)
    }
