"""The durable engine on DBOS: SQLite in one process, PostgreSQL with several. The only module that knows DBOS."""

import asyncio
import contextlib
import contextvars
import itertools
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetEnqueueOptions, SetWorkflowID
from sqlalchemy.engine import make_url

from bot.work.engine import CONCURRENCY, JOBS, Args, Due, Handler
from bot.work.slots import Slots

log = logging.getLogger(__name__)

VERSION = "1"
"""The application's version for the engine, pinned: else a deploy leaves delayed jobs and waiting rounds behind."""
MINUTE = 60.0
DAY = 24 * 60
"""Minutes between two rounds of forgetting."""
FORGOTTEN_AT_ONCE = 1_000
RECOVERIES = 1_000_000
"""How often a job may be taken up again: a process that is killed often must not lose its rounds."""
POLL = 0.2
"""Seconds between two looks at a queue."""


class DbosRun:
    """A job under way on DBOS."""

    def __init__(self, key: str) -> None:
        self.key = key

    async def step(self, name: str, work: Callable[[], Awaitable[Any]]) -> Any:
        """Run a step once; its result is remembered."""
        return await DBOS.run_step_async({"name": name}, _as_coroutine(work))

    async def sleep(self, seconds: float) -> None:
        """Wait, also across a restart."""
        await DBOS.sleep_async(seconds)

    async def wait_for(self, topic: str, seconds: float) -> Any:
        """Wait for a signal; None when none came in time."""
        return await DBOS.recv_async(topic, seconds)


class DbosEngine:
    """Runs jobs on DBOS. There is one in a process, as DBOS itself is."""

    def __init__(self, database_url: str, *, lost: Callable[[], None] | None = None, days: int = 30) -> None:
        """Prepare the engine.

        database_url: the application's database; on SQLite the engine keeps a file of its own beside it
        lost: called when this process lost its lease on PostgreSQL: it must end, since another goes on with its work
        days: how long finished jobs are kept
        """
        self._url = database_url
        self._days = days
        self._handlers: dict[str, Handler] = {}
        self._minutely: list[Callable[[], Awaitable[object]]] = []
        self._ticking: asyncio.Task[None] | None = None
        self._hurry = asyncio.Event()
        self._slots = None if database_url.startswith("sqlite") else Slots(database_url, lost or _give_up)
        self._workflow: Any = None

    def job(self, name: str, handler: Handler) -> None:
        """Say what handles a job."""
        self._handlers[name] = handler

    def every_minute(self, function: Callable[[], Awaitable[object]], due: Due | None = None) -> None:
        """Keep what is done every minute; asking whether it is due would cost what it costs itself."""
        del due
        self._minutely.append(function)

    async def start(self) -> None:
        """Launch the engine; jobs that a crash left are taken up."""
        if self._slots is None:
            _write_ahead(engine_url(self._url))
        executor = "local" if self._slots is None else await self._slots.take()
        config: DBOSConfig = {
            "name": "rung",
            "system_database_url": engine_url(self._url),
            "application_version": VERSION,
            "executor_id": executor,
            "serializer": DBOSPortableJSONSerializer(),
            "max_executor_threads": 16,
            "log_level": "WARNING",
            "sys_db_pool_size": 10,
            "notification_listener_polling_interval_sec": 0.2,
        }
        DBOS(config=config)

        async def run(job: str, args: dict[str, Any]) -> None:
            await self._run(job, args)

        # A function and no method: DBOS marks what it is given.
        self._workflow = DBOS.workflow(name="rung.job", max_recovery_attempts=RECOVERIES)(run)
        DBOS.launch()
        for queue, limit in CONCURRENCY.items():
            await DBOS.register_queue_async(
                queue, worker_concurrency=limit, polling_interval_sec=POLL, global_concurrency=1 if limit == 1 else None
            )
        if self._slots is not None:
            # What a dead process was about to enqueue is found by what is done every minute, which is done at once.
            self._slots.watch(self._orphans, self._adopt, self._hurry.set)
        self._ticking = asyncio.get_running_loop().create_task(self._tick())

    async def stop(self) -> None:
        """End; jobs under way get 20 seconds, what is left goes on at the next start."""
        if self._ticking is not None:
            self._ticking.cancel()
            await asyncio.gather(self._ticking, return_exceptions=True)
        if self._slots is not None:
            await self._slots.leave_others()  # an engine that ends can't be asked whose work is left
        # DBOS sleeps while it ends, so it must not do it on the loop.
        await asyncio.to_thread(lambda: DBOS.destroy(workflow_completion_timeout_sec=20, destroy_registry=True))
        if self._slots is not None:
            await self._slots.release()

    async def enqueue(self, key: str, job: str, args: Args, *, queue: str = JOBS, delay: float = 0) -> None:
        """Have a job run; a repeated key does nothing. Raises KeyError for a job that nobody handles.

        Within a job it is no step of it. DBOS numbers what a job enqueues, and takes the first for the first when the
        job is run again after a crash; by then our rows may say something else is due, which would never be enqueued.
        """
        if job not in self._handlers:
            raise KeyError(f"nobody handles the job {job!r}")

        async def apart() -> None:
            with SetWorkflowID(key), SetEnqueueOptions(delay_seconds=delay or None):
                await DBOS.enqueue_workflow_async(queue, self._workflow, job, dict(args))

        await asyncio.get_running_loop().create_task(apart(), context=contextvars.Context())

    async def signal(self, key: str, topic: str, value: Any) -> None:
        """Tell a job something."""
        await DBOS.send_async(key, value, topic)

    async def cancel(self, key: str) -> None:
        """Stop a job."""
        await DBOS.cancel_workflow_async(key)

    async def move(self, key: str, delay: float) -> None:
        """Have a delayed job begin at another time."""
        await DBOS.set_workflow_delay_async(key, delay_seconds=delay)

    async def _run(self, job: str, args: dict[str, Any]) -> None:
        handler = self._handlers.get(job)
        if handler is None:
            log.error("a job of an unknown kind is passed over: %s", job)
            return
        await handler(DbosRun(str(DBOS.workflow_id)), args)

    async def _tick(self) -> None:
        for minute in itertools.count():
            for function in (*self._minutely, self._forget) if minute % DAY == 0 else self._minutely:
                try:
                    await function()
                except Exception:
                    # The next minute tries again; the operators see it in the log.
                    log.exception("minutely work failed")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._hurry.wait(), MINUTE)
            self._hurry.clear()

    async def _forget(self) -> None:
        """Delete the jobs that ended and were enqueued more than so many days ago."""
        before = (datetime.now(UTC) - timedelta(days=self._days)).isoformat()
        ended = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
        while old := await DBOS.list_workflows_async(
            status=ended, end_time=before, limit=FORGOTTEN_AT_ONCE, load_input=False, load_output=False
        ):
            await DBOS.delete_workflows_async([w.workflow_id for w in old])

    async def _orphans(self) -> set[str]:
        """Return the executors that have work under way."""
        pending = await DBOS.list_workflows_async(status="PENDING", load_input=False, load_output=False)
        return {w.executor_id for w in pending if w.executor_id}

    async def _adopt(self, executor: str) -> None:
        """Take up what a dead process left, each job in its queue."""
        left = await DBOS.list_workflows_async(
            status="PENDING", executor_id=executor, load_input=False, load_output=False
        )
        by_queue: dict[str, list[str]] = {}
        for workflow in left:
            by_queue.setdefault(workflow.queue_name or JOBS, []).append(workflow.workflow_id)
        for queue, keys in by_queue.items():
            await DBOS.resume_workflows_async(keys, queue_name=queue)
        if left:
            log.warning("took up %d jobs of %s", len(left), executor)


def engine_url(database_url: str) -> str:
    """Return where the engine keeps its own tables: a file beside an SQLite database, else the same database."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        name = url.database or "rung.sqlite"
        stem = name.removesuffix(".sqlite")
        return f"sqlite:///{stem}-work.sqlite"
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def _write_ahead(url: str) -> None:
    """Turn on SQLite's write-ahead log, which the file then keeps: without it every commit waits for the disk."""
    with closing(sqlite3.connect(str(make_url(url).database), timeout=30)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


def _as_coroutine(work: Callable[[], Awaitable[Any]]) -> Callable[[], Any]:
    # An async function, so that DBOS runs it on the loop and not in a thread.
    async def run() -> Any:
        return await work()

    return run


def _give_up() -> None:
    raise SystemExit("the lease on the database was lost; another process goes on with the work")
