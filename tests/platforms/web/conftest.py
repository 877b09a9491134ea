"""A running web chat for each test, and one Chromium for all tests that need it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.support import browser as chrome
from tests.support.web_client import WebStage, web_stage


@pytest.fixture
async def web() -> AsyncIterator[WebStage]:
    async with web_stage() as stage:
        yield stage


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def opened() -> AsyncIterator[Browser]:
    async with chrome.browser() as browser:
        yield browser
