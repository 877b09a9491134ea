"""Pulling the sources: each hour every source is asked by a job of its own, one at a time, and polite."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.http import Http, HttpError
from bot.leads.ingest import Ingest, Origin, Report
from bot.leads.sources.protocol import Source, SourceError
from bot.work.engine import PULLS, Args, Engine, Run

log = logging.getLogger(__name__)
JOB = "leads.pull"


class Pulls:
    """Asks sources, by schedule or by hand."""

    def __init__(
        self,
        sources: Sequence[Source],
        http: Http,
        ingest: Ingest,
        engine: Engine,
        clock: Callable[[], datetime],
        minutes: int,
    ) -> None:
        self.sources: Mapping[str, Source] = {source.name: source for source in sources}
        self._http = http
        self._ingest = ingest
        self._engine = engine
        self._clock = clock
        self._minutes = minutes

    async def tick(self) -> None:
        """Enqueue this period's look at every source, once for a period whatever restarts."""
        if not self._minutes:
            return
        period = int(self._clock().timestamp()) // int(timedelta(minutes=self._minutes).total_seconds())
        for name in self.sources:
            await self._engine.enqueue(f"{JOB}:{name}:{period}", JOB, {"source": name}, queue=PULLS)

    async def next_due(self) -> datetime | None:
        """Return that it is due at any minute: what was enqueued in a period is not again. None where it is by hand."""
        return self._clock() if self._minutes else None

    async def handle(self, run: Run, args: Args) -> None:
        """Ask a source, as a job; a source that is no longer built in is passed over."""
        del run
        source = self.sources.get(str(args["source"]))
        if source is not None:
            outcome = await self.pull(source)
            if isinstance(outcome, str):
                log.warning("source %s: %s", source.name, outcome)

    async def pull(self, source: Source, now: datetime | None = None) -> Report | str:
        """Ask a source now; returns what it changed, or in words why it could not be read."""
        now = now or self._clock()
        origin = Origin(source.name, source.kind, source.home)
        try:
            fetched = await source.fetch(self._http, await self._ingest.state(origin))
        except (HttpError, SourceError) as error:
            await self._ingest.failed(origin, str(error), now)
            return str(error)
        return await self._ingest.take(origin, fetched, now)
