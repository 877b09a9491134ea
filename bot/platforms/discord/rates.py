"""Our side of Discord's rate limits: how many messages we begin, so that Discord never has to refuse one.

Discord allows a bot 50 requests a second, and five messages in five seconds in one channel
(docs.discord.com/developers/topics/rate-limits); what it tells in its headers discord.py keeps to by itself.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.chat.platform import TryLater

EVERYWHERE = (4, 0.1)
"""Messages in seconds in all places together: 40 a second, evenly, so that no second of Discord's clock, which begins
when it likes, sees more than 44; the rest of the 50 is left to what members ask for."""
PLACE = (5, 5.5)
"""The same in one place; the half second is for messages that are on their way for different times."""
PATIENCE = 60.0
"""Seconds after which a message rather comes later than that its sender waits."""
_IDLE_PLACES = 2_000


@dataclass(slots=True)
class Window:
    """At most so many begin within so many seconds, wherever that window lies."""

    most: int
    seconds: float
    begun: deque[float]

    def next(self, now: float) -> float:
        """When the next one may begin."""
        return now if len(self.begun) < self.most else max(now, self.begun[0] + self.seconds)

    def take(self, at: float) -> None:
        """Note that one begins then."""
        self.begun.append(at)
        if len(self.begun) > self.most:
            self.begun.popleft()


class Rates:
    """One window for everything and one for each place. `clock` gives seconds that only grow."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._everywhere = Window(*EVERYWHERE, deque())
        self._places: dict[str, Window] = {}
        self._held: dict[str, float] = {}

    async def wait(self, place: str) -> None:
        """Wait for the turn of a request to a place, empty for none. Raises TryLater where it is a minute away."""
        now = self._clock()
        window = self._window(place, now) if place else self._everywhere
        held = max(self._held.get(place, now), self._held.get("", now))
        at = max(self._everywhere.next(now), window.next(now), held)
        if at - now > PATIENCE:
            raise TryLater("Discord asked for patience", at - now)
        for taken in (self._everywhere, window) if place else (window,):
            taken.take(at)
        if at > now:
            await self._sleep(at - now)

    def hold(self, seconds: float, place: str = "") -> None:
        """Let nothing begin for a while in a place, or anywhere."""
        self._held[place] = self._clock() + seconds

    def _window(self, place: str, now: float) -> Window:
        if len(self._places) > _IDLE_PLACES:
            self._places = {p: w for p, w in self._places.items() if w.begun[-1] + w.seconds > now}
            self._held = {p: until for p, until in self._held.items() if until > now}
        found = self._places.get(place)
        if found is None:
            found = self._places[place] = Window(*PLACE, deque())
        return found
