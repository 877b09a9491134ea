"""A whole round with people at browsers: two in a real Chromium, three by the page's own protocol."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import sqlalchemy as sa
from playwright.async_api import Browser, Page, expect

from bot.chat.platform import Address
from bot.interviews.rounds_models import RoundAnswer, RoundReview
from bot.platforms.web.connection import WebPlatform
from bot.platforms.web.sql_history import SqlHistory
from tests.support.rounds import go
from tests.support.sampler import Sampler
from tests.support.stage import Stage
from tests.support.web_client import Tab, WebStage, state_of
from tests.support.web_visits import say, visit

pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def whole_bot(url: str) -> AsyncIterator[tuple[Stage, WebStage]]:
    """The whole bot behind the real web chat."""
    stage = Stage(url)
    history = SqlHistory(stage.app.database)
    platform = WebPlatform(stage.app.router, history, port=0, clock=stage.engine.clock)
    stage.app.platforms["web"] = platform
    await platform.start()
    try:
        async with aiohttp.ClientSession() as http:
            yield stage, WebStage(platform, history, Sampler(), stage.app.router, http)
    finally:
        await stage.engine.stop()
        await platform.stop()
        await stage.app.close()


async def test_a_round_of_five(opened: Browser, sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "rung.sqlite"
    shutil.copy(sqlite_template, path)
    async with whole_bot(f"sqlite:///{path}") as (stage, web), AsyncExitStack() as people:
        ada, bob = [await people.enter_async_context(visit(opened, web, name)) for name in ("Ada", "Bob")]
        tabs = [await people.enter_async_context(web.tab(name)) for name in ("Cleo", "Dan", "Eve")]
        await say(ada, "/interview start questions:2 peers:yes")
        await go(stage)
        await bob.get_by_role("article", name="Mock interview").get_by_role("button", name="Join").click()
        await expect(bob.locator(".answer")).to_contain_text("You take part")
        opener = (await tabs[0].ask("open", place="leads"))["entries"][-1]["id"]
        for tab in tabs:
            await tab.ask("click", message=opener, token="interview.enter:1")
        # What is edited is drawn anew, and a click on a button that goes meanwhile is none.
        opened_round = ada.get_by_role("article", name="Mock interview")
        await expect(opened_round).to_contain_text("Dan and Eve")
        await opened_round.get_by_role("button", name="Begin now").click()
        await expect(ada.locator(".answer").last).to_contain_text("The first question is on its way")
        await go(stage)
        await go(stage, 7)
        place = stage.app.platforms["web"].thread(Address("web", "local", "leads"), str(opener)).place
        for page in (ada, bob):
            await page.locator(".thread-chip").click()
        for position in (1, 2):
            await _question(stage, position, [ada, bob], tabs, place)
        for page in (ada, bob):
            await expect(page.get_by_role("article", name="How the round went")).to_contain_text("Cleo")
        assert await _count(stage, RoundAnswer) == 10
        assert await _count(stage, RoundReview) == 30
        assert stage.engine.failed == []


async def _question(stage: Stage, position: int, pages: list[Page], tabs: list[Tab], place: str) -> None:
    """Everybody answers a question and scores three answers of others."""
    title, good = f"Question {position} of 2", f"A good answer to question {position}"
    for page in pages:
        thread = page.locator("#thread-feed")
        await thread.get_by_role("article", name=title).get_by_role("button", name="Answer").click()
        form = page.get_by_role("dialog", name=title)
        await form.get_by_label("Your answer").fill(f"What I know of question {position}")
        await form.get_by_role("button", name="Answer").click()
        await expect(form).to_be_hidden()
    for tab in tabs:
        asked = await _entry(tab, place, title)
        form_shown = (await tab.ask("click", message=asked, token=f"interview.answer:1/{position}"))["form"]
        assert await tab.ask("submit", state=state_of(form_shown), values={"text": "An answer by the protocol"}) == {}
    await go(stage)
    await go(stage)
    for page in pages:
        thread = page.locator("#thread-feed")
        await thread.get_by_role("article", name=good).get_by_role("button", name="Score answers of others").click()
        for number in (1, 2, 3):
            await expect(thread.get_by_role("article", name=f"Answer {number} of 3")).to_be_visible()
            await thread.get_by_role("button", name="Done", exact=True).click()
        await expect(thread).to_contain_text("Thank you, that was all")
    message = await _entry(tabs[0], place, good)
    for tab in tabs:
        await tab.ask("click", message=message, token=f"interview.score:1/{position}")
        for _ in range(3):
            sheet = await _heard(tab, r"interview\.scored:\d+")
            await tab.ask("click", message=sheet[0], token=sheet[1])
        await _heard(tab, "that was all")
    await go(stage)
    await go(stage, 31)
    await go(stage)


async def _heard(tab: Tab, pattern: str) -> tuple[int, str]:
    """Return the number of the next message that shows this, and how."""
    while True:
        entry = await tab.entry()
        if found := re.search(pattern, entry["html"]):
            return int(entry["id"]), found[0]


async def _entry(tab: Tab, place: str, words: str) -> int:
    """Return the number of the only entry in a place that says this."""
    [found] = [entry["id"] for entry in (await tab.ask("open", place=place))["entries"] if words in entry["html"]]
    return int(found)


async def _count(stage: Stage, model: type[RoundAnswer | RoundReview]) -> int:
    query = sa.select(sa.func.count()).select_from(model)
    return await stage.app.database.read(lambda c: c.execute(query).scalar_one())
