"""The processes of the kill test: kept at their number, and killed at random."""

import asyncio
import contextlib
import os
import random
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
"""The environment without what measures coverage: a killed process has nothing to report, and starts faster."""


class Workers:
    """Processes that `tests.support.kill_worker`, or another like it, starts; a killed one is replaced by a new one."""

    def __init__(self, parent: Process, count: int, log: Path) -> None:
        self._parent, self._count, self._log = parent, count, log
        self._alive: set[int] = set()
        self._ready: set[int] = set()
        self.kills = 0

    @classmethod
    async def launch(
        cls, arguments: list[str], count: int, log: Path, module: str = "tests.support.kill_worker"
    ) -> "Workers":
        """Start the parent. `log` takes what the processes say on stderr."""
        command = [sys.executable, "-m", module, *arguments]
        with log.open("wb") as stderr:
            parent = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, stderr=stderr, env=PLAIN, start_new_session=True
            )
        return cls(parent, count, log)

    async def keep_up(self) -> None:
        """Bring the processes back to their number.

        Several are killed at any moment of their lives, also while they start; a single one would then never get to
        its work, so it is waited for.
        """
        self._alive = {number for number in self._alive if _lives(number)}
        while len(self._alive) < self._count:
            assert self._parent.stdin
            self._parent.stdin.write(b"\n")
            born = await self._hear("born")
            self._alive.add(born)
            while self._count == 1 and born not in self._ready:
                await self._hear("ready")

    async def kill(self, chance: random.Random) -> None:
        """Kill one of them, and return when it is dead."""
        victim = chance.choice(sorted(self._alive))
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        while _lives(victim):  # noqa: ASYNC110 - the system tells nobody but the parent
            await asyncio.sleep(0.002)
        self._alive.discard(victim)
        self.kills += 1

    async def end(self) -> None:
        """End all of them and their parent, also those of whose birth nobody heard."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._parent.pid, signal.SIGKILL)
        await self._parent.communicate()

    def told(self) -> str:
        """What the processes said on stderr, its end."""
        return self._log.read_text(errors="replace")[-3_000:]

    async def _hear(self, wanted: str) -> int:
        assert self._parent.stdout
        while True:
            words = (await asyncio.wait_for(self._parent.stdout.readline(), 120)).split()
            assert words, self.told()
            if words[0] == b"ready":
                self._ready.add(int(words[1]))
            if words[0] == wanted.encode():
                return int(words[1])


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True
