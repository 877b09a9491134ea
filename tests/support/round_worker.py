"""A process with the durable engine that asks, waits for an answer and grades it; it is killed while it waits.

    python -m tests.support.round_worker DATABASE_URL

prints "ready", then "asked", "waiting" (what was asked is noted by then) and "graded QUESTION ANSWER" as they happen;
it does what it reads: "ask" or "answer ANSWER".
"""

import asyncio
import sys

from bot.work.dbos_engine import DbosEngine
from bot.work.engine import ROUNDS, Args, Run


async def hold_round(run: Run, args: Args) -> None:
    async def ask() -> str:
        print("asked", flush=True)
        return str(args["question"])

    question = await run.step("ask", ask)
    print("waiting", flush=True)
    answer = await run.wait_for("answer", 120)

    async def grade() -> None:
        print("graded", question, answer, flush=True)

    await run.step("grade", grade)


async def main() -> None:
    engine = DbosEngine(sys.argv[1])
    engine.job("round", hold_round)
    await engine.start()
    print("ready", flush=True)
    while words := (await asyncio.to_thread(sys.stdin.readline)).split():
        if words[0] == "ask":
            await engine.enqueue("round:1", "round", {"question": "why"}, queue=ROUNDS)
        else:
            await engine.signal("round:1", "answer", words[1])


asyncio.run(main())
