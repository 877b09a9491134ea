"""The pictures of the documentation: simulated Discord, and the web chat of a running demo.

make demo & python -m tests.support.pictures docs/pictures [http://127.0.0.1:8080]
"""

import asyncio
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright

from bot.leads.announce import Announced
from bot.leads.catalog import Page
from bot.leads.filters import Filter
from bot.leads.views import LeadView
from cogs import lead_cards
from tests.support.discord_screenshot import CHROMIUM, screenshot

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"wide": (1280, 800), "phone": (390, 844)}


def lead(number: int, title: str, company: str, *places: tuple[str, str, str], **more: Any) -> LeadView:
    """An invented lead."""
    values: dict[str, Any] = dict.fromkeys(LeadView.__dataclass_fields__)
    values |= {
        "id": number,
        "title": title,
        "company": company,
        "places": places,
        "term": "summer",
        "year": 2027,
        "seasons": "summer 2027",
    }
    values |= {"url": f"https://jobs.example.org/{number}", "state": "open", "internship": True, "ml": True}
    values |= {"kind": "internship", "mode": "", "sponsorship": "", "size": "", "why": (), "degrees": ()}
    values |= {"score": 1.0, "research": False, "first_seen": NOW, "posted_at": NOW - timedelta(hours=number)}
    return LeadView(**(values | more))


LEADS = (
    lead(1, "Machine Learning Intern, Robot Grasping", "Tangram Robotics", ("Zurich", "", "CH"), size="start-up"),
    lead(2, "NLP Research Intern", "Quill Harbour", ("Berlin", "", "DE"), paid=True, research_team=True),
    lead(3, "Speech Recognition Intern", "Murmur Labs", mode="remote", part_time=True),
    lead(4, "Computer Vision Intern", "Fieldglass Drones", ("Toronto", "ON", "CA"), state="closed", term="fall"),
)


async def draw_discord(folder: Path) -> None:
    """Draw an announcement and a page of a search."""
    announced = Announced(1, date(2026, 11, 23), LEADS, 9, Filter())
    await screenshot(lead_cards.announcement(announced), folder / "discord-announcement.png")
    page = Page(LEADS[:3], 3, 1, 1, Filter(words="intern"))
    await screenshot(lead_cards.lead_page(page, NOW, {2: "saved"}), folder / "discord-search.png")


async def draw_web(folder: Path, address: str) -> None:
    """Draw the web chat in both sizes and both themes, after `/leads today`."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for size in SIZES:
            for theme in ("light", "dark"):
                await _draw(browser, address, size, theme, folder / f"web-{size}-{theme}.png")
        await browser.close()


async def _draw(browser: Browser, address: str, size: str, theme: Any, path: Path) -> None:
    width, height = SIZES[size]
    context = await browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
    page = await context.new_page()
    await page.goto(address)
    await page.get_by_role("textbox", name="Your name").fill("Sofia Reyes")
    await page.get_by_role("button", name="Come in").click()
    await page.get_by_text("new leads").first.wait_for()
    if size == "wide":
        await page.wait_for_timeout(400)
    else:
        await page.locator("textarea").first.fill("/leads today")
        await page.keyboard.press("Escape")
        await page.keyboard.press("Enter")
        await page.get_by_text("Only you see this").first.wait_for()
        await page.wait_for_timeout(400)
    await page.screenshot(path=path)
    await context.close()


async def main(folder: Path, address: str) -> None:
    await draw_discord(folder)
    await draw_web(folder, address)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(target, sys.argv[2] if len(sys.argv) > 2 else "http://127.0.0.1:8080"))
