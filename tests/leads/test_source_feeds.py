"""Fetching a source, over real sockets: only what changed is read, and what went wrong is told."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import stamina
from aiohttp import web

from bot.companies.catalog import Company, CompanyBoard, load_companies
from bot.http import BadStatus, Http, HttpError, Limits, TimedOut, exchange
from bot.leads.sources.ashby import ashby
from bot.leads.sources.greenhouse import greenhouse
from bot.leads.sources.lever import lever
from bot.leads.sources.listings import Listings
from bot.leads.sources.protocol import Source, SourceError
from bot.leads.sources.registry import LISTS, builtin_sources, source_for
from bot.leads.sources.sighting import Fetched, FetchState
from tests.support.samples import SAMPLES, sample
from tests.support.web import FakeClock, Site, local_site


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with local_site() as site:
        yield site


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    with stamina.set_testing(True, attempts=2, cap=True):
        async with Http(clock=FakeClock()) as http:
            yield http


def sources_at(site: Site) -> list[tuple[Source, str, str]]:
    """Every kind of source on the local site, with the path that it asks for and the sample that answers."""
    host = site.url("")
    return [
        (Listings("list", site.url("/list.json")), "/list.json", "simplify.json"),
        (greenhouse("marmot", "Marmot", host), "/v1/boards/marmot/jobs", "greenhouse.json"),
        (lever("lynx", "Lynx", host), "/v0/postings/lynx", "lever.json"),
        (ashby("ibex", "Ibex", host), "/posting-api/job-board/ibex", "ashby.json"),
    ]


KINDS = range(4)


@pytest.mark.parametrize("kind", KINDS)
async def test_what_did_not_change_is_not_read_again(http: Http, site: Site, kind: int) -> None:
    source, path, name = sources_at(site)[kind]
    marks = {"ETag": 'W/"v1"', "Last-Modified": "Sat, 02 Jan 2027 10:00:00 GMT"}

    async def answer(request: web.Request) -> web.StreamResponse:
        known = request.headers.get("If-None-Match") == marks["ETag"]
        return web.Response(status=304) if known else web.Response(body=sample(name), headers=marks)

    site.answers[path] = answer
    first = await source.fetch(http, FetchState())
    assert first.sightings
    assert not first.unchanged
    assert first.state.etag == marks["ETag"]
    assert first.state.last_modified == marks["Last-Modified"]
    again = await source.fetch(http, first.state)
    assert again == Fetched(state=first.state, unchanged=True)
    assert site.requests[1].headers["If-Modified-Since"] == marks["Last-Modified"]


@pytest.mark.parametrize("kind", KINDS)
async def test_the_same_bytes_are_not_read_again(http: Http, site: Site, kind: int) -> None:
    source, path, name = sources_at(site)[kind]
    site.says(path, sample(name))
    first = await source.fetch(http, FetchState())
    again = await source.fetch(http, first.state)
    assert again.unchanged
    assert again.sightings == []
    site.says(path, sample(name) + b"\n")
    assert (await source.fetch(http, first.state)).sightings == first.sightings


@pytest.mark.parametrize("kind", KINDS)
async def test_a_source_that_is_broken_is_told(http: Http, site: Site, kind: int) -> None:
    source, path, _ = sources_at(site)[kind]
    for body in (b"", b"<html>Sorry</html>", b'[{"id": "a1", "ti'):
        site.says(path, body)
        with pytest.raises(SourceError):
            await source.fetch(http, FetchState())
    site.says(path, status=500)
    with pytest.raises(BadStatus):
        await source.fetch(http, FetchState())


@pytest.mark.parametrize("kind", KINDS)
async def test_a_source_that_is_gone_is_told(http: Http, site: Site, kind: int) -> None:
    source, _, _ = sources_at(site)[kind]
    with pytest.raises((SourceError, BadStatus)) as caught:
        await source.fetch(http, FetchState())
    if source.kind != "listings":
        assert f"has no {source.kind} board named" in str(caught.value)


async def test_a_source_that_never_answers_is_given_up(http: Http, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.http.client.FEED", Limits(total=0.05))
    assert exchange.FEED.total > 10, "some boards take ten seconds"
    never = asyncio.Event()

    async def answer(_: web.Request) -> web.StreamResponse:
        await never.wait()
        return web.Response()

    for source, path, _ in sources_at(site):
        site.answers[path] = answer
        with pytest.raises(TimedOut):
            await source.fetch(http, FetchState())
    never.set()


async def test_one_source_after_another(http: Http, site: Site) -> None:
    """A broken source is no reason for the next to fail."""
    outcomes = []
    for source, path, name in sources_at(site):
        if source.kind != "lever":
            site.says(path, sample(name))
        try:
            outcomes.append(len((await source.fetch(http, FetchState())).sightings))
        except (SourceError, HttpError):
            outcomes.append(-1)
    assert outcomes == [3, 3, -1, 2]


async def test_a_file_is_a_source(http: Http, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(sample("seasons.json"))
    source = source_for(str(path), "mine")
    assert (source.name, source.kind, source.home) == ("mine", "listings", "")
    first = await source.fetch(http, FetchState())
    assert len(first.sightings) == 2
    assert (await source.fetch(http, first.state)).unchanged
    path.unlink()
    with pytest.raises(SourceError, match="can't be read"):
        await source.fetch(http, first.state)


# --- the registry ---


def test_the_sources_that_we_start_with() -> None:
    sources = builtin_sources(load_companies())
    assert len({source.name for source in sources}) == len(sources) >= 82
    assert {source.kind for source in sources} == {"listings", "greenhouse", "lever", "ashby"}
    assert all(source.home.startswith("https://") for source in sources)
    simplify = next(source for source in sources if source.name == "simplify")
    assert simplify.home == "https://github.com/SimplifyJobs/Summer2027-Internships"


def test_a_company_without_a_board_is_no_source_and_one_in_europe_has_its_host() -> None:
    bare = Company(name="Bare", website="https://x.example", what="does x")
    board = CompanyBoard(kind="lever", token="europe", eu=True)
    europe = Company(name="Europe", website="https://x.example", what="does x", board=board)
    assert [source.home for source in builtin_sources([bare, europe])[len(LISTS) :]] == [
        "https://jobs.eu.lever.co/europe"
    ]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://boards-api.greenhouse.io/v1/boards/x/jobs?content=true", "greenhouse/x"),
        ("https://boards.greenhouse.io/x", "greenhouse/x"),
        ("https://job-boards.greenhouse.io/x/", "greenhouse/x"),
        ("https://job-boards.greenhouse.io/x/jobs/1", "mine"),
        ("https://api.lever.co/v0/postings/x?mode=json", "lever/x"),
        ("https://jobs.eu.lever.co/x", "lever/x"),
        ("https://jobs.ashbyhq.com/x", "ashby/x"),
        ("https://api.ashbyhq.com/posting-api/job-board/x", "ashby/x"),
        ("https://lists.example/internships.json", "mine"),
    ],
)
def test_an_address_is_known_for_what_it_is(address: str, name: str) -> None:
    assert source_for(address, "mine").name == name


def test_the_home_of_a_list_is_its_address() -> None:
    assert source_for("https://lists.example/internships.json", "mine").home == "https://lists.example/internships.json"


@pytest.mark.parametrize("what", ["/no/such/file.json", "ftp://x.example/", "http://[::1", str(SAMPLES)])
def test_what_is_neither_file_nor_address_is_told(what: str) -> None:
    with pytest.raises(SourceError):
        source_for(what, "mine")
