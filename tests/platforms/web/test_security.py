"""Who may not talk to the page: other sites, rebound names, forged forms, other people, scripts in what is written."""

import asyncio
from collections.abc import AsyncIterator, Mapping

import aiohttp
import pytest
from aiohttp import web as aioweb

from bot.chat import File, Reply
from bot.chat.errors import BadInput
from bot.chat.platform import Address
from bot.platforms.web import security
from bot.platforms.web.security import Access, FormState, Seal, host_allowed, is_loopback, same_origin
from tests.support.web_checks import Inline
from tests.support.web_client import Refusal, WebStage, show, state_of, web_stage


@pytest.fixture
async def shared_site() -> AsyncIterator[WebStage]:
    """A web chat that other machines reach."""
    access = Access(frozenset({"rung.example.org"}), frozenset({"Olga Ocampo"}))
    async with web_stage(host="0.0.0.0", access=access) as stage:  # noqa: S104 - this is what is tested
        yield stage


async def get(web: WebStage, path: str, **headers: str) -> tuple[int, str, Mapping[str, str]]:
    async with web.http.get(web.platform.address + path, headers=headers) as answer:
        return answer.status, await answer.text(), answer.headers


async def test_the_page_runs_only_our_own_scripts(web: WebStage) -> None:
    status, page, headers = await get(web, "/")
    assert status == 200
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert not Inline.found_in(page)


async def test_every_file_of_the_page_is_there_and_is_asked_for_again_only_when_it_changed(web: WebStage) -> None:
    _, page, _ = await get(web, "/")
    names = [part.split('"')[0].split("#")[0] for part in page.split('"/static/')[1:]]
    assert "app.js" in names
    for name in dict.fromkeys(names):
        status, _, headers = await get(web, f"/static/{name}")
        assert status == 200, name
        assert (await get(web, f"/static/{name}", **{"If-None-Match": headers["ETag"]}))[0] == 304
    for path in ("/static/../connection.py", "/static/%2e%2e%2fconnection.py", "/static/nothing.js"):
        assert (await get(web, path))[0] == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "x@evil.example", "["]
)
async def test_a_rebound_name_gets_nothing(web: WebStage, host: str) -> None:
    for path in ("/", "/static/app.js", "/ws", "/files/1/0/x/y"):
        status, words, _ = await get(web, path, Host=host)
        assert status in {400, 403}, path
        if status == 403:
            assert web.platform.address in words


async def test_names_that_the_operator_gave_and_addresses_are_answered(shared_site: WebStage) -> None:
    for host in ("rung.example.org", "rung.example.org:443", "192.168.1.7:8080", "localhost:1", "[::1]:8080"):
        assert (await get(shared_site, "/", Host=host))[0] == 200


@pytest.mark.parametrize("origin", ["", "null", "https://evil.example", "http://127.0.0.1:1", "file://x"])
async def test_no_other_site_may_connect(web: WebStage, origin: str) -> None:
    headers = {"Origin": origin} if origin else {}
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await web.http.ws_connect(f"{web.platform.address}/ws", headers=headers)
    assert refused.value.status == 403


async def test_what_others_serve_here_guards_itself(unused_tcp_port: int) -> None:
    async def health(_: aioweb.Request) -> aioweb.Response:
        return aioweb.Response(text="well")

    async with web_stage(port=unused_tcp_port, routes=[aioweb.get("/healthz", health)]) as web:
        assert (await get(web, "/healthz", Host="probe.internal"))[:2] == (200, "well")


async def test_on_ones_own_machine_everybody_is_an_organiser_who_wants_to(web: WebStage) -> None:
    async with web.tab("Ada") as ada, web.tab("Bob", organiser=False) as bob:
        assert "Done, organiser." in (await show(ada, "/sampler secret"))["html"]
        assert "Only organisers" in (await show(bob, "/sampler secret"))["html"]
        texts = [c["text"] for c in (await bob.hello("Bob", organiser=False))["commands"]]
        assert "/sampler secret" not in texts


async def test_where_others_reach_it_only_named_people_are_organisers(shared_site: WebStage) -> None:
    async with shared_site.tab() as tab:
        assert (await tab.hear("greeting"))["own_machine"] is False
        assert (await tab.hello("Ada", secret="a" * 20))["you"]["organiser"] is False
    async with shared_site.tab() as tab:
        assert (await tab.hello("olga ocampo", secret="o" * 20))["you"]["organiser"] is True


async def test_where_others_reach_it_a_name_belongs_to_the_browser_that_took_it(shared_site: WebStage) -> None:
    async with shared_site.tab("Ada", secret="a" * 20), shared_site.tab("Ada", secret="a" * 20):
        pass
    async with shared_site.tab() as thief:
        with pytest.raises(Refusal, match="somebody else's name"):
            await thief.hello("ADA", secret="b" * 20)
        with pytest.raises(Refusal, match="keeps nothing"):
            await thief.hello("Eve")


async def test_nobody_reads_or_writes_in_anothers_conversation(web: WebStage) -> None:
    async with web.tab("Ada") as ada, web.tab("Bob") as bob:
        await web.platform.send(Address("web", "local", "ada", direct=True), Reply("for you"), "k")
        secret = await ada.entry()
        for place in ("direct:ada", f"direct:ada/{secret['id']}", f"leads/{secret['id']}", "leads/99", "nowhere", ""):
            for what, more in (("open", {}), ("say", {"text": "hi"})):
                with pytest.raises(Refusal, match=r"no such|no longer"):
                    await bob.ask(what, place=place, **more)
        assert not [n for n in bob.news if n["push"] == "entry"]
        assert "direct:ada" not in str(await bob.hello("Bob"))


async def test_a_form_can_be_neither_forged_nor_passed_on(web: WebStage) -> None:
    async with web.tab("Ada") as ada, web.tab("Bob") as bob:
        state = state_of((await ada.ask("say", place="leads", text="/sampler form"))["form"])
        values = {"topic": "x", "level": "1"}
        for forged in (state + "0", state.replace(".", "x."), "", "e30=." + state.rpartition(".")[2]):
            with pytest.raises(Refusal, match="not yours or is out of date"):
                await ada.ask("submit", state=forged, values=values)
        with pytest.raises(Refusal, match="not yours"):
            await bob.ask("submit", state=state, values=values)
    assert web.sampler.saved == []


def test_a_form_of_an_older_version_is_refused_politely() -> None:
    seal = Seal(b"k" * 32)
    for body in ("e30=", "!!!", "bnVsbA=="):
        with pytest.raises(BadInput, match="older version"):
            seal.unseal("ada", f"{body}.{seal.mark('form', 'ada', body)}")
    state = FormState("a.b", "leads", 4, "a.c", "/x")
    assert seal.unseal("ada", seal.seal("ada", state)) == state


@pytest.mark.parametrize(
    "request_text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"n":1}',
        '{"n":1,"do":"fly"}',
        '{"n":-1,"do":"open","place":"leads"}',
        '{"n":1,"do":"say","place":"leads","text":"' + "x" * 4001 + '"}',
        '{"n":1,"do":"click","message":"x","token":"y"}',
    ],
)
async def test_what_no_page_of_ours_would_send_is_refused_and_the_tab_goes_on(web: WebStage, request_text: str) -> None:
    async with web.tab("Ada") as ada:
        await ada.socket.send_str(request_text)
        while not ada.answers:
            await ada._read()
        assert "could not be understood" in str(ada.answers)
        ada.answers.clear()
        ada.number = 7
        await ada.ask("open", place="leads")


async def test_too_much_at_once_is_refused(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        for n in range(100, 109):
            await ada.socket.send_json({"n": n, "do": "say", "place": "leads", "text": "/sampler slow"})
        while not ada.answers:
            await ada._read()
        assert "too much at once" in str(ada.answers)
        web.sampler.release.set()


async def test_files_have_addresses_that_nobody_guesses_and_can_do_nothing(web: WebStage) -> None:
    files = (File("page.html", b"<script>alert(1)</script>", "text/html"), File("a b/ü.png", b"png", "image/png"))
    await web.platform.send(Address("web", "local", "leads"), Reply("look", files=files), "k")
    async with web.tab("Ada") as ada:
        html = (await ada.ask("open", place="leads"))["entries"][0]["html"]
    paths = ["/files/" + part.split('"')[0] for part in html.split('href="/files/')[1:]]
    status, _, headers = await get(web, paths[0])
    assert status == 200
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == "attachment"
    assert headers["Content-Security-Policy"] == security.FILE_POLICY
    assert (await get(web, paths[1]))[2]["Content-Type"] == "image/png"
    entry = paths[0].split("/")[2]
    for path in (f"/files/{entry}/0/{'0' * 32}/x", f"/files/{entry}/5/{'0' * 32}/x", "/files/99/0/x/y"):
        assert (await get(web, path))[0] == 404


async def test_a_slow_tab_is_let_go_and_holds_nobody_up(web: WebStage, monkeypatch: pytest.MonkeyPatch) -> None:
    async with web.tab("Bob") as bob, web.tab("Ada") as ada:
        stuck = next(t for t in web.platform._house.hub.tabs if t.visitor and t.visitor.user == "bob")
        gate = asyncio.Event()

        async def never(_: str) -> None:
            await gate.wait()

        monkeypatch.setattr(stuck._socket, "send_str", never)
        for _ in range(510):
            stuck.post({"push": "people", "people": []})
        await ada.ask("say", place="leads", text="still here")
        while (await bob.socket.receive(timeout=5)).type not in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSE}:
            pass


def test_origins_and_hosts() -> None:
    assert same_origin("https://rung.example.org", "rung.example.org")
    assert not same_origin("https://rung.example.org.evil.example", "rung.example.org")
    assert host_allowed("[::1]:80")
    assert not host_allowed("")
    assert is_loopback("::1")
    assert is_loopback("localhost")
    assert not is_loopback("rung.example.org")
