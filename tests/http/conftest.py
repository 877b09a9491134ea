from collections.abc import AsyncIterator, Iterator

import pytest
import stamina

from tests.support.web import FakeClock, Site, local_site


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with local_site() as site:
        yield site


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(autouse=True)
def no_backoff() -> Iterator[None]:
    """Let retries happen as often as in earnest, but without waiting."""
    with stamina.set_testing(True, attempts=3, cap=True):
        yield
