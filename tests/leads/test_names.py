"""Companies and titles in the form by which they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.names import broader_name, companies_related, company_blocks, company_key, title_parts
from bot.leads.where import meet, places_apart, read_where


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (("The Acme Group, Inc.", "ACME", "acme ltd.", "Acme Holdings"), "acme"),
        (("Johnson & Johnson", "Johnson and Johnson"), "johnsonjohnson"),
        (("D. E. Shaw & Co.", "D.E. Shaw"), "deshaw"),
        (("Service Now", "ServiceNow"), "servicenow"),
        (("Hudson River Trading (HRT)", "Hudson River Trading"), "hudsonrivertrading"),
        (("Booking.com", "Booking"), "booking"),
        (("L'Oréal", "L’Oreal SA"), "loreal"),
        (("Keysight Technologies", "Keysight"), "keysight"),
        (("Co",), "co"),
        (("...",), "..."),
    ],
)
def test_one_company_has_one_key(names: tuple[str, ...], key: str) -> None:
    assert {company_key(name) for name in names} == {key}


@given(st.text())
def test_every_company_has_a_key_and_is_found_by_it(name: str) -> None:
    assert company_key(name) == company_key(name)
    assert company_key(name) in company_blocks(name)


def test_a_company_is_looked_for_by_its_first_word_too() -> None:
    assert set(company_blocks("Kodiak Robotics")) & set(company_blocks("Kodiak"))
    assert set(company_blocks("Service Now")) & set(company_blocks("ServiceNow"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cisco", "Cisco Meraki"),
        ("C3.ai", "C3"),
        ("World Wide Technology", "WWT"),
        ("Chic-Fil-A", "Chick-fil-a"),
        ("Capitol One", "Capital One"),
    ],
)
def test_names_that_may_mean_one_company(one: str, other: str) -> None:
    assert companies_related(one, other)
    assert companies_related(other, one)


@pytest.mark.parametrize(("one", "other"), [("Ericsson", "D2L"), ("RELX", "LexisNexis"), ("Meta", "Google")])
def test_names_of_other_companies(one: str, other: str) -> None:
    assert not companies_related(one, other)


@pytest.mark.parametrize(
    ("one", "other", "broad"),
    [
        ("IMC", "IMC Trading", True),
        ("Kodiak Robotics", "Kodiak", True),
        ("Citadel", "Citadel Securities", False),
        ("Virtu Financial", "Virtu", False),
        ("Meta", "Google", None),
    ],
)
def test_what_a_longer_name_adds(one: str, other: str, broad: bool | None) -> None:
    assert broader_name(one, other) is broad


@pytest.mark.parametrize(
    "titles",
    [
        ("Software Engineer Intern", "Software Engineering Internship", "Internship - Software Engineer", "SWE Intern"),
        ("ML Intern", "Machine Learning Intern (Summer 2025)", "2025 Machine Learning Internship Program"),
        ("AI/ML Research Intern", "Artificial Intelligence & Machine Learning Researcher – Intern"),
        ("Data Scientist Intern", "Data Science Internship", "Intern, Data Sciences 🇺🇸"),
        ("Back-End Engineer Co-op", "Backend Engineering coop", "Back End Engineer Co-Op"),
        ("LS442 – Software Engineering Coop", "Software Engineering Co-op", "Software Engineering Co op JR12345"),
        ("Full Stack Developer Intern", "Fullstack Development Intern - 12 weeks", "Full-Stack Developer Intern FY25"),
        ("Praktikum Machine Learning (m/w/d)", "Machine Learning Praktikant/in", "Werkstudent Machine Learning"),
        ("University Relations – Data Analyst Intern", "Data Analytics Intern", "Early Career: Data Analyst Intern"),
        ("R&D Intern", "R & D Internship", "R and D Intern"),
    ],
)
def test_titles_that_tell_one_work(titles: tuple[str, ...]) -> None:
    assert len({title_parts(title).words for title in titles}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Software Engineer Intern - Backend", "Software Engineer Intern - Frontend"),
        ("Software Engineer I Intern", "Software Engineer II Intern"),
        ("C++ Developer Intern", "C# Developer Intern"),
        ("Hardware Engineer Intern", "Software Engineer Intern"),
        ("Software Engineering Intern - University of Washington", "Software Engineering Intern"),
        ("R Developer Intern", "Developer Intern"),
    ],
)
def test_titles_that_tell_other_work(one: str, other: str) -> None:
    assert title_parts(one).words != title_parts(other).words


def test_a_title_apart_from_its_work() -> None:
    parts = title_parts("Summer/Fall 2025 ML Co-op or Internship, Ph.D. & Master's")
    assert parts.words == {"machine", "learning"}
    assert parts.seasons == {"summer", "fall"}
    assert parts.years == {2025}
    assert parts.degrees == {"phd", "master"}
    assert parts.kinds == {"intern", "coop"}
    assert not parts.start


def test_months_tell_a_season_where_no_word_does() -> None:
    assert title_parts("Co-op - January 2025 to June 2025").seasons == {"winter"}
    assert title_parts("Summer Co-op - May 2025").seasons == {"summer"}


def test_a_title_that_a_narrow_column_cut() -> None:
    assert title_parts("Research Scientist Intern – TikTok Re...").start == "research scientist intern – tiktok re"
    assert title_parts("Research Scientist Intern…").start == "research scientist intern"


@given(st.text())
def test_every_title_can_be_read(title: str) -> None:
    parts = title_parts(title)
    assert all(parts.words)
    assert parts == title_parts(title)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["NYC"], ["New York, NY"]),
        (["US, CA, Santa Clara"], ["Santa Clara, CA", "Remote"]),
        (["Remote in USA"], ["Remote"]),
        (["United States"], ["Boston, MA"]),
        (["California"], ["San Mateo, CA"]),
        (["Remote - Maryland"], ["Maryland"]),
        (["Boston, MA New York, NY"], ["New York City"]),
        (["Berlin"], ["Berlin, Germany"]),
    ],
)
def test_places_that_may_be_one(one: list[str], other: list[str]) -> None:
    a, b = read_where(tuple(one)), read_where(tuple(other))
    assert meet(a, b)
    assert meet(b, a)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["Seattle, WA"], ["San Francisco, CA"]),
        (["Cambridge, MA"], ["Cambridge, UK"]),
        (["Remote in USA"], ["Remote in Canada"]),
        (["Remote in USA"], ["Boston, MA"]),
        (["United States", "Seattle, WA"], ["Boston, MA"]),
    ],
)
def test_places_that_are_apart(one: list[str], other: list[str]) -> None:
    a, b = read_where(tuple(one)), read_where(tuple(other))
    assert places_apart(a, b)
    assert places_apart(b, a)


@pytest.mark.parametrize("nowhere", [(), ("Multiple Locations",), ("South San Francis...",)])
def test_no_place_is_apart_from_none(nowhere: tuple[str, ...]) -> None:
    assert not places_apart(read_where(nowhere), read_where(("Seattle, WA",)))
