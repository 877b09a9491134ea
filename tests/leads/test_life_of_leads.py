"""The life of a lead: new, edited, closed, reopened, stale; one opening is one lead; replays of recorded days."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.leads.filters import Filter
from bot.leads.ingest import Origin
from bot.leads.models import Lead, LeadEvent, Merge, RejectedRow, Sighting
from bot.leads.prepare import list_term
from bot.leads.sources.listings import parse_listings
from bot.leads.sources.sighting import Fetched, FetchState, Rejected
from tests.support.shared import shared
from tests.support.stage import START, Stage, raw

LATER = START + timedelta(days=1)


async def leads(stage: Stage) -> list[sa.Row[Any]]:
    return list(await stage.app.database.read(lambda c: c.execute(sa.select(Lead).order_by(Lead.id)).all()))


async def events(stage: Stage) -> list[str]:
    query = sa.select(LeadEvent.kind).order_by(LeadEvent.id)
    return list(await stage.app.database.read(lambda c: c.execute(query).scalars().all()))


async def test_a_list_makes_leads_and_taking_it_again_changes_nothing(stage: Stage) -> None:
    first = await stage.take(raw("1"), raw("2", "Data Science Intern", "Globex"))
    assert (first.seen, first.new, first.duplicates, first.ml_internships) == (2, 2, 0, 2)
    again = await stage.take(raw("1"), raw("2", "Data Science Intern", "Globex"), at=LATER)
    assert (again.seen, again.new, again.updated, again.closed) == (2, 0, 0, 0)
    found = await leads(stage)
    assert [(v.title, v.company, v.state, v.ml) for v in found] == [
        ("Machine Learning Intern", "Acme Robotics", "open", True),
        ("Data Science Intern", "Globex", "open", True),
    ]
    assert found[0].places == [["Berlin", "", "DE"]] or found[0].places[0][0] == "Berlin"


async def test_an_edit_follows_the_row_that_made_the_lead(stage: Stage) -> None:
    await stage.take(raw("1"))
    report = await stage.take(raw("1", "Deep Learning Intern", url=raw("1").url), at=LATER)
    assert (report.updated, report.new) == (1, 0)
    found = (await leads(stage))[0]
    assert (found.title, found.edited_at) == ("Deep Learning Intern", LATER)
    page = await stage.app.catalog.search(Filter(words="deep learning"), 0)
    assert page.total == 1
    assert await events(stage) == ["new", "edited"]


async def test_closed_when_inactive_or_missing_and_opened_again(stage: Stage) -> None:
    await stage.take(raw("1"), raw("2", "NLP Intern", "Globex"))
    gone = await stage.take(raw("1", active=False), at=LATER)
    assert (gone.closed, gone.updated) == (2, 0)
    assert [v.state for v in await leads(stage)] == ["closed", "closed"]
    back = await stage.take(raw("1"), raw("2", "NLP Intern", "Globex"), at=LATER + timedelta(days=1))
    assert (back.reopened, back.new) == (2, 0)
    assert [v.state for v in await leads(stage)] == ["open", "open"]
    assert await events(stage) == ["new", "new", "closed", "closed", "reopened", "reopened"]


async def test_a_lead_lives_as_long_as_any_source_shows_it(stage: Stage) -> None:
    await stage.take(raw("1"))
    other = await stage.take(raw("x9"), source="other")
    assert (other.new, other.duplicates) == (1, 1)
    await stage.take(source="list", at=LATER)
    assert [v.state for v in await leads(stage)] == ["open"]
    await stage.take(source="other", at=LATER)
    assert [v.state for v in await leads(stage)] == ["closed"]


async def test_a_merge_is_explained_and_can_be_undone(stage: Stage) -> None:
    await stage.take(raw("1"))
    await stage.take(raw("x9"), source="other")
    joined = await stage.app.life.joined(1)
    assert [(j.source, j.undone) for j in joined] == [("other", False)]
    assert "the same company" in " ".join(joined[0].why)
    number = await stage.app.life.separate(joined[0].merge)
    assert number is not None
    assert number > 1
    assert await stage.app.life.separate(joined[0].merge) is None
    assert len(await leads(stage)) == 2
    assert (await stage.app.life.joined(1))[0].undone


async def test_a_page_of_news_closes_nothing(stage: Stage) -> None:
    await stage.take(raw("1"))
    report = await stage.take(raw("2", "NLP Intern", "Globex"), complete=False, at=LATER)
    assert report.closed == 0


async def test_a_row_that_can_not_be_read_is_kept_and_closes_nothing(stage: Stage) -> None:
    await stage.take(raw("1"))
    report = await stage.take(raw("3", url="mailto:x"), rejected=[Rejected({"id": 1}, "no title", "1")], at=LATER)
    assert (report.seen, report.rejected, report.closed) == (2, 2, 0)
    kept = await stage.app.database.read(lambda c: c.execute(sa.select(RejectedRow.why)).scalars().all())
    assert len(kept) == 2
    health = (await stage.app.health.all())[0]
    assert (health.rejected, health.example) == (2, "no title")


async def test_a_list_that_loses_most_of_its_rows_is_doubted_three_times(stage: Stage) -> None:
    rows = [raw(str(n), f"Research Intern {n}", f"Company{n} Labs") for n in range(30)]
    await stage.take(*rows)
    for day in range(1, 4):
        report = await stage.take(*rows[:5], at=START + timedelta(days=day))
        assert report.closed == 0
        assert "missing" in (await stage.app.health.all())[0].error
    assert (await stage.take(*rows[:5], at=START + timedelta(days=4))).closed == 25
    assert (await stage.app.health.all())[0].failures == 0


async def test_an_unchanged_feed_only_notes_that_it_answered(stage: Stage) -> None:
    await stage.take(raw("1"))
    origin = Origin("list", "listings")
    report = await stage.app.ingest.take(origin, Fetched(unchanged=True, state=FetchState(digest="d")), LATER)
    assert (report.seen, report.new, report.ml_internships) == (1, 0, 1)
    assert (await stage.app.health.all())[0].ok_at == LATER
    assert (await stage.app.ingest.state(origin)).digest == "d"


async def test_a_failure_is_counted_and_touches_nothing(stage: Stage) -> None:
    await stage.take(raw("1"))
    await stage.app.ingest.failed(Origin("list", "listings"), "answered 503", LATER)
    await stage.app.ingest.failed(Origin("list", "listings"), "answered 503", LATER)
    health = (await stage.app.health.all())[0]
    assert (health.failures, health.error) == (2, "answered 503")
    assert [v.state for v in await leads(stage)] == ["open"]


async def test_stale_after_sixty_days_without_a_sighting(stage: Stage) -> None:
    await stage.take(raw("1"))
    stage.engine.now = START + timedelta(days=59)
    assert await stage.app.life.expire() == []
    stage.engine.now = START + timedelta(days=61)
    assert await stage.app.life.expire() == [1]
    assert [v.state for v in await leads(stage)] == ["stale"]
    await stage.take(raw("1", active=False), at=stage.engine.now)
    await stage.take(raw("1"), at=stage.engine.now + timedelta(days=1))
    assert [v.state for v in await leads(stage)] == ["open"]


async def test_two_recorded_days_give_what_a_plain_diff_gives(stage: Stage) -> None:
    days = [shared(f"data/simplify_listings/summer2025_2024-10-{day}.json").read_bytes() for day in (21, 22)]
    reports = []
    for number, body in enumerate(days):
        fetched = parse_listings(body)
        at = datetime(2024, 10, 21 + number, 12, 0, tzinfo=UTC)
        reports.append(await stage.app.ingest.take(Origin("simplify", "listings"), fetched, at))
    before, after = ({row["id"]: row for row in json.loads(body)} for body in days)
    assert reports[1].new == len(after.keys() - before.keys()) == 13
    turned = [(before[k]["active"], after[k]["active"]) for k in before.keys() & after.keys()]
    assert reports[1].closed == turned.count((True, False)) == 14
    assert reports[1].reopened == turned.count((False, True)) == 10
    assert reports[1].updated == 0
    numbers = []
    for table in (Lead, Sighting, Merge):
        query = sa.select(sa.func.count()).select_from(table)
        numbers.append(await stage.app.database.read(lambda c, q=query: int(c.execute(q).scalar_one())))  # type: ignore[misc]  # bound now
    openings, rows, merges = numbers
    # Every row is explained: it made a lead, or it was joined to one.
    assert rows == openings + merges


async def test_a_lead_is_found_by_the_first_word_of_its_companys_name(stage: Stage) -> None:
    url = "https://boards.greenhouse.io/imc/jobs/4201337"
    await stage.take(raw("1", "Deep Learning Research Intern", "IMC Trading", url=url))
    await stage.take(raw("2", "Deep Learning Research Intern", "Imcosys", url="https://imcosys.example/jobs/77"))
    other = await stage.take(
        raw("x", "Deep Learning Research Intern", "IMC", url="https://a.example/x"), source="other"
    )
    assert other.duplicates == 1
    merged = await stage.app.database.read(lambda c: c.execute(sa.select(Merge.lead_id)).scalars().all())
    assert merged == [1]
    longer = raw("y", "Deep Learning Research Intern", "IMC Trading Group", url="https://b.example/y")
    assert (await stage.take(longer, source="third")).duplicates == 1


async def test_a_lead_is_found_by_the_address_of_any_of_its_sightings(stage: Stage) -> None:
    company, title = "Umbrella Aerospace", "Reinforcement Learning Intern"
    await stage.take(raw("1", title, company, url="https://first.example/careers/rl-intern"))
    second = raw("2", title, company, url="https://boards.greenhouse.io/umbrella/jobs/4201999")
    assert (await stage.take(second, source="second")).duplicates == 1
    # The name that a holding gives it shares no word: only the second address tells.
    third = raw("3", title, "Globex", url=f"{second.url}?utm_source=third")
    assert (await stage.take(third, source="third")).duplicates == 1
    assert len(await leads(stage)) == 1


async def test_several_seasons_of_a_list_are_no_season(stage: Stage) -> None:
    one = raw("1", url="https://a.example/jobs/ml", terms=("Fall 2027", "Summer 2027"))
    await stage.take(one)
    two = raw("2", url="https://b.example/x", terms=("Summer 2027",))
    assert list_term(one) == ""
    assert list_term(two) == "summer"
    assert (await stage.take(two, source="other")).duplicates == 1
    assert list_term(raw("3", terms=("Fall 2026", "Autumn 2027"))) == "fall"
