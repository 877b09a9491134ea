"""robots.txt is asked for, obeyed and remembered."""

import pytest
from aiohttp import web

from bot.http import BadStatus, Refused
from tests.support.guarded import INNER, OURS, guarded
from tests.support.web import FakeClock, Site


async def test_robots_txt_is_obeyed(site: Site, clock: FakeClock) -> None:
    site.says("/robots.txt", "User-agent: *\nDisallow: /private\n\nUser-agent: rung\nDisallow: /not-for-rung\n")
    site.says("/private", "open to us: the group of our own name counts")
    site.says("/not-for-rung", "no")
    async with guarded(site, clock) as http:
        await http.get(site.url("/private"), guarded=True)
        with pytest.raises(Refused, match="asks programs not to read"):
            await http.get(site.url("/not-for-rung"), guarded=True)
        assert site.count("/not-for-rung") == 0
        await http.get(site.url("/not-for-rung"))


async def test_robots_txt_is_obeyed_behind_a_redirect(site: Site, clock: FakeClock) -> None:
    async def robots(request: web.Request) -> web.StreamResponse:
        closed = request.url.host == "closed.example"
        return web.Response(text="User-agent: *\nDisallow: /" if closed else "")

    site.answers["/robots.txt"] = robots
    site.says("/job", status=302, headers={"Location": site.url("/secret", host="closed.example")})
    async with guarded(site, clock, {"open.example": [[OURS]], "closed.example": [[OURS]]}) as http:
        with pytest.raises(Refused, match=r"closed\.example asks"):
            await http.get(site.url("/job", host="open.example"), guarded=True)
    assert site.count("/secret") == 0


@pytest.mark.parametrize(("status", "open_"), [(404, True), (403, True), (500, False), (503, False)])
async def test_a_site_without_rules_is_open_and_one_in_trouble_is_closed(
    site: Site, clock: FakeClock, status: int, open_: bool
) -> None:
    site.says("/robots.txt", status=status)
    site.says("/job", "welcome")
    async with guarded(site, clock) as http:
        if open_:
            assert (await http.get(site.url("/job"), guarded=True)).body == b"welcome"
        else:
            with pytest.raises(Refused, match="could not tell us"):
                await http.get(site.url("/job"), guarded=True)


async def test_a_site_whose_rules_never_come_is_closed(site: Site, clock: FakeClock) -> None:
    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.abort()
        return web.Response()

    site.answers["/robots.txt"] = hang_up
    async with guarded(site, clock) as http:
        with pytest.raises(Refused, match="could not tell us"):
            await http.get(site.url("/job"), guarded=True)


async def test_rules_are_asked_for_once_a_day(site: Site, clock: FakeClock) -> None:
    site.says("/job")
    async with guarded(site, clock) as http:
        for _ in range(3):
            await http.get(site.url("/job"), guarded=True)
        assert site.count("/robots.txt") == 1
        clock.time += 24 * 3600
        await http.get(site.url("/job"), guarded=True)
        assert site.count("/robots.txt") == 2


async def test_of_an_endless_robots_txt_only_the_beginning_is_read(site: Site, clock: FakeClock) -> None:
    site.says("/robots.txt", "User-agent: *\nDisallow: /private\n" + "# padding\n" * 100_000 + "Disallow: /job\n")
    site.says("/job", "welcome")
    async with guarded(site, clock) as http:
        assert (await http.get(site.url("/job"), guarded=True)).body == b"welcome"
        with pytest.raises(Refused):
            await http.get(site.url("/private"), guarded=True)


async def test_robots_txt_may_redirect_but_not_inside(site: Site, clock: FakeClock) -> None:
    site.says("/robots.txt", status=301, headers={"Location": f"http://{INNER}:{site.port}/rules"})
    async with guarded(site, clock) as http:
        with pytest.raises(Refused, match="private network"):
            await http.get(site.url("/job"), guarded=True)
    assert site.count("/rules") == 0


async def test_many_sites_do_not_fill_the_memory(site: Site, clock: FakeClock) -> None:
    site.says("/job", "welcome")
    names = {f"s{number}.example": [[OURS]] for number in range(520)}
    async with guarded(site, clock, names) as http:
        for name in names:
            await http.get(site.url("/job", host=name), guarded=True)
            clock.time += 1
        assert len(http._robots._sites) == 500
        assert len(http._gate._hosts) <= 501


async def test_a_host_in_trouble_is_told_with_its_status(site: Site, clock: FakeClock) -> None:
    site.says("/job", status=500)
    async with guarded(site, clock) as http:
        with pytest.raises(BadStatus):
            await http.get(site.url("/job"), guarded=True)
    assert site.count("/job") == 2
