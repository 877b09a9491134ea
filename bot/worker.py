"""A process for heavy work: taking in a feed takes seconds of Python, and every command would feel it."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from typing import Any

Offload = Callable[..., Awaitable[Any]]
_NICE = 5
"""By how much the process steps back where processors are short: the conversation goes first."""
_end: list[Event] = []
"""In the worker process: set when it is to come to its end."""


def worker_process(warm_up: Callable[[], None]) -> tuple[Offload, Callable[[], Awaitable[None]]]:
    """Return a runner of functions in a process of their own, made when it is first needed, and its end.

    What takes more than a second asks `ending` now and then. When the process is killed, what it was at raises
    BrokenProcessPool, and what comes next gets another process. Functions, arguments and results must be picklable.
    warm_up: run once in the process, to load what its work needs
    """
    pool: ProcessPoolExecutor | None = None
    end: Event | None = None

    async def offload(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        nonlocal pool, end
        if pool is None:
            context = get_context("spawn")
            end = context.Event()
            pool = ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(warm_up, end))
        used = pool
        try:
            return await asyncio.get_running_loop().run_in_executor(used, partial(function, *args, **kwargs))
        except BrokenProcessPool:
            # The process was killed, by a system that is short of memory say: what comes next gets another one.
            if pool is used:
                pool = None
            raise

    async def close() -> None:
        if pool is not None and end is not None:
            end.set()
            # Not by the loop's own executor: the durable engine ends that one when it stops.
            with ThreadPoolExecutor(1, "rung-worker-close") as closer:
                shut = partial(pool.shutdown, cancel_futures=True)
                await asyncio.get_running_loop().run_in_executor(closer, shut)

    return offload, close


def ending() -> bool:
    """Return whether the worker process at hand is to end; False in any other process."""
    return any(event.is_set() for event in _end)


def _begin(warm_up: Callable[[], None], end: Event) -> None:
    _end.append(end)
    if hasattr(os, "nice"):
        os.nice(_NICE)
    warm_up()
