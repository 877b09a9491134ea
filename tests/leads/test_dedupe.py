"""One opening, one lead: what belongs together, what stays apart, and why."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.dedupe import Match, Opening, OpeningIndex, cluster, compare, find_duplicates
from bot.leads.dedupe_quality import Row
from bot.leads.openings import traits_of
from bot.leads.sources.listings import parse_listings
from bot.leads.urls import canonical
from tests.support.shared import shared

DAY = datetime(2024, 10, 1, tzinfo=UTC)
GREENHOUSE = "https://boards.greenhouse.io/acme/jobs/600000{}003"
UUID = "16ebfcfc-467b-40e5-b23e-a4d95db05539"
HIDDEN = "https://redirect.cvrve.me/a57c59d2773dcab605f{}"
"""An address that says nothing of where it leads."""


def opening(
    number: int,
    title: str = "Machine Learning Intern",
    url: str = "",
    *,
    company: str = "Acme",
    places: Sequence[str] = ("Boston, MA",),
    source: str = "",
    day: int | None = 0,
    term: str = "",
    year: int | None = None,
) -> Opening:
    return Opening(
        id=number,
        company=company,
        title=title,
        places=tuple(places),
        term=term,
        year=year,
        url=canonical(url or HIDDEN.format(number)),
        source=source or f"list {number}",
        source_key=str(number),
        posted_at=None if day is None else DAY + timedelta(days=day),
    )


def one(a: Opening, b: Opening) -> bool:
    forth, back = compare(a, b), compare(b, a)
    assert (forth is None) == (back is None)
    return forth is not None


def test_one_number_on_a_board_is_one_opening_whatever_the_list_calls_it() -> None:
    a = opening(1, "2025 Summer Internship - Data Engineer - Proprietary Research", GREENHOUSE.format(1))
    b = opening(2, "Data Engineer Intern", "https://acme.com/jobs?gh_jid=6000001003", places=("NYC",), day=90)
    match = compare(a, b)
    assert match is not None
    assert (match.a, match.b) == (1, 2)
    assert match.why[0] == "the same greenhouse opening 6000001003"
    assert 0.9 <= match.score <= 1


@pytest.mark.parametrize(
    "twin",
    [
        opening(2, url=GREENHOUSE.format(2)),
        opening(2, url=GREENHOUSE.format(2), places=("Seattle, WA",)),
        opening(2, url="https://sentry.acme.com/careers/6000002003"),
    ],
)
def test_two_numbers_of_one_system_are_two_openings(twin: Opening) -> None:
    assert not one(opening(1, url=GREENHOUSE.format(1)), twin)


@pytest.mark.parametrize(
    ("url", "other"),
    [
        (GREENHOUSE.format(1), "https://acme.com/listing/6000001003"),
        ("https://jobs.ashbyhq.com/acme/" + UUID, f"https://acme.com/careers/{UUID}"),
        ("https://university-acme.icims.com/jobs/135742/job", "https://acme.com/careers/list/135742/"),
        (
            "https://acme.wd1.myworkdayjobs.com/x/job/y/Intern_R147746",
            "https://acme.com/job/ACMEUSR147746EXTERNAL/Intern",
        ),
    ],
)
def test_a_number_that_two_sites_share_is_one_opening(url: str, other: str) -> None:
    match = compare(opening(1, url=url), opening(2, "ML Internship", other, places=()))
    assert match is not None
    assert "in both addresses" in match.why[0]
    assert not one(opening(1, url=url), opening(2, url=other, company="Umbrella"))


def test_a_short_number_may_be_a_chance_unless_titles_agree() -> None:
    a = opening(1, "Research Intern", "https://university-acme.icims.com/jobs/135742/job")
    assert not one(a, opening(2, "Tax Intern", "https://acme.com/careers/135742"))


@pytest.mark.parametrize(
    ("title", "company"),
    [
        ("UI/UX Designer Intern", "Acme"),
        ("User Experience Researcher Intern", "Umbrella"),
        ("Machine Learning Intern - Fall", "Acme"),
        ("Machine Learning Intern 2026", "Acme"),
        ("Machine Learning PhD Intern", "Acme"),
    ],
)
def test_one_number_is_two_openings_where_company_or_title_say_so(title: str, company: str) -> None:
    a = opening(1, "Machine Learning Intern, Master's - Summer 2025", GREENHOUSE.format(1))
    assert not one(a, opening(2, title, GREENHOUSE.format(1), company=company))


def test_a_company_and_its_owner_may_show_one_posting() -> None:
    a = opening(1, url=GREENHOUSE.format(1), company="RELX")
    assert one(a, opening(2, url=GREENHOUSE.format(1), company="LexisNexis"))
    assert not one(a, opening(2, "Tax Intern", GREENHOUSE.format(1), company="LexisNexis"))


def test_a_list_that_shows_one_number_for_two_trades_means_two_openings() -> None:
    a = opening(1, "Software Engineer, Test Intern", GREENHOUSE.format(1), source="list")
    b = opening(2, "Software Engineering Development Intern", GREENHOUSE.format(1), source="list")
    assert not one(a, b)


def test_a_page_of_all_openings_is_no_opening() -> None:
    a = opening(1, "Machine Learning Intern", "https://acme.com/careers")
    assert one(a, opening(2, "ML Internship", "https://acme.com/careers/"))
    assert not one(a, opening(2, "Tax Intern", "https://acme.com/careers"))
    assert not one(a, opening(2, "ML Internship", "https://acme.com/careers", places=("Oslo",)))


@pytest.mark.parametrize(
    "twin",
    [
        opening(2, "2025 ML Internship (Summer)"),
        opening(2, "Machine Learning Intern - Boston - MA"),
        opening(2, "Acme Machine Learning Intern 🇺🇸"),
        opening(2, "Machine Learning Interns", company="ACME Inc."),
        opening(2, "Machin Learning Intern"),
        opening(2, "Machine Learning Team Intern"),
        opening(2, "Machine Learning Undergraduate Intern"),
        opening(2, places=("Remote", "Boston, MA")),
        opening(2, places=("Massachusetts",)),
        opening(2, places=()),
        opening(2, places=("Cambridge, MA",), day=1),
        opening(2, term="spring", day=2),
        opening(2, day=25),
        opening(2, day=None),
        opening(2, url=GREENHOUSE.format(2)),
    ],
)
def test_title_place_and_time_together_make_one_opening(twin: Opening) -> None:
    assert one(opening(1, term="summer", year=2025), twin)


@pytest.mark.parametrize(
    "other",
    [
        opening(2, "Machine Learning Intern - Backend"),
        opening(2, "Machine Vision Intern"),
        opening(2, "Machine Learning Intern II"),
        opening(2, "Machine Learning Intern - Fall 2025"),
        opening(2, "Machine Learning Intern (PhD)"),
        opening(2, "Machine Learning Co-op"),
        opening(2, "Machine..."),
        opening(2, company="Umbrella"),
        opening(2, places=("Seattle, WA",)),
        opening(2, places=("Springfield, MA",), day=9),
        opening(2, places=("Remote in USA",)),
        opening(2, term="winter", day=9),
        opening(2, year=2026, day=9),
        opening(2, day=45),
        opening(2, places=("Boston, MA", "Seattle, WA"), day=9),
        opening(2, source="list 1"),
    ],
)
def test_a_difference_in_one_of_them_makes_two(other: Opening) -> None:
    assert not one(opening(1, term="summer", year=2025), other)


def test_a_title_that_no_other_opening_has_may_be_posted_later() -> None:
    a = opening(1, "Quantum Algorithms Intern")
    assert one(a, opening(2, "Quantum Algorithms Intern", day=100))
    assert not one(a, opening(2, "Quantum Algorithms Intern", day=130))


def test_a_title_that_a_narrow_column_cut_is_its_beginning() -> None:
    whole = opening(1, "Research Scientist PhD Intern - Recommendation, LLM")
    assert one(whole, opening(2, "Research Scientist PhD Intern – Recom...", places=("Boston, Massachu...",)))
    assert not one(whole, opening(2, "Research Scientist PhD Intern – Searc..."))
    assert not one(whole, opening(2, "Research..."))


def test_winter_to_one_list_is_spring_to_another() -> None:
    assert one(opening(1, "ML Intern - Winter"), opening(2, "ML Intern - Spring"))
    assert one(opening(1, "ML Co-op - January 2025 to June 2025"), opening(2, "ML Co-op - Spring"))


@pytest.mark.parametrize(
    ("longer", "title", "same"),
    [
        ("Kodiak Robotics", "Software Engineer Intern", True),
        ("Kodiak Securities", "Software Engineer Intern", False),
        ("Kodiak Securities", "Lidar Calibration Intern", True),
    ],
)
def test_a_longer_name_of_the_company(longer: str, title: str, *, same: bool) -> None:
    assert one(opening(1, title, company="Kodiak"), opening(2, title, company=longer)) is same
    assert not one(opening(1, title, company="Kodiak"), opening(2, title, company=longer, places=()))


def test_reasons_are_words() -> None:
    match = compare(opening(1), opening(2, day=1))
    assert match is not None
    assert match.why == ("the same company", "titles 100% alike", "a place in common", "posted a day apart")
    match = compare(
        opening(1, "Machine Learning Intern, Maps"), opening(2, "Machine Learning Intern, M...", places=(), day=None)
    )
    assert match is not None
    assert match.why == ("the same company", "titles 95% alike", "no place given")


def test_numbers_of_an_address() -> None:
    found = traits_of(opening(1, url="https://acme.com/2024-06-30/20240630/job/abc0123456789abcdef0/75014/965223401"))
    assert found.numbers == {"965223401"}
    assert not traits_of(opening(1)).numbers


def test_the_index_finds_by_address_and_by_title() -> None:
    index = OpeningIndex()
    index.add(opening(1, url=GREENHOUSE.format(1)))
    index.add(opening(2, "Data Science Intern", GREENHOUSE.format(2)), by_title=False)
    by_title = index.match(opening(3))
    by_address = index.match(opening(4, "Data Science Intern", GREENHOUSE.format(2)))
    assert by_title is not None
    assert by_address is not None
    assert (by_title.a, by_title.b, by_address.a) == (1, 3, 2)
    assert index.match(opening(5, "Data Science Intern")) is None
    assert index.match(opening(6, company="Umbrella")) is None


def test_the_index_prefers_the_likest_and_the_earliest() -> None:
    index = OpeningIndex()
    index.add(opening(1, places=("Cambridge, MA",)))
    index.add(opening(2))
    index.add(opening(3))
    match = index.match(opening(4))
    assert match is not None
    assert match.a == 2


def test_a_group_takes_one_row_of_a_list_by_title() -> None:
    index = OpeningIndex()
    index.add(opening(1, url=GREENHOUSE.format(1), source="simplify"))
    first = opening(2, source="cvrve")
    match = index.match(first)
    assert match is not None
    index.join(match.a, first)
    assert index.match(opening(3, source="cvrve")) is None
    assert index.match(opening(4, url=HIDDEN.format(2), source="cvrve", day=60)) is not None, "its address is known now"


def test_a_row_may_join_what_only_an_address_finds() -> None:
    index = OpeningIndex()
    index.add(opening(1, url=GREENHOUSE.format(1)), by_title=False)
    index.join(1, opening(2))
    assert index.match(opening(3, url=HIDDEN.format(2))) == Match(1, 3, 1.0, ("the same address", "titles 100% alike"))


def test_addresses_go_before_titles_over_the_whole_list() -> None:
    rows = [
        opening(1, url=GREENHOUSE.format(1), source="simplify"),
        opening(2, source="cvrve"),
        opening(3, url=GREENHOUSE.format(1), source="cvrve"),
    ]
    assert cluster(rows) == [[1, 3], [2]]


def test_likeness_does_not_wander_along_a_chain() -> None:
    rows = [
        opening(1, "ML Intern - Master", day=None),
        opening(2, "ML Intern - Master or PhD", day=None),
        opening(3, "ML Intern - PhD", day=None),
    ]
    assert cluster(rows) == [[1, 2], [3]]


def test_identical_rows_of_two_lists_pair_up_one_to_one() -> None:
    rows = [opening(n, url=GREENHOUSE.format(n), source="simplify") for n in (1, 2, 3)]
    rows += [opening(n, source="cvrve") for n in (4, 5)]
    assert sorted(len(group) for group in cluster(rows)) == [1, 2, 2]


rows_of_lists = st.lists(
    st.builds(
        opening,
        number=st.just(0),
        title=st.sampled_from(["ML Intern", "ML Intern - Fall", "Machine Learning Internship", "ML PhD Intern", "Tax"]),
        url=st.sampled_from(["", GREENHOUSE.format(1), GREENHOUSE.format(2), "https://acme.com/jobs/6000001003"]),
        company=st.sampled_from(["Acme", "Acme Inc.", "Acme AI", "Umbrella"]),
        places=st.sampled_from([(), ("Boston, MA",), ("Cambridge, MA",), ("Berlin", "Remote")]),
        source=st.sampled_from(["a", "b", "c"]),
        day=st.sampled_from([None, 0, 1, 40]),
    ),
    max_size=12,
)


@given(rows_of_lists)
def test_every_row_is_in_one_cluster_and_every_match_has_a_reason(rows: list[Opening]) -> None:
    numbered = [
        Opening(n, o.company, o.title, o.places, o.term, o.year, o.url, o.source, o.source_key, o.posted_at)
        for n, o in enumerate(rows)
    ]
    matches = find_duplicates(numbered)
    groups = cluster(numbered)
    assert sorted(number for group in groups for number in group) == list(range(len(rows)))
    assert len(groups) == len(rows) - len(matches)
    assert len({match.b for match in matches}) == len(matches)
    assert all(match.a < match.b and match.why and 0 < match.score <= 1 for match in matches)


def test_two_recorded_lists_of_one_day() -> None:
    rows: list[Opening] = []
    for name, path in (("simplify", "simplify_listings"), ("cvrve", "cvrve_listings")):
        for raw in parse_listings(shared(f"data/{path}/summer2025_2024-10-21.json").read_bytes()).sightings:
            posted = raw.posted_at.date().isoformat() if raw.posted_at else ""
            row = Row(raw.company, raw.title, raw.locations, raw.terms, posted, raw.url, name)
            if raw.url.count("."):
                rows.append(row.opening(len(rows)))
    matches = find_duplicates(rows)
    across = sum(rows[match.a].source != rows[match.b].source for match in matches)
    assert across >= 600
    for group in cluster(rows):
        keys = {(rows[n].source, rows[n].url.board, rows[n].url.board_id) for n in group if rows[n].url.board}
        assert len({key for _, board, key in keys if board == "greenhouse"}) <= 1, "two requisitions are two openings"
