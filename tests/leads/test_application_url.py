"""Lists that say only where one applies."""

import msgspec
import pytest

from bot.leads.sources.rows import Row, odd_sighting, sighting

APPLY = "https://jobs.example.org/1/apply"


@pytest.mark.parametrize(
    ("url", "shown"), [(None, APPLY), (" ", APPLY), ("https://jobs.example.org/1", "https://jobs.example.org/1")]
)
def test_the_address_to_apply_at_stands_in_for_the_openings(url: str | None, shown: str) -> None:
    assert sighting(Row("Acme", "ML Intern", url=url, application_url=APPLY)).url == shown


@pytest.mark.parametrize("name", ["application_url", "applicationUrl"])
def test_rows_of_any_shape(name: str) -> None:
    raw = msgspec.Raw(msgspec.json.encode({"company": "Acme", "title": "ML Intern", name: APPLY}))
    assert odd_sighting(raw).url == APPLY
