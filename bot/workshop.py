"""What the operator's commands share: settings, words to the operator, and an app to work with beside a running bot."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from bot.settings import Settings, load_settings, unknown_settings

T = TypeVar("T")
err = Console(stderr=True, soft_wrap=True, highlight=False)
AsJson = Annotated[bool, typer.Option("--json", help="Print data for programs.")]


def settings() -> Settings:
    """Read the settings, and warn of names that are none."""
    for line in unknown_settings():
        err.print(f"[yellow]warning:[/] {line}")
    return load_settings()


def say(text: str) -> None:
    """Print a line to standard output, as it is."""
    typer.echo(text)


def fail(message: str) -> typer.Exit:
    """Print what went wrong and what to do; raise what is returned."""
    err.print(message, markup=False, style="red")
    return typer.Exit(2)


def through(path: Path | None, work: Callable[[Iterable[bytes]], Iterable[str]]) -> None:
    """Print the lines that are made of a file's lines, or of standard input's; ends in peace when nobody reads on.

    Exits with a word when the file can't be read.
    """
    try:
        source = path.open("rb") if path else sys.stdin.buffer
    except OSError as error:
        raise fail(f"{path} can't be read: {error.strerror}") from None
    try:
        with source as lines:
            for line in work(lines):
                say(line)
    except BrokenPipeError:
        # `| head -1` has what it wanted. What is still held back goes nowhere, or Python complains when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end on uvloop, where there is one."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    return uvloop.run(work)


@asynccontextmanager
async def workshop() -> AsyncIterator[Any]:
    """Give an app that is put together but not started: for commands that work on the database beside a running bot."""
    from bot.app import build
    from bot.logs import set_up_logs
    from bot.migrate import upgrade
    from bot.work.idle_engine import IdleEngine

    chosen = settings()
    set_up_logs("warning", chosen.log_format, chosen.secrets())
    await asyncio.to_thread(upgrade, chosen.database_url)
    built = build(chosen, IdleEngine())
    try:
        yield built
    finally:
        await built.close()
