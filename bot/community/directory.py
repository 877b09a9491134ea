"""Who is who: the first word that somebody says makes them a member; after that they are looked up in one read.

That read is made every time: accounts are linked, zones change and members are forgotten in one process, and must be so
in all of them at once. What is remembered is only who was seen today, which saves a write for each click.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import Caller, NotFound, Standing
from bot.chat.platform import Address
from bot.community.models import Community, Identity, Member, Workspace
from bot.db import Database, upsert

_REMEMBERED = 10_000
"""How many people are remembered as seen today: about 2 MB; somebody beyond it costs a write."""
_SEEN_EVERY = timedelta(days=1)


class Directory:
    """Makes members of those who speak, and finds the way to them."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._seen: OrderedDict[tuple[str, str, str], tuple[int, datetime]] = OrderedDict()

    async def standing(self, caller: Caller) -> Standing:
        """Return who that is. Raises NotFound when a private message comes from somebody whose community is unknown."""
        key = (caller.platform, caller.workspace, caller.user)
        now = self._clock()
        seen = self._seen.get(key)
        if seen and now - seen[1] < _SEEN_EVERY:
            known = await self._database.read(lambda c: _known(c, caller))
            if known is not None:
                self._seen.move_to_end(key)
                return known
        try:
            standing = await self._database.run(lambda c: _standing(c, caller, now))
        except sa.exc.IntegrityError:
            # Another process made a member of them at the same moment: now they are there to be found.
            standing = await self._database.run(lambda c: _standing(c, caller, now))
        self._seen[key] = (standing.member, now)
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return standing

    def forget(self, member: int) -> None:
        """Drop what is remembered of a member; needed for their privacy, not for what is true (see above)."""
        for key in [k for k, (known, _) in self._seen.items() if known == member]:
            del self._seen[key]


def community_of_member(connection: Connection, member: int) -> int:
    """Return the community of a member."""
    return connection.execute(sa.select(Member.community_id).where(Member.id == member)).scalar_one()


def community_of_workspace(connection: Connection, workspace: int) -> int:
    """Return the community of a workspace."""
    return connection.execute(sa.select(Workspace.community_id).where(Workspace.id == workspace)).scalar_one()


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


def _known(connection: Connection, caller: Caller) -> Standing | None:
    """Return who that is, without a write; None for somebody or some workspace that is not known."""
    query = (
        sa.select(
            Workspace.id,
            Workspace.community_id,
            Identity.member_id,
            Member.zone,
            Community.zone.label("community_zone"),
        )
        .join(Identity, Identity.community_id == Workspace.community_id)
        .join(Member, Member.id == Identity.member_id)
        .join(Community, Community.id == Workspace.community_id)
        .where(Identity.platform == caller.platform, Identity.external_id == caller.user)
        .order_by(Identity.seen_at.desc())
        .limit(1)
    )
    if caller.workspace:
        query = query.where(Workspace.platform == caller.platform, Workspace.external_id == caller.workspace)
    else:
        query = query.where(Workspace.id == Identity.workspace_id)
    row = connection.execute(query).one_or_none()
    return row and Standing(row.community_id, row.id, row.member_id, row.zone or row.community_zone)


def _standing(connection: Connection, caller: Caller, now: datetime) -> Standing:
    known = _known(connection, caller)
    if known is not None:
        account = (Identity.community_id == known.community, Identity.platform == caller.platform)
        seen = sa.update(Identity).where(*account, Identity.external_id == caller.user)
        connection.execute(seen.values(seen_at=now, workspace_id=known.workspace))
        return known
    workspace = _workspace(connection, caller, now)
    member = _join(connection, caller, workspace, now)
    query = sa.select(Community.zone).where(Community.id == workspace.community_id)
    return Standing(workspace.community_id, workspace.id, member, caller.zone or connection.execute(query).scalar_one())


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
    if not caller.workspace:
        # A private conversation outside any workspace (Discord): only a known account tells where somebody belongs.
        raise NotFound("I don't know your community yet. Say something to me in its server first, then here.")
    query = sa.select(Workspace.id, Workspace.community_id).where(
        Workspace.platform == caller.platform, Workspace.external_id == caller.workspace
    )
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
