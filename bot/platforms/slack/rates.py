"""Slack's rate limits: a bucket of tokens for each method and place, and the pauses that Slack asks for."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.chat.platform import TryLater


@dataclass(frozen=True, slots=True)
class Rate:
    """Calls a second on average, and how many at once."""

    per_second: float
    burst: float


PER_CHANNEL = {"chat.postMessage": Rate(1.0, 3)}
"""One message a second and channel, "short bursts" allowed (docs.slack.dev/apis/web-api/rate-limits)."""

PER_TEAM = {
    "chat.postMessage": Rate(10.0, 100),  # "several hundred messages per minute" in a workspace, same page
    "chat.postEphemeral": Rate(100 / 60, 20),  # tier 4: 100 a minute
    "chat.update": Rate(50 / 60, 20),  # tier 3: 50 a minute
    "conversations.history": Rate(50 / 60, 20),
    "conversations.replies": Rate(50 / 60, 20),
    "conversations.open": Rate(50 / 60, 20),
    "conversations.join": Rate(50 / 60, 10),
    "users.conversations": Rate(50 / 60, 10),
    "users.info": Rate(100 / 60, 50),
    "views.publish": Rate(100 / 60, 20),
    "files.getUploadURLExternal": Rate(100 / 60, 20),
    "files.completeUploadExternal": Rate(100 / 60, 20),
}
"""The tiers of the methods that are called without a person waiting at a modal."""

Key = tuple[str, str, str]
_MOST = 10_000


class Rates:
    """Waits its turn when that is soon, and says TryLater when it is not.

    clock: seconds that only grow
    patience: the most seconds that a call waits here
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        patience: float = 5.0,
        per_team: Mapping[str, Rate] = PER_TEAM,
    ) -> None:
        self._clock, self._sleep, self._patience = clock, sleep, patience
        self._per_team = per_team
        self._full_at: dict[Key, float] = {}
        """When each bucket will be full again; one that is full is forgotten."""
        self._held: dict[Key, float] = {}

    async def turn(self, team: str, method: str, channel: str = "") -> None:
        """Take a token, waiting for it where needed. Raises TryLater when it would take longer than the patience."""
        now = self._clock()
        wait = max(0.0, self._held.get((team, method, ""), 0.0) - now)
        buckets = self._buckets(team, method, channel)
        wait = max([wait, *(self._wait(key, rate, now) for key, rate in buckets)])
        if wait > self._patience:
            raise TryLater(f"Slack's limit for {method} is reached", math.ceil(wait))
        for key, rate in buckets:
            # Taken before the wait, so that those who come later queue behind.
            self._full_at[key] = max(self._full_at.get(key, now), now) + 1 / rate.per_second
        if len(self._full_at) > _MOST:
            self._forget(now)
        if wait > 0:
            await self._sleep(wait)

    def hold(self, team: str, method: str, seconds: float) -> None:
        """Stop a method for a workspace: Slack said 429 and how long to wait."""
        key = (team, method, "")
        self._held[key] = max(self._held.get(key, 0.0), self._clock() + seconds)

    def _buckets(self, team: str, method: str, channel: str) -> list[tuple[Key, Rate]]:
        found = [((team, method, ""), self._per_team[method])] if method in self._per_team else []
        if channel and method in PER_CHANNEL:
            found.append(((team, method, channel), PER_CHANNEL[method]))
        return found

    def _wait(self, key: Key, rate: Rate, now: float) -> float:
        """Seconds until a bucket has a token: it lacks (full_at - now) × rate of its burst."""
        lacking = max(0.0, self._full_at.get(key, now) - now)
        return max(0.0, lacking - (rate.burst - 1) / rate.per_second)

    def _forget(self, now: float) -> None:
        self._full_at = {key: at for key, at in self._full_at.items() if at > now}
        self._held = {key: at for key, at in self._held.items() if at > now}
