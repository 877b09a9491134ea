"""The page for other eyes, hands and screens: phone, keyboard, dark, names for screen readers, contrast."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support import browser as chrome
from tests.support.web_client import web_stage
from tests.support.web_visits import say, visit

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_on_a_phone_the_places_are_in_a_drawer(opened: Browser) -> None:
    async with web_stage() as web, visit(opened, web, phone=True) as page:
        side, opener = page.locator("#side"), page.locator("#open-side")
        await expect(side).not_to_be_in_viewport()
        await opener.tap()
        await expect(side).to_be_in_viewport()
        await page.keyboard.press("Escape")
        await expect(side).not_to_be_in_viewport()
        await expect(opener).to_be_focused()
        await opener.tap()
        await page.get_by_role("link", name="showcase").tap()
        await expect(page.locator("#place-name")).to_have_text("#showcase")
        await expect(side).not_to_be_in_viewport()
        await page.get_by_role("button", name="/sampler parts").tap()
        await expect(page.get_by_role("article")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") == chrome.PHONE["width"]
        assert await chrome.small_targets(page) == []


async def test_the_palette_jumps_and_begins_commands(opened: Browser) -> None:
    async with web_stage() as web, visit(opened, web) as page:
        await page.keyboard.press("Control+k")
        await page.keyboard.type("interv")
        await page.keyboard.press("Enter")
        await expect(page.locator("#place-name")).to_have_text("#interviews")
        await page.keyboard.press("Control+k")
        await page.keyboard.type("all parts")
        await page.keyboard.press("Enter")
        await expect(page.locator("#line")).to_have_value("/sampler parts ")
        await page.keyboard.press("Control+k")
        await page.keyboard.type("zzzz")
        await expect(page.locator("#palette .nothing")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator("#line")).to_be_focused()
        await page.go_back()
        await expect(page.locator("#place-name")).to_have_text("#leads")


async def test_dark_is_chosen_and_stays(opened: Browser) -> None:
    async with web_stage() as web, visit(opened, web) as page:

        async def ground() -> str:
            colour: str = await page.evaluate("getComputedStyle(document.querySelector('.main')).backgroundColor")
            return colour

        assert await ground() == "rgb(255, 255, 255)"
        await page.get_by_role("button", name="Dark colours").click()
        dark = await ground()
        await page.reload()
        await expect(page.get_by_role("button", name="Light colours")).to_be_visible()
        assert await ground() == dark != "rgb(255, 255, 255)"


Scene = Callable[[Page], Awaitable[None]]


async def nothing(page: Page) -> None:
    await expect(page.locator(".welcome")).to_be_visible()


async def everything(page: Page) -> None:
    await say(page, "hello @Rung, see https://example.org")
    await say(page, "/sampler parts `code`")
    await page.get_by_role("button", name="Click", exact=True).click()
    await page.get_by_role("button", name="Pick a colour").click()
    await say(page, "/sampler typed red")


async def a_thread(page: Page) -> None:
    await say(page, "/sampler thread")
    await expect(page.locator("#thread")).to_be_visible()


async def a_form(page: Page) -> None:
    await say(page, "/sampler form")
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator("#input-topic-problem")).to_be_visible()


async def suggestions(page: Page) -> None:
    await page.fill("#line", "/sampler ")
    await expect(page.locator("#line-list [role=option]").first).to_be_visible()
    await page.fill("#line", "/nothing")
    await expect(page.locator("#line-problem")).not_to_be_empty()


async def the_palette(page: Page) -> None:
    await page.keyboard.press("Control+k")


async def the_names(page: Page) -> None:
    await page.locator("#rename").click()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_everybody_can_read_and_reach_everything(opened: Browser, dark: bool) -> None:
    async with web_stage() as web, visit(opened, web, dark=dark) as page:
        for scene in (nothing, everything, a_thread, suggestions, the_palette, the_names, a_form):
            if scene is not everything:
                await page.reload()
                await expect(page.locator("#you")).to_contain_text("Ada")
            await scene(page)
            assert await chrome.unnamed_controls(page) == [], scene
            assert await chrome.low_contrast(page) == [], scene


async def test_the_checks_find_what_they_are_for(opened: Browser) -> None:
    async with chrome.new_page(opened) as page:
        await page.set_content(
            "<button><i></i></button><button style='width:9px;height:9px;padding:0' aria-label='x'></button>"
            "<p style='color:#999;background:#fff'>pale</p><input value='typed' style='color:#aaa;background:#fff'>"
        )
        assert len(await chrome.unnamed_controls(page)) == 2
        assert [text.split()[0] for text in await chrome.low_contrast(page)] == ["P.", "INPUT."]
        assert any("9x9" in target for target in await chrome.small_targets(page))
