"""A process is killed while its round waits for an answer: the round goes on in the next one, and asks nobody twice."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
LONGEST = 60


class Player:
    """A process that holds rounds, and all it said."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.said: list[str] = []

    @classmethod
    async def launch(cls, url: str) -> "Player":
        command = [sys.executable, "-m", "tests.support.round_worker", url]
        player = cls(await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, env=PLAIN))
        await player.hear("ready")
        return player

    async def hear(self, line: str) -> None:
        assert self._process.stdout
        while line not in self.said:
            heard = await asyncio.wait_for(self._process.stdout.readline(), LONGEST)
            assert heard, self.said
            self.said.append(heard.decode().strip())

    def tell(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n".encode())

    async def kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
            await self._process.communicate()


@pytest.fixture
async def launch(database_url: str) -> AsyncIterator[Callable[[], Awaitable[Player]]]:
    """Start a player on the test's database; all are dead when the test ends, and before its database goes."""
    players: list[Player] = []

    async def start() -> Player:
        players.append(await Player.launch(database_url))
        return players[-1]

    yield start
    for player in players:
        await player.kill()


async def test_a_killed_round_goes_on_and_asks_nobody_twice(
    database_url: str, launch: Callable[[], Awaitable[Player]]
) -> None:
    players = [await launch()]
    if not database_url.startswith("sqlite"):
        players.append(await launch())  # it runs already, and takes over; on SQLite the next one starts after a death
    players[0].tell("ask")
    asked = await _first_to_say("waiting", players)
    await asked.kill()
    players.remove(asked)
    heir = players[0] if players else await launch()
    heir.tell("answer because")
    await heir.hear("graded why because")
    assert "asked" in asked.said
    assert "asked" not in heir.said


async def _first_to_say(line: str, players: list[Player]) -> Player:
    """Return who of them says it: a job runs in any of the processes."""
    hearing = {asyncio.ensure_future(player.hear(line)): player for player in players}
    done, waiting = await asyncio.wait(hearing, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    task = done.pop()
    await task
    return hearing[task]
