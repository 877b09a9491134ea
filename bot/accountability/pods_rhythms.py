"""When the members of a community are matched, and in which places their threads stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.pods_models import Pod, PodRhythm, PodRound
from bot.accountability.rhythms import ROLE as GOALS
from bot.accountability.weeks import Week, local_day
from bot.chat.platform import Address
from bot.community.directory import community_of_workspace
from bot.community.models import ChannelRole, Workspace
from bot.community.places import role_places, set_role
from bot.db import upsert
from bot.work.schedules import moment_of

ROLE = "pods"
WEEK = timedelta(days=7)
FORTNIGHT = 2
"""Weeks."""


@dataclass(frozen=True, slots=True)
class PodTimes:
    """The weekday (ISO) and the hour at which members are matched, and asked whether they met; of a zone."""

    zone: str
    weekday: int = 1
    hour: int = 10

    @property
    def at(self) -> str:
        """The hour as HH:MM."""
        return f"{self.hour:02}:00"

    def moment(self, day: date) -> datetime:
        """Return the moment (UTC) of a day at which something is said."""
        return moment_of(day, self.at, self.zone)

    def days(self, weeks: int, now: datetime) -> Iterator[date]:
        """Yield the days to come on which those who are matched every so many weeks are."""
        day = Week.of(local_day(now, self.zone)).day(self.weekday)
        while True:
            if self.moment(day) > now and is_due(weeks, day):
                yield day
            day += WEEK


def is_due(weeks: int, day: date) -> bool:
    """Return whether those who are matched every so many weeks are so in the week of a day.

    All who are matched fortnightly are so in the same weeks, counted from the beginning of the calendar: else they
    would not meet one another.
    """
    return weeks != FORTNIGHT or Week.of(day).monday.toordinal() // WEEK.days % FORTNIGHT == 0


def keep_times(connection: Connection, workspace: int, times: PodTimes, now: datetime) -> list[int]:
    """Keep when a workspace's community is matched, and move what is still to be asked to that hour.

    Returns the other workspaces of the community whose times end by it: a community has one time.
    """
    community = community_of_workspace(connection, workspace)
    mine = sa.select(Workspace.id).where(Workspace.community_id == community, Workspace.id != workspace)
    ended = connection.execute(
        sa.delete(PodRhythm).where(PodRhythm.workspace_id.in_(mine)).returning(PodRhythm.workspace_id)
    )
    others = list(ended.scalars())
    values = {"zone": times.zone, "weekday": times.weekday, "hour": times.hour, "set_at": now}
    statement = upsert(connection, PodRhythm).values(workspace_id=workspace, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["workspace_id"], set_=values))
    waiting = sa.select(Pod.id, Pod.ask_on).join(PodRound, PodRound.id == Pod.round_id)
    waiting = waiting.where(PodRound.community_id == community, Pod.ask_at.is_not(None))
    for row in connection.execute(waiting).all():
        moved = sa.update(Pod).where(Pod.id == row.id).values(ask_at=times.moment(row.ask_on))
        connection.execute(moved)
    return others


def times_of(connection: Connection, community: int) -> tuple[int, PodTimes] | None:
    """Return the workspace in which a community's times were chosen (last), and the times; None before that."""
    query = (
        sa.select(PodRhythm.__table__)
        .join(Workspace, Workspace.id == PodRhythm.workspace_id)
        .where(Workspace.community_id == community)
        .order_by(PodRhythm.set_at.desc(), PodRhythm.workspace_id)
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return row and (row.workspace_id, PodTimes(row.zone, row.weekday, row.hour))


def keep_place(connection: Connection, workspace: int, place: str, member: int, zone: str) -> None:
    """Have the threads of a workspace's pairs and pods stand in a place."""
    set_role(connection, workspace, ROLE, place, member, zone)


def place_of(connection: Connection, workspace: int) -> str:
    """Return where the threads of a workspace stand, else its place for goals; empty where there is neither."""
    places = {
        place.role: place.address.place for role in (ROLE, GOALS) for place in role_places(connection, role, workspace)
    }
    return places.get(ROLE) or places.get(GOALS, "")


def places_of(connection: Connection, community: int) -> dict[int, Address]:
    """Return the places of a community's threads by workspace; those that can't be reached are left out."""
    query = (
        sa.select(Workspace.id, Workspace.platform, Workspace.external_id, ChannelRole.place)
        .join(ChannelRole, ChannelRole.workspace_id == Workspace.id)
        .where(Workspace.community_id == community, ChannelRole.role == ROLE, ChannelRole.trouble == "")
    )
    return {row.id: Address(row.platform, row.external_id, row.place) for row in connection.execute(query)}
