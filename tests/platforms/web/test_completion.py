"""Completion on the page: it reads a half-typed line as the server reads the whole one, and offers what fits."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page

from bot.chat.parse import _TOKEN
from tests.support import browser as chrome
from tests.support.web_client import WebStage, web_stage

pytestmark = pytest.mark.asyncio(loop_scope="session")
LINES = (
    "vision",
    'where:"new york" remote:yes vision',
    "a  b   c",
    'words="two words" x',
    '"one two" three',
    "part-time:yes",
    "https://jobs.example.org/1?x=1",
    "5:30",
)
HALF = {
    "hello": None,
    "/": ["/sampler parts", "/sampler typed", "/sampler form"],
    "/sampler t": ["/sampler typed", "/sampler thread"],
    "/typ": ["/sampler typed"],
    "/sampler typed ": ["red", "blue", "colour:", "count:", "size:", "where:", "loud:"],
    "/sampler typed r": ["red"],
    "/sampler typed colour:b": ["blue"],
    "/sampler typed red lo": ["loud:"],
    "/sampler typed red size:": ["small", "very large"],
    "/sampler typed red LOUD:": ["yes", "no"],
    "/sampler typed red count:3 ": ["small", "very large", "size:", "where:", "loud:"],
    "/sampler parts hello ": [],
    "/sampler broken ": [],
    "/nothing": [],
}


async def test_the_page_completes_what_the_server_understands(opened: Browser) -> None:
    async with web_stage() as web, chrome.new_page(opened) as page:
        await page.goto(web.platform.address)
        await compare(page, web)


async def compare(page: Page, web: WebStage) -> None:
    module = "async ([name, ...given]) => (await import('/static/completion.js'))[name](...given)"
    for line in LINES:
        seen = [(w["name"], w["value"]) for w in await page.evaluate(module, ["words", line])]
        assert seen == [
            ((t["name"] or "").lower(), t["quoted"] if t["quoted"] is not None else t["word"])
            for t in _TOKEN.finditer(line)
        ]
    async with web.tab("Ada") as ada:
        commands: list[dict[str, Any]] = (await ada.hello("Ada"))["commands"]
    for line, expected in HALF.items():
        found = await page.evaluate(module, ["complete", line, commands])
        if expected is None:
            assert found is None
            continue
        labels = [item["label"] for item in found["items"]]
        assert labels[: len(expected)] == expected, line
        assert len(labels) == len(expected) or line == "/", line
    asked = await page.evaluate(module, ["complete", "/sampler typed red where:be", commands])
    assert asked["ask"] == {"path": ["sampler", "typed"], "option": "where", "typed": "be", "prefix": "where:"}
    values = [{"label": "New York", "value": "new york", "hint": ""}]
    offered = await page.evaluate(module, ["valueItems", values, "ne", "where:"])
    assert offered["items"][0]["insert"] == 'where:"new york" '
    assert offered["active"] == 0
    assert (await page.evaluate(module, ["valueItems", values, "New York", "where:"]))["active"] == -1
