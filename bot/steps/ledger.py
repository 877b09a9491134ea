"""The ledger: to write evidence down, to take it back, and to read what stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import aliased

from bot.community.models import Member
from bot.db import upsert
from bot.steps.kinds import Kind, Step
from bot.steps.models import Evidence


@dataclass(frozen=True, slots=True)
class Entry:
    """What a member did, as it is written down."""

    step: Step
    kind: Kind
    subject: str
    url: str = ""
    note: str = ""
    verified_at: datetime | None = None
    key: str | None = None
    """Written once for a key, however often it is tried."""
    lacking: str = ""
    """What a look at the link found lacking."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry that stands: it is in the ledger and was not taken back."""

    id: int
    member: int
    step: Step
    kind: Kind
    subject: str
    url: str
    note: str
    at: datetime
    verified_at: datetime | None
    lacking: str = ""
    """What a look at the link found lacking; empty when nothing is known to lack."""


def write(connection: Connection, member: int, entry: Entry, at: datetime) -> int | None:
    """Write evidence down in the caller's unit of work; returns its number, None when its key was written before."""
    community = sa.select(Member.community_id).where(Member.id == member).scalar_subquery()
    statement = upsert(connection, Evidence).values(
        community_id=community,
        member_id=member,
        step=int(entry.step),
        kind=entry.kind.value,
        subject=entry.subject,
        url=entry.url,
        at=at,
        verified_at=entry.verified_at,
        note=entry.note,
        key=entry.key,
        lacking=entry.lacking,
    )
    statement = statement.on_conflict_do_nothing(index_elements=["key"])
    return connection.execute(statement.returning(Evidence.id)).scalar_one_or_none()


def retract(connection: Connection, member: int, number: int, at: datetime, note: str = "") -> bool:
    """Take evidence of a member back by a new row; returns False when it is not theirs or was taken back before."""
    row = connection.execute(standing_rows().where(Evidence.member_id == member, Evidence.id == number)).one_or_none()
    if row is None:
        return False
    statement = upsert(connection, Evidence).values(
        community_id=row.community_id,
        member_id=member,
        step=row.step,
        kind=row.kind,
        subject=row.subject,
        at=at,
        note=note,
        key=f"retract:{number}",
        retracts=number,
    )
    statement = statement.on_conflict_do_nothing(index_elements=["key"])
    return connection.execute(statement.returning(Evidence.id)).scalar_one_or_none() is not None


@cache  # a statement never changes, and to build this one takes ten times as long as what is added to it
def standing_rows() -> sa.Select[Evidence]:
    """Return the query of all rows that stand, without an order; add conditions on `Evidence` to it."""
    later = aliased(Evidence)
    taken_back = sa.exists().where(later.retracts == Evidence.id)
    return sa.select(Evidence.__table__).where(Evidence.retracts.is_(None), ~taken_back)


def standing_of(connection: Connection, member: int, kinds: Iterable[Kind] = ()) -> list[Standing]:
    """Return what stands of a member, the oldest first; only of some kinds when they are given."""
    query = standing_rows().where(Evidence.member_id == member).order_by(Evidence.at, Evidence.id)
    if wanted := [kind.value for kind in kinds]:
        query = query.where(Evidence.kind.in_(wanted))
    return [_standing(row) for row in connection.execute(query)]


def find(connection: Connection, number: int) -> Standing | None:
    """Return an entry that stands and has a member; None when it was taken back, or its member is forgotten."""
    row = connection.execute(standing_rows().where(Evidence.id == number, Evidence.member_id.is_not(None))).first()
    return None if row is None else _standing(row)


def _standing(row: sa.Row[Evidence]) -> Standing:
    return Standing(
        row.id,
        row.member_id or 0,
        Step(row.step),
        Kind(row.kind),
        row.subject,
        row.url,
        row.note,
        row.at,
        row.verified_at,
        row.lacking,
    )
