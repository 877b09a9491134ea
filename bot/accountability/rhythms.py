"""The rhythm of a workspace's week: where and when it is asked for goals, checks in, and reads its recap."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.models import GoalRhythm
from bot.chat.platform import Address
from bot.community.models import ChannelRole, Member, Workspace
from bot.community.places import set_role
from bot.db import upsert

ROLE = "accountability"
CHECK_IN_HOUR = 17
"""Of Friday, where no organiser chose one."""
SUNDAY, MONDAY = 7, 1


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a workspace has its week; hours are of `zone`."""

    workspace: int
    place: str
    zone: str
    prompt_hour: int = 9
    check_in_hour: int = CHECK_IN_HOUR
    recap_day: int = MONDAY
    """SUNDAY of the week itself or the MONDAY after it."""
    recap_hour: int = 8


@dataclass(frozen=True, slots=True)
class Scene:
    """A workspace's rhythm with all that it takes to speak there."""

    rhythm: Rhythm
    community: int
    address: Address


def keep_rhythm(connection: Connection, rhythm: Rhythm, member: int) -> None:
    """Keep a workspace's rhythm as an organiser chose it."""
    set_role(connection, rhythm.workspace, ROLE, rhythm.place, member, rhythm.zone)
    values = {
        "zone": rhythm.zone,
        "prompt_hour": rhythm.prompt_hour,
        "check_in_hour": rhythm.check_in_hour,
        "recap_day": rhythm.recap_day,
        "recap_hour": rhythm.recap_hour,
    }
    statement = upsert(connection, GoalRhythm).values(workspace_id=rhythm.workspace, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["workspace_id"], set_=values))


def rhythm_of(connection: Connection, workspace: int) -> Rhythm | None:
    """Return a workspace's rhythm; None before an organiser set it up."""
    found = scene_of(connection, workspace)
    return found.rhythm if found else None


def scene_of(connection: Connection, workspace: int) -> Scene | None:
    """Return where and when a workspace has its week, in one query; None before an organiser set it up."""
    query = (
        sa.select(GoalRhythm, Workspace.community_id, Workspace.platform, Workspace.external_id, ChannelRole.place)
        .join(Workspace, Workspace.id == GoalRhythm.workspace_id)
        .join(ChannelRole, sa.and_(ChannelRole.workspace_id == Workspace.id, ChannelRole.role == ROLE))
        .where(GoalRhythm.workspace_id == workspace)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    rhythm = Rhythm(workspace, row.place, row.zone, row.prompt_hour, row.check_in_hour, row.recap_day, row.recap_hour)
    return Scene(rhythm, row.community_id, Address(row.platform, row.external_id, row.place))


def check_in_hour(connection: Connection, member: int) -> int:
    """Return the hour of Friday at which a member checks in: that of their community, the earliest it chose."""
    query = (
        sa.select(sa.func.min(GoalRhythm.check_in_hour))
        .join(Workspace, Workspace.id == GoalRhythm.workspace_id)
        .join(Member, Member.community_id == Workspace.community_id)
        .where(Member.id == member)
    )
    hour = connection.execute(query).scalar()
    return CHECK_IN_HOUR if hour is None else hour
