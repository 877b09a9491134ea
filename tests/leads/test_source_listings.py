"""Lists of internships: every shape that they come in, and rows that are not what they should be."""

import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.sources.listings import parse_listings
from bot.leads.sources.protocol import SourceError
from bot.leads.sources.sighting import RawSighting
from tests.support.samples import sample
from tests.support.shared import shared

POSTED = datetime(2026, 4, 18, 16, 54, 58, tzinfo=UTC)
UPDATED = datetime(2026, 4, 19, 16, 54, 58, tzinfo=UTC)


def test_the_simplify_shape() -> None:
    fetched = parse_listings(sample("simplify.json"))
    assert fetched.rejected == []
    assert fetched.complete
    first, second, third = fetched.sightings
    assert first == RawSighting(
        key="a1",
        url="https://jobs.lever.co/marmot/1/apply",
        company="Marmot Labs",
        title="Machine Learning Intern",
        locations=("Zurich, Switzerland", "Remote in Germany"),
        terms=("Summer 2027",),
        posted_at=POSTED,
        updated_at=UPDATED,
        degrees=("Master's", "PhD"),
        company_url="https://simplify.jobs/c/Marmot-Labs",
        department="AI/ML/Data",
    )
    assert (second.title, second.company, second.active) == ("R&D Intern", "Ibex & Sons", False), "hidden is not active"
    assert (second.terms, second.sponsorship) == ((), "Offers Sponsorship")
    assert (third.key, third.url) == ("a2#2", second.url), "twins stay apart, and keep their address"
    assert (third.active, third.sponsorship) == (False, "U.S. Citizenship is Required")


def test_the_shape_with_seasons() -> None:
    fall, none = parse_listings(sample("seasons.json")).sightings
    assert (fall.terms, fall.sponsorship) == (("Fall",), "")
    assert none.terms == ()


def test_the_shape_of_an_object_in_camel_case() -> None:
    first, second = parse_listings(sample("camel.json")).sightings
    assert (first.company, first.locations, first.remote) == ("Lynx", ("Davos, Switzerland",), False)
    assert (first.salary, first.company_url) == ("40–55.50 per hour", "https://lynx.example")
    assert first.posted_at == datetime(2027, 1, 1, 10, tzinfo=UTC)
    assert (second.locations, second.remote, second.salary, second.posted_at) == ((), True, "", None)


def test_the_shape_of_rows_by_their_ids() -> None:
    first, second = parse_listings(sample("by_id.json")).sightings
    assert (first.key, first.active, first.terms, first.department) == ("lynx:1", False, ("Winter 2027",), "AI")
    assert (second.key, second.posted_at, second.remote, second.employment) == ("2", None, True, "Intern")
    assert second.description == "Ship models."


def test_a_broken_row_never_stops_the_others() -> None:
    fetched = parse_listings(sample("broken_rows.json"))
    first, without_id, its_twin = fetched.sightings
    assert (first.locations, first.posted_at, first.url, first.active) == (("Arosa",), POSTED, "", True)
    assert first.updated_at == POSTED
    assert without_id.locations == its_twin.locations == ("Arosa",)
    assert its_twin.key == f"{without_id.key}#2"
    assert [(rejected.key, rejected.why) for rejected in fetched.rejected] == [
        ("77", "the row has no title"),
        ("d3", "the row has no company"),
        ("", "Expected `object`, got `str`"),
        ("d5", "Expected `str | null`, got `array` - at `$.title`"),
        ("d8", "Expected `bool`, got `str` - at `$.active`"),
    ]
    assert fetched.rejected[3].row["url"] == "https://pika.example/5", "the row itself is kept for a look"


def test_a_row_without_a_title_is_rejected_on_the_fast_way_too() -> None:
    rows = [{"company_name": "A", "title": " ", "id": "1"}, {"company_name": "A", "title": "Intern", "id": "2"}]
    fetched = parse_listings(json.dumps(rows).encode())
    assert [sighting.key for sighting in fetched.sightings] == ["2"]
    assert [(rejected.key, rejected.why) for rejected in fetched.rejected] == [("1", "the row has no title")]


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[", b'[{"title": ', b"7", b'{"message": "Not Found"}', b"{}", b'["a", 7', b"\xff\xfe["]
)
def test_what_is_no_list_is_told_and_closes_nothing(body: bytes) -> None:
    with pytest.raises(SourceError):
        parse_listings(body)


def test_an_empty_list_and_a_byte_order_mark() -> None:
    assert parse_listings(b"\xef\xbb\xbf \n[]").sightings == []


rows = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["a", "b", "a#2"]), "company_name": st.text(), "title": st.text()},
        optional={
            "active": st.booleans(),
            "terms": st.lists(st.text()),
            "date_posted": st.integers(),
            "extra": st.none(),
        },
    )
    | st.none()
    | st.integers()
)


@given(rows)
def test_every_row_is_either_seen_or_rejected_and_keys_are_unique(content: list[Any]) -> None:
    fetched = parse_listings(json.dumps(content).encode())
    assert len(fetched.sightings) + len(fetched.rejected) == len(content)
    assert len({sighting.key for sighting in fetched.sightings}) == len(fetched.sightings)


# --- recorded lists ---


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("simplify_listings/summer2025_2024-09-10.json", 5180),
        ("simplify_listings/summer2025_2024-10-21.json", 5947),
        ("simplify_listings/summer2025_2024-10-22.json", 5960),
        ("simplify_listings/simplify2026_subset_2026.json", 25),
        ("cvrve_listings/ouckah_2024-08-09.json", 311),
        ("cvrve_listings/summer2025_2024-10-22.json", 1854),
        ("cvrve_listings/vanshb03_summer2027_subset_2026.json", 20),
        ("dreamwork_2027/listings_2026-08-20.json", 685),
        ("other_trackers/zshah101_2026.json", 25),
        ("other_trackers/harry_active_jobs_2026-08-22_a.json", 174),
    ],
)
def test_recorded_lists_are_read_whole(path: str, count: int) -> None:
    fetched = parse_listings(shared(f"data/{path}").read_bytes())
    assert (len(fetched.sightings), fetched.rejected) == (count, [])
    assert len({sighting.key for sighting in fetched.sightings}) == count
    assert all(s.title and s.company and "  N/A" not in s.terms and s.sponsorship != "Other" for s in fetched.sightings)


def test_two_recorded_days_differ_as_the_files_do() -> None:
    """A plain diff of the two files by id (the n-th of an id against the n-th) finds the same rows."""
    days = [shared(f"data/simplify_listings/summer2025_2024-10-{day}.json").read_bytes() for day in ("21", "22")]
    plain = [_by_nth_id(json.loads(day)) for day in days]
    ours = [{sighting.key: sighting for sighting in parse_listings(day).sightings} for day in days]
    assert ours[1].keys() - ours[0].keys() == plain[1].keys() - plain[0].keys()
    assert ours[0].keys() - ours[1].keys() == plain[0].keys() - plain[1].keys()
    both = plain[0].keys() & plain[1].keys()
    shows = [{key: row["active"] and row["is_visible"] for key, row in day.items()} for day in plain]
    turned = {key for key in both if shows[0][key] != shows[1][key]}
    assert {key for key in both if ours[0][key].active != ours[1][key].active} == turned


def _by_nth_id(content: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    count: Counter[str] = Counter()
    by_key = {}
    for row in content:
        count[row["id"]] += 1
        nth = count[row["id"]]
        by_key[row["id"] + (f"#{nth}" if nth > 1 else "")] = row
    return by_key


def test_a_sighting_survives_the_way_to_another_process() -> None:
    sightings = parse_listings(sample("simplify.json")).sightings
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(sightings), type=list[RawSighting]) == sightings
