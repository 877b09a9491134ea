"""Coming into the web chat with a real browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, expect

from tests.support import browser as chrome
from tests.support.web_client import WebStage

expect.set_options(timeout=chrome.PATIENCE_MS)


@asynccontextmanager
async def visit(
    opened: Browser,
    web: WebStage,
    name: str = "Ada Lovelace",
    *,
    phone: bool = False,
    dark: bool = False,
    lost: bool = False,
) -> AsyncIterator[Page]:
    """Come in under a name; at the end the console must have said nothing (but that the server was away)."""
    async with chrome.new_page(opened, size=chrome.PHONE if phone else chrome.WIDE, dark=dark) as page:
        errors = chrome.listen_for_errors(page, besides="WebSocket connection to" if lost else "never said")
        await page.goto(web.platform.address)
        await page.fill("#names-input", name)
        await page.keyboard.press("Enter")
        await expect(page.locator("#names")).to_be_hidden()
        await expect(page.locator("#feed .welcome, #feed .entry").first).to_be_visible()
        yield page
        assert errors == []


async def say(page: Page, line: str, box: str = "#line") -> None:
    await page.fill(box, line)
    await page.press(box, "Enter")
