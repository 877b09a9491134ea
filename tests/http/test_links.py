"""Links that members paste never reach an inner address or LinkedIn, whatever they say, resolve to or redirect to."""

import asyncio

import pytest
from aiohttp import web
from yarl import URL

from bot.http import Http, Limits, Refused, TimedOut, TooLarge, is_linkedin
from tests.support.guarded import INNER, OURS, FakeResolver, guarded
from tests.support.web import FakeClock, Site


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://0x7f.0.0.1/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://127.0.0.1./",
        "http://%31%32%37.0.0.1/",
        "http://exa mple.com/",
        "http://-x.com/",
        "http://x..com/",
        "http://user@example.com/",
        "http://user:password@example.com/",
        "http://:password@example.com/",
        "http://example.com:22/",
        "http://example.com:0/",
        "http://[fe80::1%25eth0]/",
        "http://example.com/" + "x" * 4_000,
    ],
)
async def test_links_that_hide_where_they_lead_are_refused(url: str, clock: FakeClock) -> None:
    async with Http(clock=clock) as http:
        with pytest.raises(Refused) as caught:
            await http.get(url, guarded=True)
    assert "password@" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fd00:ec2::254]/",
        "http://localhost/",
        "http://①②⑦.⓪.⓪.①/",
    ],
)
async def test_links_that_lead_inside_are_refused(url: str, clock: FakeClock) -> None:
    async with Http(clock=clock) as http:
        with pytest.raises(Refused, match="private network"):
            await http.get(url, guarded=True)


@pytest.mark.parametrize("host", ["linkedin.com", "www.linkedin.com", "DE.LinkedIn.com", "linkedin.com.", "lnkd.in"])
@pytest.mark.parametrize("guard", [True, False])
async def test_linkedin_is_never_fetched(host: str, guard: bool, clock: FakeClock) -> None:
    resolver = FakeResolver({})
    async with Http(clock=clock, resolver=resolver) as http:
        with pytest.raises(Refused, match="LinkedIn does not allow"):
            await http.get(f"https://{host}/jobs/view/1", guarded=guard)
    assert resolver.asked == 0


def test_what_is_linkedin_and_what_is_not() -> None:
    assert is_linkedin("https://ｌｉｎｋｅｄｉｎ.com/jobs")
    assert is_linkedin(URL("https://uk.linkedin.com/jobs"))
    assert not is_linkedin("https://notlinkedin.com/")
    assert not is_linkedin("https://linkedin.com.example.org/")
    assert not is_linkedin("http://[::1")


async def test_a_public_page_is_read(site: Site, clock: FakeClock) -> None:
    site.says("/job", "welcome")
    async with guarded(site, clock, {"jobs.example": [[OURS]]}) as http:
        response = await http.get(site.url("/job", host="jobs.example"), guarded=True)
    assert response.body == b"welcome"
    assert site.asked == ["jobs.example/robots.txt", "jobs.example/job"]


async def test_a_name_that_resolves_inside_is_refused(site: Site, clock: FakeClock) -> None:
    for answer in ([INNER], [OURS, INNER], ["::1"], ["::ffff:10.0.0.1"]):
        async with guarded(site, clock, {"evil.example": [answer]}) as http:
            with pytest.raises(Refused, match="private network"):
                await http.get(site.url("/", host="evil.example"), guarded=True)
    assert site.asked == []


async def test_a_name_that_changes_its_mind_is_refused(site: Site, clock: FakeClock) -> None:
    """DNS rebinding: the first lookup is harmless, the second leads inside."""
    site.says("/robots.txt", "", headers={"Connection": "close"})
    site.says("/secret", "the crown jewels")
    async with guarded(site, clock, {"evil.example": [[OURS], [INNER]]}) as http:
        with pytest.raises(Refused, match="private network"):
            await http.get(site.url("/secret", host="evil.example"), guarded=True)
    assert site.asked == ["evil.example/robots.txt"]


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://127.0.0.2:{port}/secret", "private network"),
        ("http://inner.example:{port}/secret", "private network"),
        ("http://[::1]:{port}/secret", "private network"),
        ("http://0177.0.0.2:{port}/secret", "unusual form"),
        ("http://a:b@127.0.0.1:{port}/secret", "user name"),
        ("http://127.0.0.1:25/secret", "port 25"),
        ("https://www.linkedin.com/jobs/view/1", "LinkedIn"),
        ("https://lnkd.in/x", "LinkedIn"),
        ("file:///etc/passwd", "http"),
    ],
)
async def test_a_redirect_is_looked_at_like_a_link(site: Site, clock: FakeClock, location: str, words: str) -> None:
    site.says("/job", status=302, headers={"Location": location.format(port=site.port)})
    site.says("/secret", "the crown jewels")
    async with guarded(site, clock, {"jobs.example": [[OURS]], "inner.example": [[INNER]]}) as http:
        with pytest.raises(Refused, match=words):
            await http.get(site.url("/job", host="jobs.example"), guarded=True)
    assert site.count("/secret") == 0


async def test_the_bounds_are_those_of_links(site: Site, clock: FakeClock) -> None:
    site.says("/large", b"x" * 2_000_001)
    async with guarded(site, clock) as http:
        with pytest.raises(TooLarge, match="larger than the 2 MB"):
            await http.get(site.url("/large"), guarded=True)


async def test_the_time_limit_covers_everything(site: Site, clock: FakeClock) -> None:
    """Each page of the chain answers in time; the chain does not."""
    never = asyncio.Event()
    site.says("/robots.txt", "")

    async def stuck(_: web.Request) -> web.StreamResponse:
        await never.wait()
        return web.Response()

    site.says("/job", status=302, headers={"Location": "/stuck"})
    site.answers["/stuck"] = stuck
    async with guarded(site, clock) as http:
        with pytest.raises(TimedOut):
            await http.get(site.url("/job"), guarded=True, limits=Limits(total=0.2))
        never.set()
