"""Communities whose daily leads are due while processes are killed, set up as `/setup` does it."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat.platform import Address
from bot.community.models import Community, Member, Workspace
from bot.db import Database
from bot.leads.announce import Announcer, Feed
from bot.leads.filters import Filter
from bot.leads.ingest import Ingest, Origin
from bot.leads.member_models import Announcement
from bot.leads.sources.sighting import Fetched
from bot.work.deliveries import Deliveries
from bot.work.memory_engine import MemoryEngine
from bot.work.models import Schedule
from bot.work.schedules import Schedules
from cogs.lead_cards import announcement
from tests.support.stage import in_thread, raw


async def set_up_feeds(database: Database, addresses: list[Address], seconds: float) -> None:
    """Set up a community of its own for each place; their hours come one after another within so many seconds."""
    now = datetime.now(UTC)
    engine = MemoryEngine(now)
    yesterday = Schedules(database, engine, lambda: now - timedelta(days=1))
    deliveries = Deliveries(database, engine, lambda: now)
    announcer = Announcer(database, deliveries, yesterday, announcement, lambda: now)
    ingest = Ingest(database, in_thread, lambda connection, leads, at: None)
    await ingest.take(Origin("list", "listings"), Fetched([raw(str(n), company=f"Co{n} Labs") for n in range(3)]), now)
    people = await database.run(lambda c: [_people(c, number, to, now) for number, to in enumerate(addresses)])
    for (workspace, member), to in zip(people, addresses, strict=True):
        await announcer.set_up(Feed(workspace, to.place, now.hour, "UTC", Filter(), 10), member)
    await database.run(lambda c: _stagger(c, now, seconds / len(addresses)))


async def announcements(database: Database) -> int:
    """Return how many announcements there are."""
    return await database.read(lambda c: c.execute(sa.select(sa.func.count()).select_from(Announcement)).scalar_one())


def _people(connection: Connection, number: int, to: Address, now: datetime) -> tuple[int, int]:
    """Make a community with a workspace and an organiser; returns the numbers of these two."""
    statement = sa.insert(Community).values(name=f"Club {number}", zone="UTC", created_at=now)
    community = connection.execute(statement.returning(Community.id)).scalar_one()
    common = {"community_id": community, "name": f"Club {number}", "created_at": now}
    place = sa.insert(Workspace).values(platform=to.platform, external_id=to.workspace, **common)
    member = sa.insert(Member).values(zone="", hour=9, **common)
    return (
        connection.execute(place.returning(Workspace.id)).scalar_one(),
        connection.execute(member.returning(Member.id)).scalar_one(),
    )


def _stagger(connection: Connection, now: datetime, step: float) -> None:
    keys = connection.execute(sa.select(Schedule.key).order_by(Schedule.key)).scalars().all()
    for number, key in enumerate(keys):
        due = now + timedelta(seconds=number * step)
        connection.execute(sa.update(Schedule).where(Schedule.key == key).values(next_at=due))
