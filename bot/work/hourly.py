"""What every process does about once an hour: small housekeeping that is safe to do twice."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)


class Hourly:
    """Something done at the first minute and then once an hour; give `run` and `next_due` to `Engine.every_minute`."""

    def __init__(self, function: Callable[[], Awaitable[object]], clock: Callable[[], datetime]) -> None:
        self._function = function
        self._clock = clock
        self._next: datetime | None = None

    async def next_due(self) -> datetime:
        """Return when it is done next."""
        return self._next or self._clock()

    async def run(self) -> None:
        """Do it when an hour has passed."""
        now = self._clock()
        if self._next is None or now >= self._next:
            await self._function()
            self._next = now + HOUR
