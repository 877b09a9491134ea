"""`make demo`: an invented community, said to be so, in which one sees at once what Rung does."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.app import App
from bot.chat import Caller, Place, Reply
from bot.content import read
from bot.leads.announce import Feed
from bot.leads.filters import Filter
from bot.leads.ingest import Origin
from bot.leads.sources.sighting import Fetched, RawSighting
from bot.platforms.web.names import user_id
from bot.platforms.web.sql_history import SqlHistory
from bot.platforms.web.store import Entry

ORIGIN = Origin("invented list", "demo")
NOTICE = "This is a **demo**: the members, the companies and the leads are invented."


class Row(msgspec.Struct, frozen=True):
    """An invented opening."""

    title: str
    company: str
    places: tuple[str, ...]
    term: str = "Summer 2027"
    about: str = ""
    remote: bool = False


class Line(msgspec.Struct, frozen=True):
    """Something that an invented member wrote."""

    place: str
    who: str
    text: str
    minutes: int
    """How long ago."""


class Demo(msgspec.Struct, frozen=True):
    """The invented community."""

    leads: tuple[Row, ...]
    talk: tuple[Line, ...]
    saves: dict[str, tuple[int, ...]]
    """Which of the leads, counted from 1, each member saved."""


def load_demo() -> Demo:
    """Read the invented community."""
    return read("demo.yaml", Demo)


async def seed(app: App) -> bool:
    """Fill an empty database with the invented community; returns False and does nothing when it is not empty."""
    if await app.health.all():
        return False
    demo, now = load_demo(), app.clock()
    await app.ingest.take(ORIGIN, Fetched([_sighting(n, row, now) for n, row in enumerate(demo.leads, 1)]), now)
    history = SqlHistory(app.database)
    await history.add(Entry(place="leads", at=now - timedelta(hours=5), body=Reply(NOTICE)))
    for line in sorted(demo.talk, key=lambda line: -line.minutes):
        at = now - timedelta(minutes=line.minutes)
        author = user_id(line.who)
        await history.add(Entry(place=line.place, at=at, body=Reply(line.text), author=author, name=line.who))
    await _members_act(app, demo)
    await _announce(app, now)
    return True


async def _members_act(app: App, demo: Demo) -> None:
    for who, numbers in demo.saves.items():
        for number in numbers:
            await app.router.action(_caller(who), f"leads.save:{number}")


async def _announce(app: App, now: datetime) -> None:
    standing = await app.directory.standing(_caller("Mira Okafor"))
    await app.announcer.set_up(Feed(standing.workspace, "leads", 9, "UTC", Filter(), 5), standing.member)
    await app.announcer.announce(standing.workspace, now.astimezone(ZoneInfo("UTC")).date())


def _sighting(number: int, row: Row, now: datetime) -> RawSighting:
    posted = now - timedelta(hours=3 * number)
    slug = row.company.lower().replace(" ", "-")
    return RawSighting(
        key=str(number),
        url=f"https://{slug}.example/jobs/{1000 + number}",
        company=row.company,
        title=row.title,
        locations=row.places,
        terms=(row.term,),
        description=row.about,
        posted_at=posted,
        remote=row.remote or None,
    )


def _caller(who: str) -> Caller:
    leads = Place("leads", "leads")
    return Caller("web", "local", user_id(who), who, leads, organiser=True, workspace_name="Local chat")
