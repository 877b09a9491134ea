"""The engine's twin in memory: the same promises but for crashes. Tests drive it by hand, with their own clock."""

import asyncio
import heapq
import itertools
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import orjson

from bot.work.engine import JOBS, Args, Due, Handler
from bot.work.hourly import Hourly

log = logging.getLogger(__name__)


class MemoryRun:
    """A job under way in memory."""

    def __init__(self, engine: "MemoryEngine", key: str) -> None:
        self.key = key
        self._engine = engine

    async def step(self, name: str, work: Callable[[], Awaitable[Any]]) -> Any:
        """Run a step; its result goes through JSON, as on the durable engine."""
        del name
        return orjson.loads(orjson.dumps(await work()))

    async def sleep(self, seconds: float) -> None:
        """Wait until the engine's clock was moved so far."""
        await self._engine.wait(self.key, seconds, asyncio.get_running_loop().create_future())

    async def wait_for(self, topic: str, seconds: float) -> Any:
        """Wait for a signal, or until the clock was moved so far."""
        return await self._engine.receive(self.key, topic, seconds)


class MemoryEngine:
    """Runs jobs when `settle` is called and timers when `advance` is."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.failed: list[tuple[str, BaseException]] = []
        self._handlers: dict[str, Handler] = {}
        self._minutely: list[tuple[Callable[[], Awaitable[object]], Due | None]] = []
        self._keys: set[str] = set()
        self._timers: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._delayed: dict[str, tuple[datetime, str, Args]] = {}
        self._signals: dict[tuple[str, str], list[Any]] = {}
        self._blocked: dict[str, asyncio.Future[Any]] = {}
        self._waiting: dict[tuple[str, str], asyncio.Future[Any]] = {}

    def clock(self) -> datetime:
        """Return the time as it stands."""
        return self.now

    def job(self, name: str, handler: Handler) -> None:
        """Say what handles a job."""
        self._handlers[name] = handler

    def every_minute(self, function: Callable[[], Awaitable[object]], due: Due | None = None) -> None:
        """Keep what `advance` does at every full minute, or only at those at which it is due."""
        self._minutely.append((function, due))

    async def enqueue(self, key: str, job: str, args: Args, *, queue: str = JOBS, delay: float = 0) -> None:
        """Have a job run at the next `settle`, or when the clock was moved by `delay` seconds."""
        del queue
        if key in self._keys:
            return
        self._keys.add(key)
        copy = orjson.loads(orjson.dumps(dict(args)))
        if delay:
            self._delayed[key] = (self.now, job, copy)
            await self.move(key, delay)
        else:
            self._begin(key, job, copy)

    async def signal(self, key: str, topic: str, value: Any) -> None:
        """Hand a value to the job that waits for it, or keep it until it does."""
        waiting = self._waiting.pop((key, topic), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(value)
        else:
            self._signals.setdefault((key, topic), []).append(value)

    async def cancel(self, key: str) -> None:
        """Stop a job; one that did not begin never will."""
        self._delayed.pop(key, None)
        if task := self._tasks.get(key):
            task.cancel()

    async def move(self, key: str, delay: float) -> None:
        """Have a delayed job begin when the clock was moved by `delay` seconds from here."""
        if delayed := self._delayed.get(key):
            self._delayed[key] = (self.now + timedelta(seconds=delay), *delayed[1:])
            self._at(delay, lambda: self._begin_delayed(key))

    async def start(self) -> None:
        """Nothing is left from before: this engine forgets."""

    async def stop(self) -> None:
        """Stop all jobs under way."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def settle(self) -> None:
        """Let everything run that can run without the clock moving."""
        for _ in range(50):
            await asyncio.sleep(0)
        while running := [t for k, t in self._tasks.items() if not t.done() and not self._is_waiting(k)]:
            await asyncio.wait(running, timeout=0.05, return_when=asyncio.FIRST_COMPLETED)

    async def advance(self, duration: timedelta, instead: Callable[[], Awaitable[object]] | None = None) -> None:
        """Move the clock with the timers and the minutely work that come up on the way; what is idle is skipped.

        instead: done at every busy minute in place of what is done once an hour, which takes most of a long time
        """
        end = self.now + duration
        while self.now < end:
            minute, work = await self._busy_minute(end, hourly=instead is None)
            due = self._timers[0][0] if self._timers else end
            self.now = min(end, minute, max(due, self.now))
            while self._timers and self._timers[0][0] <= self.now:
                heapq.heappop(self._timers)[2]()
                await self.settle()
            if self.now == minute:
                for function in (instead, *work) if instead else work:
                    await function()
            await self.settle()

    async def _busy_minute(
        self, end: datetime, *, hourly: bool
    ) -> tuple[datetime, list[Callable[[], Awaitable[object]]]]:
        """Return the next full minute at which some minutely work has something to do, and that work."""
        following = (self.now + timedelta(minutes=1)).replace(second=0, microsecond=0)
        wanted = [
            each for each in self._minutely if hourly or not isinstance(getattr(each[1], "__self__", None), Hourly)
        ]
        moments = await asyncio.gather(*(_due_or(following, due) for _, due in wanted))
        dues = [(function, when) for (function, _), when in zip(wanted, moments, strict=True)]
        late = max(following, min((when for _, when in dues if when is not None), default=end + timedelta(minutes=1)))
        full = late.replace(second=0, microsecond=0)
        minute = full if full == late else full + timedelta(minutes=1)
        return minute, [function for function, when in dues if when is not None and when <= minute]

    async def wait(self, key: str, seconds: float, until: "asyncio.Future[Any]") -> Any:
        """Wait for a future; it becomes None when the clock has been moved by `seconds`."""
        self._at(seconds, lambda: None if until.done() else until.set_result(None))
        self._blocked[key] = until
        return await until

    async def receive(self, key: str, topic: str, seconds: float) -> Any:
        """Return a signal that came already, or wait for one."""
        if kept := self._signals.get((key, topic)):
            return kept.pop(0)
        until: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[key, topic] = until
        return await self.wait(key, seconds, until)

    def _is_waiting(self, key: str) -> bool:
        return key in self._blocked and not self._blocked[key].done()

    def _at(self, seconds: float, function: Callable[[], None]) -> None:
        heapq.heappush(self._timers, (self.now + timedelta(seconds=seconds), next(self._order), function))

    def _begin_delayed(self, key: str) -> None:
        # A job that was moved has a timer for every time it was to begin; all but the one that holds do nothing.
        if (delayed := self._delayed.get(key)) and delayed[0] <= self.now:
            del self._delayed[key]
            self._begin(key, *delayed[1:])

    def _begin(self, key: str, job: str, args: Args) -> None:
        self._tasks[key] = asyncio.get_running_loop().create_task(self._run(key, job, args))

    async def _run(self, key: str, job: str, args: Args) -> None:
        try:
            await self._handlers[job](MemoryRun(self, key), args)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            log.exception("job %s failed", key)
            self.failed.append((key, error))


async def _due_or(following: datetime, due: Due | None) -> datetime | None:
    """Return when something has to do next; what does not say so has at every minute."""
    return following if due is None else await due()
