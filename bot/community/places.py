"""Which place serves what, and what happens when a place can't be reached."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat.platform import Address
from bot.community.models import ChannelRole, Community, Member, Workspace
from bot.db import Database, upsert

Trouble = Literal["gone", "forbidden"]


@dataclass(frozen=True, slots=True)
class RolePlace:
    """A place and what it serves."""

    workspace: int
    role: str
    address: Address
    trouble: str
    set_by: int | None


def set_role(connection: Connection, workspace: int, role: str, place: str, member: int, zone: str = "") -> None:
    """Make a place serve a role; an earlier trouble is forgotten, since an organiser just chose it.

    zone: the clock by which the place is served (IANA name), "" where none was chosen; the community goes by what its
    organisers chose last, and with it the members whose own zone is not known
    """
    values = {"place": place, "set_by": member, "trouble": "", "trouble_at": None}
    statement = upsert(connection, ChannelRole).values(workspace_id=workspace, role=role, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["workspace_id", "role"], set_=values))
    if not zone:
        return
    community = sa.select(Workspace.community_id).where(Workspace.id == workspace).scalar_subquery()
    connection.execute(sa.update(Community).where(Community.id == community).values(zone=zone))


def role_places(connection: Connection, role: str, workspace: int | None = None) -> list[RolePlace]:
    """Return the places that serve a role, in one workspace or in all."""
    query = (
        sa.select(ChannelRole, Workspace.platform, Workspace.external_id)
        .join(Workspace, Workspace.id == ChannelRole.workspace_id)
        .where(ChannelRole.role == role)
        .order_by(ChannelRole.workspace_id)
    )
    if workspace is not None:
        query = query.where(ChannelRole.workspace_id == workspace)
    return [
        RolePlace(r.workspace_id, r.role, Address(r.platform, r.external_id, r.place), r.trouble, r.set_by)
        for r in connection.execute(query)
    ]


class Places:
    """Notes which places can't be reached."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def note_trouble(self, address: Address, kind: Trouble) -> list[tuple[int, int, str]]:
        """Mark a place; returns (member, community, role) of the organisers to tell, who were not told of it before."""

        def work(connection: Connection) -> list[tuple[int, int, str]]:
            marked = _mark(connection, address, kind, self._clock())
            query = sa.select(Member.id, Member.community_id).where(Member.id.in_([m for _, m in marked]))
            known = {row.id: row.community_id for row in connection.execute(query)}
            return [(member, known[member], role) for role, member in marked if member is not None]

        return await self._database.run(work)

    async def clear_trouble(self, address: Address) -> None:
        """Note that a place was reached again."""
        statement = sa.update(ChannelRole).where(*_at(address), ChannelRole.trouble != "")
        await self._database.run(lambda c: c.execute(statement.values(trouble="", trouble_at=None)))


def _mark(connection: Connection, address: Address, kind: str, now: datetime) -> list[tuple[str, int | None]]:
    statement = (
        sa.update(ChannelRole)
        .where(*_at(address), ChannelRole.trouble == "")
        .values(trouble=kind, trouble_at=now)
        .returning(ChannelRole.role, ChannelRole.set_by)
    )
    return [(row.role, row.set_by) for row in connection.execute(statement)]


def _at(address: Address) -> tuple[sa.ColumnElement[bool], ...]:
    workspace = sa.select(Workspace.id).where(
        Workspace.platform == address.platform, Workspace.external_id == address.workspace
    )
    return ChannelRole.place == address.place, ChannelRole.workspace_id.in_(workspace)
