"""To link two accounts into one member: a code from the first, entered and confirmed at the second."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import BadInput, NotAllowed, NotFound, Reply, Unavailable
from bot.community.directory import community_of_member, direct_address
from bot.community.models import Member
from bot.db import Database
from bot.me import codes
from bot.me.codes import Entered, Purpose
from bot.me.exporting import accounts
from bot.me.graph import Merge, owned
from bot.me.merging import bring_stragglers, merge
from bot.me.moving import Moving
from bot.work.deliveries import Deliveries

ENDED = "That code has run out or was used. Make a new one and enter it within ten minutes."
_COUNTED = {
    "evidence": ("piece of evidence", "pieces of evidence"),
    "application": ("application", "applications"),
    "follow": ("followed search", "followed searches"),
    "goal": ("goal", "goals"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two members who may be one: as a card shows them. `holds` counts what they have, in words."""

    name: str
    platforms: tuple[str, ...]
    since: datetime
    holds: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What would be joined under the number of a code: the one who stays, and the one who enters the code."""

    number: int
    first: Side
    second: Side


class Linking:
    """Links accounts. `notice` words what the first account is told; `settle` is what rooms do before a merge."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        moving: Moving,
        notice: Callable[[Side], Reply],
        settle: Sequence[Merge],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._moving = moving
        self._notice = notice
        self._settle = settle
        self._clock = clock

    async def begin(self, member: int, workspace: int) -> str:
        """Make a code for a member's other account; an earlier one ends."""
        return await self._database.run(lambda c: codes.new_code(c, Purpose.MEMBER, member, workspace, self._clock()))

    async def enter(self, member: int, community: int, typed: str) -> Offer:
        """Enter a code at the other account; returns what would be joined.

        Raises BadInput, NotAllowed for one of another community, and Unavailable after too many wrong ones.
        """

        def work(connection: Connection) -> Offer | None:
            entered = entered_code(connection, Purpose.MEMBER, typed, member, self._clock())
            if entered is None:
                return None
            if entered.maker == member:
                raise BadInput("This account made that code. Enter it on your other account.", field="code")
            if community_of_member(connection, entered.maker) != community:
                raise NotAllowed(
                    "That account is in another community. First an organiser of both joins the two with "
                    "`/community code` there and `/community join` here; then accounts can be linked."
                )
            return Offer(entered.id, _side(connection, entered.maker), _side(connection, member))

        offer = await self._database.run(work)
        if offer is None:
            # Said after the unit of work, which has kept that a wrong code was entered.
            raise BadInput(
                "There is no such code (any more). Make a new one with `/me link` and enter it here.", field="code"
            )
        return offer

    async def join(self, member: int, number: int) -> Side:
        """Join a member with who made the code, who stays; returns them. Raises NotFound when the code has ended."""

        def work(connection: Connection) -> tuple[int, str]:
            now = self._clock()
            entered = codes.use(connection, Purpose.MEMBER, number, member, now)
            keep = entered.maker if entered else member
            query = sa.select(Member).where(Member.id.in_((keep, member))).order_by(Member.id).with_for_update()
            rows = connection.execute(query).all()
            communities = {row.community_id for row in rows}
            if entered is None or len(communities) != 1 or any(row.merged_into is not None for row in rows):
                raise NotFound(ENDED)
            address = direct_address(connection, keep)
            second = _side(connection, member)
            merge(connection, keep, member, self._settle, now)
            if address is not None:
                reply, what = self._notice(second), f"me.linked:{number}"
                self._deliveries.plan(connection, what, [address], reply, community=communities.pop())
            zone = connection.execute(sa.select(Member.zone).where(Member.id == keep)).scalar_one()
            return keep, zone

        keep, zone = await self._database.run(work)
        self._deliveries.kick()
        self._moving.directory.forget(member)
        if zone:
            await self._moving.follow(keep, zone)
        return await self._database.read(lambda c: _side(c, keep))

    async def stay_apart(self, member: int, number: int) -> None:
        """End a code that a member entered and does not want to go on with."""
        await self._database.run(lambda c: codes.drop(c, number, member))

    async def bring_stragglers(self) -> int:
        """Bring along what was under way when members were merged within the last days; returns of how many."""
        since = self._clock() - codes.STRAGGLE
        return await self._database.run(lambda c: bring_stragglers(c, since, self._settle))


def entered_code(connection: Connection, purpose: Purpose, typed: str, member: int, now: datetime) -> Entered | None:
    """Take a code, with words for a person who tried too often. Raises Unavailable."""
    try:
        return codes.enter(connection, purpose, typed, member, now)
    except codes.TooManyTries:
        raise Unavailable("Too many wrong codes. Try again in an hour, with a new one.") from None


def _side(connection: Connection, member: int) -> Side:
    row = connection.execute(sa.select(Member.name, Member.created_at).where(Member.id == member)).one()
    mine = {table.name: (table, where) for table, where in owned(member).items()}
    counts = []
    for name, words in _COUNTED.items():
        table, where = mine[name]
        count = connection.execute(sa.select(sa.func.count()).select_from(table).where(where)).scalar_one()
        counts += [f"{count} {words[count != 1]}"] if count else []
    platforms = tuple(dict.fromkeys(platform for platform, _ in accounts(connection, member)))
    return Side(row.name, platforms, row.created_at, ", ".join(counts) or "nothing yet")
