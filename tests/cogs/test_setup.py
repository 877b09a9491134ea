"""/setup and what follows: the daily announcement, once, edited when a lead closes, told of when it can't be."""

from datetime import timedelta

import pytest

from bot.chat import BadInput, Form
from bot.chat.fallback import text_of
from bot.chat.platform import PlaceGone
from bot.leads.sources.sighting import RawSighting
from cogs.clocks import known_zone
from tests.support.stage import START, Stage, raw, token, words


async def set_up(stage: Stage, **values: str) -> str:
    form = await stage.say("/setup", "olga", organiser=True)
    return words(await stage.submit(form, "olga", organiser=True, place="news", zone="UTC", **values))


def many(count: int) -> list[RawSighting]:
    return [raw(str(n), f"Machine Learning Intern {chr(65 + n)}x", f"Co{n} Labs") for n in range(count)]


async def test_only_organisers_set_up(stage: Stage) -> None:
    assert "Only organisers" in await stage.read("/setup")


async def test_the_form_proposes_what_most_want_and_later_what_is_set(stage: Stage) -> None:
    form = await stage.say("/setup", "olga", organiser=True)
    assert isinstance(form, Form)
    values = {i.name: i.value for i in form.inputs}
    assert values == {"place": "leads", "hour": "9", "zone": "UTC", "leads": "ml", "most": "10"}
    assert "Done. All internships, at most 3 a day, every day at 18:00" in await set_up(
        stage, hour="18", leads="all", most="3"
    )
    again = await stage.say("/setup", "olga", organiser=True)
    assert isinstance(again, Form)
    values = {i.name: i.value for i in again.inputs}
    assert values == {"place": "news", "hour": "18", "zone": "UTC", "leads": "all", "most": "3"}


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"hour": "24"}, "0 to 23"),
        ({"hour": "soon"}, "whole number"),
        ({"most": "50"}, "1 to 10"),
        ({"leads": "good"}, "Choose one of"),
    ],
)
async def test_wrong_inputs_say_what_is_expected(stage: Stage, values: dict[str, str], problem: str) -> None:
    assert problem in await set_up(stage, **values)


def test_time_zones_as_people_write_them() -> None:
    assert known_zone("berlin") == "Europe/Berlin"
    assert known_zone(" america/new_york ") == "America/New_York"
    assert known_zone("New York") == "America/New_York"
    with pytest.raises(BadInput, match="Europe/Berlin"):
        known_zone("middle earth")


async def test_new_leads_are_announced_once_a_day_the_best_first(stage: Stage) -> None:
    await set_up(stage)
    await stage.take(*many(13))
    await stage.live(timedelta(hours=2))
    assert len(stage.said("news")) == 1
    text = stage.said("news")[0]
    assert "13 new leads · Monday, 23 November" in text
    assert "Show 3 more" in text
    await stage.leap(timedelta(days=1))
    assert len(stage.said("news")) == 1  # nothing new, nothing said
    await stage.take(raw("99", "NLP Intern", "Wayne"), complete=False)
    await stage.leap(timedelta(days=1))
    assert len(stage.said("news")) == 2
    assert "1 new lead " in stage.said("news")[1]


async def test_none_is_left_out_of_a_day_with_very_many(stage: Stage) -> None:
    await set_up(stage)
    await stage.take(*(raw(str(n), f"Machine Learning Intern {chr(65 + n % 26)}x", f"Co{n} Labs") for n in range(260)))
    await stage.live(timedelta(hours=2))
    total = int((await stage.read("/leads today")).split(maxsplit=1)[0])
    assert total > 200
    assert f"{total} new leads" in stage.said("news")[0]
    assert f"Show {total - 10} more" in stage.said("news")[0]


async def test_old_openings_and_past_seasons_stand_behind_the_others(stage: Stage) -> None:
    await set_up(stage, most="2")
    await stage.take(
        raw("1", "Machine Learning Research Intern", "Past AI", terms=("Summer 2024",)),
        raw("2", "Machine Learning Research Intern", "Old AI", posted_at=START - timedelta(days=200)),
        raw("3", "Data Science Intern", "New AI", terms=("Summer 2025", "Summer 2027")),
        raw("4", "Data Science Intern", "Plain AI", terms=()),
    )
    await stage.live(timedelta(hours=2))
    [text] = stage.said("news")
    assert "New AI" in text
    assert "Plain AI" in text
    rest = words(await stage.click(token(stage.platform.said("news")[0], "leads.rest")))
    assert rest.index("Old AI") < rest.index("Past AI")


async def test_what_is_hidden_leaves_the_announcement_and_comes_back(stage: Stage) -> None:
    await set_up(stage)
    await stage.take(raw("1"), raw("2", "NLP Intern", "Wayne"))
    await stage.live(timedelta(hours=2))
    await stage.say("/leads report 2 what:spam", "olga", organiser=True)
    await stage.live(timedelta(minutes=2))
    assert "Wayne" not in text_of(stage.platform.edits[-1][1])
    assert "1 new lead " in text_of(stage.platform.edits[-1][1])
    await stage.app.router.action(stage.caller("olga", organiser=True), "leads.show_again:2")
    await stage.live(timedelta(minutes=2))
    assert "Wayne" in text_of(stage.platform.edits[-1][1])


async def test_the_rest_stands_behind_the_button(stage: Stage) -> None:
    await set_up(stage, most="2")
    await stage.take(*many(9))
    await stage.live(timedelta(hours=2))
    reply = stage.platform.said("news")[0]
    first = await stage.click(token(reply, "leads.rest"))
    assert "Page 1 of 2" in words(first)
    second = await stage.click(token(first, "leads.rest"))
    assert "Page 2 of 2" in words(second)
    opened = await stage.click("leads.open", picked=token(first, "leads.save").rsplit(":", 1)[1])
    assert "Why it is here" in words(opened)


async def test_the_first_announcement_looks_back_a_week(stage: Stage) -> None:
    await stage.take(raw("old", "NLP Intern", "Wayne"), at=START - timedelta(days=9))
    await stage.take(raw("new"), source="other", at=START - timedelta(days=5))
    await set_up(stage)
    await stage.live(timedelta(hours=2))
    assert "Machine Learning Intern" in stage.said("news")[0]
    assert "NLP Intern" not in stage.said("news")[0]


async def test_missed_days_come_as_one_announcement(stage: Stage) -> None:
    await set_up(stage)
    await stage.live(timedelta(hours=3))
    await stage.take(raw("1"))
    stage.engine.now += timedelta(days=4)
    await stage.take(raw("2", "NLP Intern", "Wayne"), complete=False)
    await stage.live(timedelta(minutes=5))
    assert len(stage.said("news")) == 1
    assert "2 new leads" in stage.said("news")[0]


async def test_an_announcement_says_when_a_lead_closes_and_opens_again(stage: Stage) -> None:
    await set_up(stage)
    await stage.take(raw("1"), raw("2", "NLP Intern", "Wayne"))
    await stage.live(timedelta(hours=2))
    await stage.take(raw("1"), raw("2", "NLP Intern", "Wayne", active=False))
    await stage.live(timedelta(minutes=2))
    assert "Wayne · closed" in text_of(stage.platform.edits[-1][1])
    await stage.take(raw("1"), raw("2", "NLP Intern", "Wayne"))
    await stage.live(timedelta(minutes=2))
    assert "closed" not in text_of(stage.platform.edits[-1][1])
    assert len(stage.said("news")) == 1


async def test_a_place_that_is_gone_is_told_to_the_organiser_once(stage: Stage) -> None:
    await set_up(stage)
    stage.platform.faults["news"] = [PlaceGone("unknown channel")] * 3
    await stage.take(raw("1"))
    await stage.leap(timedelta(days=3))
    told = [text for text in stage.said("olga") if "can't be reached" in text]
    assert len(told) == 1
    assert "/setup" in told[0]
    assert len(stage.said("news")) == 0 or "new lead" in stage.said("news")[0]


async def test_announcing_by_hand_is_still_once_a_day(stage: Stage) -> None:
    await set_up(stage)
    await stage.take(raw("1"))
    day = START.date()
    assert await stage.app.announcer.announce(1, day) == 1
    assert await stage.app.announcer.announce(1, day) == 0
    assert await stage.app.announcer.announce(99, day) == 0
    await stage.live(timedelta(hours=2))
    assert len(stage.said("news")) == 1


async def test_the_communitys_clock_is_what_an_organiser_chose(stage: Stage) -> None:
    form = await stage.say("/setup", "olga", organiser=True)
    await stage.submit(form, "olga", organiser=True, place="news", zone="berlin")
    assert "(Europe/Berlin)" in await stage.read("/leads follow vision")
