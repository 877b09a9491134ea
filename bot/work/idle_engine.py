"""The engine of a command in the terminal: it runs nothing, since the command ends as soon as it has its answer.

What is to be done stands in the database (a delivery, a schedule's hour, a round's next turn), and the running bot
finds it there within a minute. A job that was begun here would be cut off at any point of it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.work.engine import JOBS, Args, Due, Handler


class IdleEngine:
    """Takes note of nothing."""

    def job(self, name: str, handler: Handler) -> None:
        """Pass over what handles a job."""

    def every_minute(self, function: Callable[[], Awaitable[object]], due: Due | None = None) -> None:
        """Pass over what is done every minute."""

    async def enqueue(self, key: str, job: str, args: Args, *, queue: str = JOBS, delay: float = 0) -> None:
        """Leave a job to the running bot."""

    async def signal(self, key: str, topic: str, value: Any) -> None:
        """Tell nobody: no job runs here."""

    async def cancel(self, key: str) -> None:
        """Stop nothing."""

    async def move(self, key: str, delay: float) -> None:
        """Move nothing."""

    async def start(self) -> None:
        """Take up nothing."""

    async def stop(self) -> None:
        """Nothing is under way."""
