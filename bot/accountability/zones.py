"""The zones that members with goals live in: where their weeks end, also just after they moved."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.models import ZoneStay
from bot.accountability.weeks import Week, open_weeks

Stays = list[tuple[str, datetime]]
"""The zones in which a member lived, and since when, the latest last."""
GRACE = timedelta(days=2)
"""How long a week may still end as it did where a member lived before: more than the 26 hours between any two zones."""


def note_zone(connection: Connection, member: int, zone: str, now: datetime) -> None:
    """Note that a member lives in a zone, unless it is known."""
    stays = stays_of(connection, [member])[member]
    if not stays or stays[-1][0] != zone:
        connection.execute(sa.insert(ZoneStay).values(member_id=member, zone=zone, since=now))


def zone_now(connection: Connection, member: int) -> str | None:
    """Return the zone in which a member with goals lives; None for somebody who never set one."""
    stays = stays_of(connection, [member])[member]
    return stays[-1][0] if stays else None


def weeks_open(connection: Connection, member: int, zone: str, now: datetime) -> list[Week]:
    """Return the weeks that are not over for a member: one, or two just after a move across a Sunday night.

    zone: where they live now, for a member who set no goals yet
    """
    return open_to(stays_of(connection, [member])[member], zone, now)


def open_to(stays: Stays, zone: str, now: datetime) -> list[Week]:
    """Return the same for somebody whose stays are known."""
    left = [before[0] for before, after in pairwise(stays) if after[1] > now - GRACE]
    if stays and stays[-1][0] != zone:
        left.append(stays[-1][0])
    return open_weeks(now, {zone, *left})


def stays_of(connection: Connection, members: Collection[int] | None = None) -> defaultdict[int, Stays]:
    """Return in which zones members lived since when, the latest last; of all members when none are named."""
    query = sa.select(ZoneStay).order_by(ZoneStay.since, ZoneStay.id)
    if members is not None:
        query = query.where(ZoneStay.member_id.in_(members))
    found: defaultdict[int, Stays] = defaultdict(list)
    for row in connection.execute(query):
        found[row.member_id].append((row.zone, row.since))
    return found
