"""What a lead's buttons do with the pipeline: save it, note that one applied, and say where things stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.applications import moves
from bot.applications.models import Application
from bot.applications.stages import Stage
from bot.community.models import Member
from bot.db import Database, upsert
from bot.leads.models import OPEN, Lead, Sighting

SAVED, APPLIED = Stage.SAVED.value, Stage.APPLIED.value


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did: the stage before (empty for a new application) and after; the application and the event."""

    before: str
    after: str
    application: int
    event: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything moved."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Past:
    """That a member applied before: when, and for what; `same` for the very lead, else another of its company."""

    at: datetime
    role: str
    same: bool


class Pipeline:
    """A member's leads."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def save(self, member: int, lead: int) -> Moved:
        """Put a lead into the member's pipeline; one that is already there stays where it is."""
        return await self._database.run(lambda c: _move(c, member, lead, SAVED, self._clock()))

    async def apply(self, member: int, lead: int) -> Moved:
        """Note that the member applied; an application that is further along stays where it is."""
        return await self._database.run(lambda c: _move(c, member, lead, APPLIED, self._clock()))

    async def history(self, member: int, leads: Sequence[int]) -> tuple[dict[int, str], dict[int, Past]]:
        """Return the member's stage for those of the leads in their pipeline, and for which they applied before.

        Applied before is here, or at the lead's company.
        """
        if not leads:
            return {}, {}
        query = sa.select(Application.lead_id, Application.stage).where(
            Application.member_id == member, Application.lead_id.in_(leads), Application.stage != ""
        )
        return await self._database.read(lambda c: (_stages(c, query), _past(c, member, leads)))

    async def latest(self, member: int, most: int) -> dict[int, str]:
        """Return the member's leads that moved last, the latest first, with their stages."""
        query = (
            sa.select(Application.lead_id, Application.stage)
            .where(Application.member_id == member, Application.lead_id.is_not(None), Application.stage != "")
            .order_by(Application.moved_at.desc(), Application.id.desc())
            .limit(most)
        )
        return await self._database.read(lambda c: _stages(c, query))

    async def others(self, member: int, community: int, lead: int) -> int:
        """Return how many other members of the community have the lead in their pipeline."""
        query = (
            sa.select(sa.func.count())
            .select_from(Application)
            .join(Member, Member.id == Application.member_id)
            .where(Application.lead_id == lead, Application.member_id != member, Application.stage != "")
            .where(Member.community_id == community)
        )
        return await self._database.read(lambda c: c.execute(query).scalar_one())


def enter(connection: Connection, member: int, lead: int, now: datetime) -> tuple[int, str]:
    """Return the member's application for a lead and its stage, made without one ("") when there is none.

    One that they put in by hand under an address of the lead is attached to it: never the same opening twice.
    """
    mine = sa.select(Application.id, Application.stage).where(Application.member_id == member)
    found = connection.execute(mine.where(Application.lead_id == lead).with_for_update()).one_or_none()
    if found is None:
        addresses = sa.union(
            sa.select(Lead.canonical).where(Lead.id == lead),
            sa.select(Sighting.canonical).where(Sighting.lead_id == lead),
        )
        by_hand = mine.where(Application.lead_id.is_(None), Application.key.in_(addresses)).order_by(Application.id)
        found = connection.execute(by_hand.limit(1).with_for_update()).one_or_none()
        if found is not None:
            connection.execute(sa.update(Application).where(Application.id == found.id).values(lead_id=lead))
    if found is not None:
        return found.id, found.stage
    state = connection.execute(sa.select(Lead.state).where(Lead.id == lead)).scalar_one()
    values = {"member_id": member, "lead_id": lead, "stage": "", "created_at": now, "moved_at": now}
    new = upsert(connection, Application).values(**values, closed_told=state != OPEN)
    new = new.on_conflict_do_nothing(index_elements=["member_id", "lead_id"])
    number = connection.execute(new.returning(Application.id)).scalar_one_or_none()
    # None: a click came twice, and the other one was first.
    return (number, "") if number is not None else enter(connection, member, lead, now)


def _move(connection: Connection, member: int, lead: int, stage: str, now: datetime) -> Moved:
    application, before = enter(connection, member, lead, now)
    if before and (stage == SAVED or before != SAVED):
        return Moved(before, before, application)
    event = moves.append(connection, application, stage, now, before=before)
    return Moved(before, stage, application, event)


def _stages(connection: Connection, query: sa.Select[int | None, str]) -> dict[int, str]:
    return {row.lead_id: row.stage for row in connection.execute(query) if row.lead_id is not None}


def _past(connection: Connection, member: int, leads: Sequence[int]) -> dict[int, Past]:
    here = sa.select(Lead.id, Lead.company_key).where(Lead.id.in_(leads))
    companies = {row.id: row.company_key for row in connection.execute(here)}
    key = sa.func.coalesce(Lead.company_key, Application.company_key)
    role = sa.func.coalesce(Lead.title, Application.title)
    query = (
        sa.select(Application.lead_id, Application.applied_at, key.label("company_key"), role.label("role"))
        .outerjoin(Lead, Lead.id == Application.lead_id)
        .where(Application.member_id == member, Application.applied_at.is_not(None), Application.stage != "")
        .where(sa.or_(Application.lead_id.in_(leads), key.in_(set(companies.values()) - {""})))
        .order_by(Application.applied_at)
    )
    rows = connection.execute(query).all()
    found: dict[int, Past] = {}
    for lead, company in companies.items():
        for row in rows:
            same = row.lead_id == lead
            if same or (company and row.company_key == company and not (lead in found and found[lead].same)):
                found[lead] = Past(row.applied_at, row.role, same)
    return found
