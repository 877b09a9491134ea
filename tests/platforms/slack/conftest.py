from collections.abc import AsyncIterator

import pytest

from tests.support.slack_stage import Stage, problems_of_calls, stage

REFUSALS = {"invalid_blocks", "invalid_arguments", "msg_blocks_too_long", "no_text"}


@pytest.fixture(params=["socket", "http"])
async def on_stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """The sampler on a local Slack in both modes; at the end, all that it sent must have been right."""
    async with stage(request.param) as found:
        yield found
        assert problems_of_calls(found.team) == []
        assert [c for c in found.team.calls if c.error in REFUSALS] == []


@pytest.fixture
async def on_http() -> AsyncIterator[Stage]:
    """The same by signed HTTP only."""
    async with stage("http") as found:
        yield found
        assert problems_of_calls(found.team) == []


@pytest.fixture
async def on_socket() -> AsyncIterator[Stage]:
    """The same over a socket only, for what does not depend on the way in; refusals are the test's business."""
    async with stage("socket") as found:
        yield found
        assert problems_of_calls(found.team) == []
