"""Who is to be matched on a day, and all that a matching knows of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.aways import times_away
from bot.accountability.pods_fit import REPEAT_DAYS, Met, Person, Size, offset_on
from bot.accountability.pods_models import Pod, PodMember, PodRound, PodWish
from bot.accountability.pods_rhythms import is_due
from bot.accountability.weeks import local_day
from bot.community.models import Community, Identity, Member, Profile
from bot.steps.kinds import Step
from bot.steps.ledger import standing_rows
from bot.steps.models import Evidence

EARLY = timedelta(days=3)
"""So long before their week or fortnight ends members are matched anew, should an organiser choose another day."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Everybody who is to be matched on a day, and those who sit this one out."""

    people: tuple[Person, ...]
    resting: frozenset[int]
    met: Met


@dataclass(frozen=True, slots=True)
class Account:
    """Where a member was seen on a platform."""

    user: str
    workspace: int


def who_is_ready(connection: Connection, community: int, day: date, now: datetime) -> Ready:
    """Return who is to be matched: all who want it but those who are away, or still in a pod."""
    query = (
        sa.select(PodWish.__table__, Member.zone, Community.zone.label("community_zone"), Profile.topics)
        .join(Member, Member.id == PodWish.member_id)
        .join(Community, Community.id == Member.community_id)
        .outerjoin(Profile, Profile.member_id == Member.id)
        .where(Member.community_id == community, Member.merged_into.is_(None))
        .order_by(PodWish.member_id)
    )
    wishes = connection.execute(query).all()
    accounts = accounts_of(connection, [row.member_id for row in wishes])
    gone = _away(connection, community, {row.member_id: row.zone or row.community_zone for row in wishes}, now)
    busy = _busy(connection, community, day) | gone
    due = [row for row in wishes if is_due(row.weeks, day) and row.member_id not in busy and accounts[row.member_id]]
    steps = current_steps(connection, [row.member_id for row in due])
    people = tuple(
        Person(
            row.member_id,
            tuple(accounts[row.member_id]),
            Size.POD if row.pod else Size.PAIR,
            row.weeks,
            offset_on(row.zone or row.community_zone, day),
            steps.get(row.member_id, Step.PROJECTS),
            frozenset(str(topic).casefold().strip() for topic in row.topics or ()),
        )
        for row in due
        if not row.resting
    )
    return Ready(people, frozenset(row.member_id for row in due if row.resting), _met(connection, community, day))


def accounts_of(connection: Connection, members: Collection[int]) -> Mapping[int, dict[str, Account]]:
    """Return the accounts of members by platform; first the platform where they were seen last."""
    query = (
        sa.select(Identity.member_id, Identity.platform, Identity.external_id, Identity.workspace_id)
        .where(Identity.member_id.in_(members))
        .order_by(Identity.seen_at.desc(), Identity.id)
    )
    found: defaultdict[int, dict[str, Account]] = defaultdict(dict)
    for row in connection.execute(query):
        found[row.member_id].setdefault(row.platform, Account(row.external_id, row.workspace_id))
    return found


def current_steps(connection: Connection, members: Collection[int]) -> dict[int, Step]:
    """Return the step that each is on: that of their latest evidence. Who has none is missing."""
    latest = standing_rows().with_only_columns(sa.func.max(Evidence.id))
    latest = latest.where(Evidence.member_id.in_(members), Evidence.step > 0).group_by(Evidence.member_id)
    query = sa.select(Evidence.member_id, Evidence.step).where(Evidence.id.in_(latest))
    return {row.member_id: Step(row.step) for row in connection.execute(query)}


def _away(connection: Connection, community: int, zones: Mapping[int, str], now: datetime) -> set[int]:
    aways = times_away(connection, community=community)
    return {
        member
        for member, times in aways.items()
        if member in zones and any(each.first <= local_day(now, zones[member]) <= each.last for each in times)
    }


def _busy(connection: Connection, community: int, day: date) -> set[int]:
    """Return who is in a pod that goes on for longer than `EARLY` from a day on."""
    lately = day - timedelta(weeks=2)
    query = (
        sa.select(PodMember.member_id, Pod.weeks, PodRound.day)
        .join(Pod, Pod.id == PodMember.pod_id)
        .join(PodRound, PodRound.id == Pod.round_id)
        .where(PodRound.community_id == community, PodRound.day > lately)
    )
    return {row.member_id for row in connection.execute(query) if row.day + timedelta(weeks=row.weeks) - EARLY > day}


def _met(connection: Connection, community: int, day: date) -> Met:
    """Return who was matched with whom within `REPEAT_DAYS` before a day, and how many days ago (the last time)."""
    query = (
        sa.select(PodMember.pod_id, PodMember.member_id, PodRound.day)
        .join(Pod, Pod.id == PodMember.pod_id)
        .join(PodRound, PodRound.id == Pod.round_id)
        .where(PodRound.community_id == community, PodRound.day > day - timedelta(days=REPEAT_DAYS))
    )
    pods: defaultdict[tuple[int, date], list[int]] = defaultdict(list)
    for row in connection.execute(query):
        pods[row.pod_id, row.day].append(row.member_id)
    met: dict[frozenset[int], int] = {}
    for (_, when), members in pods.items():
        for two in combinations(members, 2):
            days = (day - when).days
            met[frozenset(two)] = min(days, met.get(frozenset(two), days))
    return met
