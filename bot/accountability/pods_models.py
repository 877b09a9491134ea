"""Tables of pods and pairs: who wants to be matched, when it is done, who met whom, and whether they did."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class PodRhythm(Base):
    """When the members of a community are matched, as an organiser chose it in one of its workspaces."""

    __tablename__ = "pod_rhythm"

    workspace_id: Mapped[int] = mapped_column(sa.ForeignKey("workspace.id"), primary_key=True)
    zone: Mapped[str]
    weekday: Mapped[int]
    """ISO: 1 is Monday."""
    hour: Mapped[int]
    set_at: Mapped[datetime]
    """Of several in one community (it may have been joined of two) the latest counts."""


class PodWish(Base):
    """That a member wants to be matched, and how."""

    __tablename__ = "pod_wish"
    __table_args__ = ({"info": {"forget": "delete"}},)

    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), primary_key=True)
    pod: Mapped[bool]
    """Whether they want a pod of three to four, else a pair."""
    weeks: Mapped[int]
    """1 for weekly, 2 for fortnightly."""
    note: Mapped[str] = mapped_column(default="")
    """A line for whoever they are matched with."""
    resting: Mapped[int] = mapped_column(default=0)
    """Matchings of theirs that they sit out."""


class PodStay(Base):
    """From when to when a member was in; what is counted of it outlives the member."""

    __tablename__ = "pod_stay"
    __table_args__ = ({"info": {"forget": "unlink"}},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(sa.ForeignKey("community.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class PodRound(Base):
    """One matching of a community."""

    __tablename__ = "pod_round"
    __table_args__ = (sa.Index("ix_pod_round_community", "community_id", "day"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """Community and day as they were then: matched once, whatever is repeated; two communities may become one later."""
    community_id: Mapped[int] = mapped_column(sa.ForeignKey("community.id"))
    day: Mapped[date]
    left_over: Mapped[int]
    """How many found nobody."""


class Pod(Base):
    """A pair, or a pod of three or four, for one or two weeks."""

    __tablename__ = "pod"
    __table_args__ = ({"info": {"export": ("number", "weeks", "outcome")}},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("pod_round.id"), index=True)
    number: Mapped[int]
    """Within its round, from 1."""
    platform: Mapped[str]
    """Where all of them have an account."""
    workspace_id: Mapped[int | None] = mapped_column(sa.ForeignKey("workspace.id"))
    """In whose place their thread stands; None for one that is told privately."""
    size: Mapped[int]
    weeks: Mapped[int]
    ask_on: Mapped[date]
    """The day, in the community's zone, on which they are asked whether they met."""
    ask_at: Mapped[datetime | None] = mapped_column(index=True)
    """That day at the community's hour; None when nothing is to be asked any more."""
    asked: Mapped[int] = mapped_column(default=0)
    """How often they were asked: once, and once more after a "not yet"."""
    outcome: Mapped[str] = mapped_column(default="")
    """Empty while nobody said, then met or not."""


class PodMember(Base):
    """That a member is in a pod."""

    __tablename__ = "pod_member"
    __table_args__ = (sa.UniqueConstraint("pod_id", "member_id"), {"info": {"forget": "delete"}})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    pod_id: Mapped[int] = mapped_column(sa.ForeignKey("pod.id"))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
