"""Who is who: the first word that somebody says makes them a member; after that they are looked up in one read."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import Caller, NotFound, Standing
from bot.chat.platform import Address
from bot.community.models import Community, Identity, Member, Workspace
from bot.db import Database, upsert

_KNOWN = 10_000
"""How many people are remembered between clicks: about 2 MB, a bound and not a cache of all members."""
_SEEN_EVERY = timedelta(days=1)


class Directory:
    """Makes members of those who speak, and finds the way to them."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._known: OrderedDict[tuple[str, str, str], tuple[Standing, datetime]] = OrderedDict()

    async def standing(self, caller: Caller) -> Standing:
        """Return who that is. Raises NotFound when a private message comes from somebody whose community is unknown."""
        key = (caller.platform, caller.workspace, caller.user)
        now = self._clock()
        known = self._known.get(key)
        if known and now - known[1] < _SEEN_EVERY:
            self._known.move_to_end(key)
            return known[0]
        try:
            standing = await self._database.run(lambda c: _standing(c, caller, now))
        except sa.exc.IntegrityError:
            # Another process made a member of them at the same moment: now they are there to be found.
            standing = await self._database.run(lambda c: _standing(c, caller, now))
        self._known[key] = (standing, now)
        if len(self._known) > _KNOWN:
            self._known.popitem(last=False)
        return standing

    def forget(self, member: int) -> None:
        """Drop what is remembered of a member, after their zone or community changed."""
        for key in [k for k, (standing, _) in self._known.items() if standing.member == member]:
            del self._known[key]

    async def address(self, member: int) -> Address | None:
        """Return where a member takes private messages: the account that was seen last. None when there is none."""
        return await self._database.read(lambda c: direct_address(c, member))


def direct_address(connection: Connection, member: int) -> Address | None:
    """Return where a member takes private messages: the account that was seen last. None when there is none."""
    query = (
        sa.select(Identity.platform, Workspace.external_id, Identity.external_id.label("user"))
        .join(Workspace, Workspace.id == Identity.workspace_id)
        .where(Identity.member_id == member)
        .order_by(Identity.seen_at.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return Address(row.platform, row.external_id, row.user, direct=True) if row else None


def _standing(connection: Connection, caller: Caller, now: datetime) -> Standing:
    workspace = _workspace(connection, caller, now)
    query = (
        sa.select(Member.id, Member.zone, Community.zone.label("community_zone"), Identity.id.label("identity"))
        .join(Identity, Identity.member_id == Member.id)
        .join(Community, Community.id == Member.community_id)
        .where(
            Identity.community_id == workspace.community_id,
            Identity.platform == caller.platform,
            Identity.external_id == caller.user,
        )
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        member = _join(connection, caller, workspace, now)
        community_zone = connection.execute(
            sa.select(Community.zone).where(Community.id == workspace.community_id)
        ).scalar_one()
        return Standing(workspace.community_id, workspace.id, member, caller.zone or community_zone)
    connection.execute(
        sa.update(Identity).where(Identity.id == row.identity).values(seen_at=now, workspace_id=workspace.id)
    )
    return Standing(workspace.community_id, workspace.id, row.id, row.zone or row.community_zone)


def _join(connection: Connection, caller: Caller, workspace: sa.Row[int, int], now: datetime) -> int:
    member = connection.execute(
        sa.insert(Member)
        .values(community_id=workspace.community_id, name=caller.user_name, zone=caller.zone, hour=9, created_at=now)
        .returning(Member.id)
    ).scalar_one()
    connection.execute(
        sa.insert(Identity).values(
            member_id=member,
            community_id=workspace.community_id,
            workspace_id=workspace.id,
            platform=caller.platform,
            external_id=caller.user,
            seen_at=now,
        )
    )
    return member


def _workspace(connection: Connection, caller: Caller, now: datetime) -> sa.Row[int, int]:
    found = sa.select(Workspace.id, Workspace.community_id)
    if not caller.workspace:
        # A private conversation outside any workspace (Discord): the person's own account tells where they belong.
        query = (
            found.join(Identity, Identity.workspace_id == Workspace.id)
            .where(Identity.platform == caller.platform, Identity.external_id == caller.user)
            .order_by(Identity.seen_at.desc())
            .limit(1)
        )
        row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("I don't know your community yet. Say something to me in its server first, then here.")
        return row
    query = found.where(Workspace.platform == caller.platform, Workspace.external_id == caller.workspace)
    row = connection.execute(query).one_or_none()
    return row or _open_workspace(connection, caller, now)


def _open_workspace(connection: Connection, caller: Caller, now: datetime) -> sa.Row[int, int]:
    name = caller.workspace_name or caller.workspace
    community = connection.execute(
        sa.insert(Community).values(name=name, zone="UTC", created_at=now).returning(Community.id)
    ).scalar_one()
    statement = upsert(connection, Workspace).values(
        community_id=community, platform=caller.platform, external_id=caller.workspace, name=name, created_at=now
    )
    # Two first words at once, in two processes: the second finds the first's workspace, its own community stays empty.
    statement = statement.on_conflict_do_update(index_elements=["platform", "external_id"], set_={"name": name})
    return connection.execute(statement.returning(Workspace.id, Workspace.community_id)).one()
