"""Feeds: an operator may name an inner address, we don't, and nothing outside sends us inside."""

import logging

import pytest

from bot.companies.catalog import load_companies
from bot.http import BadStatus, Http, Refused
from bot.leads.sources.feed import Board
from bot.leads.sources.listings import Listings
from bot.leads.sources.registry import builtin_sources, source_for
from tests.support.guarded import INNER, OURS, guarded
from tests.support.web import FakeClock, Site

NAMES = {"outside.example": [[OURS]], "inside.example": [[INNER]]}
"""The test server's own address counts as public, another of this machine does not."""


async def test_an_operator_may_name_an_inner_address_and_we_may_not(site: Site, clock: FakeClock) -> None:
    site.says("/list.json", "[]")
    async with Http(clock=clock) as http:
        assert (await http.get(site.url("/list.json"))).body == b"[]"
        with pytest.raises(Refused, match="private network"):
            await http.get(site.url("/list.json"), public=True)
    assert site.count("/list.json") == 1


async def test_what_is_built_in_is_public_and_what_an_operator_names_need_not_be() -> None:
    for source in builtin_sources(load_companies()):
        assert isinstance(source, Board | Listings)
        assert source.public
    for place in ("https://jobs.lever.co/acme", "http://10.0.0.7/list.json"):
        source = source_for(place, "x")
        assert isinstance(source, Board | Listings)
        assert not source.public


@pytest.mark.parametrize("public", [True, False])
async def test_nothing_outside_sends_us_inside(site: Site, clock: FakeClock, public: bool) -> None:
    site.says("/list.json", status=302, headers={"Location": site.url("/secret", host="inside.example")})
    site.says("/secret", "inner")
    async with guarded(site, clock, NAMES) as http:
        with pytest.raises(Refused, match="private network"):
            await http.get(site.url("/list.json", host="outside.example"), public=public)
    assert site.count("/secret") == 0


async def test_a_further_try_is_noted_with_the_host(
    site: Site, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    site.says("/list.json", status=503)
    async with Http(clock=clock) as http:
        with pytest.raises(BadStatus):
            await http.get(site.url("/list.json"))
    said = [record.getMessage() for record in caplog.records if record.name.startswith(("bot", "stamina"))]
    assert len(said) == 2
    assert all(line.startswith("asked again in ") and "127.0.0.1" in line for line in said)
