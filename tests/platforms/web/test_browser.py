"""The page in a real Chromium: what a newcomer does with a keyboard, a mouse and a phone."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.chat import Button, Buttons, Card, Reply, act
from bot.chat.platform import Address
from tests.support import browser as chrome
from tests.support.web_client import WebStage, web_stage
from tests.support.web_memory import MemoryHistory

pytestmark = pytest.mark.asyncio(loop_scope="module")
LEADS = Address("web", "local", "leads")
expect.set_options(timeout=chrome.PATIENCE_MS)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened() -> AsyncIterator[Browser]:
    async with chrome.browser() as browser:
        yield browser


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


async def test_a_newcomer_is_greeted_and_tries_an_example(opened: Browser) -> None:
    async with web_stage() as web, chrome.new_page(opened) as page:
        errors = chrome.listen_for_errors(page)
        await page.goto(web.platform.address)
        await expect(page.get_by_role("heading", name="Who are you?")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator("#names")).to_be_visible()
        await page.keyboard.press("Enter")
        await expect(page.locator("#names-problem")).to_contain_text("Choose a name")
        await page.locator("#names-chips button").first.click()
        await expect(page.get_by_role("heading", name="Your first ML internship starts here")).to_be_visible()
        await page.get_by_role("button", name="/sampler parts").click()
        await expect(page.get_by_role("article", name="Research Intern")).to_be_visible()
        await expect(page.locator(".beginning")).to_contain_text("This is the beginning of #leads")
        assert errors == []


async def test_a_command_is_completed_by_keyboard(opened: Browser) -> None:
    async with web_stage() as web, visit(opened, web) as page:
        line = page.locator("#line")
        await page.keyboard.press("/")
        await expect(line).to_be_focused()
        await page.keyboard.type("sampler ty")
        await expect(page.locator("#line-list [role=option]")).to_have_count(1)
        await page.keyboard.press("Enter")
        await expect(line).to_have_value("/sampler typed ")
        await expect(page.locator(".signature").first).to_contain_text("which colour")
        await page.keyboard.type("bl")
        await page.keyboard.press("Tab")
        await expect(line).to_have_value("/sampler typed blue ")
        await page.keyboard.type("where:bo")
        await expect(page.locator("#line-list [role=option]")).to_have_text(["Boston"])
        await expect(line).to_have_attribute("aria-activedescendant", "line-list-0")
        await page.keyboard.press("Enter")
        await expect(line).to_have_value("/sampler typed blue where:boston ")
        await page.keyboard.type("count:99")
        await expect(page.locator("#line-problem")).to_contain_text("from 1 to 25")
        await page.keyboard.press("Enter")
        await expect(line).to_have_value("/sampler typed blue where:boston count:99")
        for _ in "99":
            await page.keyboard.press("Backspace")
        await page.keyboard.type("7")
        await expect(page.locator("#line-problem")).to_be_empty()
        await page.keyboard.press("Enter")
        await expect(page.locator(".entry.private")).to_contain_text("blue 7 small boston quiet")
        await expect(page.locator(".only-you")).to_contain_text("Only you see this")
        await expect(line).to_be_empty()
        await page.keyboard.press("ArrowUp")
        await expect(line).to_have_value("/sampler typed blue where:boston count:7")


async def test_buttons_menus_and_forms(opened: Browser) -> None:
    async with web_stage() as web, visit(opened, web) as page:
        await say(page, "/sampler parts")
        card = page.get_by_role("article", name="Research Intern")
        await expect(card.get_by_role("img", name="a dot")).to_be_visible()
        assert await card.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
        await card.get_by_role("button", name="Click", exact=True).click()
        await expect(page.locator(".card + .answer")).to_contain_text("Clicked 42.")
        opener = card.get_by_role("button", name="Pick a colour")
        await opener.press("Enter")
        await expect(card.get_by_role("menuitem", name="Red")).to_be_focused()
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await expect(page.locator(".card + .answer")).to_have_text("Only you see thisDismissPicked blue for 7.")
        await expect(opener).to_be_focused()
        await page.get_by_role("button", name="Dismiss").click()
        await expect(page.locator(".answer")).to_have_count(0)
        await card.get_by_role("button", name="Open").click()
        await fill_in_the_form(page)
        await expect(page.locator(".card + .answer")).to_contain_text("Kept vision at level 2.")
        await expect(card.get_by_role("button", name="Open")).to_be_focused()
        assert web.sampler.saved[-1] == {
            "topic": "vision",
            "level": 2,
            "story": "line one\nline two",
            "place": "showcase",
        }


async def fill_in_the_form(page: Page) -> None:
    """Fill the sampler's form in: wrongly, then abandoned, then rightly; what was typed is never lost."""
    form = page.get_by_role("dialog", name="A form")
    topic = form.get_by_label("Topic")
    await expect(topic).to_be_focused()
    await form.get_by_role("button", name="Save").click()
    await expect(form.locator("#input-topic-problem")).to_have_text("Please fill this in.")
    await expect(topic).to_have_attribute("aria-invalid", "")
    await topic.fill("wrong")
    await form.get_by_label("Story").fill("line one\nline two")
    await form.get_by_label("Level").select_option("Hard")
    await form.get_by_label("Place").select_option("#showcase")
    await topic.press("Enter")
    await expect(form.locator("[data-problem]")).to_contain_text("That topic is wrong")
    await expect(form.get_by_label("Story")).to_have_value("line one\nline two")
    await page.keyboard.press("Escape")
    await expect(form).to_be_hidden()
    await page.get_by_role("button", name="Open", exact=True).click()
    await expect(topic).to_have_value("wrong")
    await expect(form.get_by_label("Level")).to_have_value("2")
    await topic.fill("vision")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()


async def test_two_tabs_see_each_other(opened: Browser) -> None:
    async with web_stage() as web, visit(opened, web) as ada, visit(opened, web, "Bob") as bob:
        await expect(ada.locator("#people li")).to_have_text(["ALAda Lovelaceyou", "BBob"])
        await ada.get_by_role("link", name="showcase").click()
        await expect(ada.locator("#place-name")).to_have_text("#showcase")
        await say(bob, "hello **all**, @Rung")
        await expect(bob.locator("#feed .entry.member")).to_contain_text("hello all")
        await expect(ada.get_by_role("link", name="leads 2 unread")).to_be_visible()
        await expect(ada).to_have_title("(2) #showcase · Rung")
        await ada.keyboard.press("Alt+ArrowUp")
        for _ in range(2):
            await ada.keyboard.press("Alt+ArrowUp")
        await expect(ada.locator("#feed .entry.member .content strong")).to_have_text("all")
        await expect(ada.locator(".badge")).to_have_count(0)
        await say(bob, "<img src=x onerror=alert(1)>")
        await expect(ada.locator("#feed .entry.member .content").last).to_have_text("<img src=x onerror=alert(1)>")
        await web.platform.send(LEADS, Reply("3 new leads"), "k")
        number = await web.platform.send(LEADS, Reply("", (Card("Open", ()),)), "k2")
        await expect(ada.get_by_role("heading", name="Open")).to_be_visible()
        await web.platform.edit(LEADS, number, Reply("", (Card("Closed", ()),)))
        await expect(bob.get_by_role("heading", name="Closed")).to_be_visible()
        await bob.context.close()
        await expect(ada.locator("#people li")).to_have_count(1)


async def test_who_is_new_in_a_full_place_gets_tips_once(opened: Browser) -> None:
    async with web_stage() as web:
        for place in ("leads", "showcase"):
            await web.platform.send(Address("web", "local", place), Reply("news"), place)
        async with visit(opened, web) as page:
            await expect(page.get_by_role("link", name="showcase unread")).to_be_visible()
            await expect(page.locator("#line")).to_be_focused()
            await page.locator("#tips").get_by_role("button", name="/sampler typed").click()
            await expect(page.get_by_role("dialog", name="/sampler typed")).to_be_visible()
            await page.keyboard.press("Escape")
            await expect(page.locator("#tips")).to_be_hidden()
            await page.reload()
            await expect(page.locator("#feed .entry")).to_be_visible()
            await expect(page.locator("#tips")).to_be_hidden()
            await page.locator("#rename").click()
            await page.fill("#names-input", "Bob")
            await page.keyboard.press("Enter")
            await expect(page.locator("#you")).to_contain_text("Bob")
            await page.get_by_role("button", name="Close the tips").click()
            await expect(page.locator("#tips")).to_be_hidden()


async def test_a_thread_opens_beside_the_messages(opened: Browser) -> None:
    async with web_stage() as web, visit(opened, web) as page:
        await say(page, "/sampler thread")
        panel = page.get_by_role("complementary")
        await expect(panel.get_by_text("Let us talk here.")).to_be_visible()
        await expect(panel.locator("#thread-line")).to_be_focused()
        await say(page, "count me in", "#thread-line")
        await expect(panel.locator(".member")).to_contain_text("count me in")
        await expect(page.locator("#feed .thread-chip")).to_contain_text("1 reply")
        await page.keyboard.press("Escape")
        await expect(panel).to_be_hidden()
        await page.reload()
        await page.locator("#feed .thread-chip").click()
        await expect(panel.locator(".member")).to_contain_text("count me in")
        await page.locator("#close-thread").click()
        await page.locator("#feed .entry").hover()
        await say(page, "who is there?")
        await page.locator("#feed .entry.member").hover()
        await page.locator("#feed .entry.member").get_by_role("button", name="Answer in a thread").click()
        await expect(panel.get_by_text("Nobody has answered yet.")).to_be_visible()


async def test_a_reload_and_a_restart_lose_nothing(opened: Browser, unused_tcp_port: int) -> None:
    history = MemoryHistory()
    async with web_stage(history, port=unused_tcp_port) as first:
        await first.platform.send(
            LEADS, Reply("", (Card("New", (Buttons((Button("Save", act("sampler.click", 9)),)),)),)), "k"
        )
        async with visit(opened, first, lost=True) as page:
            await page.fill("#line", "half a line")
            await page.reload()
            await expect(page.get_by_role("button", name="Save")).to_be_visible()
            await expect(page.locator("#you")).to_contain_text("Ada Lovelace")
            await expect(page.locator("#line")).to_have_value("half a line")
            await first.platform.stop()
            await expect(page.locator("#banner")).to_contain_text("Connecting again")
            await page.press("#line", "Enter")
            await expect(page.locator(".toast")).to_contain_text("Nothing was sent")
            await expect(page.locator("#line")).to_have_value("half a line")
            async with web_stage(history, port=unused_tcp_port) as second:
                await expect(page.locator("#banner")).to_be_hidden()
                await page.get_by_role("button", name="Save").click()
                await expect(page.locator(".card + .answer")).to_contain_text("Clicked 9.")
                assert second.sampler.clicks == [("ada-lovelace", 9)]
                await page.reload()
                await expect(page.locator(".card + .answer")).to_contain_text("Clicked 9.")
                await page.press("#line", "Enter")
                await expect(page.locator(".entry.member")).to_contain_text("half a line")


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


async def test_a_long_answer_is_read_from_its_beginning_and_earlier_messages_come_back(opened: Browser) -> None:
    async with web_stage() as web, visit(opened, web) as page:
        async with web.tab("Bob") as bob:
            for number in range(70):
                await bob.ask("say", place="leads", text=f"line {number}")
        await page.reload()
        await expect(page.locator("#feed .entry")).to_have_count(50)
        await page.locator("#feed").evaluate("feed => feed.scrollTo(0, 0)")
        await expect(page.locator("#feed .entry")).to_have_count(70)
        await say(page, "/sampler long cards:3")
        await expect(page.locator("#feed .asked")).to_be_in_viewport()
        async with web.tab("Bob") as bob:
            await bob.ask("say", place="leads", text="news")
        await page.get_by_role("button", name="New messages").click()
        await expect(page.locator("#feed .entry").last).to_be_in_viewport()


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
