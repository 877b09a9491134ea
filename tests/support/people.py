"""Members in a bare database."""

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.community.models import Community, Identity, Member, Workspace
from bot.db import upsert
from tests.support.filling import NOW


def person(connection: Connection, user: str, name: str = "", platform: str = "web") -> int:
    """Make a member with one account, in the one community."""
    community = connection.execute(sa.select(Community.id)).scalar()
    if community is None:
        community = connection.execute(
            sa.insert(Community).values(name="Town", zone="UTC", created_at=NOW).returning(Community.id)
        ).scalar_one()
    place = {"community_id": community, "platform": platform, "external_id": "local", "name": "Town", "created_at": NOW}
    statement = upsert(connection, Workspace).values(place)
    statement = statement.on_conflict_do_update(index_elements=["platform", "external_id"], set_={"name": "Town"})
    workspace = connection.execute(statement.returning(Workspace.id)).scalar_one()
    values = {"community_id": community, "name": name or user.title(), "zone": "", "hour": 9, "created_at": NOW}
    member = connection.execute(sa.insert(Member).values(values).returning(Member.id)).scalar_one()
    account: dict[str, object] = {"member_id": member, "community_id": community, "workspace_id": workspace}
    account |= {"platform": platform, "external_id": user, "seen_at": NOW}
    connection.execute(sa.insert(Identity).values(account))
    return member
