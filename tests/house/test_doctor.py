"""The doctor in front of platforms and a bot that answer over real sockets, well and not well."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.db import Database
from bot.doctor import Finding, examine
from bot.llm.models import ModelUse
from bot.migrate import upgrade
from bot.settings import Settings

TOKEN = "the-token-that-nobody-sees"
CONTENT = 1 << 19


class Outside:
    """A bot, a Discord and a Slack that answer as they are told."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, Any]] = {
            "/healthz": (200, {"ok": True, "platforms": {"web": True}}),
            "/discord/applications/@me": (200, {"name": "Rung", "flags": CONTENT}),
            "/slack/auth.test": (200, {"ok": True, "team": "Club"}),
            "/slack/apps.connections.open": (200, {"ok": True, "url": "wss://not-used.example"}),
        }
        self.tokens: list[str] = []
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self.server = TestServer(app)

    async def _answer(self, request: web.Request) -> web.Response:
        self.tokens.append(request.headers.get("Authorization", ""))
        status, data = self.answers[request.path]
        return web.json_response(data, status=status) if data is not None else web.Response(text="<html>")


@pytest.fixture
async def outside() -> AsyncIterator[Outside]:
    made = Outside()
    async with made.server:
        yield made


async def look(outside: Outside, folder: Path, **more: Any) -> dict[str, Finding]:
    """Return what the doctor finds, by what it looked at."""
    base = str(outside.server.make_url("/")).rstrip("/")
    given: dict[str, Any] = {
        "database_url": f"sqlite:///{folder / 'rung.sqlite'}",
        "web_port": outside.server.port,
        "discord_token": TOKEN,
        "discord_api_url": f"{base}/discord",
        "slack_bot_token": f"xoxb-{TOKEN}",
        "slack_app_token": f"xapp-{TOKEN}",
        "slack_api_url": f"{base}/slack",
    }
    found = await examine(Settings(_env_file=None, **(given | more)))
    assert not any(TOKEN in finding.line() for finding in found)
    return {finding.what: finding for finding in found}


async def test_all_is_well(outside: Outside, tmp_path: Path) -> None:
    await asyncio.to_thread(upgrade, f"sqlite:///{tmp_path / 'rung.sqlite'}")
    found = await look(outside, tmp_path)
    assert {what: f.state for what, f in found.items() if what in {"database", "bot", "discord", "slack"}} == {
        "database": "ok",
        "bot": "ok",
        "discord": "ok",
        "slack": "ok",
    }
    assert "Socket Mode" in found["slack"].text
    assert outside.tokens[1:] == [f"Bot {TOKEN}", f"Bearer xoxb-{TOKEN}", f"Bearer xapp-{TOKEN}"]


async def test_slack_by_http_is_told(outside: Outside, tmp_path: Path) -> None:
    found = await look(outside, tmp_path, slack_app_token="", slack_signing_secret="abc")
    assert "HTTP at /slack/events" in found["slack"].text


async def test_without_the_message_content_intent_it_says_what_is_missing(outside: Outside, tmp_path: Path) -> None:
    outside.answers["/discord/applications/@me"] = (200, {"name": "Rung", "flags": 0})
    discord = (await look(outside, tmp_path))["discord"]
    assert discord.state == "warn"
    assert "message-content intent" in discord.advice


@pytest.mark.parametrize(
    ("path", "answer", "what", "says"),
    [
        ("/discord/applications/@me", (401, {"message": "401: Unauthorized"}), "discord", "answered 401"),
        ("/discord/applications/@me", (200, None), "discord", "but not in JSON"),
        ("/slack/auth.test", (200, {"ok": False, "error": "invalid_auth"}), "slack", "invalid_auth"),
        ("/slack/auth.test", (200, None), "slack", "127.0.0.1 answered 200, but not in JSON"),
        ("/slack/apps.connections.open", (200, {"ok": False, "error": "missing_scope"}), "slack", "missing_scope"),
        ("/healthz", (503, {"ok": False, "platforms": {"web": True, "slack": False}}), "bot", "slack is not connected"),
        ("/healthz", (200, None), "bot", "does not answer"),
    ],
)
async def test_what_is_wrong_is_named_with_what_to_do(
    outside: Outside, tmp_path: Path, path: str, answer: tuple[int, Any], what: str, says: str
) -> None:
    outside.answers[path] = answer
    finding = (await look(outside, tmp_path))[what]
    assert finding.bad
    assert says in finding.text
    assert finding.advice
    assert "\n    → " in finding.line()


async def test_without_the_web_chat_the_bot_is_asked_all_the_same(outside: Outside, tmp_path: Path) -> None:
    more = {"web_enabled": False, "discord_token": "", "slack_bot_token": "", "slack_app_token": ""}
    found = await look(outside, tmp_path, **more)
    assert [found[what].state for what in ("bot", "discord", "slack")] == ["ok", "off", "off"]
    outside.answers["/healthz"] = (503, {"ok": False, "platforms": {"slack": False}})
    assert (await look(outside, tmp_path, **more))["bot"].bad


async def test_a_platform_that_can_not_be_reached_is_not_blamed_on_the_token(outside: Outside, tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:1"
    found = await look(outside, tmp_path, discord_api_url=nowhere, slack_api_url=nowhere)
    for what in ("discord", "slack"):
        assert found[what].bad
        assert "can't be reached" in found[what].text
        assert "online" in found[what].advice
        assert "TOKEN" not in found[what].advice


async def test_a_database_that_is_not_there_is_not_made(outside: Outside, tmp_path: Path) -> None:
    found = await look(outside, tmp_path)
    assert found["database"].state == "warn"
    assert "rung db upgrade" in found["database"].advice
    assert not (tmp_path / "rung.sqlite").exists()


async def test_what_to_do_about_a_database_is_said_once(outside: Outside, tmp_path: Path) -> None:
    (tmp_path / "rung.sqlite").write_bytes(b"no database at all" * 99)
    line = (await look(outside, tmp_path))["database"].line()
    assert line.count("RUNG_DATABASE_URL") == 1


async def test_what_the_model_took_and_cost_is_shown(outside: Outside, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'rung.sqlite'}"
    await asyncio.to_thread(upgrade, url)
    assert "graded here" in (await look(outside, tmp_path))["model"].text
    database = Database(url)
    today = datetime.now(UTC).date()
    rows = [{"day": today - timedelta(days=age), "tokens": 800, "cost": 20_000} for age in (0, 0, 5, 40)]
    await database.run(lambda c: c.execute(sa.insert(ModelUse), rows))
    await database.close()
    more = {"model": "small", "openai_api_key": TOKEN, "model_day_tokens": 5_000}
    found = (await look(outside, tmp_path, **more))["model"]
    assert found.text == "small: today 2 answers, 1,600 of 5,000 tokens, $0.04; in 30 days $0.06"
    assert found.state == "ok"
    assert (await look(outside, tmp_path, **(more | {"model_day_tokens": 1_600})))["model"].state == "warn"
    missing = (await look(outside, tmp_path, model="small"))["model"]
    assert (missing.bad, "OPENAI_API_KEY" in missing.advice) == (True, True)
