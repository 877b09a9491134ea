"""The pipeline's verbs: save a lead, note that one applied, and see where things stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.applications.models import Application, ApplicationMove
from bot.community.models import Member
from bot.db import Database, upsert

SAVED, APPLIED = "saved", "applied"


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did: the stage before (empty for a new application) and after."""

    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether anything moved."""
        return self.before != self.after


class Pipeline:
    """A member's applications."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def save(self, member: int, lead: int) -> Moved:
        """Put a lead into the member's pipeline; one that is already there stays where it is."""
        return await self._database.run(lambda c: _move(c, member, lead, SAVED, self._clock(), only_new=True))

    async def apply(self, member: int, lead: int) -> Moved:
        """Note that the member applied; an application that is further along stays where it is."""
        return await self._database.run(lambda c: _move(c, member, lead, APPLIED, self._clock(), only_new=False))

    async def stages(self, member: int, leads: Sequence[int]) -> dict[int, str]:
        """Return the member's stage for those of the leads that are in their pipeline."""
        query = sa.select(Application.lead_id, Application.stage).where(
            Application.member_id == member, Application.lead_id.in_(leads)
        )
        return {row.lead_id: row.stage for row in await self._database.read(lambda c: c.execute(query).all())}

    async def latest(self, member: int, most: int) -> dict[int, str]:
        """Return the member's leads that moved last, the latest first, with their stages."""
        query = (
            sa.select(Application.lead_id, Application.stage)
            .where(Application.member_id == member)
            .order_by(Application.moved_at.desc(), Application.id.desc())
            .limit(most)
        )
        return {row.lead_id: row.stage for row in await self._database.read(lambda c: c.execute(query).all())}

    async def others(self, member: int, community: int, lead: int) -> int:
        """Return how many other members of the community have the lead in their pipeline."""
        query = (
            sa.select(sa.func.count())
            .select_from(Application)
            .join(Member, Member.id == Application.member_id)
            .where(Application.lead_id == lead, Application.member_id != member, Member.community_id == community)
        )
        return await self._database.read(lambda c: c.execute(query).scalar_one())


def _move(connection: Connection, member: int, lead: int, stage: str, now: datetime, *, only_new: bool) -> Moved:
    new = (
        upsert(connection, Application)
        .values(member_id=member, lead_id=lead, stage=stage, created_at=now, moved_at=now)
        .on_conflict_do_nothing(index_elements=["member_id", "lead_id"])
        .returning(Application.id)
    )
    application = connection.execute(new).scalar_one_or_none()
    before = ""
    if application is None:
        query = sa.select(Application.id, Application.stage).where(
            Application.member_id == member, Application.lead_id == lead
        )
        row = connection.execute(query.with_for_update()).one()
        if only_new or row.stage != SAVED:
            return Moved(row.stage, row.stage)
        application, before = row.id, row.stage
        connection.execute(
            sa.update(Application).where(Application.id == application).values(stage=stage, moved_at=now)
        )
    connection.execute(
        sa.insert(ApplicationMove).values(application_id=application, before=before, after=stage, at=now)
    )
    return Moved(before, stage)
