"""The whole bot in one process, on a real database, with a platform in memory and a clock of its own."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.accountability.models import Uptime
from bot.accountability.uptime import beat
from bot.app import App, build
from bot.chat import Caller, Form, Place, Reply
from bot.chat.command import Answer
from bot.chat.fallback import form_text, text_of
from bot.chat.registry import tokens_of
from bot.leads.ingest import Origin, Report
from bot.leads.sources.sighting import Fetched, FetchState, RawSighting, Rejected
from bot.settings import Settings
from bot.work.memory_engine import MemoryEngine
from tests.support.fake_platform import FakePlatform

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


async def in_thread(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return await asyncio.to_thread(function, *args, **kwargs)


def raw(key: str, title: str = "Machine Learning Intern", company: str = "Acme Robotics", **more: Any) -> RawSighting:
    """A sighting with sensible words."""
    values: dict[str, Any] = {
        "url": f"https://jobs.example.org/{company.split(maxsplit=1)[0].lower()}/{key}-{title.split(maxsplit=1)[0].lower()}-100{key}"
    }
    values |= {"locations": ("Berlin, Germany",), "terms": ("Summer 2027",)}
    return RawSighting(key=key, title=title, company=company, **(values | more))


class Stage:
    """People who talk to the bot."""

    def __init__(self, url: str) -> None:
        self.engine = MemoryEngine(START)
        settings = Settings(_env_file=None, database_url=url, pull_minutes=0, github_api_url="http://127.0.0.1:9")
        self.app: App = build(settings, self.engine, clock=self.engine.clock, offload=in_thread)
        self.platform = FakePlatform("web")
        self.app.platforms["web"] = self.platform

    def caller(self, who: str = "ada", *, organiser: bool = False, place: str = "leads", **more: Any) -> Caller:
        return Caller("web", "local", who, who.title(), Place(place, place), organiser, "Local chat", **more)

    async def say(self, line: str, who: str = "ada", **more: Any) -> Answer:
        """Type a command."""
        answer = await self.app.router.text(self.caller(who, **more), line)
        assert self.app.router.registry.unknown_tokens(answer) == []
        return answer

    async def read(self, line: str, who: str = "ada", **more: Any) -> str:
        """Type a command and return the answer's words."""
        return words(await self.say(line, who, **more))

    async def click(self, token: str, who: str = "ada", picked: str | None = None, **more: Any) -> Answer:
        """Click a button, or pick from a menu."""
        answer = await self.app.router.action(self.caller(who, **more), token, picked)
        assert self.app.router.registry.unknown_tokens(answer) == []
        return answer

    async def submit(self, form: Answer, who: str = "ada", organiser: bool = False, **values: str) -> Answer:
        """Fill a form in."""
        assert isinstance(form, Form)
        given = {item.name: item.value for item in form.inputs} | values
        return await self.app.router.submit(self.caller(who, organiser=organiser), form.submit, given)

    async def take(
        self,
        *sightings: RawSighting,
        source: str = "list",
        at: datetime | None = None,
        rejected: Sequence[Rejected] = (),
        **more: Any,
    ) -> Report:
        """Have a source show these rows."""
        fetched = Fetched(list(sightings), list(rejected), FetchState(digest="d"), **more)
        origin = Origin(source, "listings", "https://example.org/list")
        return await self.app.ingest.take(origin, fetched, at or self.engine.now)

    async def settle(self) -> None:
        """Let what was planned be delivered."""
        await self.app.deliveries.close()  # a handing out under way: on PostgreSQL another passes over what it holds
        await self.app.deliveries.dispatch()
        await self.engine.settle()

    async def live(self, duration: timedelta) -> None:
        """Let time pass, with schedules and deliveries on the way."""
        await self.engine.advance(duration)

    async def leap(self, duration: timedelta) -> None:
        """Let time pass as `live` does, but without what is done every hour, but for noting that the bot lives."""
        await self.app.database.run(lambda c: beat(c, self.engine.now))
        last = sa.select(sa.func.max(Uptime.seen_at)).scalar_subquery()

        async def lives() -> None:
            noted = sa.update(Uptime).where(Uptime.seen_at == last).values(seen_at=self.engine.now)
            await self.app.database.run(lambda c: c.execute(noted))

        await self.engine.advance(duration, lives)
        await lives()

    def said(self, place: str) -> list[str]:
        """The words that were delivered to a place or a person."""
        return [text_of(reply) for reply in self.platform.said(place)]


def words(answer: Answer) -> str:
    """The words of an answer."""
    return form_text(answer) if isinstance(answer, Form) else text_of(answer)


def token(answer: Answer, name: str) -> str:
    """The first token of an action in an answer."""
    assert isinstance(answer, Reply)
    return next(t for t in tokens_of(answer) if t.startswith(name))
