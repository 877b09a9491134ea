"""The page in a real Chromium: what a newcomer does with a keyboard, a mouse and a phone."""

import pytest
from playwright.async_api import Browser, Page, expect

from bot.chat import Button, Buttons, Card, Reply, act
from bot.chat.platform import Address
from tests.support import browser as chrome
from tests.support.web_client import web_stage
from tests.support.web_memory import MemoryHistory
from tests.support.web_visits import say, visit

pytestmark = pytest.mark.asyncio(loop_scope="session")
LEADS = Address("web", "local", "leads")


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
    await expect(form.locator("#input-topic-problem")).to_contain_text("That topic is wrong")
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
