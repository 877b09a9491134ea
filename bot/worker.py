"""A process for heavy pure work: understanding a feed takes a second of Python, and every command would feel it."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

Offload = Callable[..., Awaitable[Any]]


def worker_process(warm_up: Callable[[], None]) -> tuple[Offload, Callable[[], Awaitable[None]]]:
    """Return a runner of pure functions in a process of their own, made when it is first needed, and its end.

    warm_up: run once in the process, to load what its work needs
    """
    pool: ProcessPoolExecutor | None = None

    async def offload(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        nonlocal pool
        if pool is None:
            pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=warm_up)
        return await asyncio.get_running_loop().run_in_executor(pool, partial(function, *args, **kwargs))

    async def close() -> None:
        if pool is not None:
            # Not by the loop's own executor: the durable engine ends that one when it stops.
            with ThreadPoolExecutor(1, "rung-worker-close") as closer:
                end = partial(pool.shutdown, cancel_futures=True)
                await asyncio.get_running_loop().run_in_executor(closer, end)

    return offload, close
