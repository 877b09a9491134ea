"""To join two communities into one, so that people who are in both can be one member."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import aliased

from bot.chat import BadInput, NotFound, Reply
from bot.community.directory import community_of_workspace, direct_address
from bot.community.models import Community, Identity, Member, Workspace
from bot.db import Base, Database
from bot.me import codes
from bot.me.codes import Purpose
from bot.me.graph import Merge
from bot.me.linking import ENDED, entered_code
from bot.me.merging import merge
from bot.work.deliveries import Deliveries
from bot.work.models import Delivery

_COMMUNITY: sa.Table = Base.metadata.tables[Community.__tablename__]


@dataclass(frozen=True, slots=True)
class Group:
    """A community as a card shows it: the names of its workspaces, and how many members it has."""

    workspaces: tuple[str, ...]
    members: int


@dataclass(frozen=True, slots=True)
class Union:
    """What would be joined under the number of a code: the community that stays, and the one that comes to it."""

    number: int
    first: Group
    second: Group


class Communities:
    """Joins communities, by a code from an organiser of one and the word of an organiser of the other."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        notice: Callable[[Group], Reply],
        settle: Sequence[Merge],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._notice = notice
        self._settle = settle
        self._clock = clock

    async def begin(self, member: int, workspace: int) -> str:
        """Make a code for an organiser of another workspace; an earlier one of the same organiser ends."""
        return await self._database.run(
            lambda c: codes.new_code(c, Purpose.COMMUNITY, member, workspace, self._clock())
        )

    async def enter(self, member: int, community: int, typed: str) -> Union:
        """Enter a code in the other community; returns what would be joined. Raises BadInput and Unavailable."""

        def work(connection: Connection) -> Union | None:
            entered = entered_code(connection, Purpose.COMMUNITY, typed, member, self._clock())
            if entered is None:
                return None
            other = community_of_workspace(connection, entered.workspace)
            if other == community:
                raise BadInput("Both workspaces are in one community already.", field="code")
            return Union(entered.id, _group(connection, other), _group(connection, community))

        union = await self._database.run(work)
        if union is None:
            words = "There is no such code (any more). Make a new one with `/community code` in the other workspace."
            raise BadInput(words, field="code")
        return union

    async def join(self, member: int, community: int, number: int) -> Group:
        """Join a community to that of the code; returns what it is now. Raises NotFound when the code has ended."""

        def work(connection: Connection) -> Group:
            now = self._clock()
            entered = codes.use(connection, Purpose.COMMUNITY, number, member, now)
            keep = community_of_workspace(connection, entered.workspace) if entered else community
            if entered is None or keep == community:
                raise NotFound(ENDED)
            second, address = _group(connection, community), direct_address(connection, entered.maker)
            unite(connection, keep, community, self._settle, now)
            if address is not None:
                what = f"community.joined:{number}"
                self._deliveries.plan(connection, what, [address], self._notice(second), community=keep)
            return _group(connection, keep)

        joined = await self._database.run(work)
        self._deliveries.kick()
        return joined

    async def stay_apart(self, member: int, number: int) -> None:
        """End a code that an organiser entered and does not want to go on with."""
        await self._database.run(lambda c: codes.drop(c, number, member))


def unite(connection: Connection, keep: int, gone: int, settle: Sequence[Merge], now: datetime) -> None:
    """Bring everything of the community `gone` to `keep`, in the caller's unit of work.

    An account that is in both belongs to one person: its two members are merged. What both communities hold under the
    same key (a hidden lead, an answered link) stays once. Raises IntegrityError for a table that can't be joined so.
    """
    query = sa.select(Community.id).where(Community.id.in_((keep, gone))).order_by(Community.id).with_for_update()
    connection.execute(query)
    _merge_accounts(connection, keep, gone, settle, now)
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column is _COMMUNITY.c.id for key in column.foreign_keys):
                _drop_twins(connection, table, column, keep, gone)
                connection.execute(sa.update(table).where(column == gone).values({column.name: keep}))
    connection.execute(sa.update(Delivery).where(Delivery.community == gone).values(community=keep))
    connection.execute(sa.delete(Community).where(Community.id == gone))


def _merge_accounts(connection: Connection, keep: int, gone: int, settle: Sequence[Merge], now: datetime) -> None:
    mine, theirs = aliased(Identity), aliased(Identity)
    query = (
        sa.select(theirs.id, mine.platform, mine.external_id)
        .join(mine, sa.and_(mine.platform == theirs.platform, mine.external_id == theirs.external_id))
        .where(mine.community_id == keep, theirs.community_id == gone)
        .order_by(theirs.id)
    )
    for row in connection.execute(query).all():
        # Read anew each time: a merge before may have made one of the two the same person already.
        account = (Identity.platform == row.platform, Identity.external_id == row.external_id)
        members = sa.select(Identity.community_id, Identity.member_id).where(*account)
        owner = {each.community_id: each.member_id for each in connection.execute(members)}
        if owner[keep] != owner[gone]:
            merge(connection, owner[keep], owner[gone], settle, now)
        connection.execute(sa.delete(Identity).where(Identity.id == row.id))


def _drop_twins(connection: Connection, table: sa.Table, column: sa.Column[Any], keep: int, gone: int) -> None:
    """Drop rows of `gone` that `keep` has as well, by every key of the table in which the community stands."""
    keys = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint | sa.PrimaryKeyConstraint)]
    for key in keys:
        if column.name not in key.columns:
            continue
        twin = table.alias()
        same = [twin.c[c.name] == c for c in key.columns if c is not column]
        exists = sa.exists().where(twin.c[column.name] == keep, *same)
        connection.execute(sa.delete(table).where(column == gone, exists))


def _group(connection: Connection, community: int) -> Group:
    names = sa.select(Workspace.name).where(Workspace.community_id == community).order_by(Workspace.id)
    people = sa.select(sa.func.count()).where(Member.community_id == community, Member.merged_into.is_(None))
    return Group(tuple(connection.execute(names).scalars()), connection.execute(people).scalar_one())
