"""Interviewer and candidate: a round of two in which one asks and scores, the other answers, and they swap."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import BadInput, NotAllowed, Reply
from bot.community.models import Identity, Member
from bot.community.telling import Notification, Teller
from bot.db import Database
from bot.interviews.rounds import Origin, Rounds, Wish
from bot.interviews.rounds_machine import Phase
from bot.interviews.rounds_models import Round, RoundQuestion, RoundSeat
from bot.interviews.rounds_rows import hurry, lock, view_of
from bot.interviews.rounds_timers import Timers
from bot.interviews.rounds_views import INVITED, PAIR, RoundView
from bot.work.deliveries import Deliveries

PATIENCE = timedelta(minutes=15)
"""How long an invitation stands."""


class Pairs:
    """Begins rounds of two."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        teller: Teller,
        *,
        timers: Timers,
        rounds: Rounds,
        invitation: Callable[[RoundView], Reply],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._teller = teller
        self._timers = timers
        self._rounds = rounds
        self._invitation = invitation
        self._clock = clock

    async def members(self, community: int) -> list[str]:
        """Return the names of a community's members, for completion."""
        query = sa.select(Member.name).where(Member.community_id == community, Member.merged_into.is_(None))
        return await self._database.read(lambda c: list(c.execute(query.order_by(Member.name)).scalars()))

    async def invite(self, origin: Origin, wish: Wish, partner: str) -> RoundView:
        """Open a round of two and invite the other; it begins when they accept.

        partner: a name, or a mention as the platform writes it
        Raises BadInput for somebody who can't be asked, or when the two know all fitting questions; NotAllowed when the
        host has a round under way.
        """

        def work(connection: Connection) -> RoundView:
            host = origin.host
            guest = find_member(connection, origin.community, partner)
            if host is None or guest == host:
                raise BadInput("It takes two: name somebody else, or use `/interview practice` alone.", field="partner")
            hold_members(connection, host, guest)
            self._rounds.check_host(connection, host)
            known = pair_questions(connection, host, guest)
            questions = self._rounds.choose(connection, origin.community, wish, known)
            if any(each.id in known for each in questions):
                raise BadInput(
                    "You two know too many of these questions. Choose another topic or level.", field="topic"
                )
            view, _ = self._rounds.open(connection, PAIR, origin, replace(wish, is_open=True), questions, [host])
            now = self._clock()
            seat = {"round_id": view.number, "member_id": guest, "since": INVITED, "joined_at": now}
            connection.execute(sa.insert(RoundSeat).values(seat))
            until = now + PATIENCE
            connection.execute(sa.update(Round).where(Round.id == view.number).values(closes_at=until, due_at=until))
            view = view_of(connection, view.number)
            self._rounds.show(connection, view)
            what = f"round:{view.number}:invitation"
            self._teller.plan(connection, what, guest, self._invitation(view), Notification.ROUNDS)
            return view

        await self._timers.insure(origin.community)
        view = await self._database.run(work)
        self._deliveries.kick()
        await self._timers.wake(view.number)
        return view

    async def accept(self, member: int, community: int, number: int) -> RoundView:
        """Begin the round one was invited to. Raises NotAllowed for others, and when it is too late."""
        return await self._reply(member, community, number, accepts=True)

    async def decline(self, member: int, community: int, number: int) -> RoundView:
        """Say no to an invitation: the round is called off. Raises NotAllowed for others, and when it is too late."""
        return await self._reply(member, community, number, accepts=False)

    async def _reply(self, member: int, community: int, number: int, *, accepts: bool) -> RoundView:
        def work(connection: Connection) -> RoundView:
            row = lock(connection, number, community)
            seat = view_of(connection, number).seat_of(member)
            if row.kind != PAIR or seat is None or member == row.host_id:
                raise NotAllowed("This invitation is for somebody else. `/interview pair` begins a round of your own.")
            if row.phase != Phase.GATHERING:
                raise NotAllowed("This invitation has ended. `/interview pair` begins another round.")
            now = self._clock()
            phase = Phase.GATHERING if accepts else Phase.CALLED_OFF
            values = {"closes_at": now, "phase": phase.value}
            connection.execute(sa.update(Round).where(Round.id == number).values(values))
            if accepts:
                mine = (RoundSeat.round_id == number, RoundSeat.member_id == member)
                connection.execute(sa.update(RoundSeat).where(*mine).values(since=1))
            hurry(connection, number, now)
            return view_of(connection, number)

        view = await self._database.run(work)
        await self._timers.wake(number)
        return view


def find_member(connection: Connection, community: int, typed: str) -> int:
    """Return whom somebody means: by a mention, by their whole name, or by the only name that begins so.

    Raises BadInput when it is nobody, or several.
    """
    mentioned = re.fullmatch(r"<@!?([\w.:-]+)(?:\|[^>]*)?>", typed.strip())
    if mentioned:
        query = sa.select(Identity.member_id).where(
            Identity.community_id == community, Identity.external_id == mentioned[1]
        )
        found = set(connection.execute(query).scalars())
    else:
        wanted = typed.strip().removeprefix("@").casefold()
        everybody = sa.select(Member.id, Member.name).where(
            Member.community_id == community, Member.merged_into.is_(None)
        )
        names = {row.id: row.name.casefold() for row in connection.execute(everybody)}
        found = {number for number, name in names.items() if name == wanted}
        found = found or {number for number, name in names.items() if wanted and name.startswith(wanted)}
    if len(found) == 1:
        return found.pop()
    how = "Several members are called so" if found else "I know nobody here by that name"
    raise BadInput(
        f"{how}. Mention them with @, or write the whole name; they must have used me once.", field="partner"
    )


def hold_members(connection: Connection, *members: int) -> None:
    """Have other invitations of these members wait for the unit of work: those that cross see each other."""
    query = sa.select(Member.id).where(Member.id.in_(members)).order_by(Member.id)
    connection.execute(query.with_for_update())


def pair_questions(connection: Connection, one: int, other: int) -> frozenset[str]:
    """Return the ids of the questions that two members asked each other, or will in a round of two that is open."""
    mine, theirs = (
        sa.select(RoundSeat.round_id).where(RoundSeat.member_id == member).scalar_subquery() for member in (one, other)
    )
    query = (
        sa.select(RoundQuestion.question)
        .join(Round, Round.id == RoundQuestion.round_id)
        .where(Round.kind == PAIR, Round.id.in_(mine), Round.id.in_(theirs))
        .where(sa.or_(RoundQuestion.asked_at.is_not(None), Round.due_at.is_not(None)))
    )
    return frozenset(connection.execute(query).scalars())
