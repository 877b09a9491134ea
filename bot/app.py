"""The composition root: settings in, a running bot out. Nothing else constructs a service; there are no globals."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.applications.pipeline import Pipeline
from bot.chat.errors import BadInput
from bot.chat.platform import Address, Platform
from bot.chat.registry import Registry
from bot.chat.router import Router
from bot.community.directory import Directory
from bot.community.drafts import Drafts
from bot.community.places import Places
from bot.community.telling import Teller
from bot.companies.catalog import our_catalog
from bot.db import Database
from bot.http import Http, HttpError, UnfitLink
from bot.leads import announce, follows, pulls
from bot.leads.announce import Announcer
from bot.leads.catalog import Catalog
from bot.leads.follows import Follows
from bot.leads.health import SourceHealth
from bot.leads.ingest import Ingest, Offload
from bot.leads.life import Life
from bot.leads.notices import Notices
from bot.leads.prepare import warm_up
from bot.leads.pulls import Pulls
from bot.leads.reports import Reports
from bot.leads.shares import PageRead, Shares
from bot.leads.sources.page import fetch_page
from bot.leads.sources.protocol import SourceError
from bot.leads.sources.registry import builtin_sources, extra_sources
from bot.llm.budget import Budget
from bot.setting_home import home
from bot.setting_types import parts_of
from bot.settings import Settings
from bot.wiring import ROOMS
from bot.wiring.grading import model_of
from bot.wiring.kit import Kit, Room
from bot.work.courier import Courier
from bot.work.deliveries import JOB as DELIVER
from bot.work.deliveries import Deliveries, Trouble
from bot.work.engine import Engine
from bot.work.hourly import Hourly
from bot.work.schedules import Schedules, day_of
from bot.worker import worker_process
from cogs import lead_cards
from cogs.follows import LeadFollows
from cogs.help import Help
from cogs.home import HomePage
from cogs.lead_marks import LeadMarks
from cogs.lead_rooms import Rooms
from cogs.leads import Leads
from cogs.setup import Setup
from cogs.shares import LeadShares
from cogs.trouble import trouble_notice

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


@dataclass
class App:
    """A bot that is put together: its parts, and the order in which they start and stop."""

    settings: Settings
    clock: Clock
    database: Database
    http: Http
    engine: Engine
    router: Router
    directory: Directory
    deliveries: Deliveries
    schedules: Schedules
    ingest: Ingest
    pulls: Pulls
    announcer: Announcer
    catalog: Catalog
    health: SourceHealth
    life: Life
    home: HomePage
    platforms: dict[str, Platform]
    closers: list[Callable[[], Awaitable[None]]]
    budget: Budget

    async def start(self) -> None:
        """Connect the platforms, then take up work. Raises ConnectionError with what to do about it."""
        for platform in self.platforms.values():
            await platform.start()
        await self.engine.start()
        self.deliveries.kick()

    async def stop(self) -> None:
        """Stop listening, finish what is under way, and let go of everything."""
        await self.engine.stop()
        for platform in reversed(self.platforms.values()):
            await platform.stop()
        await self.close()

    async def close(self) -> None:
        """Let go of what was opened without starting."""
        for close in self.closers:
            await close()


def build(
    settings: Settings,
    engine: Engine,
    *,
    http: Http | None = None,
    clock: Clock = utc_now,
    offload: Offload | None = None,
) -> App:
    """Put a bot together. Platforms are added to `app.platforms` by who runs it.

    offload: runs heavy pure work; a worker process of its own by default
    """
    database = Database(settings.database_url)
    http = http or Http(contact=settings.contact)
    closers: list[Callable[[], Awaitable[None]]] = [http.close, database.close]
    if offload is None:
        offload, close_pool = worker_process(warm_up)
        closers.insert(0, close_pool)
    platforms: dict[str, Platform] = {}
    directory = Directory(database, clock)
    deliveries = Deliveries(database, engine, clock)
    closers.insert(0, deliveries.close)
    schedules = Schedules(database, engine, clock)
    teller = Teller(database, deliveries, clock)
    budget, model = model_of(settings, database, clock)
    closers.insert(0, model.close)
    kit = Kit(
        settings, clock, database, http, engine, directory, deliveries, schedules, teller, offload, platforms, model
    )
    added = [wire(kit) for wire in ROOMS]
    announcer = Announcer(database, deliveries, schedules, lead_cards.announcement, clock)
    follower = Follows(database, teller, schedules, lead_cards.digest, clock)
    kit.moved.append(follower.moved)
    ingest = Ingest(database, offload, announcer.touched)
    pipeline, catalog = Pipeline(database, clock), Catalog(database, clock)
    reports, health = Reports(database, announcer.touched, clock), SourceHealth(database)
    shares = Shares(database, ingest, partial(_read_page, http), clock)
    rooms = Rooms(catalog, pipeline, follower, reports, announcer, health)
    cogs = [
        Leads(rooms),
        LeadFollows(rooms),
        LeadMarks(rooms),
        LeadShares(shares, pipeline, Notices(database, teller)),
        Setup(announcer),
        *(cog for room in added for cog in room.cogs),
        Help(lambda: registry),
    ]
    registry = Registry(cogs)
    router = Router(registry, directory, Drafts(database, clock), clock)
    sources = [*builtin_sources(our_catalog().companies), *extra_sources(parts_of(settings.sources), home())]
    puller = Pulls(sources, http, ingest, engine, clock, settings.pull_minutes)
    life = Life(database, announcer.touched, clock)
    app = App(
        settings,
        clock,
        database,
        http,
        engine,
        router,
        directory,
        deliveries,
        schedules,
        ingest,
        puller,
        announcer,
        catalog,
        health,
        life,
        HomePage(directory, pipeline, follower, catalog),
        platforms,
        closers,
        budget,
    )
    _register_work(app, follower, teller, added)
    return app


def _register_work(app: App, follower: Follows, teller: Teller, rooms: Sequence[Room]) -> None:
    places = Places(app.database, app.clock)

    async def on_trouble(to: Address, kind: Trouble) -> None:
        for member, _, role in await places.note_trouble(to, kind):
            what = f"trouble:{to.platform}:{to.workspace}:{to.place}:{app.clock().date().isoformat()}"
            await teller.tell(what, member, trouble_notice(to.place, role, kind))

    courier = Courier(app.database, app.platforms, app.clock, on_trouble, places.clear_trouble)

    async def run_announcement(_run: Any, args: Any) -> None:
        await app.announcer.announce(int(args["workspace"]), day_of(args))

    async def run_digest(_run: Any, args: Any) -> None:
        await follower.digest(int(args["member"]), day_of(args))

    async def forget() -> None:
        await app.deliveries.forget(app.settings.retention_days)
        await app.budget.forget(app.settings.retention_days)

    app.engine.job(DELIVER, courier.deliver)
    app.engine.job(announce.JOB, run_announcement)
    app.engine.job(follows.JOB, run_digest)
    app.engine.job(pulls.JOB, app.pulls.handle)
    app.engine.every_minute(app.schedules.tick, app.schedules.next_due)
    app.engine.every_minute(app.deliveries.dispatch, app.deliveries.next_due)
    app.engine.every_minute(app.pulls.tick, app.pulls.next_due)
    for room in rooms:
        for name, handler in room.jobs.items():
            app.engine.job(name, handler)
    for function in (app.life.expire, forget, *(each for room in rooms for each in room.hourly)):
        hourly = Hourly(function, app.clock)
        app.engine.every_minute(hourly.run, hourly.next_due)


async def _read_page(http: Http, url: str) -> PageRead:
    try:
        reading = await fetch_page(http, url)
    except UnfitLink as error:
        # Nobody else could open it either, and what stands behind it would be shown to all who click.
        raise BadInput(f"{error} Share the public address of the opening.", field="url") from error
    except (HttpError, SourceError) as error:
        return PageRead(note=f"{error} Fill it in by hand.")
    seen = reading.sighting
    values = {name: getattr(seen, name) for name in PageRead.__dataclass_fields__ if name != "note"}
    return PageRead(note=reading.note, **values)
