"""One request at a time for each host, a pause between two, and quiet for as long as a host asks for it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from bot.http.errors import BadStatus

_REMEMBERED_HOSTS = 500
_TOO_MANY_REQUESTS = 429


class Clock(Protocol):
    """Where time comes from; tests bring their own."""

    def now(self) -> float:
        """Return monotonic seconds."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait for so many seconds."""
        ...


class SystemClock:
    """The machine's own monotonic clock."""

    def now(self) -> float:
        """Return monotonic seconds."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait for so many seconds."""
        await asyncio.sleep(seconds)


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0
    free_at: float = 0.0
    """When the next request may start, in the clock's seconds."""


class Gate:
    """Lets requests through one host at a time."""

    def __init__(self, clock: Clock, *, spacing: float = 1.0, longest_wait: float = 60.0) -> None:
        """Make a gate.

        spacing: seconds between the end of a request and the start of the next one to the same host
        longest_wait: seconds that a caller waits for a host that asked for quiet; beyond it they are told at once
        """
        self._clock, self._spacing, self._longest_wait = clock, spacing, longest_wait
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for the host's turn and keep it for the length of the block.

        Raises BadStatus (429) when the host asked for more quiet than anybody should wait for.
        """
        host = self._hosts.setdefault(name, _Host())
        host.users += 1
        try:
            async with host.lock:
                await self._wait(name, host)
                try:
                    yield
                finally:
                    host.free_at = max(host.free_at, self._clock.now() + self._spacing)
        finally:
            host.users -= 1
            self._forget_idle_hosts()

    def hold(self, name: str, seconds: float) -> None:
        """Leave a host alone for so many seconds, as it asked."""
        host = self._hosts.setdefault(name, _Host())
        host.free_at = max(host.free_at, self._clock.now() + seconds)

    async def _wait(self, name: str, host: _Host) -> None:
        while (left := host.free_at - self._clock.now()) > 0:
            if left > self._longest_wait:
                raise BadStatus(name, _TOO_MANY_REQUESTS, retry_after=left)
            await self._clock.sleep(left)

    def _forget_idle_hosts(self) -> None:
        if len(self._hosts) > _REMEMBERED_HOSTS:
            now = self._clock.now()
            self._hosts = {name: host for name, host in self._hosts.items() if host.users or host.free_at > now}
