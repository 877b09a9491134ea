"""Running: Discord is connected first, the rest is loaded meanwhile; and an end that loses nothing."""

import asyncio
import gc
import logging
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from bot.logs import set_up_logs
from bot.settings import Settings

# The rooms and the database take longer to load than Discord takes to be connected, so both happen at once:
# nothing heavy is imported up here.
if TYPE_CHECKING:
    from bot.app import App
    from bot.chat.router import Router
    from bot.platforms.discord.connection import DiscordPlatform

log = logging.getLogger(__name__)
Prepare = Callable[["App"], Awaitable[object]]


async def serve(settings: Settings, say: Callable[[str], None], *, prepare: Prepare | None = None) -> None:
    """Run until a signal asks to stop. Raises ConnectionError with what to do when something can't be reached.

    prepare: done with the app once it runs
    """
    began = time.monotonic()
    set_up_logs(settings.log_level, settings.log_format, settings.secrets())
    async with AsyncExitStack() as opened:
        discord = discord_platform(settings) if settings.discord_token.get_secret_value() else None
        if discord is not None:
            opened.push_async_callback(discord.stop)
            discord.begin()
        await asyncio.to_thread(_load, settings)
        from bot import serving
        from bot.app import build

        app = build(settings, serving.durable_engine(settings))
        routes = serving.add_platforms(app, discord)
        if discord is not None:
            discord.take(app.router)
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        if not settings.web_enabled:
            await opened.enter_async_context(serving.serving(routes, settings.web_host, settings.web_port))
        await app.start()
        await asyncio.to_thread(_read_content)
        if prepare is not None:
            await prepare(app)
        tune_collector()
        for line in serving.where_to_go(app):
            say(line)
        log.info("serving after %.1f s", time.monotonic() - began)
        await stop.wait()
        say("Stopping …")
        await app.stop()


def _load(settings: Settings) -> None:
    """Bring the database up to date, and load what a running bot is made of; in a thread beside the event loop."""
    from bot.migrate import upgrade

    upgrade(settings.database_url)
    from bot import serving  # noqa: F401 - loaded here so that it is there when the event loop asks for it


def _read_content() -> None:
    """Read what members ask for soon: beside a bot that answers already, so that neither a start nor a member waits."""
    from bot.interviews.bank import Bank
    from bot.steps.playbook import Playbook

    Bank.load()
    Playbook.load()


def discord_platform(settings: Settings, router: "Router | None" = None) -> "DiscordPlatform":
    """Return Discord as the settings reach it; without a router it is given one later."""
    from bot.platforms.discord.connection import DiscordPlatform

    return DiscordPlatform(
        router,
        settings.discord_token.get_secret_value(),
        api_url=settings.discord_api_url,
        gateway_url=settings.discord_gateway_url,
    )


async def sync_discord(settings: Settings) -> bool:
    """Tell Discord our commands; returns whether they had changed. Raises ConnectionError with what to do."""
    if not settings.discord_token.get_secret_value():
        raise ConnectionError("RUNG_DISCORD_TOKEN is not set; docs/discord.md tells where to find it.")
    from bot.app import build, utc_now
    from bot.work.memory_engine import MemoryEngine

    app = build(settings, MemoryEngine(utc_now()))
    try:
        return await discord_platform(settings, app.router).sync(force=True)
    finally:
        await app.close()


def tune_collector() -> None:
    """Take what was loaded out of the garbage collector's way: CPU x0.80 and p99 33 to 11 ms on slash commands.

    A command leaves a hundred objects in circles. To let go of 50,000 of them at once takes 150 ms, of 2,000 five.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(2_000, 20, 50)
