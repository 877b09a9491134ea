"""Job pages: schema.org JobPosting in all its dresses, and pages that only have a title."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.http import Guard, Http, Refused
from bot.leads.sources.jobposting import parse_jobposting
from bot.leads.sources.page import JobPage, fetch_page, read_page
from bot.leads.sources.protocol import SourceError
from bot.leads.sources.sighting import FetchState, RawSighting
from tests.support.samples import sample
from tests.support.shared import shared
from tests.support.web import FakeClock, Site, local_site

URL = "https://ibex.example/jobs/4711"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with local_site() as site:
        yield site


@pytest.fixture
async def http(site: Site) -> AsyncIterator[Http]:
    guard = Guard(ports=frozenset({site.port}), allow=lambda address: str(address) == "127.0.0.1")
    async with Http(clock=FakeClock(), guard=guard) as http:
        yield http


def test_a_posting_in_a_graph() -> None:
    reading = read_page(sample("page_graph.html"), URL)
    assert reading.sighting == RawSighting(
        key="4711",
        url=URL,
        company="Ibex GmbH",
        title="Machine Learning Intern (m&f)",
        locations=("Bern, BE, Switzerland", "Geneva", "Alpine hut", "Chur"),
        description="Train & test models.\n- PyTorch",
        posted_at=datetime(2027, 1, 2, tzinfo=UTC),
        closes_at=datetime(2027, 2, 1, 23, 59, 59, tzinfo=UTC),
        degrees=("bachelor degree", "master"),
        employment="INTERN, PART_TIME",
        remote=True,
        salary="CHF 2,500–3,000 per month",
        company_url="https://ibex.example",
        department="Mountains",
    )
    assert (reading.missing, reading.others, reading.note) == ((), 0, "")


def test_of_several_the_one_of_the_address_is_picked() -> None:
    page = sample("page_many.html")
    second = read_page(page, "https://jobs.example/2/")
    assert (second.sighting.title, second.sighting.company, second.others) == ("Second", "Lynx AG", 2)
    assert (second.sighting.locations, second.sighting.remote) == (("France",), True)
    assert second.sighting.salary == "50000"
    assert second.note == (
        "It lists 3 openings; this is the first that fits its address. Not found: date, description."
    )
    fourth = read_page(page, "https://jobs.example/view/job-four").sighting
    assert (fourth.title, fourth.key, fourth.salary, fourth.posted_at) == ("Fourth", "job-four", "EUR 12.5", None)
    assert fourth.company == ""
    assert read_page(page, "https://jobs.example/all").sighting.title == "First"


def test_as_a_source_every_opening_of_the_page_is_seen() -> None:
    fetched = parse_jobposting(sample("page_many.html"), URL)
    assert [sighting.title for sighting in fetched.sightings] == ["First", "Second", "Fourth"]
    assert [rejected.why for rejected in fetched.rejected] == ["the posting has no title"]


def test_a_page_that_describes_nothing_gives_its_title_and_says_so() -> None:
    reading = read_page(sample("page_plain.html"), "https://chamois.example/jobs/9?utm_source=x")
    about = reading.sighting
    assert (about.title, about.company, about.url) == (
        "Intern & Thesis, Vision",
        "Chamois AG",
        "https://chamois.example/jobs/9",
    )
    assert about.description == "Look at rocks."
    assert not reading.described
    assert reading.missing == ("place", "date")
    assert reading.note == (
        "The page does not describe its opening for programs, so only its title could be read. Not found: place, date."
    )


def test_the_address_that_a_page_gives_itself_counts_only_on_its_own_host() -> None:
    for stated in ("https://other.example/x", "http://[::1", ""):
        page = f'<title>Intern</title><link rel="canonical" href="{stated}">'.encode()
        assert read_page(page, URL).sighting.url == URL


def test_the_encoding_is_the_servers_else_the_pages_else_ours() -> None:
    latin = sample("page_latin1.html")
    assert read_page(latin, URL, "iso-8859-1").sighting.title == "Grüezi Intern"
    assert read_page(b'<meta charset="latin1">' + latin, URL).sighting.title == "Grüezi Intern"
    assert read_page(latin, URL, "no-such-charset").sighting.title == "Gr\ufffdezi Intern"
    assert read_page("<title>Grüezi</title>".encode(), URL).sighting.title == "Grüezi"


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"<html></html>",
        b"<title>",
        b"<title></title>",
        b"<script",
        b'<meta name="x',
        b'<script type="application/ld+json">' + b"[" * 200_000 + b"</script>",
        b'<script type="application/ld+json">{"@type": "JobPosting"}</script>',
    ],
)
def test_a_page_without_even_a_title_is_told(page: bytes) -> None:
    with pytest.raises(SourceError, match="by hand"):
        read_page(page, URL)


def test_a_page_without_a_posting_is_no_source() -> None:
    with pytest.raises(SourceError, match="schema"):
        parse_jobposting(sample("page_plain.html"), URL)


def test_json_ld_without_end_is_read_to_a_point() -> None:
    page = b'<script type="application/ld+json">[' + b"{}," * 30_000 + b'{"@type":"JobPosting","title":"x"}]</script>'
    with pytest.raises(SourceError):
        read_page(page, URL)


@pytest.mark.parametrize(
    ("path", "title", "company", "places", "missing"),
    [
        (
            "cryptojobslist_job.html",
            "Blockchain - Sr Lead Security Engineer",
            "JPMorgan Chase & Co",
            ("Plano, United States",),
            (),
        ),
        ("thehub_job_2026-08-22.html", "Fleet Specialist - Turku", "Voi Technology", ("Turku, Finland",), ()),
    ],
)
def test_recorded_pages(path: str, title: str, company: str, places: tuple[str, ...], missing: tuple[str, ...]) -> None:
    reading = read_page(shared(f"data/jsonld/{path}").read_bytes(), URL)
    about = reading.sighting
    assert (about.title, about.company, about.locations, reading.missing) == (title, company, places, missing)
    assert about.posted_at
    assert about.closes_at


async def test_a_pasted_link_is_fetched_guarded(http: Http, site: Site) -> None:
    site.says("/jobs/1", sample("page_graph.html"), headers={"Content-Type": "text/html; charset=utf-8"})
    site.says("/robots.txt", "User-agent: *\nDisallow: /closed")
    reading = await fetch_page(http, site.url("/jobs/1"))
    assert reading.sighting.title == "Machine Learning Intern (m&f)"
    for link in (site.url("/closed"), "http://127.0.0.2/", "https://www.linkedin.com/jobs/view/1"):
        with pytest.raises(Refused):
            await fetch_page(http, link)


async def test_a_page_is_a_source(http: Http, site: Site) -> None:
    site.says("/jobs/1", sample("page_graph.html"))
    page = JobPage("Ibex, by ada", site.url("/jobs/1"))
    first = await page.fetch(http, FetchState())
    assert [sighting.key for sighting in first.sightings] == ["4711"]
    again = await page.fetch(http, first.state)
    assert again.unchanged
