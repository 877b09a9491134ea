"""A running web chat for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.support.web_client import WebStage, web_stage


@pytest.fixture
async def web() -> AsyncIterator[WebStage]:
    async with web_stage() as stage:
        yield stage
