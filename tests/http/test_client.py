"""The web client, against a real server on a real socket."""

import asyncio
import gzip
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot import __version__
from bot.http import BadStatus, Http, HttpError, Limits, Refused, TimedOut, TooLarge, Unreachable
from tests.support.web import FakeClock, Site


@pytest.fixture
async def http(clock: FakeClock) -> AsyncIterator[Http]:
    async with Http(contact="https://rung.example/about", clock=clock) as http:
        yield http


async def test_a_page_comes_back_with_what_the_server_said(http: Http, site: Site) -> None:
    site.says("/page", "grüezi", headers={"ETag": '"v1"', "Content-Type": 'text/html; charset="UTF-8"'})
    response = await http.get(site.url("/page"))
    assert (response.status, response.body.decode(response.charset)) == (200, "grüezi")
    assert response.headers["etag"] == '"v1"'
    assert not response.not_modified
    assert site.requests[0].headers["User-Agent"] == f"Rung/{__version__} (+https://rung.example/about)"


async def test_without_a_contact_the_agent_is_just_the_name(site: Site, clock: FakeClock) -> None:
    site.says("/")
    async with Http(clock=clock) as http:
        response = await http.get(site.url("/"))
    assert site.requests[0].headers["User-Agent"] == f"Rung/{__version__}"
    assert response.charset == ""


async def test_an_unchanged_page_is_not_sent_again(http: Http, site: Site) -> None:
    site.says("/feed", status=304)
    response = await http.get(site.url("/feed"), etag='"v1"', last_modified="Tue, 01 Jul 2025 10:00:00 GMT")
    assert response.not_modified
    assert response.body == b""
    sent = site.requests[0].headers
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"v1"', "Tue, 01 Jul 2025 10:00:00 GMT")


async def test_redirects_are_followed_and_secrets_stay_at_home(http: Http, site: Site) -> None:
    site.says("/old", status=301, headers={"Location": "/new"})
    site.says("/new", status=302, headers={"Location": site.url("/there", host="localhost")})
    site.says("/there", "here")
    response = await http.get(site.url("/old"), headers={"X-Token": "s3cret"})
    assert response.body == b"here"
    assert response.url == site.url("/there", host="localhost")
    assert [request.headers.get("X-Token") for request in site.requests] == ["s3cret", "s3cret", None]


@pytest.mark.parametrize("location", ["/loop", "http://[::1", "ftp://example.org/x", ""])
async def test_redirects_that_lead_nowhere_are_refused(http: Http, site: Site, location: str) -> None:
    site.says("/loop", status=302, headers={"Location": location})
    with pytest.raises(Refused):
        await http.get(site.url("/loop"))
    assert site.count("/loop") <= 6


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
async def test_a_passing_trouble_is_tried_again(http: Http, site: Site, status: int) -> None:
    async def flaky(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status) if site.count("/flaky") < 3 else web.Response(text="at last")

    site.answers["/flaky"] = flaky
    assert (await http.get(site.url("/flaky"))).body == b"at last"


@pytest.mark.parametrize(("status", "words"), [(404, "no such page"), (403, "does not let us"), (418, "an error")])
async def test_a_lasting_error_is_told_at_once(http: Http, site: Site, status: int, words: str) -> None:
    site.says("/gone", status=status)
    with pytest.raises(BadStatus, match=words) as caught:
        await http.get(site.url("/gone?key=s3cret"))
    assert caught.value.status == status
    assert "s3cret" not in str(caught.value)
    assert site.count("/gone") == 1


async def test_after_three_attempts_the_trouble_is_told(http: Http, site: Site) -> None:
    site.says("/down", status=500)
    with pytest.raises(BadStatus, match="trouble of its own"):
        await http.get(site.url("/down"))
    assert site.count("/down") == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry-After": "7"},
        {"Retry-After": "Tue, 01 Jul 2025 10:00:07 GMT", "Date": "Tue, 01 Jul 2025 10:00:00 GMT"},
    ],
)
async def test_a_host_that_asks_for_quiet_gets_it(
    http: Http, site: Site, clock: FakeClock, headers: dict[str, str]
) -> None:
    async def busy(_: web.Request) -> web.StreamResponse:
        return web.Response(status=429, headers=headers) if site.count("/busy") == 1 else web.Response(text="now")

    site.answers["/busy"] = busy
    assert (await http.get(site.url("/busy"))).body == b"now"
    assert clock.slept == [7.0]


async def test_a_host_that_asks_for_an_hour_is_left_alone_by_everybody(
    http: Http, site: Site, clock: FakeClock
) -> None:
    site.says("/busy", status=503, headers={"Retry-After": "3600"})
    site.says("/other", "fine")
    with pytest.raises(BadStatus) as caught:
        await http.get(site.url("/busy"))
    assert caught.value.retry_after == 3600
    with pytest.raises(BadStatus, match="come back later"):
        await http.get(site.url("/other"))
    assert clock.slept == []
    assert site.count("/other") == 0
    clock.time += 3600
    assert (await http.get(site.url("/other"))).body == b"fine"


@pytest.mark.parametrize("stated", ["", "soon", "-5", "Tue, 99 Jul 2025 10:00:07 GMT"])
async def test_an_unreadable_wait_is_no_wait(http: Http, site: Site, stated: str) -> None:
    site.says("/odd", status=429, headers={"Retry-After": stated})
    with pytest.raises(BadStatus) as caught:
        await http.get(site.url("/odd"))
    assert caught.value.retry_after is None


async def test_one_request_at_a_time_and_a_pause_between(http: Http, site: Site, clock: FakeClock) -> None:
    running, most = 0, 0

    async def slow(_: web.Request) -> web.StreamResponse:
        nonlocal running, most
        running += 1
        most = max(most, running)
        for _turn in range(20):  # give the others every chance to come in between
            await asyncio.sleep(0)
        running -= 1
        return web.Response(text="ok")

    site.answers["/slow"] = slow
    await asyncio.gather(*(http.get(site.url("/slow")) for _ in range(4)))
    assert most == 1
    assert clock.slept == [1.0, 1.0, 1.0]


async def test_a_silent_server_is_given_up(http: Http, site: Site) -> None:
    never = asyncio.Event()

    async def silent(_: web.Request) -> web.StreamResponse:
        await never.wait()
        return web.Response()

    site.answers["/silent"] = silent
    for guarded in (False, True):
        with pytest.raises((TimedOut, Refused)):
            await http.get(site.url("/silent"), limits=Limits(total=0.05), guarded=guarded)
    never.set()


async def test_nobody_at_home(http: Http, unused_tcp_port: int) -> None:
    with pytest.raises(Unreachable, match="could not be reached"):
        await http.get(f"http://127.0.0.1:{unused_tcp_port}/")


async def test_a_name_that_nobody_has(http: Http) -> None:
    with pytest.raises(Unreachable, match="no host named"):
        await http.get("http://nobody.invalid/")


async def test_a_server_that_speaks_no_http(http: Http) -> None:
    async def babble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(babble, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(Unreachable):
        await http.get(f"http://127.0.0.1:{port}/")
    with pytest.raises(Unreachable):
        await http.get(f"https://127.0.0.1:{port}/")
    server.close()
    await server.wait_closed()


async def test_a_body_is_read_to_the_limit_and_no_further(http: Http, site: Site) -> None:
    limits = Limits(max_bytes=100_000)
    site.says("/fits", b"x" * 100_000)
    site.says("/stated", b"x" * 100_001)

    async def streamed(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(50):
            await response.write(b"x" * 10_000)
        return response

    site.answers["/streamed"] = streamed
    assert len((await http.get(site.url("/fits"), limits=limits)).body) == 100_000
    for path in ("/stated", "/streamed"):
        with pytest.raises(TooLarge, match=r"larger than the 0\.1 MB"):
            await http.get(site.url(path), limits=limits)


async def test_a_small_body_that_unpacks_to_a_large_one_is_refused(http: Http, site: Site) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    site.says("/bomb", bomb, headers={"Content-Encoding": "gzip"})
    assert len(bomb) < 100_000
    with pytest.raises(HttpError):
        await http.get(site.url("/bomb"), limits=Limits(max_bytes=1_000_000))


@pytest.mark.parametrize("url", ["", "rung", "ftp://example.org/", "http:///x", "http://[::1", "javascript:alert(1)"])
async def test_what_is_no_web_address_is_refused(http: Http, url: str) -> None:
    with pytest.raises(Refused):
        await http.get(url)
