"""What an opening says about itself: kind, time, place, degree, pay, hours, sponsorship, research."""

import json
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.reading.facts import KINDS, Facts, read_facts
from bot.leads.reading.places import Place, read_places
from tests.support.shared import shared


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Machine Learning Intern", "internship"),
        ("Data Science Co-op", "co-op"),
        ("Alternance Data Scientist", "co-op"),
        ("ML Engineer - Internship - PEY 2026", "internship"),
        ("Werkstudent KI (m/w/d)", "working student"),
        ("Student Assistant Machine Learning", "working student"),
        ("Data Science Student", "working student"),
        ("Student Researcher, PhD", "internship"),
        ("Masterarbeit Deep Learning", "thesis"),
        ("Master Thesis: Robot Learning", "thesis"),
        ("Afstudeerstage AI", "thesis"),
        ("Industrial Placement - Data Science", "placement"),
        ("Data Science Placement", "placement"),
        ("Year in Industry - Machine Learning", "placement"),
        ("AI Traineeship", "traineeship"),
        ("Stage - Data Scientist (H/F)", "internship"),
        ("AI Summer Associate", "internship"),
        ("Senior Data Scientist", ""),
        ("Machine Learning Apprentice", ""),
        ("Intern Program Manager", ""),
    ],
)
def test_kind(title: str, kind: str) -> None:
    assert read_facts(title).kind == kind


@pytest.mark.parametrize(
    ("title", "employment", "kind"),
    [
        ("ML Engineer", "Intern", "internship"),
        ("ML Engineer", "INTERNSHIP", "internship"),
        ("ML Engineer", "Co-op", "co-op"),
        ("ML Engineer", "Working student", "working student"),
        ("ML Engineer", "FULL_TIME", ""),
        ("Intern Program Manager", "Intern", ""),
    ],
)
def test_kind_from_the_list(title: str, employment: str, kind: str) -> None:
    assert read_facts(title, employment=employment).kind == kind


@pytest.mark.parametrize(
    ("title", "terms", "term", "year"),
    [
        ("ML Intern", ("Summer 2025",), "summer", 2025),
        ("ML Intern, Fall", ("Summer 2025", "Fall 2025"), "summer", 2025),
        ("ML Intern, Fall 2026", ("Summer 2025", "Fall 2025"), "fall", 2026),
        ("2025 Intern - Machine Learning", ("Spring 2024",), "", 2025),
        ("ML Intern 2024/2025", ("Summer 2025",), "summer", 2025),
        ("ML Intern 2027", ("Summer",), "summer", 2027),
        ("ML Intern, Autumn 2026", ("N/A",), "fall", 2026),
        ("ML Intern (Winter/Spring 2027)", (), "winter", 2027),
        ("2026 Summer Intern - ML", (), "summer", 2026),
        ("ML Intern Summer '26", (), "summer", 2026),
        ("Praktikum KI Sommer 26", (), "summer", 2026),
        ("Stage IA - Été 2026", (), "summer", 2026),
        ("Data Co-op - January 2027 - April 2027", (), "winter", 2027),
        ("Software Co-op - May 2026 term", (), "summer", 2026),
        ("ML Intern, Class of 2028", (), "", None),
        ("ML Intern - $20250 stipend", (), "", None),
        ("We may hire an ML Intern", (), "", None),
    ],
)
def test_when(title: str, terms: tuple[str, ...], term: str, year: int | None) -> None:
    facts = read_facts(title, terms=terms)
    assert (facts.term, facts.year) == (term, year)


@pytest.mark.parametrize(
    ("title", "terms", "seasons"),
    [
        (
            "ML Intern",
            ("Summer 2025", "Fall 2024", "Spring 2025"),
            [("fall", 2024), ("spring", 2025), ("summer", 2025)],
        ),
        ("ML Intern 2027", ("Summer", "Fall"), [("summer", 2027), ("fall", 2027)]),
        ("2025 Intern - Machine Learning", ("Spring 2024", "Fall 2024"), [("", 2025)]),
        ("ML Intern, Summer 2026", ("N/A",), [("summer", 2026)]),
        ("ML Intern", (), []),
    ],
)
def test_every_season_that_is_offered(
    title: str, terms: tuple[str, ...], seasons: list[tuple[str, int | None]]
) -> None:
    assert list(read_facts(title, terms=terms).seasons) == seasons


@pytest.mark.parametrize(
    ("title", "degrees", "description", "expected"),
    [
        ("ML Intern", ("PhD", "Bachelor's"), "", ("bachelor", "phd")),
        ("ML Intern", ("Associate's",), "", ("bachelor",)),
        ("ML Intern - BS/MS", (), "", ("bachelor", "master")),
        ("PhD Intern", (), "", ("phd",)),
        ("Ph.D. Research Intern", (), "", ("phd",)),
        ("ML Intern (Master/PhD)", (), "", ("master", "phd")),
        ("Undergraduate ML Intern", (), "", ("bachelor",)),
        ("Master Data Intern, Ridgeland, MS", (), "", ()),
        ("ML Intern", (), "You are pursuing a Bachelor's or Master's degree.", ("bachelor", "master")),
        ("ML Intern", (), "Our founder has a PhD.", ()),
    ],
)
def test_degrees(title: str, degrees: tuple[str, ...], description: str, expected: tuple[str, ...]) -> None:
    assert read_facts(title, degrees=degrees, description=description).degrees == expected


@pytest.mark.parametrize(
    ("title", "salary", "description", "paid"),
    [
        ("ML Intern", "$40/hr", "", True),
        ("ML Intern", "competitive", "", None),
        ("ML Intern - Paid", "", "", True),
        ("ML Intern (Unpaid)", "", "", False),
        ("ML Intern", "", "This is a paid summer internship.", True),
        ("ML Intern", "", "Pay: $40 - $55 per hour.", True),
        ("ML Intern", "", "We raised $40 million.", None),
        ("ML Intern", "", "This is an unpaid role.", False),
        ("ML Intern", "", "Unpaid leave is possible.", None),
        ("ML Intern", "", "The salary range is public.", True),
        ("Praktikum KI", "", "Eine faire Vergütung.", True),
        ("ML Intern", "", "", None),
    ],
)
def test_paid(title: str, salary: str, description: str, paid: bool | None) -> None:
    assert read_facts(title, salary=salary, description=description).paid is paid


@pytest.mark.parametrize(
    ("title", "locations", "remote", "description", "mode"),
    [
        ("ML Intern", ("Remote in USA",), None, "", "remote"),
        ("ML Intern", ("NYC",), True, "", "remote"),
        ("ML Intern", ("NYC",), False, "", "on-site"),
        ("ML Intern", ("NYC (Hybrid)",), False, "", "hybrid"),
        ("ML Intern - Hybrid or Remote", (), None, "", "remote"),
        ("ML Intern - On-site", (), None, "", "on-site"),
        ("Remote Sensing ML Intern", (), None, "", ""),
        ("Hybrid Cloud Intern", (), None, "", ""),
        ("ML Intern", ("NYC",), None, "This is a hybrid role.", "hybrid"),
        ("ML Intern", ("NYC",), None, "The role is remote.", "remote"),
        ("ML Intern", ("NYC",), None, "The role is on-site.", "on-site"),
        ("ML Intern", ("NYC",), None, "You will work on remote sensing.", ""),
    ],
)
def test_mode(title: str, locations: tuple[str, ...], remote: bool | None, description: str, mode: str) -> None:
    assert read_facts(title, locations=locations, remote=remote, description=description).mode == mode


@pytest.mark.parametrize(
    ("title", "employment", "description", "part_time"),
    [
        ("ML Intern", "PART_TIME", "", True),
        ("ML Intern (Full time preferred / part time)", "", "", True),
        ("Werkstudent KI", "", "", True),
        ("ML Intern, 20 hours/week", "", "", True),
        ("ML Intern", "Full-time", "", False),
        ("ML Intern, 40 hours per week", "", "", False),
        ("ML Intern", "", "This is a part-time position.", True),
        ("ML Intern", "", "Be part of it.", None),
    ],
)
def test_part_time(title: str, employment: str, description: str, part_time: bool | None) -> None:
    assert read_facts(title, employment=employment, description=description).part_time is part_time


@pytest.mark.parametrize(
    ("stated", "title", "description", "expected"),
    [
        ("Offers Sponsorship", "", "", "yes"),
        ("Does Not Offer Sponsorship", "", "", "no"),
        ("U.S. Citizenship is Required", "", "", "citizens only"),
        ("Other", "", "", ""),
        ("Other", "", "You must be a US citizen.", "citizens only"),
        ("", "ML Intern 🇺🇸", "", "citizens only"),
        ("", "ML Intern 🛂", "", "no"),
        ("", "", "We are unable to provide visa sponsorship.", "no"),
        ("", "", "Visa sponsorship is available.", "yes"),
        ("Offers Sponsorship", "", "You must be a US citizen.", "yes"),
    ],
)
def test_sponsorship(stated: str, title: str, description: str, expected: str) -> None:
    assert read_facts(title, sponsorship=stated, description=description).sponsorship == expected


def test_research_is_what_the_title_says() -> None:
    says = ("Research Intern", "Research Scientist Intern, LLMs", "Student Researcher", "Forschungspraktikum")
    assert [read_facts(title).research for title in says] == [True] * 4
    others = ("UIUC Research Park Intern - ML", "UX Research Intern", "Market Research Intern", "ML Intern")
    assert [read_facts(title).research for title in others[:2] + others[3:]] == [False] * 3


def test_the_first_place_stands_for_the_opening() -> None:
    facts = read_facts("ML Intern", locations=("Remote", "Berlin, Germany", "Austin, TX"))
    assert (facts.city, facts.region, facts.country) == ("Berlin", "TX", "DE")
    assert facts.places == (Place("Berlin", "", "DE"), Place("Austin", "TX", "US"))
    nothing = Facts()
    assert (nothing.city, nothing.region, nothing.country, nothing.kind) == ("", "", "", "")


@given(
    st.text(max_size=60),
    st.text(max_size=400),
    st.lists(st.text(max_size=40), max_size=3),
    st.sampled_from([None, True, False]),
)
def test_any_text_has_facts(title: str, description: str, texts: list[str], remote: bool | None) -> None:
    facts = read_facts(title, "", description, texts, texts, title, title, texts, title, remote)
    assert facts == read_facts(title, "", description, texts, texts, title, title, texts, title, remote)
    assert facts.kind in {"", *KINDS}
    assert facts.term in {"", "spring", "summer", "fall", "winter"}
    assert facts.mode in {"", "remote", "hybrid", "on-site"}
    assert facts.sponsorship in {"", "yes", "no", "citizens only"}
    assert all(place.city or place.region or place.country for place in facts.places)


def test_recorded_lists_say_where_they_are() -> None:
    rows = json.loads(shared("data/simplify_listings/summer2025_2024-10-22.json").read_bytes())
    places = [_facts(row).country for row in rows if not _nowhere(row["locations"])]
    assert sum(bool(country) for country in places) / len(places) > 0.98
    assert {country for country in places if country} >= {"US", "CA", "GB"}
    assert sum(_facts(row).year is not None and _facts(row).term != "" for row in rows) / len(rows) > 0.98


def _facts(row: dict[str, list[str]]) -> Facts:
    return read_facts(str(row["title"]), locations=row["locations"], terms=row["terms"])


def _nowhere(locations: Iterable[str]) -> bool:
    return {location.lower() for location in locations} <= {"remote", "multiple locations", "hybrid", "global"}


def test_places_are_read_once_each() -> None:
    assert read_places(["NYC", "New York, NY", "new york city"]) == (Place("New York", "NY", "US"),)
