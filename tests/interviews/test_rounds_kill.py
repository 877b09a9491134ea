"""Processes are killed while rounds are held: each question is asked once, each answer is kept and graded once."""

import asyncio
import random
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.chat.platform import Address
from bot.community.models import Community, Identity, Member, Workspace
from bot.db import Database
from bot.interviews.questions import Questions
from bot.interviews.rounds import Origin, Rounds, Wish
from bot.interviews.rounds_machine import Phase
from bot.interviews.rounds_models import Round, RoundAnswer, RoundQuestion, RoundSeat
from bot.interviews.rounds_rows import asking
from bot.interviews.rounds_timers import Timers
from bot.wiring.rounds import WORDS
from bot.work.deliveries import Deliveries, counts_by_state, delivery_key
from bot.work.memory_engine import MemoryEngine
from tests.support.kill_worker import now as now_utc
from tests.support.kill_workers import Workers
from tests.support.round_kill_worker import LETTERS, PACE, SAID, TABLES

# Measuring its coverage doubles its time; what it drives is measured in tests of its own.
pytestmark = pytest.mark.no_cover

ROUNDS = {1: 20, 3: 40}
"""By the number of processes."""
KILLS = 15
QUESTIONS, MEMBERS, SECONDS = 2, 3, 5
PAUSES = {1: (0.05, 0.5), 3: (0.5, 1.5)}
LONGEST = 300.0
"""Seconds until the test gives up: many times what it takes, so that a busy machine is no failure."""


async def test_rounds_survive_whatever_is_killed(database_url: str, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**9)
    print(f"seed {seed}")
    chance = random.Random(seed)  # noqa: S311 - chance, not cryptography
    database = Database(database_url)
    processes = 1 if database.is_sqlite else 3
    numbers = await _open_rounds(database, ROUNDS[processes])
    workers = await Workers.launch([database_url], processes, tmp_path / "log", "tests.support.round_kill_worker")
    try:
        await _kill_until_done(database, workers, chance, PAUSES[processes])
        assert workers.kills >= KILLS
        assert await _phases(database) == {Phase.OVER.value: len(numbers)}, workers.told()
        await _check_questions(database, numbers)
        await _check_answers(database)
    finally:
        await workers.end()
        await database.close()


async def _open_rounds(database: Database, count: int) -> list[int]:
    """Make a community of many, and rounds in it that no process knows of yet: their timers are lost from the start."""
    now = datetime.now(UTC)
    engine = MemoryEngine(now)

    def people(connection: sa.Connection) -> tuple[int, int, list[int]]:
        number = "INTEGER PRIMARY KEY" if database.is_sqlite else "BIGINT GENERATED ALWAYS AS IDENTITY"
        for statement in TABLES:
            connection.exec_driver_sql(statement.format(id=number))
        made = sa.insert(Community).values(name="Students", zone="UTC", created_at=now).returning(Community.id)
        community = connection.execute(made).scalar_one()
        values: dict[str, Any] = {"community_id": community, "platform": "web", "external_id": "local", "name": "Local"}
        made = sa.insert(Workspace).values(**values, created_at=now).returning(Workspace.id)
        workspace = connection.execute(made).scalar_one()
        members = []
        for each in range(count * MEMBERS):
            member: dict[str, Any] = {"community_id": community, "name": f"m{each}", "created_at": now, "hour": 9}
            member["zone"] = "UTC"
            members.append(connection.execute(sa.insert(Member).values(member).returning(Member.id)).scalar_one())
            account: dict[str, Any] = {"member_id": members[-1], "community_id": community, "workspace_id": workspace}
            account |= {"platform": "web", "external_id": f"u{each}", "seen_at": now}
            connection.execute(sa.insert(Identity).values(account))
        return community, workspace, members

    community, workspace, members = await database.run(people)
    deliveries = Deliveries(database, engine, now_utc)
    timers = Timers(database, engine, now_utc, PACE)
    rounds = Rounds(database, deliveries, timers, Questions(database), WORDS, now_utc)
    origin = Origin(community, workspace, "leads", None)

    def work(connection: sa.Connection) -> list[int]:
        found = []
        for each in range(count):
            wish = Wish(questions=QUESTIONS, seconds=SECONDS)
            questions = rounds.choose(connection, community, wish)
            seated = members[each * MEMBERS :][:MEMBERS]
            found.append(rounds.open(connection, "round", origin, wish, questions, seated)[0].number)
        return found

    return await database.run(work)


async def _kill_until_done(
    database: Database, workers: Workers, chance: random.Random, pauses: tuple[float, float]
) -> None:
    """Kill until it was enough and all rounds are over, or it takes too long; meanwhile members answer."""
    end = asyncio.get_running_loop().time() + LONGEST
    writing = asyncio.create_task(_write_letters(database, chance))
    try:
        while asyncio.get_running_loop().time() < end:
            await workers.keep_up()
            states = await database.read(counts_by_state)
            over = set(await _phases(database)) == {Phase.OVER.value}
            if over and set(states) == {"sent"} and not await database.read(_unread):
                break
            # Chance is the point here: a kill may come at any moment of a turn.
            await asyncio.sleep(chance.uniform(*pauses))
            if workers.kills < KILLS:
                await workers.kill(chance)
    finally:
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
    print(f"{workers.kills} kills")


async def _write_letters(database: Database, chance: random.Random) -> None:
    """Have most participants answer every question, at some moment while it is open."""
    known: set[tuple[int, int]] = set()
    asked = sa.select(RoundQuestion.round_id, RoundQuestion.position).where(RoundQuestion.asked_at.is_not(None))
    coming: list[tuple[float, dict[str, Any]]] = []
    loop = asyncio.get_running_loop()
    while True:
        for row in await database.read(lambda c: c.execute(asked).all()):
            if (row.round_id, row.position) in known:
                continue
            known.add((row.round_id, row.position))
            for member, community in await database.read(partial(_seated, number=row.round_id)):
                if chance.random() < 0.9:
                    text = f"answer-{row.round_id}-{row.position}-{member}"
                    letter = {"member": member, "community": community, "round": row.round_id}
                    letter |= {"position": row.position, "text": text, "outcome": ""}
                    coming.append((loop.time() + chance.uniform(0, SECONDS * 0.8), letter))
        due = [letter for at, letter in coming if at <= loop.time()]
        coming = [(at, letter) for at, letter in coming if at > loop.time()]
        if due:
            await database.run(partial(_post, letters=due))
        await asyncio.sleep(0.1)


def _post(connection: sa.Connection, letters: list[dict[str, Any]]) -> None:
    connection.execute(sa.insert(LETTERS), letters)


def _unread(connection: sa.Connection) -> int:
    """Return how many letters no process has dealt with; on a busy machine one is posted as its round ends."""
    query = sa.select(sa.func.count()).select_from(LETTERS).where(LETTERS.c.outcome == "")
    return connection.execute(query).scalar_one()


def _seated(connection: sa.Connection, number: int) -> list[tuple[int, int]]:
    query = (
        sa.select(RoundSeat.member_id, Round.community_id)
        .join(Round, Round.id == RoundSeat.round_id)
        .where(RoundSeat.round_id == number)
    )
    return [(row.member_id, row.community_id) for row in connection.execute(query)]


async def _phases(database: Database) -> dict[str, int]:
    query = sa.select(Round.phase, sa.func.count().label("number")).group_by(Round.phase)
    return {row.phase: row.number for row in await database.read(lambda c: c.execute(query).all())}


async def _check_questions(database: Database, numbers: list[int]) -> None:
    """Every question was said once, and nothing else was said twice."""
    said = await database.read(lambda c: c.execute(sa.select(SAID)).all())
    counts = Counter((row.place, row.key) for row in said)
    assert {key: count for key, count in counts.items() if count != 1} == {}
    home = Address("web", "local", "leads")
    wanted = {delivery_key(asking(n, p), home): (n, p) for n in numbers for p in range(1, QUESTIONS + 1)}
    heard = {row.key: datetime.fromisoformat(row.at) for row in said if row.key in wanted}
    assert heard.keys() == wanted.keys()
    query = sa.select(RoundQuestion.round_id, RoundQuestion.position, RoundQuestion.asked_at)
    asked = {(r.round_id, r.position): r.asked_at for r in await database.read(lambda c: c.execute(query).all())}
    late = sorted((at - asked[wanted[key]]).total_seconds() for key, at in heard.items())
    print(f"questions stood in the thread after {late[len(late) // 2]:.1f} s, the latest after {late[-1]:.1f} s")


async def _check_answers(database: Database) -> None:
    """What was accepted is kept, what was refused came too late, and each answer was graded and told of once."""
    letters = await database.read(lambda c: c.execute(sa.select(LETTERS)).all())
    rows = await database.read(lambda c: c.execute(sa.select(RoundAnswer.__table__)).all())
    kept = {(row.round_id, row.position, row.member_id): row for row in rows}
    query = sa.select(RoundQuestion.round_id, RoundQuestion.position, RoundQuestion.asked_at)
    asked = {(r.round_id, r.position): r.asked_at for r in await database.read(lambda c: c.execute(query).all())}
    for letter in letters:
        answer = kept.get((letter.round, letter.position, letter.member))
        if letter.outcome == "kept" or answer is not None:
            assert answer is not None
            assert answer.text == letter.text
        else:
            refused_at = datetime.fromisoformat(letter.outcome.split()[1])
            assert refused_at >= asked[letter.round, letter.position] + timedelta(seconds=SECONDS)
    assert [row for row in rows if row.grade is None] == []
    said = await database.read(lambda c: c.execute(sa.select(SAID.c.text)).scalars().all())
    told = Counter(note for text in said for note in re.findall(r"grade [0-9a-f]{16} of answer-[\d-]+", text))
    assert told == Counter(row.grade["note"] for row in rows)
    print(f"{len(rows)} answers kept and graded once, {len(letters) - len(rows)} came too late")
