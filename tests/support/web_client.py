"""The web chat on a real socket, and a tab without a browser: what the page says and hears."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bot.chat.router import Router
from bot.platforms.web.connection import WebPlatform
from bot.platforms.web.store import History
from tests.support.sampler import Sampler, sampler_router
from tests.support.web_memory import MemoryHistory

PATIENCE = 5.0
"""Seconds after which a test gives up on an answer that will not come."""


class Ticking:
    """A clock that goes on by a second each time it is read, so that nothing happens at the same moment."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Refusal(Exception):
    """The page was told no."""

    text: str
    field_name: str


@dataclass
class Tab:
    """A tab: requests are numbered, news are kept in order."""

    socket: aiohttp.ClientWebSocketResponse
    news: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[int, dict[str, Any]] = field(default_factory=dict)
    number: int = 0

    async def _read(self) -> None:
        data = await self.socket.receive_json(timeout=PATIENCE)
        if "push" in data:
            self.news.append(data)
        else:
            self.answers[data["n"]] = data

    async def ask(self, what: str, **data: Any) -> dict[str, Any]:
        """Ask and return the result. Raises Refusal."""
        self.number += 1
        number = self.number
        await self.socket.send_json({"n": number, "do": what, **data})
        while number not in self.answers:
            await self._read()
        answer = self.answers.pop(number)
        if "error" in answer:
            raise Refusal(answer["error"]["text"], answer["error"]["field"])
        result: dict[str, Any] = answer["result"]
        return result

    async def hear(self, push: str) -> dict[str, Any]:
        """Return the next piece of news of a kind that was not taken yet."""
        while True:
            for index, news in enumerate(self.news):
                if news["push"] == push:
                    return self.news.pop(index)
            await self._read()

    async def entry(self) -> dict[str, Any]:
        """Return the next message that is shown."""
        shown: dict[str, Any] = (await self.hear("entry"))["entry"]
        return shown

    async def hello(self, name: str, **more: Any) -> dict[str, Any]:
        """Say who it is."""
        return await self.ask("hello", name=name, **more)


@dataclass
class WebStage:
    """A running web chat and what it stands on."""

    platform: WebPlatform
    history: History
    sampler: Sampler
    router: Router
    http: aiohttp.ClientSession

    @asynccontextmanager
    async def tab(self, name: str = "", **more: Any) -> AsyncIterator[Tab]:
        """Open a tab; with a name, it has said hello."""
        headers = {"Origin": self.platform.address}
        async with self.http.ws_connect(f"{self.platform.address}/ws", headers=headers) as socket:
            opened = Tab(socket)
            if name:
                await opened.hello(name, **more)
            yield opened


@asynccontextmanager
async def web_stage(
    history: History | None = None, sampler: Sampler | None = None, **more: Any
) -> AsyncIterator[WebStage]:
    """Serve the web chat with the sampler on a free port, unless one is given."""
    history = history or MemoryHistory()
    router, cog = sampler_router(sampler)
    platform = WebPlatform(router, history, **{"port": 0, "clock": Ticking(), **more})
    await platform.start()
    try:
        async with aiohttp.ClientSession() as http:
            yield WebStage(platform, history, cog, router, http)
    finally:
        await platform.stop()
        await asyncio.sleep(0)


async def show(tab: Tab, line: str) -> dict[str, Any]:
    """Run a command in #leads and return what is shown."""
    await tab.ask("say", place="leads", text=line)
    return await tab.entry()


def state_of(form: str) -> str:
    """Return what a form carries."""
    found = re.search(r'data-state="([^"]+)"', form)
    assert found
    return found[1]
