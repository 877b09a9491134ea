"""What operators set: who may come, further sources, Slack's rate, health, a database that is down."""

import os
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.app import build
from bot.leads.sources.listings import Listings
from bot.leads.sources.registry import extra_sources
from bot.platforms.web.connection import WebPlatform
from bot.serving import add_platforms, serving
from bot.settings import SettingsError, load_settings
from bot.work.memory_engine import MemoryEngine
from tests.support.post import START

ROOT = Path(__file__).parents[2]


def test_names_and_organisers_reach_the_web_chat(tmp_path: Path) -> None:
    settings = load_settings(
        None,
        database_url=f"sqlite:///{tmp_path / 'a.sqlite'}",
        web_hosts="Rung.example.org, chat.example.org",
        web_organisers="Ada Lovelace, , Grace",
    )
    app = build(settings, MemoryEngine(START))
    add_platforms(app)
    chat = app.platforms["web"]
    assert isinstance(chat, WebPlatform)
    assert chat._access.hosts == {"rung.example.org", "chat.example.org"}
    assert chat._access.organiser_ids() == {"ada-lovelace", "grace"}


def test_slacks_rate_is_set(tmp_path: Path) -> None:
    settings = load_settings(
        None,
        database_url=f"sqlite:///{tmp_path / 'a.sqlite'}",
        slack_bot_token="xoxb-1",
        slack_app_token="xapp-1",
        slack_posts_per_second=3,
    )
    app = build(settings, MemoryEngine(START))
    add_platforms(app)
    assert app.platforms["slack"]._settings.posts_per_second == 3  # type: ignore[attr-defined]  # Slack's own


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("web_hosts", "https://a.example"),
        ("web_hosts", "a.example:80"),
        ("sources", "ftp://a.example/x"),
        ("sources", "https://"),
        ("slack_posts_per_second", "0"),
    ],
)
def test_what_can_not_be_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"RUNG_{name.upper()}"):
        load_settings(None, **{name: value})


def test_further_sources_have_names_that_stay() -> None:
    places = ["https://a.example/list.json", "data/ours.json", "https://a.example/other.json", "data/ours.json"]
    places.append("https://jobs.lever.co/acme")
    found = extra_sources(places)
    assert [source.name for source in found] == [source.name for source in extra_sources(places)]
    assert len({source.name for source in found}) == 4
    first, second, *_ = found
    assert isinstance(first, Listings)
    assert isinstance(second, Listings)
    assert (first.at, second.at) == ("https://a.example/list.json", Path("data/ours.json"))
    assert first.name.startswith("a.example-")
    assert second.name.startswith("ours-")
    assert not isinstance(found[3], Listings)


async def test_health_and_metrics_are_served_without_the_web_chat(tmp_path: Path) -> None:
    settings = load_settings(None, database_url=f"sqlite:///{tmp_path / 'a.sqlite'}", web_enabled=False)
    app = build(settings, MemoryEngine(START))
    routes = add_platforms(app)
    assert "web" not in app.platforms
    async with serving(routes, "127.0.0.1", 0) as port, aiohttp.ClientSession() as http:
        async with http.get(f"http://127.0.0.1:{port}/healthz") as answer:
            assert await answer.json() == {"ok": True, "platforms": {}}
        async with http.get(f"http://127.0.0.1:{port}/") as answer:
            assert answer.status == 404
        with pytest.raises(ConnectionError, match="RUNG_WEB_PORT"):
            async with serving(routes, "127.0.0.1", port):
                pass
    await app.close()


@pytest.mark.parametrize("command", ["upgrade", "check"])
def test_a_database_that_is_down_ends_with_a_word_and_no_traceback(command: str) -> None:
    url = "postgresql://rung:hush@127.0.0.1:1/rung"
    env = os.environ | {"RUNG_DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "bot", "db", command]
    done = subprocess.run(line, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 2
    assert "RUNG_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert "hush" not in done.stderr
