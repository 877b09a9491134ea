"""200 rounds at once in one process, each with three members, on the real engine: how late questions stand there.

    python -m benchmarks.rounds

All rounds begin in the same second, and all their members answer every question within half a minute.
"""

import argparse
import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from benchmarks.rounds_killed import spread
from benchmarks.rounds_scene import KINDS, MEMBERS, PACE, database_of
from benchmarks.rows import Row
from bot.app import App, build, utc_now
from bot.chat import Caller, Form, Place, Reply
from bot.chat.command import Answer
from bot.chat.platform import Address
from bot.chat.registry import tokens_of
from bot.interviews.rounds_machine import ENDED
from bot.interviews.rounds_models import Round, RoundAnswer, RoundQuestion
from bot.interviews.rounds_rows import asking
from bot.settings import Settings
from bot.work.dbos_engine import DbosEngine
from bot.work.deliveries import delivery_key
from bot.work.models import Delivery
from tests.support.fake_platform import FakePlatform

ROUNDS, QUESTIONS = 200, 3
THINKING = 30.0
"""Seconds in which members answer; people take minutes."""
GOAL = 3.0
"""Seconds in which each question is to stand in its thread."""


@dataclass(frozen=True, slots=True)
class Held:
    """What became of the rounds: by how many seconds questions stood late, and what there is to count."""

    late: list[float]
    said: Counter[int]
    """How many questions were said so many times."""
    answers: int
    graded: int


def measure(kind: str, rounds: int = ROUNDS) -> Held:
    """Hold rounds on a kind of database."""
    with database_of(kind) as url:
        return asyncio.run(_hold(url, rounds))


def run(*, quick: bool) -> list[Row]:
    """Return the rows of the table: rounds at once, on both databases."""
    count, found = 20 if quick else ROUNDS, []
    for kind in KINDS:
        held = measure(kind, count)
        what, most = f"{count} rounds at once on {kind}, a question's message", max(held.late)
        found.append(
            Row("9", f"{what}, seconds at the latest", spread(held.late), "–", most, f"≤ {GOAL:g}", most <= GOAL)
        )
        once = held.said == {1: count * QUESTIONS}
        share = held.graded / (count * QUESTIONS * MEMBERS)
        found.append(Row("9", "of its answers are kept and graded, each question once", "", "–", share, "1", once))
    return found


async def _hold(url: str, rounds: int) -> Held:
    settings = Settings(_env_file=None, database_url=url, pull_minutes=0)
    app = build(settings, DbosEngine(url))
    platform = FakePlatform("web")
    app.platforms["web"] = platform
    await app.start()
    numbers = [await _gather(app, each) for each in range(rounds)]
    began = utc_now()
    await asyncio.gather(
        *(_click(app, f"interview.begin:{number}", f"m{each}-0") for each, number in enumerate(numbers))
    )
    await asyncio.gather(*(_answer(app, each, number) for each, number in enumerate(numbers)))
    while not await app.database.read(_is_over):  # noqa: ASYNC110 - asked as an operator would
        await asyncio.sleep(0.2)
    held = await app.database.read(lambda c: _held(c, numbers, began, platform))
    await app.stop()
    return held


async def _gather(app: App, each: int) -> int:
    """Begin a round and have two others join it; returns its number."""
    begun = await app.router.text(_caller(f"m{each}-0"), f"/interview start questions:{QUESTIONS} minutes:5")
    token = next(token for token in tokens_of(_reply(begun)) if token.startswith("interview.begin"))
    number = int(token.partition(":")[2])
    for other in range(1, MEMBERS):
        await _click(app, f"interview.enter:{number}", f"m{each}-{other}")
    return number


async def _answer(app: App, each: int, number: int) -> None:
    """Have all members of a round answer each question, at some moment of the half minute after it is asked."""
    chance = random.Random(each)

    async def give(position: int, member: int) -> None:
        await asyncio.sleep(chance.uniform(0, THINKING))
        who = f"m{each}-{member}"
        form = await _click(app, f"interview.answer:{number}/{position}", who)
        if not isinstance(form, Form):
            raise TypeError(f"no form for question {position} of round {number}: {form}")
        await app.router.submit(_caller(who), form.submit, {"text": f"What {who} knows of it, in a sentence."})

    for position in range(1, QUESTIONS + 1):
        asked = sa.select(RoundQuestion.asked_at).filter_by(round_id=number, position=position)
        await _until_there(app, asked)
        await asyncio.gather(*(give(position, member) for member in range(MEMBERS)))


async def _until_there(app: App, query: sa.Select[Any]) -> None:
    while await app.database.read(lambda c: c.execute(query).scalar()) is None:  # noqa: ASYNC110 - as a member looks
        await asyncio.sleep(0.25)


async def _click(app: App, token: str, who: str) -> Answer:
    return await app.router.action(_caller(who), token)


def _caller(who: str) -> Caller:
    return Caller("web", "local", who, who, Place("leads", "leads"), False, "Local chat")


def _reply(answer: Answer) -> Reply:
    if not isinstance(answer, Reply):
        raise TypeError(f"a form where a reply was due: {answer}")
    return answer


def _is_over(connection: Connection) -> bool:
    phases = set(connection.execute(sa.select(Round.phase)).scalars())
    due = sa.select(Delivery.id).where(Delivery.due).limit(1)
    return phases <= set(ENDED) and connection.execute(due).first() is None


def _held(connection: Connection, numbers: Sequence[int], began: datetime, platform: FakePlatform) -> Held:
    planned = {row.what: row for row in connection.execute(sa.select(Delivery.__table__))}
    keys = Counter(key for said in platform.messages.values() for key, _ in said)
    late, said = [], Counter[int]()
    for number in numbers:
        for position in range(1, QUESTIONS + 1):
            what = asking(number, position)
            before = planned.get(f"round:{number}:model:{position - 1}")
            due = before.created_at + PACE.reading if before else began
            late.append((planned[what].sent_at - due) / timedelta(seconds=1))
            said[keys[delivery_key(what, Address("web", "local", "leads"))]] += 1
    rows = connection.execute(sa.select(RoundAnswer.graded_at)).scalars().all()
    return Held(late, said, len(rows), sum(at is not None for at in rows))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args().rounds
    for name in KINDS:
        got = measure(name, chosen)
        times = ", ".join(f"{many} said {often} times" for often, many in got.said.items())
        print(
            f"{name}: {chosen} rounds of {MEMBERS}, {QUESTIONS} questions each: {times}; {got.answers} answers, ",
            end="",
        )
        print(f"{got.graded} graded; from when a question was due to its message {spread(got.late)}", flush=True)
