"""One-time codes: shown once to who made them, kept as digests, good for ten minutes and for one other person."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.community.models import Member
from bot.me.models import LinkCode, LinkTry

LASTS = timedelta(minutes=10)
TRIES = 5
"""Wrong codes a member may enter in an hour: with 50 bits, a hit by guessing takes longer than the universe is old."""
_PER = timedelta(hours=1)
STRAGGLE = timedelta(days=2)
"""For how long work that was under way when two members were merged may still write to the one who went."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a code read from another screen is typed right."""
_LENGTH = 10
_HALF = _LENGTH // 2
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})


class Purpose(StrEnum):
    """What a code joins."""

    MEMBER = "member"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class Entered:
    """A code that somebody entered: its number, who made it and in which workspace."""

    id: int
    maker: int
    workspace: int


class TooManyTries(Exception):
    """A member entered too many wrong codes within an hour."""


def new_code(connection: Connection, purpose: Purpose, member: int, workspace: int, now: datetime) -> str:
    """Make a code, which ends the member's earlier ones of that purpose; returns it as it is shown: `7XK2M-9QRTV`."""
    ended = LinkCode.expires_at <= now - _PER
    mine = sa.and_(LinkCode.member_id == member, LinkCode.purpose == purpose.value)
    connection.execute(sa.delete(LinkCode).where(sa.or_(ended, mine)))
    connection.execute(sa.delete(LinkTry).where(LinkTry.at <= now - _PER))
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    values = {
        "digest": _digest(purpose, code),
        "purpose": purpose.value,
        "member_id": member,
        "workspace_id": workspace,
        "expires_at": now + LASTS,
    }
    connection.execute(sa.insert(LinkCode).values(values))
    return f"{code[:_HALF]}-{code[_HALF:]}"


def enter(connection: Connection, purpose: Purpose, typed: str, member: int, now: datetime) -> Entered | None:
    """Take a code for a member, from then on for nobody else; None, and one try less, when there is no such code.

    Every code that is good is compared, each in constant time, so that no answer comes sooner for a better guess.
    The maker's own code stays free. Raises TooManyTries.
    """
    # A member's tries stand in line, so that many at once are counted as well.
    connection.execute(sa.select(Member.id).where(Member.id == member).with_for_update())
    recent = sa.select(sa.func.count()).where(LinkTry.member_id == member, LinkTry.at > now - _PER)
    if connection.execute(recent).scalar_one() >= TRIES:
        raise TooManyTries
    digest = _digest(purpose, typed.upper().translate(_READ_AS))
    query = sa.select(LinkCode.__table__).where(*_good(purpose, now))
    found = [row for row in connection.execute(query).all() if hmac.compare_digest(row.digest, digest)]
    for row in found:
        if row.member_id == member:
            return Entered(row.id, row.member_id, row.workspace_id)
        free = sa.or_(LinkCode.entered_by.is_(None), LinkCode.entered_by == member)
        taken = sa.update(LinkCode).where(LinkCode.id == row.id, free).values(entered_by=member)
        if connection.execute(taken).rowcount == 1:
            return Entered(row.id, row.member_id, row.workspace_id)
    connection.execute(sa.insert(LinkTry).values(member_id=member, at=now))
    return None


def use(connection: Connection, purpose: Purpose, number: int, member: int, now: datetime) -> Entered | None:
    """Use a code up that the member had entered; None when it was used, has run out, or was entered by another."""
    mine = (LinkCode.id == number, LinkCode.entered_by == member, *_good(purpose, now))
    statement = sa.update(LinkCode).where(*mine).values(used_at=now)
    row = connection.execute(statement.returning(LinkCode.id, LinkCode.member_id, LinkCode.workspace_id)).one_or_none()
    return Entered(row.id, row.member_id, row.workspace_id) if row else None


def drop(connection: Connection, number: int, member: int) -> None:
    """End a code that the member had entered."""
    connection.execute(sa.delete(LinkCode).where(LinkCode.id == number, LinkCode.entered_by == member))


def _good(purpose: Purpose, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return LinkCode.purpose == purpose.value, LinkCode.expires_at > now, LinkCode.used_at.is_(None)


def _digest(purpose: Purpose, code: str) -> str:
    return hashlib.sha256(f"rung-link:{purpose.value}:{code}".encode()).hexdigest()
