"""Did you meet? Asked at the end of a pod's time, a week later once more, and written down for each when they did."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.pods_models import Pod, PodMember, PodRound
from bot.accountability.pods_rhythms import WEEK, PodTimes, times_of
from bot.accountability.pods_rounds import opening
from bot.accountability.pods_views import PodView, PodWords, views
from bot.chat import NotFound
from bot.chat.platform import Address
from bot.community.telling import Notification, Teller
from bot.db import Database
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Entry, write
from bot.work.deliveries import Deliveries
from bot.work.models import Delivery

AT_ONCE = 200
"""Pods that are asked in one unit of work."""
MOST = 2
"""Questions to a pod."""
_ALONE = 2
"""Fewer than so many, and there is nobody to have met."""


class Outcome(StrEnum):
    """What became of a pod; OPEN while nobody said."""

    OPEN = ""
    MET = "met"
    NOT = "not"


class PodQuestions:
    """Asks, and takes the answers."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        teller: Teller,
        words: PodWords,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._teller = teller
        self._words = words
        self._clock = clock

    async def next_due(self) -> datetime | None:
        """Return when the next pod is asked."""
        return await self._database.read(lambda c: c.execute(sa.select(sa.func.min(Pod.ask_at))).scalar())

    async def ask_due(self) -> int:
        """Ask the pods whose time is over; returns how many. Safe to do twice, and in several processes."""
        asked = 0
        while some := await self._database.run(self._ask_some):
            asked += some
            self._deliveries.kick()
        return asked

    def _ask_some(self, connection: Connection) -> int:
        query = (
            sa.select(Pod.id, Pod.asked, Pod.outcome, PodRound.community_id)
            .join(PodRound, PodRound.id == Pod.round_id)
            .where(Pod.ask_at <= self._clock())
            .order_by(Pod.ask_at, Pod.id)
            .limit(AT_ONCE)
            .with_for_update(of=Pod, skip_locked=True)
        )
        rows = connection.execute(query).all()
        for row, pod in zip(rows, views(connection, [row.id for row in rows]), strict=True):
            values: dict[str, Any] = {"ask_at": None}
            if len(pod.partners) >= _ALONE and not row.outcome:
                values["asked"] = row.asked + 1
                self._ask(connection, pod, row.community_id, row.asked + 1)
            connection.execute(sa.update(Pod).where(Pod.id == row.id).values(values))
        return len(rows)

    def _ask(self, connection: Connection, pod: PodView, community: int, number: int) -> None:
        reply, what = self._words.ask(pod, number), question(pod.id, number)
        thread = thread_place(connection, pod.id)
        if thread is not None:
            under = opening(pod.id)
            self._deliveries.plan(connection, what, [thread], reply, community=community, under=under)
            return
        for partner in pod.partners:
            self._teller.plan(connection, what, partner.member, reply, Notification.PODS)

    async def met(self, member: int, pod: int) -> PodView:
        """Note for all of a pod that they met, in the ledger, once. Raises NotFound for who is not in it."""

        def work(connection: Connection) -> PodView:
            view = _mine(connection, member, pod)
            if view.outcome == Outcome.MET:
                return view
            connection.execute(sa.update(Pod).where(Pod.id == pod).values(outcome=Outcome.MET.value, ask_at=None))
            for partner in view.partners:
                entry = Entry(Step.NONE, Kind.MET, f"{view.word} of {view.day}", key=met_key(pod, partner.member))
                write(connection, partner.member, entry, self._clock())
            return self._tell(connection, pod)

        return await self._answered(work)

    async def not_yet(self, member: int, pod: int, number: int) -> PodView:
        """Ask again a week later, or, asked for the second time, leave it at that; a later "we met" still counts.

        number: of the question that is answered; an answer to the first one changes nothing once there is a second
        Raises NotFound for who is not in the pod.
        """

        def work(connection: Connection) -> PodView:
            view = _mine(connection, member, pod)
            row = connection.execute(
                sa.select(Pod.asked, Pod.ask_at, Pod.ask_on, Pod.outcome, PodRound.community_id)
                .join(PodRound, PodRound.id == Pod.round_id)
                .where(Pod.id == pod)
            ).one()
            values = self._postponed(connection, row, number)
            if not values:
                return view
            connection.execute(sa.update(Pod).where(Pod.id == pod).values(values))
            return self._tell(connection, pod)

        return await self._answered(work)

    def _postponed(self, connection: Connection, row: Any, number: int) -> dict[str, Any]:
        """Return what an answer "not yet" changes of a pod."""
        if row.outcome or row.ask_at is not None or number != row.asked:
            return {}
        if number >= MOST:
            return {"outcome": Outcome.NOT.value}
        chosen = times_of(connection, row.community_id)
        times = chosen[1] if chosen else PodTimes("UTC")
        ask_on = row.ask_on + WEEK
        while times.moment(ask_on) <= self._clock():
            ask_on += WEEK
        return {"ask_on": ask_on, "ask_at": times.moment(ask_on)}

    def _tell(self, connection: Connection, pod: int) -> PodView:
        """Put what is known now in the place of the questions; returns the pod as it is now."""
        [view] = views(connection, [pod])
        for number in range(1, MOST + 1):
            self._deliveries.revise(connection, question(pod, number), self._words.told(view))
        return view

    async def _answered(self, work: Callable[[Connection], PodView]) -> PodView:
        view = await self._database.run(work)
        self._deliveries.kick()
        return view


def question(pod: int, number: int) -> str:
    """Return the name (`what`) of the first or second question to a pod."""
    return f"pods.ask:{pod}:{number}"


def met_key(pod: int, member: int | str) -> str:
    """Return the key under which it stands in the ledger that a member met their pod."""
    return f"met:{pod}:{member}"


def thread_place(connection: Connection, pod: int) -> Address | None:
    """Return the place in which a pod's thread was opened; None when it was told privately, or could not be opened."""
    query = sa.select(Delivery).where(
        Delivery.what == opening(pod), Delivery.direct.is_(False), Delivery.state != "failed"
    )
    row = connection.execute(query).first()
    return Address(row.platform, row.workspace, row.place) if row else None


def _mine(connection: Connection, member: int, pod: int) -> PodView:
    """Return a pod of a member's own. Raises NotFound for another."""
    inside = sa.select(PodMember.id).where(PodMember.pod_id == pod, PodMember.member_id == member)
    if connection.execute(inside).first() is None:
        raise NotFound("Only those who are in it can say so. `/pods status` shows yours.")
    return views(connection, [pod])[0]
