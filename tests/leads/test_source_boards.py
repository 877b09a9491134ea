"""The boards of Greenhouse, Lever and Ashby: our own samples, and recorded answers."""

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest

from bot.leads.sources.ashby import ashby, parse_ashby
from bot.leads.sources.greenhouse import greenhouse, parse_greenhouse
from bot.leads.sources.lever import EU_HOST, lever, parse_lever
from bot.leads.sources.protocol import SourceError
from bot.leads.sources.sighting import Fetched, RawSighting
from tests.support.samples import sample
from tests.support.shared import shared


def test_greenhouse() -> None:
    fetched = parse_greenhouse(sample("greenhouse.json"), "Marmot")
    first, second, third = fetched.sightings
    assert first == RawSighting(
        key="11",
        url="https://job-boards.greenhouse.io/marmot/jobs/11",
        company="Marmot Labs",
        title="Research Intern, Vision & Language",
        locations=("Remote - US", "Zurich, Switzerland"),
        description="We study how machines see.\n- PyTorch\n- C++ & CUDA",
        posted_at=datetime(2027, 1, 2, 14, 30, tzinfo=UTC),
        updated_at=datetime(2027, 1, 5, 15, tzinfo=UTC),
        closes_at=datetime(2027, 2, 1, 23, 59, 59, tzinfo=UTC),
        employment="Intern",
        remote=False,
        salary="CHF 4,000–5,500",
        department="Research",
    )
    assert (second.company, second.description, second.posted_at) == ("Marmot", "", None)
    assert second.locations == ("United States", "New York, NY, United States"), "the city stands only in the offices"
    assert (third.locations, third.remote) == (("Lausanne",), True)
    assert [(rejected.key, rejected.why) for rejected in fetched.rejected] == [
        ("no number", "Expected `int`, got `str` - at `$.id`"),
        ("15", "Object missing required field `title`"),
    ]


@pytest.mark.parametrize(
    ("place", "places"),
    [
        ("Zurich", ("Zurich",)),
        ("Remote", ("Remote", "Lyon, France")),
        ("Remote (United Kingdom)", ("Remote (United Kingdom)", "Lyon, France")),
        ("Multiple Locations", ("Multiple Locations", "Lyon, France")),
        ("North America", ("North America", "Lyon, France")),
        ("London or Paris", ("London", "Paris")),
        ("Berlin | Remote", ("Berlin", "Remote")),
        ("Singapore", ("Singapore",)),
        ("Toronto, Ontario; Toronto, Ontario", ("Toronto, Ontario",)),
    ],
)
def test_greenhouse_offices_count_where_the_job_names_no_city(place: str, places: tuple[str, ...]) -> None:
    offices = [{"name": "Lyon", "location": "Lyon, France"}, {"name": "EMEA", "location": None}]
    job = {
        "id": 1,
        "title": "Intern",
        "absolute_url": "https://x.example",
        "location": {"name": place},
        "offices": offices,
    }
    (sighting,) = parse_greenhouse(msgspec.json.encode({"jobs": [job]}), "X").sightings
    assert sighting.locations == places


def test_lever() -> None:
    fetched = parse_lever(sample("lever.json"), "Lynx")
    first, second = fetched.sightings
    assert first == RawSighting(
        key="e1",
        url="https://jobs.lever.co/lynx/e1",
        company="Lynx",
        title="Machine Learning Intern",
        locations=("Davos, Switzerland", "Berlin, Germany"),
        description="About us\nWe follow tracks.\nYou will\n- label data\n- train models\nApply soon.",
        posted_at=datetime(2027, 1, 2, 10, tzinfo=UTC),
        employment="Internship",
        remote=False,
        salary="EUR 2,000 per month",
        department="AI, Perception",
    )
    assert (second.description, second.locations, second.remote) == ("One\nTwo\nThree", (), None)
    assert [rejected.key for rejected in fetched.rejected] == ["e3"]


def test_ashby() -> None:
    fetched = parse_ashby(sample("ashby.json"), "Ibex")
    first, hidden = fetched.sightings
    assert first == RawSighting(
        key="f1",
        url="https://jobs.ashbyhq.com/ibex/f1",
        company="Ibex",
        title="Research Intern",
        locations=("Zurich, Switzerland", "Remote (EU)", "Paris, France", "Annex", "Rooftop"),
        description="Climb.\nLearn.",
        posted_at=datetime(2027, 1, 2, 21, 44, 44, 930000, tzinfo=UTC),
        employment="Intern",
        remote=False,
        salary="€2.5K - €3K",
        department="Research",
    )
    assert (hidden.active, hidden.remote, hidden.salary) == (False, True, "")
    assert hidden.description == "Only\nHTML"
    assert [rejected.key for rejected in fetched.rejected] == ["f3"]


@pytest.mark.parametrize("parse", [parse_greenhouse, parse_lever, parse_ashby])
@pytest.mark.parametrize("body", [b"", b"<html></html>", b'{"ok": false}', b"7", b"null"])
def test_an_answer_that_is_no_board_is_told(parse: Callable[[bytes, str], Fetched], body: bytes) -> None:
    with pytest.raises(SourceError, match="not what it should be"):
        parse(body, "X")


def test_where_boards_are() -> None:
    assert greenhouse("x", "X").feed == "https://boards-api.greenhouse.io/v1/boards/x/jobs?content=true"
    assert ashby("x", "X").feed == "https://api.ashbyhq.com/posting-api/job-board/x?includeCompensation=true"
    assert lever("x", "X").feed == "https://api.lever.co/v0/postings/x?mode=json"
    assert lever("x", "X", EU_HOST).feed == "https://api.eu.lever.co/v0/postings/x?mode=json"
    assert lever("x", "X", EU_HOST).home == "https://jobs.eu.lever.co/x"
    assert lever("x", "X").name == "lever/x"


@pytest.mark.parametrize(
    ("path", "parse", "count"),
    [
        ("greenhouse/gitlab_2026-08.json", parse_greenhouse, 3),
        ("lever/lever_demo.json", parse_lever, 6),
        ("lever/palantir_2026-08.json", parse_lever, 2),
        ("ashby/notion_2026-08.json", parse_ashby, 3),
        ("ashby/ericlee_2026-08.json", parse_ashby, 2),
        ("ashby/lalalune_2026-07.json", parse_ashby, 4),
    ],
)
def test_recorded_answers_are_read_whole(path: str, parse: Callable[[bytes, str], Fetched], count: int) -> None:
    fetched = parse(shared(f"data/{path}").read_bytes(), "X")
    assert (len(fetched.sightings), fetched.rejected) == (count, [])
    for sighting in fetched.sightings:
        assert sighting.title
        assert sighting.url.startswith("https://")
        assert "<" not in sighting.description[:500]
        assert "&amp;" not in sighting.description


def test_recorded_details() -> None:
    gitlab = parse_greenhouse(shared("data/greenhouse/gitlab_2026-08.json").read_bytes()).sightings
    assert [(s.company, s.title, s.locations) for s in gitlab[:2]] == [
        ("GitLab", "Account Executive - Italy", ("Remote, Italy",)),
        ("GitLab", "AI Engineer", ("Remote, Bangalore",)),
    ]
    ramp = parse_ashby(shared("data/ashby/lalalune_2026-07.json").read_bytes(), "Ramp").sightings
    assert ramp[0].locations == ("New York, NY (HQ)", "Remote (Canada)", "Remote (US)", "Miami, FL")
    assert ramp[0].salary == "$211.4K - $290.6K"
    demo = parse_lever(shared("data/lever/lever_demo.json").read_bytes(), "Lever").sightings
    assert demo[4].salary == "USD 10,000–125,000 per year"
