"""Rounds: on a community's day members are matched, told of it, and given something to begin with; each day once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.pods_fit import Person
from bot.accountability.pods_matching import Matched, Matching, match
from bot.accountability.pods_models import Pod, PodMember, PodRound, PodWish
from bot.accountability.pods_people import Ready, accounts_of, who_is_ready
from bot.accountability.pods_rhythms import (
    PodTimes,
    keep_place,
    keep_times,
    place_of,
    places_of,
    times_of,
)
from bot.accountability.pods_starters import starter
from bot.accountability.pods_views import PodView, PodWords, views
from bot.accountability.weeks import local_day
from bot.chat.platform import Address
from bot.community.directory import community_of_workspace
from bot.community.telling import Notification, Teller
from bot.db import Database, upsert
from bot.steps.kinds import Step
from bot.work.deliveries import Deliveries
from bot.work.engine import Args, Run
from bot.work.schedules import Schedules, day_of
from bot.worker import Offload

MATCH = "pods.match"
"""The job of a workspace whose organisers chose the times."""
LATE = timedelta(days=5)
"""So long after its hour a round is left out: the next one is near."""


@dataclass(frozen=True, slots=True)
class _Due:
    """A round that is to be made."""

    community: int
    day: date
    times: PodTimes
    ready: Ready

    @property
    def seed(self) -> str:
        return f"{self.community}:{self.day}"


class PodRounds:
    """Sets the times, and makes the rounds."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        schedules: Schedules,
        teller: Teller,
        words: PodWords,
        *,
        offload: Offload,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._schedules = schedules
        self._teller = teller
        self._words = words
        self._offload = offload
        self._clock = clock

    async def chosen(self, workspace: int) -> tuple[str, PodTimes | None]:
        """Return a workspace's place for pods, else the one for goals, and its community's times, None before any."""

        def work(connection: Connection) -> tuple[str, PodTimes | None]:
            times = times_of(connection, community_of_workspace(connection, workspace))
            return place_of(connection, workspace), times[1] if times else None

        return await self._database.read(work)

    async def set_up(self, workspace: int, times: PodTimes, place: str, member: int) -> date:
        """Keep when a community is matched and where a workspace's threads stand; returns the next matching's day."""

        def work(connection: Connection) -> list[int]:
            keep_place(connection, workspace, place, member, times.zone)
            return keep_times(connection, workspace, times, self._clock())

        others = await self._database.run(work)
        for other in others:
            await self._schedules.remove(f"{MATCH}:{other}")
        key, args = f"{MATCH}:{workspace}", {"workspace": workspace}
        moment = await self._schedules.set_daily(key, MATCH, args, times.at, times.zone, str(times.weekday))
        return local_day(moment, times.zone)

    async def match(self, run: Run, args: Args) -> None:
        """Make a workspace's round for a day, unless it is made, too late, or another workspace's times count now."""
        del run
        workspace, day = int(args["workspace"]), day_of(args)
        while (due := await self._database.read(lambda c: self._due(c, workspace, day))) is not None:
            matching: Matching = await self._offload(match, due.ready.people, due.ready.met, due.seed)
            # Who left while it was made must not be in it: then it is made again.
            await self._database.run(lambda c, due=due, matching=matching: self._open(c, due, matching))  # type: ignore[misc]  # bound now
        self._deliveries.kick()

    def _due(self, connection: Connection, workspace: int, day: date) -> _Due | None:
        community = community_of_workspace(connection, workspace)
        chosen = times_of(connection, community)
        if chosen is None or chosen[0] != workspace or self._clock() >= chosen[1].moment(day) + LATE:
            return None
        made = sa.select(PodRound.id).where(PodRound.key == _key(community, day))
        if connection.execute(made).first() is not None:
            return None
        ready = who_is_ready(connection, community, day, self._clock())
        return _Due(community, day, chosen[1], ready) if ready.people or ready.resting else None

    def _open(self, connection: Connection, due: _Due, matching: Matching) -> None:
        wanted = {person.member: person for person in due.ready.people}
        still = sa.select(PodWish.member_id).where(PodWish.member_id.in_(wanted))
        if set(connection.execute(still).scalars()) != wanted.keys():
            return
        values = {"key": _key(due.community, due.day), "community_id": due.community, "day": due.day}
        statement = upsert(connection, PodRound).values(**values, left_over=len(matching.left_over))
        made = connection.execute(statement.on_conflict_do_nothing(index_elements=["key"]).returning(PodRound.id))
        number = made.scalar_one_or_none()
        if number is None:
            return
        rested = sa.update(PodWish).where(PodWish.member_id.in_(due.ready.resting), PodWish.resting > 0)
        connection.execute(rested.values(resting=PodWish.resting - 1))
        self._open_pods(connection, due, number, matching.groups, wanted)
        for member in matching.left_over:
            self._teller.plan(connection, f"pods.alone:{number}", member, self._words.alone(), Notification.PODS)

    def _open_pods(
        self,
        connection: Connection,
        due: _Due,
        number: int,
        groups: tuple[Matched, ...],
        people: dict[int, Person],
    ) -> None:
        places = places_of(connection, due.community)
        accounts = accounts_of(connection, people)
        opened: dict[int, Address | None] = {}
        steps: dict[int, int] = {}
        for each, group in enumerate(groups, start=1):
            # In a workspace in which all of them were seen last: who is not in it would not see its thread.
            seen = {accounts[member][group.platform].workspace for member in group.members}
            workspace = seen.pop() if len(seen) == 1 and seen <= places.keys() else None
            weeks = min(people[member].weeks for member in group.members)
            ask_on = due.day + timedelta(weeks=weeks)
            values = {"round_id": number, "number": each, "workspace_id": workspace, "weeks": weeks, "ask_on": ask_on}
            pod = _keep_pod(connection, group, {**values, "ask_at": due.times.moment(ask_on)})
            opened[pod] = places[workspace] if workspace is not None else None
            steps[pod] = min(people[member].step for member in group.members)
        for view in views(connection, list(opened)):
            words = starter(Step(steps[view.id]), f"{due.seed}:{view.number}")
            self._announce(connection, due.community, view, opened[view.id], words)

    def _announce(
        self, connection: Connection, community: int, pod: PodView, place: Address | None, words: str
    ) -> None:
        what = opening(pod.id)
        if place is None:
            for partner in pod.partners:
                reply = self._words.private(pod, partner.member, words)
                self._teller.plan(connection, what, partner.member, reply, Notification.PODS)
            return
        self._deliveries.plan(connection, what, [place], self._words.opening(pod), community=community)
        talk = self._words.talk(pod, words)
        self._deliveries.plan(connection, f"pods.talk:{pod.id}", [place], talk, community=community, under=what)


def opening(pod: int) -> str:
    """Return the name (`what`) of the message with which a pod begins."""
    return f"pods.open:{pod}"


def _key(community: int, day: date) -> str:
    return f"{community}:{day}"


def _keep_pod(connection: Connection, group: Matched, values: Mapping[str, Any]) -> int:
    values = {**values, "platform": group.platform, "size": len(group.members), "asked": 0, "outcome": ""}
    pod: int = connection.execute(sa.insert(Pod).values(values).returning(Pod.id)).scalar_one()
    rows = [{"pod_id": pod, "member_id": member} for member in group.members]
    connection.execute(sa.insert(PodMember), rows)
    return pod
