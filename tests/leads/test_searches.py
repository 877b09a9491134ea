"""Searches: whom they wait for, how pages end, and that a shape's statement serves all its filters."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bot.chat import Reply
from bot.leads.filters import Filter
from bot.leads.member_models import LeadFilter
from bot.leads.models import OPEN, Lead
from bot.leads.search_index import match_words, ranked
from tests.support.stage import Stage, raw, token, words


@asynccontextmanager
async def somebody_writing(stage: Stage) -> AsyncIterator[None]:
    """Hold what a write under way holds: on SQLite the only write lock, on PostgreSQL that of the filters' table."""
    database = stage.app.database
    if database.is_sqlite:
        engine = sa.create_engine(database.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text("BEGIN IMMEDIATE"))
            yield
            connection.execute(sa.text("ROLLBACK"))
        engine.dispose()
        return
    other = create_async_engine(database.url)
    async with other.begin() as held:
        await held.execute(sa.text("LOCK TABLE lead_filter IN EXCLUSIVE MODE"))
        yield
    await other.dispose()


async def test_a_search_waits_for_no_write(stage: Stage) -> None:
    await stage.take(*(raw(str(n), f"Machine Learning Intern {'ABCDEF'[n]}x", f"Co{n} Labs") for n in range(6)))
    first = await stage.say("/leads search machine")
    await stage.say("/leads today")
    async with somebody_writing(stage):
        assert words(await stage.say("/leads search machine")) == words(first)
        assert "6 new ML internships" in words(await stage.say("/leads today"))
        assert "Page 2 of 2" in words(await stage.click(token(first, "leads.page")))


async def test_a_filter_is_written_once_and_again_when_it_was_forgotten(stage: Stage) -> None:
    catalog = stage.app.catalog
    pages = [await catalog.search(Filter(words=text), 1) for text in ("Vision", "vision ", "vision")]
    assert len({page.query for page in pages}) == 1
    await stage.app.database.run(lambda c: c.execute(sa.delete(LeadFilter)))
    again = await catalog.search(Filter(words="vision"), 1)
    assert await catalog.page(again.query, 1, 1, 1) == again


async def test_beyond_the_end_is_the_last_page(stage: Stage) -> None:
    await stage.take(*(raw(str(n), f"Machine Learning Intern {'ABCDEF'[n]}x", f"Co{n} Labs") for n in range(6)))
    for spec in (Filter(), Filter(words="machine")):
        page = await stage.app.catalog.search(spec, 1, number=9)
        assert (page.number, page.pages, page.total, len(page.leads)) == (2, 2, 6, 2)
    one = await stage.app.catalog.search(Filter(words="machine ax"), 1, number=2)
    assert (one.number, one.total, len(one.leads)) == (1, 1, 1)
    none = await stage.app.catalog.search(Filter(words="nobody"), 1, number=3)
    assert (none.number, none.total, none.leads) == (1, 0, ())


async def test_filters_of_one_shape_find_each_their_own(stage: Stage) -> None:
    await stage.take(
        raw("1", "Machine Learning Intern", "Acme", terms=("Summer 2027",), locations=("Berlin, Germany",)),
        raw("2", "Machine Learning Intern", "Globex", terms=("Fall 2027",), locations=("Zurich, Switzerland",)),
    )

    async def companies(spec: Filter) -> list[str]:
        return [lead.company for lead in (await stage.app.catalog.search(spec, 1, 1)).leads]

    for company, term, where in (("Acme", "summer 2027", "berlin"), ("Globex", "autumn", "Zurich, Switzerland")):
        assert await companies(Filter(words=company)) == [company]
        assert await companies(Filter(term=term)) == [company]
        assert await companies(Filter(where=where)) == [company]
        assert await companies(Filter(words="learning", term=term, where=where, days=3)) == [company]
    assert await companies(Filter(term="2027 fall")) == ["Globex"]
    assert await companies(Filter(term="2026 fall")) == []
    reply = await stage.say("/leads search machine")
    assert isinstance(reply, Reply)
    assert len([card for card in reply.cards if card.title]) == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_sqlite_matches_words_before_it_looks_at_leads(stage: Stage) -> None:
    """The other way round, the words are matched again for every lead: 500 ms instead of 1 for 10,000 leads."""

    def plan(connection: sa.Connection) -> list[str]:
        matched = ranked("sqlite")
        joined = sa.join(matched, Lead, matched.c.lead_id == Lead.id)
        query = sa.select(sa.func.count()).select_from(joined).where(Lead.state == OPEN, Lead.internship)
        bound = query.params(match=match_words("intern", "sqlite"))
        text = bound.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        return [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]

    first, second = await stage.app.database.read(plan)
    assert "lead_text" in first
    assert "PRIMARY KEY" in second
