"""Sources are asked every period by jobs; one that fails is counted and stops no other."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.http import Http, Unreachable
from bot.leads.pulls import JOB, Pulls
from bot.leads.sources.protocol import SourceError
from bot.leads.sources.sighting import Fetched, FetchState
from tests.support.stage import Stage, raw


@dataclass
class Scripted:
    """A source that does what the test says."""

    name: str
    outcome: Fetched | Exception
    kind: str = "scripted"
    home: str = "https://example.org"
    asked: list[FetchState] = field(default_factory=list)

    async def fetch(self, http: Http, state: FetchState) -> Fetched:
        self.asked.append(state)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.fixture
def sources() -> list[Scripted]:
    return [
        Scripted("good", Fetched([raw("1")], state=FetchState(etag="v1", digest="d1"))),
        Scripted("down", Unreachable("example.org can't be reached.")),
        Scripted("odd", SourceError("It answered with a page instead of a list.")),
    ]


def pulls(stage: Stage, sources: list[Scripted], minutes: int = 60) -> Pulls:
    made = Pulls(sources, stage.app.http, stage.app.ingest, stage.engine, stage.engine.clock, minutes)
    stage.engine.job(JOB, made.handle)
    return made


async def test_every_source_is_asked_once_a_period_and_a_broken_one_stops_no_other(
    stage: Stage, sources: list[Scripted]
) -> None:
    made = pulls(stage, sources)
    await made.tick()
    await made.tick()
    await stage.engine.settle()
    assert [len(source.asked) for source in sources] == [1, 1, 1]
    health = {h.name: h for h in await stage.app.health.all()}
    assert (health["good"].failures, health["good"].seen) == (0, 1)
    assert "can't be reached" in health["down"].error
    assert "instead of a list" in health["odd"].error
    stage.engine.now += timedelta(hours=1)
    await made.tick()
    await stage.engine.settle()
    assert sources[0].asked[1] == FetchState(etag="v1", digest="d1")
    text = await stage.read("/leads sources")
    assert "In trouble" in text
    assert "(2× in a row)" in text


async def test_by_hand_only(stage: Stage, sources: list[Scripted]) -> None:
    made = pulls(stage, sources, minutes=0)
    await made.tick()
    await stage.engine.settle()
    assert sources[0].asked == []
    assert await made.pull(sources[1]) == "example.org can't be reached."


async def test_a_job_for_a_source_that_is_no_longer_built_in_is_passed_over(stage: Stage) -> None:
    pulls(stage, [])
    await stage.engine.enqueue("k", JOB, {"source": "gone"})
    await stage.engine.settle()
    assert stage.engine.failed == []
