"""/tracker: a pipeline from a saved lead to the offer, and what is said of it, to the minute; on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.applications.models import Application
from bot.chat import File, Reply
from bot.leads.models import Lead
from bot.steps.kinds import Kind
from bot.steps.ledger import standing_of
from bot.work.models import Delivery
from tests.support.goals import number
from tests.support.stage import START, Stage, raw, token, words


async def add(stage: Stage, who: str = "ada", **values: str) -> str:
    zone = values.pop("zone", "")
    values |= {"stage": values.pop("at")} if "at" in values else {}
    form = await stage.say("/tracker add", who, zone=zone)
    return words(await stage.submit(form, who, False, **{"company": "Acme", "role": "ML Intern"} | values))


async def ledger(stage: Stage, who: str = "ada") -> list[Kind]:
    member = await number(stage, who)
    return [entry.kind for entry in await stage.app.database.read(lambda c: standing_of(c, member))]


async def said_at(stage: Stage) -> list[tuple[str, str]]:
    """What was said of applications, without their numbers, and when."""
    query = sa.select(Delivery.what, Delivery.created_at).where(Delivery.what.like("tracker.%")).order_by(Delivery.id)
    rows = await stage.app.database.read(lambda c: c.execute(query).all())
    return [(r.what.split(":")[0].removeprefix("tracker."), r.created_at.strftime("%a %d %H:%M")) for r in rows]


async def files(stage: Stage) -> tuple[File, ...]:
    answer = await stage.say("/tracker export")
    assert isinstance(answer, Reply)
    return answer.files


async def test_evidence_follows_the_moves_and_an_undo_takes_it_back(stage: Stage) -> None:
    await stage.take(raw("1", "Computer Vision Intern", "Globex"))
    await stage.click("leads.save:1")
    assert await ledger(stage) == []
    done = await stage.click("leads.applied:1")
    assert await ledger(stage) == [Kind.APPLIED]
    assert "at “saved” again" in words(await stage.click(token(done, "tracker.undo_move")))
    assert await ledger(stage) == []
    assert "has moved since" in words(await stage.click(token(done, "tracker.undo_move")))
    await stage.click("leads.applied:1")
    assert "Well done" in await stage.read("/tracker move vision interview")
    assert "Congratulations" in await stage.read("/tracker move vision offer")
    assert sorted(await ledger(stage)) == [Kind.APPLIED, Kind.INTERVIEW, Kind.OFFER]
    assert "at “interview” again" in await stage.read("/tracker undo vision")
    assert sorted(await ledger(stage)) == [Kind.APPLIED, Kind.INTERVIEW]
    assert "Move it to “offer” first" in await stage.read("/tracker move vision accepted")
    assert "stands at “interview” already" in await stage.read("/tracker move vision interview")
    assert "stands at applied" in await stage.read("/tracker move vision applied")
    assert await ledger(stage) == [Kind.APPLIED]
    assert "stands at “applied” already" in words(await stage.click("leads.applied:1"))
    assert "not in your pipeline" in words(await stage.click("tracker.move_to:1/offer", "bob"))
    assert not stage.engine.failed


async def test_one_opening_is_there_once_however_it_comes(stage: Stage) -> None:
    url = raw("1", "Computer Vision Intern", "Globex").url
    assert "stands at saved" in await add(stage, link=url, role="CV", company="Globex")
    await stage.take(raw("1", "Computer Vision Intern", "Globex"))
    assert "in your pipeline already: saved" in words(await stage.click("leads.save:1"))
    assert "already" in await add(stage, link=f"{url}?utm_source=x")
    assert "Computer Vision Intern" in await stage.read("/tracker board")
    assert "We know that opening" in await add(stage, "bob", link=url)
    assert "1 other saved it" in words(await stage.click("leads.open:1", "bob"))
    await add(stage)
    assert "already" in await add(stage, company="  acme inc. ", role="ml  intern")
    count = sa.select(sa.func.count()).select_from(Application).where(Application.lead_id == 1)
    assert await stage.app.database.read(lambda c: c.execute(count).scalar_one()) == 2
    filled = words(await stage.say(f"/tracker add link:{url}", "cleo"))
    assert "Company = Globex" in filled
    assert "no link" in await stage.read("/tracker add link:nothing")


async def test_who_applied_before_is_told_in_private_answers_only(stage: Stage) -> None:
    await stage.take(raw("1", "Computer Vision Intern", "Globex"), raw("2", "Speech Intern", "Globex"))
    await stage.click("leads.applied:1")
    assert "You applied here in November\n" in words(await stage.click("leads.open:1"))
    assert "You applied here in November: Computer Vision Intern" in words(await stage.click("leads.open:2"))
    assert await stage.read("/leads search speech") != await stage.read("/leads search speech", "bob")
    assert "You applied" not in words(await stage.click("leads.open:2", "bob"))
    assert "You applied" not in words(await stage.click("leads.share_in_thread:2"))


async def test_follow_ups_and_deadlines_come_at_the_members_hour_through_moves_and_outages(stage: Stage) -> None:
    await add(stage, zone="Asia/Tokyo", at="applied")
    await add(stage, company="Globex", deadline="2026-12-04")
    await add(stage, company="Initech", at="applied")
    await stage.say("/tracker move initech interview")
    stage.engine.now += timedelta(days=6)
    await stage.leap(timedelta(days=2))
    # 09:00 in Tokyo is midnight by UTC; Globex closes on the 4th.
    assert await said_at(stage) == [("follow_up", "Mon 30 00:00"), ("deadline", "Tue 01 00:00")]
    await stage.say("/me zone zone:America/New_York")
    await stage.leap(timedelta(days=3))
    assert (await said_at(stage))[2:] == [("deadline", "Thu 03 14:00")]
    stage.engine.now += timedelta(days=2)
    stage.engine.now += timedelta(hours=32)
    await stage.live(timedelta(hours=30))
    assert (await said_at(stage))[3:] == [("follow_up", "Mon 07 16:01")], "after an outage, once"
    assert "14 days ago you applied" in stage.said("ada")[-1]
    assert not stage.engine.failed


async def test_what_is_turned_off_is_not_said(stage: Stage) -> None:
    await add(stage, at="applied")
    settings = await stage.say("/tracker settings")
    assert "Off: a question" in words(await stage.click(token(settings, "tracker.tell:follow_ups")))
    for _ in range(3):
        stage.engine.now += timedelta(days=6, hours=23)
        await stage.live(timedelta(hours=2))
    assert stage.said("ada") == []


async def test_a_lead_that_closes_is_told_once_to_those_who_only_saved_it(stage: Stage) -> None:
    rows = [raw(str(n), f"Vision Intern {name}", f"{name} Labs") for n, name in enumerate(("Ab", "Cd", "Ef"), start=1)]
    await stage.take(*rows)
    await stage.click("leads.save:1")
    await stage.click("leads.applied:1", "bob")
    closes = datetime(2026, 11, 28, 20, tzinfo=UTC)
    known = sa.update(Lead).where(Lead.id == 1).values(closes_at=closes)
    await stage.app.database.run(lambda c: c.execute(known))
    for _ in range(5):
        await stage.live(timedelta(hours=2))
        stage.engine.now += timedelta(hours=22)
    assert await said_at(stage) == [("deadline", "Wed 25 09:00"), ("deadline", "Fri 27 09:00")]
    for shown in (rows[1:], rows, rows[1:]):
        await stage.take(*shown)
        await stage.live(timedelta(hours=3))
    await stage.live(timedelta(days=1))
    assert (await said_at(stage))[2:] == [("closed", "Sat 28 09:00")]
    assert "no longer listed" in stage.said("ada")[-1]
    assert stage.said("bob") == []
    await stage.click("leads.save:1", "cleo")
    await stage.live(timedelta(hours=27))
    assert stage.said("cleo") == [], "they saw that it had closed"


async def test_a_closed_lead_is_told_at_each_members_own_hour_also_after_a_move_and_an_outage(stage: Stage) -> None:
    rows = [raw(str(n), f"Vision Intern {n}", f"Globex {n}") for n in range(5)]
    await stage.take(*rows)
    for who, zone in (("ada", "Asia/Tokyo"), ("bob", "America/New_York"), ("cleo", "Europe/Berlin"), ("dan", "UTC")):
        await stage.say("/help", who, zone=zone)
        await stage.click("leads.save:1", who)
    stage.engine.now += timedelta(hours=14)
    await stage.take(*rows[1:])  # at 22:00 by UTC
    await stage.live(timedelta(hours=2, minutes=30))
    assert await said_at(stage) == [("closed", "Tue 24 00:00")], "nine in Tokyo"
    await stage.say("/me zone zone:America/Los_Angeles", "dan")
    stage.engine.now += timedelta(hours=10)  # down from half past midnight
    await stage.live(timedelta(days=2))
    assert (await said_at(stage))[1:] == [
        ("closed", "Tue 24 10:31"),
        ("closed", "Tue 24 14:00"),
        ("closed", "Tue 24 17:00"),
    ]
    assert {who: len(stage.said(who)) for who in ("ada", "bob", "cleo", "dan")} == dict.fromkeys(
        ("ada", "bob", "cleo", "dan"), 1
    )
    assert not stage.engine.failed


async def test_a_reminder_comes_once_and_moves_along_with_the_member(stage: Stage) -> None:
    await add(stage, zone="Europe/Berlin")
    said = await stage.read('/tracker remind acme when:"in 2 days at 9:00"')
    assert "Wednesday, 25 November 2026 at 09:00 (Europe/Berlin)" in said
    await stage.say('/tracker remind acme when:"in 3 hours"')
    await stage.say('/tracker remind acme when:"in 3 hours"')
    assert "over already" in await stage.read("/tracker remind acme when:yesterday")
    assert "can't read" in await stage.read("/tracker remind acme when:blue")
    await stage.say("/me zone zone:America/New_York")
    assert "Wednesday, 25 November 2026 at 09:00 (America/New_York)" in words(await stage.click("tracker.open:1"))
    await stage.leap(timedelta(days=2, hours=8))
    assert await said_at(stage) == [("reminder", "Mon 23 11:00"), ("reminder", "Wed 25 14:00")]
    for n in range(10):
        await stage.say(f"/tracker remind acme when:2026-12-{n + 10}")
    assert "10 reminders wait" in await stage.read("/tracker remind acme when:2027-01-01")
    await stage.click("tracker.drop_reminders:1")
    stage.engine.now += timedelta(days=25)
    await stage.live(timedelta(hours=1))
    assert len(await said_at(stage)) == 2


async def test_the_board_shows_the_stale_first_and_turns(stage: Stage) -> None:
    for name in ("Aa", "Bb", "Cc", "Dd", "Ee"):
        await add(stage, company=name, at="applied")
        stage.engine.now += timedelta(days=4)
    await add(stage, company="Ff", at="rejected")
    board = await stage.read("/tracker board")
    assert board.startswith("Applied 5 · Rejected 1")
    assert board.index("Aa · applied · no move for 20 days") < board.index("Bb")
    assert "Ee" not in board
    assert "Ee" in words(await stage.click("tracker.page:all/2"))
    assert "Ff" in words(await stage.click("tracker.column", picked="rejected"))
    assert "More than one fits" in await stage.read("/tracker move intern offer")
    caller = stage.caller()
    choices = await stage.app.router.suggest(caller, ("tracker", "move"), "application", "ee")
    assert [(choice.label, choice.hint) for choice in choices] == [("ML Intern · Ee", "applied")]
    assert "Noted on" in await stage.read('/tracker note ee words:"call them"')
    assert "call them" in words(await stage.click(f"tracker.open:{choices[0].value}"))


TABLE = """company,role,link,stage,applied,deadline,note
Acme,ML Intern,https://jobs.example.org/acme/1-machine-1001,interview,2026-10-01,,=1+1
Globex,,,,,,
Initech,Data Intern,,rejected,2026-11-01,,
Hooli,NLP Intern,,saved,,2026-12-24,
"""


async def test_a_table_comes_in_once_and_goes_out_as_it_came(stage: Stage) -> None:
    await stage.take(raw("1"))
    form = await stage.say("/tracker import")
    done = words(await stage.submit(form, table=TABLE))
    assert "3 applications added" in done
    assert "line 3: Name the role too" in done
    again = words(await stage.submit(form, table=TABLE))
    assert "0 applications added. 3 were there already" in again
    assert sorted(await ledger(stage)) == [Kind.APPLIED, Kind.APPLIED, Kind.INTERVIEW]
    table, calendar = await files(stage)
    assert "'=1+1" in table.content.decode("utf-8-sig")
    assert b"Closes: NLP Intern" in calendar.content
    back = words(await stage.submit(form, table=table.content.decode("utf-8-sig")))
    assert "0 applications added. 3 were there already" in back
    await stage.submit(form, "bob", table=table.content.decode("utf-8-sig"))
    assert "No row could be taken" in words(await stage.submit(form, table="company,role\nAcme,"))
    assert "no row in it" in words(await stage.submit(form, table="company,role"))
    await stage.live(timedelta(hours=26))
    assert stage.said("ada") == [], "nothing is said of what was long ago"
    for who in ("ada", "bob"):
        stats = await stage.say("/tracker stats", who)
        assert isinstance(stats, Reply)
        assert stats.files[0].content.startswith(b"\x89PNG")
        assert "100%: 2 of 2" in words(stats)
    assert stage.engine.now > START


@pytest.mark.parametrize("line", ["/tracker move 99 offer", "/tracker note 99999999999999999999 words:x"])
async def test_what_is_not_there_is_said_so(stage: Stage, line: str) -> None:
    assert "your pipeline" in await stage.read(line)
