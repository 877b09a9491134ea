"""The surface of the durable engine that the rest of the house sees, so that the engine can be swapped."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

Args = Mapping[str, Any]
"""JSON data."""


class Run(Protocol):
    """A job under way. Clock, chance and the world outside belong into a step; between steps a job is deterministic."""

    key: str

    async def step(self, name: str, work: Callable[[], Awaitable[Any]]) -> Any:
        """Run a step once: after a crash its JSON result is remembered and the step is not run again."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait, also across a restart."""
        ...

    async def wait_for(self, topic: str, seconds: float) -> Any:
        """Wait for a signal of a topic; returns its value, or None when none came in time."""
        ...


Handler = Callable[[Run, Args], Awaitable[None]]
"""A job's handler; it is run again from its beginning after a crash, so what it does is idempotent for its key."""

Due = Callable[[], Awaitable[datetime | None]]

JOBS, PULLS, ROUNDS = "jobs", "pulls", "rounds"
"""Queues: ordinary work; feeds, one at a time; rounds, which wait for people and so need a high limit."""

CONCURRENCY = {JOBS: 16, PULLS: 1, ROUNDS: 1_000}


class Engine(Protocol):
    """Runs jobs, each once for its key, whatever crashes."""

    def job(self, name: str, handler: Handler) -> None:
        """Say what handles a job. Before `start`."""
        ...

    def every_minute(self, function: Callable[[], Awaitable[object]], due: Due | None = None) -> None:
        """Have something done about every minute in every process; it must be safe to do twice. Before `start`.

        due: tells when it has something to do next, None for nothing; an engine may spare the minutes before
        """
        ...

    async def enqueue(self, key: str, job: str, args: Args, *, queue: str = JOBS, delay: float = 0) -> None:
        """Have a job run, after `delay` seconds; a key that was given before does nothing."""
        ...

    async def signal(self, key: str, topic: str, value: Any) -> None:
        """Tell a job under way something that it waits for."""
        ...

    async def cancel(self, key: str) -> None:
        """Stop a job before its next step, or before it begins; one that ended stays as it is."""
        ...

    async def move(self, key: str, delay: float) -> None:
        """Have a job that waits for its delay begin `delay` seconds from now instead; one that began stays as it is."""
        ...

    async def start(self) -> None:
        """Take up work, first what a crash left."""
        ...

    async def stop(self) -> None:
        """End; what is under way goes on at the next start."""
        ...
