"""The companies that we know: our own file holds, broken ones are told precisely, names are found in any dress."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.companies.catalog import TOPICS, CatalogError, Company, CompanyCatalog, load_companies, match
from bot.companies.names import normal_name
from tests.support.shared import shared


def test_our_file_is_as_large_and_as_useful_as_promised() -> None:
    companies = load_companies()
    boards = [company for company in companies if company.board]
    assert len(boards) >= 80
    assert {company.board.kind for company in boards if company.board} == {"greenhouse", "lever", "ashby"}
    assert sum(company.size in {"start-up", "small"} for company in companies) >= 30
    assert sum(bool(company.research_team) for company in companies) >= 50
    assert {topic for company in companies for topic in company.topics} == TOPICS


def test_of_many_with_a_board_we_know_the_size_and_whether_they_do_research() -> None:
    known = [c for c in load_companies() if c.board and c.size and c.research_team is not None]
    assert len(known) >= 80
    assert sum(not company.research_team for company in known) >= 8, "not all do"


def test_every_board_of_ours_stands_in_a_public_list_of_boards() -> None:
    known: set[tuple[str, str]] = set()
    for kind in ("greenhouse", "lever", "ashby"):
        known |= {
            (kind, token.lower()) for token in json.loads(shared(f"data/ats_tokens/{kind}_feashliaa.json").read_text())
        }
    discovered = json.loads(shared("data/ats_tokens/discovered_ats_lcarlini_2026-08.json").read_text())
    known |= {(kind, token) for kind in ("greenhouse", "lever", "ashby") for token in discovered[kind]}
    categories = yaml.safe_load(shared("data/ats_tokens/companies_by_category_tonyyu_2026-08.yaml").read_text())
    known |= {(row["ats"], row["url"].lower()) for rows in categories.values() for row in rows if "ats" in row}
    others = "".join(
        shared(path).read_text().lower()
        for path in (
            "data/ats_tokens/career_ops_portals_2026-08.yml",
            "data/simplify_listings/summer2025_2024-10-22.json",
        )
    )
    for company in load_companies():
        if company.board:
            token = company.board.token.lower()
            assert (company.board.kind, token) in known or f"/{token}/" in others or f"/{token}\n" in others, (
                company.name
            )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Anthropic", "Anthropic"),
        ("ANTHROPIC, PBC", "Anthropic"),
        ("Nvidia Corporation", "NVIDIA"),
        ("Facebook", "Meta"),
        ("Amazon Web Services (AWS)", "Amazon"),
        ("Zoox, Inc.", "Zoox"),
        ("The Voleon Group", "Voleon"),
        ("  hugging   face ", "Hugging Face"),
    ],
)
def test_companies_are_found_as_lists_write_them(written: str, name: str) -> None:
    company = match(written)
    assert company is not None
    assert company.name == name


@pytest.mark.parametrize("written", ["", "Sierra Space", "Figure Eight", "Inc.", "Anthropic Gardens"])
def test_other_companies_are_not_mistaken_for_ours(written: str) -> None:
    assert match(written) is None


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("The Foo-Bär Co., Ltd. (YC S21)", "foo bar"),
        ("AT&T", "at and t"),
        ("Novo Nordisk A/S", "novo nordisk"),
        ("Foo S.p.A.", "foo"),
        ("Mc’Donald’s", "mcdonalds"),
        ("Co", "co"),
        ("The Co.", "co"),
        ("Viz.ai", "viz ai"),
        ("東京 [Tokyo] 株式会社", "東京 株式会社"),
        ("", ""),
    ],
)
def test_names_are_compared_without_their_dress(written: str, normal: str) -> None:
    assert normal_name(written) == normal


@given(st.text())
@example("\N{LATIN SMALL LETTER DOTLESS I}")
def test_a_normal_name_stays_as_it_is(name: str) -> None:
    once = normal_name(name)
    assert once == once.strip()
    assert normal_name(once.upper()) == normal_name(once)


def test_a_catalog_of_ones_own() -> None:
    company = Company(name="Foo", aliases=("Bar",), website="https://foo.example", what="does foo")
    catalog = CompanyCatalog([company])
    assert catalog.match("BAR GmbH") is company
    assert catalog.match("Baz") is None


GOOD = "- {name: Foo, website: 'https://foo.example', what: does foo}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "can't be read"),
        ("name: Foo", "must be a list"),
        ("- {website: 'https://x.example', what: x}", "line 1: Object missing required field `name`"),
        (GOOD + "- Foo", "line 2: Expected `object`"),
        (GOOD + "- {name: X, website: 'https://x.example', what: x, sise: small}", "line 2: .*unknown field `sise`"),
        (
            GOOD + "- {name: X, website: 'https://x.example', what: x, size: tiny}",
            r"line 2: Invalid enum value 'tiny' - at `\$.size`",
        ),
        (
            "- {name: X, website: 'https://x.example', what: x, board: {kind: workday, token: x}}",
            r"'workday' - at `\$.board.kind`",
        ),
        ("- {name: X, website: 'http://x.example', what: x}", "line 1: X: the website 'http://x.example' must begin"),
        ("- {name: X, website: 'https://x.example', what: x, topics: [nlp, cooking]}", "X: there is no topic cooking"),
        ("- {name: X, website: 'https://x.example', what: x, country: Germany}", "code of two capitals"),
        ("- {name: X, website: 'https://x.example', what: ''}", "one line"),
        (
            "- {name: X, website: 'https://x.example', what: x, board: {kind: ashby, token: x, eu: true}}",
            "only Lever has a European host",
        ),
        (GOOD + "- {name: foo Inc., website: 'https://x.example', what: x}", "foo Inc. and Foo both claim 'foo'"),
        (
            "- &x {name: X, website: 'https://x.test', what: x, board: {kind: ashby, token: T}}\n- {<<: *x, name: Y}",
            "Y and X both claim 'ashby/t'",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "companies.yaml"
    path.write_text(text)
    with pytest.raises(CatalogError, match=words):
        load_companies(path)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "companies.yaml"
    path.write_text("- {name: X}\n- {name: Y}\n- {name: Z, website: ftp, what: z, country: zz}\n")
    with pytest.raises(CatalogError) as caught:
        load_companies(path)
    assert len(str(caught.value).splitlines()) == 4


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="can't be read"):
        load_companies(tmp_path / "nowhere.yaml")
