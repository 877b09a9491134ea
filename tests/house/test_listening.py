"""Where the bot can't listen, it says which setting is to be changed."""

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from bot.app import build
from bot.listening import cant_listen
from bot.migrate import upgrade
from bot.serving import add_platforms, serving
from bot.settings import Settings
from bot.work.memory_engine import MemoryEngine
from tests.support.stage import START


async def answers(_request: web.Request) -> web.Response:
    return web.Response()


@pytest.mark.parametrize("host", ["nohost.invalid", "192.0.2.7"])
async def test_a_host_that_is_not_ours_is_not_cured_by_another_port(host: str, tmp_path: Path) -> None:
    with pytest.raises(ConnectionError, match="Set RUNG_WEB_HOST") as caught:
        async with serving([web.get("/healthz", answers)], host, 0):
            pass
    assert "RUNG_WEB_PORT" not in str(caught.value)
    url = f"sqlite:///{tmp_path / 'a.sqlite'}"
    await asyncio.to_thread(upgrade, url)
    settings = Settings(_env_file=None, database_url=url, web_host=host, web_port=0)
    app = build(settings, MemoryEngine(START))
    add_platforms(app)
    with pytest.raises(ConnectionError, match=f"{host} is no address of this machine"):
        await app.platforms["web"].start()
    await app.close()


async def test_a_port_that_is_taken_is_cured_by_another() -> None:
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ConnectionError, match="Stop what listens there, or set RUNG_WEB_PORT"):
            async with serving([], "127.0.0.1", port):
                pass


def test_a_port_that_needs_rights_is_told() -> None:
    said = str(cant_listen("The web chat can't listen", "127.0.0.1", 80, PermissionError(13, "Permission denied")))
    assert "below 1024" in said
    assert "RUNG_WEB_PORT" in said
