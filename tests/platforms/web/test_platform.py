"""The web chat as a platform: deliveries, edits in all tabs, restarts, and what stops it from starting."""

import asyncio
from datetime import UTC, datetime

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import (
    Button,
    Buttons,
    Card,
    Choice,
    File,
    Form,
    PlaceInput,
    Progress,
    Reply,
    SelectInput,
    Text,
    TextInput,
    act,
)
from bot.chat import reply as chat
from bot.chat.platform import Address, PlaceGone, Platform
from bot.platforms.web.connection import WebPlatform
from bot.platforms.web.forms import form_html, refused
from bot.platforms.web.names import clean_name, digest_of, hue_of, known_zone, user_id
from bot.platforms.web.places import thread_root
from bot.platforms.web.render import Renderer
from tests.support.sampler import sampler_router
from tests.support.web_client import Refusal, WebStage, show, state_of, web_stage
from tests.support.web_memory import MemoryHistory

LEADS = Address("web", "local", "leads")
CARD = Reply("", (Card("New today", (Buttons((Button("Save", act("sampler.click", 1)),)),)),))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


async def test_it_is_a_platform(web: WebStage) -> None:
    platform: Platform = web.platform
    assert platform.healthy()
    assert platform.name == "web"
    assert [p.id for p in await platform.places("local")] == ["leads", "interviews", "accountability", "showcase"]
    assert await platform.places("elsewhere") == []


async def test_a_delivery_is_shown_at_once_and_stands_once_for_its_key(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        number = await web.platform.send(LEADS, CARD, "day-1")
        assert (await ada.entry())["id"] == int(number)
        assert await web.platform.send(LEADS, CARD, "day-1") == number
        assert len((await ada.ask("open", place="leads"))["entries"]) == 1
    assert await web.platform.find(LEADS, "day-1", LONG_AGO) == number
    assert await web.platform.find(LEADS, "day-2", LONG_AGO) is None
    assert await web.platform.find(Address("web", "local", "showcase"), "day-1", LONG_AGO) is None


async def test_an_edit_shows_in_all_tabs(web: WebStage) -> None:
    number = await web.platform.send(LEADS, CARD, "k")
    async with web.tab("Ada") as ada, web.tab("Bob") as bob:
        await web.platform.edit(LEADS, number, Reply("**closed**"))
        for tab in (ada, bob):
            shown = await tab.entry()
            assert (shown["id"], shown["edited"]) == (int(number), True)
            assert "<strong>closed</strong>" in shown["html"]


async def test_a_direct_message_reaches_one_person(web: WebStage) -> None:
    async with web.tab("Ada") as ada, web.tab("Bob") as bob:
        await web.platform.send(Address("web", "local", "ada", direct=True), Reply("2 new leads"), "k")
        shown = await ada.entry()
        assert shown["place"] == "direct:ada"
        assert not [n for n in bob.news if n["push"] == "entry"]
        newest = {p["id"]: p["newest"] for p in (await ada.hello("Ada"))["places"]}
        assert newest["direct:ada"] == shown["id"]


async def test_a_delivery_may_open_a_thread_and_go_into_one(web: WebStage) -> None:
    number = await web.platform.send(LEADS, Reply("Round 1", thread="Round 1"), "k")
    async with web.tab("Ada") as ada:
        await web.platform.send(Address("web", "local", f"leads/{number}"), Reply("Question 1"), "k2")
        assert (await ada.hear("thread"))["thread"] == {
            "place": f"leads/{number}",
            "title": "Round 1",
            "replies": 1,
            "last": "2026-11-23T09:00:03+00:00",
        }


@pytest.mark.parametrize(
    "address",
    [
        Address("web", "local", "nowhere"),
        Address("web", "other", "leads"),
        Address("web", "local", "nobody", direct=True),
        Address("web", "local", "direct:ada"),
    ],
)
async def test_a_place_that_is_not_there_is_gone(web: WebStage, address: Address) -> None:
    with pytest.raises(PlaceGone):
        await web.platform.send(address, CARD, "k")
    with pytest.raises(PlaceGone):
        await web.platform.find(address, "k", LONG_AGO)


@pytest.mark.parametrize("message", ["99", "x", ""])
async def test_a_message_that_is_not_there_is_gone(web: WebStage, message: str) -> None:
    with pytest.raises(PlaceGone):
        await web.platform.edit(LEADS, message, CARD)


async def test_after_a_restart_history_buttons_and_open_forms_work(unused_tcp_port: int) -> None:
    history = MemoryHistory()
    async with web_stage(history, port=unused_tcp_port) as first, first.tab("Ada") as ada:
        message = await show(ada, "/sampler parts")
        state = state_of((await ada.ask("say", place="leads", text="/sampler form"))["form"])
    async with web_stage(history, port=unused_tcp_port) as second, second.tab("Ada") as ada:
        assert [e["id"] for e in (await ada.ask("open", place="leads"))["entries"]] == [message["id"]]
        await ada.ask("click", message=message["id"], token="sampler.click:42")
        await ada.ask("submit", state=state, values={"topic": "x", "level": "1"})
        assert second.sampler.clicks == [("ada", 42)]
        assert second.sampler.saved


async def test_stopping_lets_a_running_answer_finish_and_be_kept() -> None:
    history = MemoryHistory()
    async with web_stage(history) as web:
        async with web.tab("Ada") as ada:
            await ada.socket.send_json({"n": 50, "do": "say", "place": "leads", "text": "/sampler slow"})
            await ada.ask("open", place="leads")
        stopping = asyncio.create_task(web.platform.stop())
        web.sampler.release.set()
        await stopping
        assert not web.platform.healthy()
    assert [e.body.text for e in history.entries.values()] == ["At last."]


async def test_stopping_says_goodbye_to_tabs_and_twice_does_no_harm() -> None:
    async with web_stage() as web, web.tab("Ada") as ada:
        await web.platform.stop()
        await web.platform.stop()
        while (message := await ada.socket.receive(timeout=5)).type is aiohttp.WSMsgType.TEXT:
            pass
        assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 1001)


async def test_a_port_that_is_taken_is_told_with_what_to_do(web: WebStage) -> None:
    port = int(web.platform.address.rsplit(":", 1)[1])
    with pytest.raises(ConnectionError, match="RUNG_WEB_PORT"):
        async with web_stage(port=port):
            pass


def test_names_become_ids_that_can_stand_in_a_place() -> None:
    assert clean_name("  Zoë\u0308  K. ") == "Zoë̈ K."
    assert user_id("Ada Lovelace") == user_id("ada  LOVELACE") == "ada-lovelace"
    assert user_id("a/1") == "a-1"
    assert known_zone("Europe/Berlin") == "Europe/Berlin"
    assert [known_zone(z) for z in ("", "Mars/X", "../x", "Europe", "x" * 99)] == [""] * 5
    assert hue_of("ada") == hue_of("ada")
    assert digest_of("a") != digest_of("b")


@given(st.text(min_size=1, max_size=40))
def test_no_name_makes_a_place_of_its_own(name: str) -> None:
    user = user_id(name)
    assert all(c.isalnum() or c == "-" for c in user) or not user.isascii()
    assert "/" not in user
    assert ":" not in user
    assert thread_root(f"direct:{user}") is None


def test_threads_are_known_by_their_place() -> None:
    assert thread_root("leads/42") == ("leads", 42)
    assert thread_root("direct:ada/7") == ("direct:ada", 7)
    assert [thread_root(p) for p in ("leads", "leads/", "leads/x", "leads/²", "leads/" + "9" * 30)] == [None] * 5


def test_parts_that_are_odd_still_show() -> None:
    renderer = Renderer(lambda _: False, str)
    card = Card("", (Progress("p", 7.0), Progress("q", -1.0, "none"), Text("- a\n- b\nrest\n\nnew")))
    html = str(renderer.card(card))
    assert 'value="1.000"' in html
    assert 'value="0.000"' in html
    assert "<ul><li>a</li><li>b</li></ul><p>rest</p><p>new</p>" in html
    assert str(renderer.reply(Reply())) == ""


def test_a_form_has_a_label_a_hint_and_a_value_for_each_input() -> None:
    form = Form(
        "T",
        "a.b",
        (
            TextInput("story", "Story", "\nfirst", multiline=True),
            SelectInput(
                "size", "Size", (Choice("S", "s", "small"), Choice("L", "l")), hint="how large", required=False
            ),
            SelectInput("must", "Must", (Choice("S", "s"),)),
            PlaceInput("place", "Place", "leads"),
        ),
    )
    html = str(form_html(form, "state", []))
    assert ">\n\nfirst</textarea>" in html
    assert '<option value="s">S – small</option>' in html
    assert "Choose …" in html
    assert html.count("<label") == 4
    assert 'aria-describedby="input-size-hint input-size-problem"' in html


def test_a_refusal_is_said_beside_its_input_where_the_form_has_it() -> None:
    assert refused(chat.Refusal("**Too** short.", "topic"), {"topic": "x"}) == {"wrong": {"topic": "Too short."}}
    assert refused(chat.Refusal("Gone.", "topic"), {"size": "x"}) == {"wrong": {}, "problem": "Gone."}
    assert refused(chat.Refusal("Gone."), {"topic": "x"}) == {"wrong": {}, "problem": "Gone."}


async def test_what_nobody_foresaw_is_told_as_a_number_and_the_tab_goes_on(
    web: WebStage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise OSError("the disk with sk-secret on it is gone")

    async with web.tab("Ada") as ada:
        with monkeypatch.context() as broken:
            broken.setattr(web.history, "list", fails)
            with pytest.raises(Refusal, match="tell an organiser this number") as refused:
                await ada.ask("open", place="leads")
        assert "sk-secret" not in refused.value.text
        assert refused.value.text.rstrip(".").rsplit(" ", 1)[1] in caplog.text
        await ada.ask("open", place="leads")


async def test_the_file_of_a_message_that_is_gone_is_gone(web: WebStage) -> None:
    number = await web.platform.send(LEADS, Reply("", files=(File("a.bin", b"x"),)), "k")
    async with web.tab("Ada") as ada:
        html = (await ada.ask("open", place="leads"))["entries"][0]["html"]
    url = f"{web.platform.address}/files/" + html.split('href="/files/')[1].split('"')[0]
    await web.history.remove(int(number))
    async with web.http.get(url) as answer:
        assert answer.status == 404


def test_the_address_is_one_that_can_be_opened() -> None:
    router = sampler_router()[0]
    shown = [WebPlatform(router, MemoryHistory(), host=host, port=1).address for host in ("::1", "0.0.0.0", "::")]  # noqa: S104 - shown, not bound
    assert shown == ["http://[::1]:1", "http://127.0.0.1:1", "http://127.0.0.1:1"]
