"""What a running bot is made of around its app: the engine, the platforms, and the pages for supervisors."""

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from bot.app import App, utc_now
from bot.chat.platform import Platform
from bot.listening import cant_listen
from bot.setting_types import parts_of
from bot.settings import Settings
from bot.work.engine import Engine
from bot.work.hourly import Hourly


def durable_engine(settings: Settings) -> Engine:
    """Return the durable engine; it is loaded only here, since a command in the terminal does not need it."""
    from bot.work.dbos_engine import DbosEngine

    def lost() -> None:
        # Another process goes on with our work by now; whatever we still did could be done twice.
        os.kill(os.getpid(), signal.SIGKILL)

    return DbosEngine(settings.database_url, lost=lost, days=settings.retention_days)


def add_platforms(app: App, discord: Platform | None = None) -> list[web.RouteDef]:
    """Add the platforms that the settings name; each is loaded only when it is wanted.

    discord: Discord where the settings name it, which connects before there is an app
    Returns the routes that are served beside the web chat, and must be served without it.
    """
    settings = app.settings
    routes = health_routes(app)
    if settings.slack_bot_token.get_secret_value():
        from bot.platforms.slack.connection import SlackPlatform, SlackSettings

        reach = SlackSettings(
            settings.slack_bot_token.get_secret_value(),
            settings.slack_app_token.get_secret_value(),
            settings.slack_signing_secret.get_secret_value(),
            settings.slack_api_url,
            settings.slack_posts_per_second,
        )
        slack = SlackPlatform(app.router, reach, home=app.home)
        app.platforms["slack"] = slack
        routes += slack.routes()
    if settings.web_enabled:
        from bot.platforms.web.connection import WebPlatform
        from bot.platforms.web.security import Access
        from bot.platforms.web.sql_history import SqlHistory

        history = SqlHistory(app.database)
        kept = timedelta(days=settings.retention_days)
        forgetting = Hourly(lambda: history.forget(app.clock() - kept), app.clock)
        app.engine.every_minute(forgetting.run, forgetting.next_due)
        access = Access(frozenset(parts_of(settings.web_hosts)), frozenset(parts_of(settings.web_organisers)))
        host, port = settings.web_host, settings.web_port
        app.platforms["web"] = WebPlatform(
            app.router, history, host=host, port=port, clock=utc_now, routes=routes, access=access
        )
    if discord is not None:
        app.platforms["discord"] = discord
    return routes


@asynccontextmanager
async def serving(routes: list[web.RouteDef], host: str, port: int) -> AsyncIterator[int]:
    """Serve only these routes for the length of the block, where there is no web chat; yields the port.

    Raises ConnectionError with what to do when the port can't be had.
    """
    served = web.Application()
    served.add_routes(routes)
    runner = web.AppRunner(served, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise cant_listen("/healthz can't be served", host, port, error) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def health_routes(app: App) -> list[web.RouteDef]:
    """Return /healthz for supervisors, and /metrics for Prometheus where it is wanted."""

    async def healthz(_request: web.Request) -> web.Response:
        states = {name: platform.healthy() for name, platform in app.platforms.items()}
        well = all(states.values())
        return web.json_response({"ok": well, "platforms": states}, status=200 if well else 503)

    async def metrics(_request: web.Request) -> web.Response:
        registry = CollectorRegistry()
        deliveries = Gauge("rung_deliveries", "Deliveries by state", ["state"], registry=registry)
        for state, number in (await app.deliveries.counts()).items():
            deliveries.labels(state).set(number)
        up = Gauge("rung_platform_up", "Whether a platform's connection stands", ["platform"], registry=registry)
        for name, platform in app.platforms.items():
            up.labels(name).set(platform.healthy())
        failing = Gauge("rung_source_failures", "Failures in a row of a source", ["source"], registry=registry)
        for source in await app.health.all():
            failing.labels(source.name).set(source.failures)
        used = await app.budget.spent()
        for name, text, value in (
            ("rung_model_calls_today", "Answers that the model graded today (UTC)", used.calls),
            ("rung_model_tokens_today", "Tokens that the model took today (UTC)", used.tokens),
            ("rung_model_dollars_today", "What they cost, by the prices in the settings", used.dollars),
        ):
            Gauge(name, text, registry=registry).set(value)
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    routes = [web.get("/healthz", healthz)]
    return [*routes, web.get("/metrics", metrics)] if app.settings.metrics else routes


def where_to_go(app: App) -> list[str]:
    """Return what an operator wants to know at the start: where the bot can be talked to."""
    lines = ["Rung is running."]
    chat = app.platforms.get("web")
    if chat is not None:
        lines.append(f"  Local web chat: {getattr(chat, 'address', '')}")
    for name, setting in (("discord", "RUNG_DISCORD_TOKEN"), ("slack", "RUNG_SLACK_BOT_TOKEN")):
        state = "connected" if name in app.platforms else f"off (set {setting} in .env)"
        lines.append(f"  {name.capitalize()}: {state}")
    return [*lines, "  Ctrl-C stops it; nothing is lost."]
