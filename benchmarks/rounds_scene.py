"""Rounds for the benchmarks: a community in a fresh database, rounds in it, and when what is said of them stood."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.app import App
from bot.community.models import Community, Identity, Member, Workspace
from bot.interviews.questions import Questions
from bot.interviews.rounds import Origin, Rounds, Wish
from bot.interviews.rounds_machine import Pace
from bot.interviews.rounds_models import Round, RoundQuestion
from bot.interviews.rounds_timers import Timers
from bot.migrate import upgrade
from bot.wiring.rounds import WORDS
from bot.work.models import Delivery
from tests.support import postgres

MEMBERS = 3
"""In each round."""
PACE = Pace()
KINDS = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Said:
    """A turn of a round that says something: when it was due, when it was taken, and when its message stood."""

    what: str
    due: datetime
    taken: datetime
    stood: datetime


@contextmanager
def database_of(kind: str) -> Iterator[str]:
    """Yield the address of a fresh database of a kind, with its tables."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'rung.sqlite'}"
            upgrade(url)
            yield url
        return
    url = postgres.new_database()
    try:
        upgrade(url)
        yield url
    finally:
        postgres.drop_database(url)


async def open_rounds(app: App, rounds: int, wish: Wish, first: timedelta, apart: timedelta) -> list[int]:
    """Open rounds of three members each, as if they had been begun just now; return their numbers.

    first: until the first question of the first round; apart: between the first questions of two rounds
    """
    timers = Timers(app.database, app.engine, app.clock, PACE)
    service = Rounds(app.database, app.deliveries, timers, Questions(app.database), WORDS, app.clock)

    def work(connection: Connection) -> list[int]:
        origin, members = _people(connection, rounds * MEMBERS, app.clock())
        begins, numbers = app.clock() + first, []
        for each in range(rounds):
            questions = service.choose(connection, origin.community, wish)
            seated = members[each * MEMBERS :][:MEMBERS]
            number = service.open(connection, "round", origin, wish, questions, seated)[0].number
            due = begins + each * apart
            connection.execute(sa.update(Round).where(Round.id == number).values(closes_at=due, due_at=due))
            numbers.append(number)
        return numbers

    return await app.database.run(work)


def _people(connection: Connection, count: int, now: datetime) -> tuple[Origin, list[int]]:
    made = sa.insert(Community).values(name="Students", zone="UTC", created_at=now).returning(Community.id)
    community = connection.execute(made).scalar_one()
    values = {"community_id": community, "platform": "web", "external_id": "local", "name": "Local", "created_at": now}
    workspace = connection.execute(sa.insert(Workspace).values(values).returning(Workspace.id)).scalar_one()
    members = []
    for each in range(count):
        person = {"community_id": community, "name": f"M{each}", "created_at": now, "hour": 9, "zone": "UTC"}
        members.append(connection.execute(sa.insert(Member).values(person).returning(Member.id)).scalar_one())
        account = {"member_id": members[-1], "community_id": community, "workspace_id": workspace, "seen_at": now}
        connection.execute(sa.insert(Identity).values(**account, platform="web", external_id=f"u{each}"))
    return Origin(community, workspace, "leads", None), members


def said_of(connection: Connection, first_due: dict[int, datetime]) -> list[Said]:
    """Return the questions and good answers of rounds that nobody answers, as the rows tell them.

    first_due: when the first question of each round was due
    """
    planned = {row.what: row for row in connection.execute(sa.select(Delivery.__table__))}
    rows = connection.execute(sa.select(RoundQuestion.__table__, Round.seconds).join(Round)).all()
    asked = {(row.round_id, row.position): row for row in rows if row.asked_at is not None}
    found = []
    for (number, position), row in sorted(asked.items()):
        question = planned[f"round:{number}:question:{position}"]
        before = planned.get(f"round:{number}:model:{position - 1}")
        due = before.created_at + PACE.reading if before else first_due[number]
        found.append((question, due))
        if closed := planned.get(f"round:{number}:model:{position}"):
            found.append((closed, row.asked_at + timedelta(seconds=row.seconds) + PACE.grace))
    return [Said(row.what, due, row.created_at, row.sent_at) for row, due in found if row.sent_at is not None]
