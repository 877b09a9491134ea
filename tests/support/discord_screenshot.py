"""A reply as Discord would show it, as a picture: simcord's simulated client in Debian's chromium.

    python -m tests.support.discord_screenshot OUT.png [--form] [--width 640]

draws the sampler's card (or its form). In code: `await screenshot(reply, path)`, or with a Form in place of the reply.
"""

import argparse
import asyncio
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import simcord
from playwright.async_api import async_playwright

from bot.chat import PUBLIC, Cog, Context, File, Form, Reply, command
from bot.chat.registry import Registry
from bot.chat.router import Router
from bot.platforms.discord import commands
from bot.platforms.discord.connection import DiscordPlatform
from tests.support.sampler import NOW, PNG, FakeDirectory, FakeDrafts, Sampler, everything

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
"""The browser, empty where there is none."""
_SCALE = 2
_TALL = 2400


class Show(Cog):
    """Say what is to be drawn."""

    def __init__(self, answer: Reply | Form) -> None:
        self.answer = answer

    @command(shows=PUBLIC)
    async def reply(self, ctx: Context) -> Reply:
        """Say it."""
        assert isinstance(self.answer, Reply)
        return self.answer

    @command(opens_form=True)
    async def form(self, ctx: Context) -> Form:
        """Open it."""
        assert isinstance(self.answer, Form)
        return self.answer


def _registry(answer: Reply | Form, typed: str) -> Registry:
    """A registry whose one command is called as one pleases and gives the answer."""
    registry = Registry([Show(answer)])
    method = "reply" if isinstance(answer, Reply) else "form"
    path = tuple(typed.removeprefix("/").split())
    shown = replace(registry.commands["show", method], path=path)
    cog = registry.cog_of(registry.commands["show", method])
    registry.commands = {path: shown}
    registry._cog_of = {path: cog}
    return registry


async def screenshot(answer: Reply | Form, path: Path, *, typed: str = "/leads today", width: int = 640) -> None:
    """Draw a reply's (first) message, or a form, as a PNG of twice `width` pixels across.

    `typed` is the command that seems to have been typed. Raises RuntimeError where there is no chromium.
    """
    if not CHROMIUM:
        raise RuntimeError("there is no chromium on this machine")
    router = Router(_registry(answer, typed), FakeDirectory(), FakeDrafts(), lambda: NOW)
    client = DiscordPlatform(router, "token").new_client()
    async with simcord.run(client, shard_count=1, settle_timeout=60.0) as env:
        env.backend.bot_user.name = "Rung"
        guild = env.create_guild("Climbers")
        channel = guild.create_text_channel("leads")
        ada = guild.add_member(env.create_user("ada"))
        await commands.sync(client.tree)
        said = await ada.slash(channel, typed.removeprefix("/"))
        preview = env.preview(channel, viewers=[ada], display="fixed", width=width, height=_TALL, presentation_time=NOW)
        async with preview, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            preview._capture_manager._browser = _Sharp(browser)
            try:
                await preview.screenshot(path, target=said, mode="surface", allow_incomplete=True)
            finally:
                preview._capture_manager._browser = None
                await browser.close()


class _Sharp:
    """A browser that draws twice as many pixels as simcord asks for."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser

    def __getattr__(self, name: str) -> Any:
        return getattr(self._browser, name)

    async def new_context(self, **options: Any) -> Any:
        return await self._browser.new_context(**{**options, "device_scale_factor": _SCALE})


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw the sampler's card as Discord would show it.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--form", action="store_true")
    parser.add_argument("--width", type=int, default=640)
    args = parser.parse_args()
    answer: Reply | Form = Reply("**Hello** Ada", (everything("and more"),), files=(File("dot.png", PNG, "image/png"),))
    if args.form:
        answer = asyncio.run(Sampler().build_form(None))  # type: ignore[arg-type]  # it asks nothing of the context
    asyncio.run(screenshot(answer, args.path, width=args.width))
    sys.stdout.write(f"{args.path}\n")


if __name__ == "__main__":
    main()
