"""A local Slack with the sampler's bot on it, over a socket or by signed HTTP; and a check of all that it was sent."""

import importlib.util
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from aiohttp import web
from jsonschema import Draft7Validator

from bot.chat.reply import Reply
from bot.chat.router import Router
from bot.platforms.slack.connection import EVENTS_PATH, SlackPlatform, SlackSettings
from tests.support.sampler import Sampler, everything, sampler_router
from tests.support.shared import ROOT
from tests.support.slack_driver import LocalSlack, Mode
from tests.support.slack_team import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Json, Team

_NEWER = {"metadata", "team_id"}
"""Arguments that Slack added after its last published specification (2021)."""


async def sampler_home(caller: Any) -> Reply:
    """A member's own page for the Home tab."""
    return Reply(f"Welcome, **{caller.user_name}**", (everything(),))


async def no_sleep(seconds: float) -> None:
    """Time is not waited for in tests."""


@dataclass
class Stage:
    """A Slack, the bot on it, and the bot's cog."""

    slack: LocalSlack
    platform: SlackPlatform
    router: Router
    cog: Sampler
    settings: SlackSettings

    @property
    def team(self) -> Team:
        return self.slack.team

    async def answer(self, count: int = 1) -> Json:
        """Wait until something more was answered by a response_url or ephemerally; returns the last of it."""
        before = getattr(self, "_answers", 0)
        await self.team.until(lambda: self._heard() >= before + count)
        self._answers = before + count
        return (self.team.responses or self.team.ephemerals)[-1]

    def _heard(self) -> int:
        return len(self.team.responses) + len(self.team.called("chat.postEphemeral"))

    async def restart(self) -> None:
        """Stop the bot and start another in its place, as after an update."""
        await self.platform.stop()
        self.router, self.cog = sampler_router()
        self.platform = new_platform(self.router, self.settings)
        await self.platform.start()


def new_platform(router: Router, settings: SlackSettings) -> SlackPlatform:
    return SlackPlatform(router, settings, home=sampler_home, sleep=no_sleep, submit_patience=5.0)


@asynccontextmanager
async def stage(mode: Mode) -> AsyncIterator[Stage]:
    """Serve the sampler on a local Slack."""
    async with LocalSlack(mode=mode) as slack:
        router, cog = sampler_router()
        app_token, secret = (APP_TOKEN, "") if mode == "socket" else ("", SIGNING_SECRET)
        settings = SlackSettings(BOT_TOKEN, app_token, secret, slack.api_url, posts_per_second=1000)
        found = Stage(slack, new_platform(router, settings), router, cog, settings)
        await found.platform.start()
        runner = await _serve(found) if mode == "http" else None
        try:
            yield found
        finally:
            await found.platform.stop()
            if runner:
                await runner.cleanup()


async def _serve(found: Stage) -> web.AppRunner:
    """Serve the platform's route as the house's web server does; it outlives a restart of the bot."""

    async def receive(request: web.Request) -> web.Response:
        return await found.platform.receive(request)

    app = web.Application()
    assert [route.path for route in found.platform.routes()] == [EVENTS_PATH]
    app.router.add_post(EVENTS_PATH, receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.slack.app_url = f"http://127.0.0.1:{runner.addresses[0][1]}{EVENTS_PATH}"
    return runner


@cache
def validator() -> ModuleType | None:
    """Slack's own schemas, where they stand beside the repository."""
    path = ROOT / "specs" / "slack_spec_validate.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location("slack_spec_validate", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its two files to the collector
        spec.loader.exec_module(module)
    return module


def problems_of_calls(team: Team) -> list[str]:
    """Everything in which a body that the bot sent breaks Slack's published schemas."""
    check, found = validator(), []
    if check is None:
        return []
    for call in team.calls:
        args = {k: v for k, v in call.args.items() if k not in _NEWER}
        if call.method.startswith(("chat.", "views.", "conversations.open", "users.info")):
            pictures, known = _without_pictures(args)
            found += [f"{call.method} {problem}" for problem in check.check_call(call.method, known)]
        elif call.method == "response_url":
            pictures, known = _without_pictures(args)
            found += [f"response_url {problem}" for problem in check.check_blocks(known.get("blocks") or [])]
        else:
            continue
        found += [f"{call.method} {problem}" for block in pictures for problem in _picture_problems(check, block)]
    return found


def _without_pictures(args: Json) -> tuple[list[Json], Json]:
    """Take the image blocks out: the validator's table of types misses them, for their schema is a choice of two."""
    holder = args.get("view", args)
    blocks = holder.get("blocks") or []
    if not blocks:
        return [], args
    kept = {**holder, "blocks": [b for b in blocks if b["type"] != "image"]}
    return [b for b in blocks if b["type"] == "image"], ({**args, "view": kept} if "view" in args else kept)


def _picture_problems(check: ModuleType, block: Json) -> list[str]:
    schema = {"$ref": "#/definitions/ImageBlock", "definitions": check.BK["definitions"]}
    return [error.message for error in Draft7Validator(schema).iter_errors(block)]
