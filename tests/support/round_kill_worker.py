"""Bots that only hold rounds: real engine, real database. They are killed while they work.

    python -m tests.support.round_kill_worker DATABASE_URL

starts a process for every line that it reads, as `tests.support.kill_worker` does. What they say is kept in the table
`said` of the same database, and members answer through its table `letters`: one is taken out once it is dealt with.
"""

import asyncio
import os
import secrets
import signal
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

import bot.work.deliveries as deliveries_module
from bot.chat import ChatError, Place, Reply
from bot.chat.fallback import text_of
from bot.chat.platform import Address
from bot.community.telling import Teller
from bot.db import Database
from bot.interviews.bank import Question
from bot.interviews.grading.grades import Grade, Graders
from bot.interviews.rounds_answers import Answers
from bot.interviews.rounds_grading import Grading
from bot.interviews.rounds_machine import Pace
from bot.interviews.rounds_timers import BRING, GRADE, TURN, Timers
from bot.interviews.rounds_turns import Turns
from bot.wiring.rounds import WORDS
from bot.work.courier import Courier
from bot.work.dbos_engine import DbosEngine
from bot.work.deliveries import JOB, Deliveries, Trouble
from cogs.interview_feedback_words import feedback
from tests.support.forking import bear, tell
from tests.support.kill_worker import now

PACE = Pace(
    lobby=timedelta(seconds=2),
    grace=timedelta(seconds=0.5),
    reading=timedelta(seconds=0.5),
    closing=timedelta(seconds=60),
)
"""Rounds in a hurry; but for grades, which are waited for: a kill costs them two seconds or three."""
IN_FLIGHT = timedelta(seconds=4)
"""How long a killed process's message may still be on its way into the table: on a machine that is busy, seconds."""
SAID = sa.table("said", sa.column("id"), sa.column("place"), sa.column("key"), sa.column("text"), sa.column("at"))
LETTERS = sa.table(
    "letters", *(sa.column(name) for name in ("id", "member", "community", "round", "position", "text", "outcome"))
)
TABLES = (
    "CREATE TABLE said (id {id}, place TEXT, key TEXT, text TEXT, at TEXT)",
    "CREATE TABLE letters (id {id}, member INT, community INT, round INT, position INT, text TEXT, outcome TEXT)",
)


class KeptPlatform:
    """A chat whose messages stand in the database: they outlive the process, as on a real one."""

    name = "web"
    in_flight = IN_FLIGHT

    def __init__(self, database: Database) -> None:
        self._database = database

    async def start(self) -> None:
        """Nothing to connect."""

    async def stop(self) -> None:
        """Nothing to let go of."""

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        values = {"place": to.place, "key": key, "text": text_of(reply), "at": now().isoformat()}
        await self._database.run(lambda c: c.execute(sa.insert(SAID).values(values)))
        return key

    async def edit(self, to: Address, message: str, reply: Reply) -> None:
        """What is edited is not of interest."""

    async def find(self, to: Address, key: str, since: datetime) -> str | None:
        query = sa.select(SAID.c.key).where(SAID.c.place == to.place, SAID.c.key == key)
        return await self._database.read(lambda c: c.execute(query).scalar())

    def thread(self, to: Address, message: str) -> Address:
        return to if to.direct else replace(to, place=f"{to.place}/{message}")

    async def places(self, workspace: str) -> list[Place]:
        return []

    def healthy(self) -> bool:
        return True


class Signing:
    """A grader that marks each grade, so that a second one would be seen, and turns nothing away."""

    def turned_away(self, question: Question, answer: str) -> Grade | None:
        return None

    def grade(self, question: Question, answer: str) -> Grade:
        return Grade(score=0.5, grader="rubric", note=f"grade {secrets.token_hex(8)} of {answer}")


async def work() -> None:
    deliveries_module.ABANDONED = timedelta(seconds=10)  # the server of the tests runs out of connections at times
    database = Database(sys.argv[1], pool=3)
    engine = DbosEngine(sys.argv[1], lost=lambda: os.kill(os.getpid(), signal.SIGKILL))
    deliveries = Deliveries(database, engine, now)
    teller = Teller(database, deliveries, now)
    platforms = {"web": KeptPlatform(database)}
    timers = Timers(database, engine, now, PACE)
    turns = Turns(database, deliveries, teller, timers=timers, words=WORDS, clock=now)
    graders = Graders(Signing())
    grading = Grading(database, deliveries, teller, timers=timers, graders=graders, words=feedback, clock=now)
    answers = Answers(database, deliveries, timers, platforms, now)

    async def trouble(to: Address, kind: Trouble) -> None:
        print("trouble", to, kind, file=sys.stderr, flush=True)

    async def sent(to: Address) -> None:
        del to

    engine.job(JOB, Courier(database, platforms, now, trouble, sent).deliver)
    engine.job(TURN, turns.turn)
    engine.job(BRING, turns.bring)
    engine.job(GRADE, grading.grade)
    await engine.start()
    tell("ready", os.getpid())
    await asyncio.gather(_tick(deliveries, timers), _read_letters(database, answers))


async def _tick(deliveries: Deliveries, timers: Timers) -> None:
    """The tick of a minute, made shorter: what a kill left between a unit of work and its timer is found soon."""
    while True:
        await timers.sweep()
        await deliveries.dispatch()
        await asyncio.sleep(1)


async def _read_letters(database: Database, answers: Answers) -> None:
    async def deal_with(row: Any) -> None:
        try:
            await answers.answer(row.member, row.community, row.round, row.position, row.text)
            outcome = "kept"
        except ChatError as error:
            outcome = f"refused {now().isoformat()} {error.message}"
        done = sa.update(LETTERS).where(LETTERS.c.id == row.id, LETTERS.c.outcome == "").values(outcome=outcome)
        await database.run(lambda c: c.execute(done))

    query = sa.select(LETTERS).where(LETTERS.c.outcome == "").order_by(sa.func.random()).limit(8)
    while True:
        rows = await database.read(lambda c: c.execute(query).all())
        await asyncio.gather(*(deal_with(row) for row in rows))
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    bear(work)
