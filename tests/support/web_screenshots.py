"""Pictures of the web chat, wide and phone, light and dark, of whatever runs at an address.

python -m tests.support.web_screenshots http://127.0.0.1:8080 docs/pictures
python -m tests.support.web_screenshots http://127.0.0.1:8080 /tmp/pictures --line "/leads search vision"
"""

import argparse
import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.support import browser as chrome

LINES = ("/leads today", "/leads search vision", "/help", "/leads sources")
NAME = "Mira Okafor"


@dataclass(frozen=True, slots=True)
class Look:
    """One way of looking at the page."""

    name: str
    phone: bool
    dark: bool


LOOKS = (
    Look("wide-light", phone=False, dark=False),
    Look("wide-dark", phone=False, dark=True),
    Look("phone-light", phone=True, dark=False),
    Look("phone-dark", phone=True, dark=True),
)


async def take_pictures(
    address: str, folder: Path, *, lines: Sequence[str] = LINES, name: str = NAME, looks: Sequence[Look] = LOOKS
) -> list[Path]:
    """Visit a running web chat and take its pictures; returns the files.

    address: where it runs, for example http://127.0.0.1:8080
    lines: commands whose answers are shown, in the first place; what the visitor alone sees is dismissed at the end
    """
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    taken: list[Path] = []
    async with chrome.browser() as opened:
        for look in looks:
            taken += await _visit(opened, address, folder, look, lines, name)
    return taken


async def _visit(
    opened: Browser, address: str, folder: Path, look: Look, lines: Sequence[str], name: str
) -> list[Path]:
    size = chrome.PHONE if look.phone else chrome.WIDE
    taken: list[Path] = []

    async def take(page: Page, what: str) -> None:
        path = folder / f"{look.name}-{what}.png"
        await chrome.shot(page, path)
        taken.append(path)

    async with chrome.new_page(opened, size=size, dark=look.dark, sharp=look.phone) as page:
        await page.goto(address)
        await expect(page.locator("#names")).to_be_visible()
        await take(page, "names")
        await page.fill("#names-input", name)
        await page.keyboard.press("Enter")
        await expect(page.locator("#feed .welcome, #feed .entry").first).to_be_visible()
        await take(page, "leads")
        for line in lines:
            before = await page.locator("#feed .entry").count()
            await page.fill("#line", line)
            await page.press("#line", "Enter")
            await expect(page.locator("#feed .entry")).not_to_have_count(before, timeout=20_000)
            await take(page, re.sub(r"\W+", "-", line).strip("-"))
        await page.fill("#line", "/leads ")
        await take(page, "typing")
        await page.fill("#line", "")
        if look.phone:
            await page.locator("#open-side").click()
            await take(page, "drawer")
        else:
            await page.keyboard.press("Control+k")
            await take(page, "palette")
        await page.keyboard.press("Escape")
        await _tidy_up(page)
    return taken


async def _tidy_up(page: Page) -> None:
    """Dismiss what was answered to the visitor alone, so that a second visit looks the same."""
    dismiss = page.locator("#feed .entry.private > .entry-body > .entry-head [data-dismiss]")
    for left in range(await dismiss.count(), 0, -1):
        await dismiss.last.dispatch_event("click")
        await expect(dismiss).to_have_count(left - 1)


def main() -> None:
    """Take the pictures that the arguments ask for."""
    parser = argparse.ArgumentParser(description="Take pictures of a running web chat.")
    parser.add_argument("address")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--line", action="append", help="a command whose answer is shown; may be given several times")
    parser.add_argument("--name", default=NAME)
    given = parser.parse_args()
    for path in asyncio.run(take_pictures(given.address, given.folder, lines=given.line or LINES, name=given.name)):
        print(path)


if __name__ == "__main__":
    main()
