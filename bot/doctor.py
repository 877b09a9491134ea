"""`rung doctor`: in one screen what is set, reachable and missing, and what to do about it."""

import asyncio
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal

import aiohttp
import msgspec
from yarl import URL

from bot import migrate
from bot.db import Database
from bot.leads.health import SourceHealth
from bot.llm.budget import Spent, spent
from bot.settings import Settings
from bot.work.deliveries import counts_by_state

State = Literal["ok", "off", "warn", "bad"]
_MARKS: dict[State, str] = {"ok": "✓", "off": "–", "warn": "!", "bad": "✗"}
_PATIENCE = aiohttp.ClientTimeout(total=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it is, and what to do when it is not well."""

    what: str
    state: State
    text: str
    advice: str = ""

    @property
    def bad(self) -> bool:
        """Whether the bot can't do its work like this."""
        return self.state == "bad"

    def line(self) -> str:
        """Return it as a line, with the advice under it."""
        advice = f"\n    → {self.advice}" if self.advice else ""
        return f"{_MARKS[self.state]} {self.what:<10} {self.text}{advice}"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a platform answered: status 0 for no answer, and what was said only where it is a JSON object."""

    status: int = 0
    said: dict[str, Any] | None = None

    @property
    def data(self) -> dict[str, Any]:
        """What was said; empty where it was no JSON."""
        return self.said or {}


async def examine(settings: Settings, *, quick: bool = False) -> list[Finding]:
    """Look at everything; with `quick` only at the running bot. Never raises for what it finds."""
    if quick:
        return [await _running(settings)]
    database = await asyncio.to_thread(_database, settings.database_url)
    findings = [database]
    if database.state == "ok":
        findings += await _inside(settings)
    findings.append(await _running(settings))
    findings += [await _discord(settings), await _slack(settings)]
    return [*findings, _disk()]


def _database(url: str) -> Finding:
    kind = url.partition(":")[0]
    try:
        differences = migrate.check(url)
        revision = migrate.current(url)
    except migrate.NoDatabase as error:
        return Finding("database", "warn", f"{kind}: {error.reason}", error.advice)
    except migrate.DatabaseTrouble as error:
        return Finding("database", "bad", f"{kind}: {error.reason}", error.advice)
    except Exception as error:  # noqa: BLE001 - whatever the driver raises is what there is to tell
        return Finding("database", "bad", f"{kind}: {str(error).splitlines()[0]}", "Look at RUNG_DATABASE_URL.")
    if not revision:
        return Finding("database", "warn", f"{kind}, empty", "`rung db upgrade` or `rung run` makes the tables.")
    if differences:
        return Finding(
            "database", "bad", f"{kind}, out of date ({revision})", "`rung db upgrade` brings it up to date."
        )
    return Finding("database", "ok", f"{kind}, revision {revision}")


async def _inside(settings: Settings) -> list[Finding]:
    database = Database(settings.database_url)
    today = datetime.now(UTC).date()
    try:
        sources = await SourceHealth(database).all()
        counts = await database.read(counts_by_state)
        day = await database.read(partial(spent, today=today))
        month = await database.read(partial(spent, today=today, days=30))
    finally:
        await database.close()
    failing = [s for s in sources if s.failures]
    rejected = sum(s.rejected for s in sources)
    text = f"{len(sources)} asked, {len(failing)} failing, {rejected} unreadable rows"
    advice = "; ".join(f"{s.name}: {s.error}" for s in failing[:3])
    first = Finding("sources", "warn" if failing else "ok" if sources else "off", text, advice)
    failed = counts.get("failed", 0)
    waiting = counts.get("planned", 0) + counts.get("sending", 0)
    text = f"{counts.get('sent', 0)} sent, {waiting} waiting, {failed} failed"
    advice = "Places that are gone or closed were told to their organisers; /setup chooses others." if failed else ""
    return [first, Finding("deliveries", "warn" if failed else "ok", text, advice), _model(settings, day, month)]


def _model(settings: Settings, day: Spent, month: Spent) -> Finding:
    """Tell who grades, and what the model took: tokens and dollars of today and of 30 days."""
    if not settings.model:
        return Finding("model", "off", "RUNG_MODEL is not set: answers are graded here, by the rubric")
    text = (
        f"{settings.model}: today {day.calls} answers, {day.tokens:,} of {settings.model_day_tokens:,} tokens, "
        f"${day.dollars:.2f}; in 30 days ${month.dollars:.2f}"
    )
    if not settings.openai_api_key.get_secret_value() and not settings.openai_base_url:
        return Finding("model", "bad", text, "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own.")
    if day.tokens >= settings.model_day_tokens:
        return Finding("model", "warn", text, "The budget of today is used up, the rubric grades.")
    return Finding("model", "ok", text)


async def _running(settings: Settings) -> Finding:
    host = "127.0.0.1" if settings.web_host in {"0.0.0.0", "::"} else settings.web_host  # noqa: S104 - not bound here
    url = f"http://{host}:{settings.web_port}/healthz"
    try:
        async with aiohttp.ClientSession(timeout=_PATIENCE) as session, session.get(url) as answer:
            data = await answer.json()
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return Finding("bot", "bad", f"does not answer at {url}", "`rung run` (or `make run`) starts it.")
    down = [name for name, up in data.get("platforms", {}).items() if not up]
    if down:
        return Finding("bot", "bad", f"runs, but {', '.join(down)} is not connected", "Its log says why.")
    return Finding("bot", "ok", f"runs at {url.removesuffix('/healthz')}")


async def _discord(settings: Settings) -> Finding:
    token = settings.discord_token.get_secret_value()
    if not token:
        return Finding(
            "discord", "off", "RUNG_DISCORD_TOKEN is not set", "docs/discord.md: ten minutes to a running bot."
        )
    base = settings.discord_api_url or "https://discord.com/api/v10"
    answer = await _ask(f"{base}/applications/@me", f"Bot {token}", "GET")
    if silent := _silent("discord", answer, base, "RUNG_DISCORD_API_URL"):
        return silent
    if answer.status != 200:  # noqa: PLR2004 - HTTP's OK
        return Finding("discord", "bad", f"answered {answer.status}", "Is RUNG_DISCORD_TOKEN the bot's token?")
    name = answer.data.get("name", "?")
    # Bits 18 and 19: the message-content intent is granted, fully or for up to 100 servers.
    if not int(answer.data.get("flags", 0)) & (1 << 18 | 1 << 19):
        advice = "Without the message-content intent everything but link listening works; switch it on under Bot."
        return Finding("discord", "warn", f"connects as {name}", advice)
    return Finding("discord", "ok", f"connects as {name}")


async def _slack(settings: Settings) -> Finding:
    token, app_token = settings.slack_bot_token.get_secret_value(), settings.slack_app_token.get_secret_value()
    if not token:
        return Finding(
            "slack", "off", "RUNG_SLACK_BOT_TOKEN is not set", "docs/slack.md: ten minutes to a running bot."
        )
    base = (settings.slack_api_url or "https://slack.com/api/").rstrip("/")
    answer = await _ask(f"{base}/auth.test", f"Bearer {token}", "POST")
    if silent := _silent("slack", answer, base, "RUNG_SLACK_API_URL"):
        return silent
    if not answer.data.get("ok"):
        return _refused_by_slack(answer, "Is RUNG_SLACK_BOT_TOKEN the xoxb- token?")
    team = answer.data.get("team", "?")
    if not app_token:
        return Finding("slack", "ok", f"connects to {team} by HTTP at /slack/events")
    answer = await _ask(f"{base}/apps.connections.open", f"Bearer {app_token}", "POST")
    if silent := _silent("slack", answer, base, "RUNG_SLACK_API_URL"):
        return silent
    if not answer.data.get("ok"):
        return _refused_by_slack(answer, "Is RUNG_SLACK_APP_TOKEN the xapp- token, with the scope connections:write?")
    return Finding("slack", "ok", f"connects to {team} by Socket Mode")


def _refused_by_slack(answer: _Answer, advice: str) -> Finding:
    return Finding("slack", "bad", f"answered {answer.data.get('error') or answer.status}", advice)


def _silent(what: str, answer: _Answer, base: str, setting: str) -> Finding | None:
    """Return what to do about a platform that can't be reached, or is another thing; None for one that answered."""
    host = URL(base).host
    if not answer.status:
        advice = f"Is this machine online, and may it go out to {host}? {setting} is for other servers than theirs."
        return Finding(what, "bad", f"{host} can't be reached", advice)
    if answer.said is None:
        advice = f"Something else answers there, such as a proxy's page: look at {setting} and at the network."
        return Finding(what, "bad", f"{host} answered {answer.status}, but not in JSON", advice)
    return None


async def _ask(url: str, authorization: str, method: str) -> _Answer:
    headers = {"Authorization": authorization}
    try:
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE) as session,
            session.request(method, url, headers=headers) as answer,
        ):
            status, body = answer.status, await answer.read()
    except (aiohttp.ClientError, TimeoutError):
        return _Answer()
    try:
        data = msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeError):
        return _Answer(status)
    return _Answer(status, data)


def _disk() -> Finding:
    free = shutil.disk_usage(".").free / 2**30
    text = f"{free:.0f} GB free, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    return Finding("machine", "ok" if free > 1 else "warn", text, "" if free > 1 else "Make room: databases grow.")
