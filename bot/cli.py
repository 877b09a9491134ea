"""The operator's command: run, look after the database and the leads, talk in the terminal, ask what is wrong."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from bot.settings import Settings, SettingsError, load_settings, unknown_settings

T = TypeVar("T")
app = typer.Typer(help="Rung: leads, rounds and steps for student communities.", no_args_is_help=True)
db = typer.Typer(help="The database.", no_args_is_help=True)
leads = typer.Typer(help="Leads and their sources.", no_args_is_help=True)
discord = typer.Typer(help="Discord.", no_args_is_help=True)
slack = typer.Typer(help="Slack.", no_args_is_help=True)
for name, group in (("db", db), ("leads", leads), ("discord", discord), ("slack", slack)):
    app.add_typer(group, name=name)

err = Console(stderr=True, soft_wrap=True, highlight=False)
AsJson = Annotated[bool, typer.Option("--json", help="Print data for programs.")]


def main() -> None:
    """Run the command line; a mistake of the operator ends with a word and code 2, never with a traceback."""
    try:
        app()
    except SettingsError as error:
        err.print("[bold red]These settings can't be used:[/]")
        for problem in error.problems:
            err.print(f"  {problem}", markup=False)
        sys.exit(2)


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
    from bot.work.memory_engine import MemoryEngine

    chosen = settings()
    set_up_logs("warning", chosen.log_format, chosen.secrets())
    await asyncio.to_thread(upgrade, chosen.database_url)
    built = build(chosen, MemoryEngine(datetime.now(UTC)))
    try:
        yield built
    finally:
        await built.close()


@app.command()
def run(
    port: Annotated[int | None, typer.Option(help="The port of the web chat, instead of RUNG_WEB_PORT.")] = None,
) -> None:
    """Start the bot: the web chat, and Discord and Slack where their tokens are set."""
    from bot.run import serve

    given = {} if port is None else {"web_port": port}
    for line in unknown_settings():
        err.print(f"[yellow]warning:[/] {line}")
    try:
        run_async(serve(load_settings(**given), say))
    except ConnectionError as error:
        raise fail(str(error)) from None
    except KeyboardInterrupt:
        say("Stopped.")


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database up to date."""
    from bot.migrate import current, upgrade

    url = settings().database_url
    upgrade(url)
    say(f"The database is at revision {current(url)}.")


@db.command("check")
def db_check() -> None:
    """Compare the database with the models; code 1 when they differ."""
    from bot.migrate import check

    differences = check(settings().database_url)
    for line in differences:
        say(line)
    if differences:
        raise typer.Exit(1)
    say("The database and the models agree.")


@leads.command("pull")
def leads_pull(
    source: Annotated[list[str] | None, typer.Argument(help="Names of sources; all without one.")] = None,
) -> None:
    """Ask the sources now."""

    async def work() -> None:
        async with workshop() as built:
            names = source or list(built.pulls.sources)
            unknown = [n for n in names if n not in built.pulls.sources]
            if unknown:
                raise fail(f"No such source: {', '.join(unknown)}. They are: {', '.join(built.pulls.sources)}")
            for name in names:
                outcome = await built.pulls.pull(built.pulls.sources[name])
                say(f"{name}: {outcome if isinstance(outcome, str) else _in_words(outcome.data())}")

    run_async(work())


@leads.command("import")
def leads_import(
    origin: Annotated[str, typer.Argument(metavar="PATH|URL", help="A list of internships: a file or an address.")],
    source: Annotated[str, typer.Option("--source", help="The source's name: rows are followed under it.")],
    at: Annotated[str, typer.Option("--at", help="When the list was like this, ISO; now without it.")] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Take a list in, and say what it changed."""
    from bot.leads.sources.protocol import SourceError
    from bot.leads.sources.registry import source_for

    moment = parse_moment(at)

    async def work() -> None:
        async with workshop() as built:
            try:
                found = source_for(origin, source)
            except SourceError as error:
                raise fail(str(error)) from None
            outcome = await built.pulls.pull(found, moment)
            if isinstance(outcome, str):
                raise fail(outcome)
            say(json.dumps(outcome.data()) if as_json else f"{source}: {_in_words(outcome.data())}")

    run_async(work())


@leads.command("search")
def leads_search(
    words: Annotated[str, typer.Argument(help="Words to look for.")] = "",
    where: Annotated[str, typer.Option(help="A city, region or country.")] = "",
    *,
    everything: Annotated[bool, typer.Option("--all", help="Not only ML internships.")] = False,
    as_json: AsJson = False,
) -> None:
    """Search open leads."""
    from bot.leads.filters import Filter

    async def work() -> None:
        async with workshop() as built:
            spec = Filter(words=words, where=where, ml_internships=not everything)
            page = await built.catalog.search(spec, community=0)
            if as_json:
                rows = [{"id": v.id, "title": v.title, "company": v.company, "url": v.url} for v in page.leads]
                say(json.dumps({"total": page.total, "leads": rows}))
                return
            say(f"{page.total} open")
            for lead in page.leads:
                say(f"{lead.id:>6}  {lead.title} · {lead.company}\n        {lead.url}")

    run_async(work())


@leads.command("classify")
def leads_classify(
    path: Annotated[Path | None, typer.Argument(help="JSON lines; standard input without it.")] = None,
    *,
    as_json: AsJson = True,
) -> None:
    """Say of each {title, company, description?} line whether it is an ML internship, and why."""
    from bot.leads.reading.jsonl import classify_lines

    del as_json  # JSON lines are the only form; the option is there because other commands have it
    try:
        with path.open(encoding="utf-8") if path else sys.stdin as lines:
            for line in classify_lines(lines):
                say(line)
    except OSError as error:
        raise fail(f"{path} can't be read: {error.strerror}") from None


@leads.command("announce")
def leads_announce(
    workspace: Annotated[int | None, typer.Option(help="Only this workspace, by its number.")] = None,
) -> None:
    """Plan today's announcements now; the running bot brings them. Each is still made once a day."""
    from bot.leads.announce import workspaces_with_feed

    async def work() -> None:
        async with workshop() as built:
            feeds = await built.database.read(workspaces_with_feed)
            for number, zone in feeds:
                if workspace in {None, number}:
                    day = datetime.now(zone).date()
                    say(f"workspace {number}: {await built.announcer.announce(number, day)} leads for {day}")
            if not feeds:
                say("No workspace is set up yet: /setup in its chat does it.")
            await built.engine.stop()

    run_async(work())


@leads.command("joined")
def leads_joined(
    lead: Annotated[int, typer.Argument(help="A lead's number.")],
    undo: Annotated[int | None, typer.Option(help="The number of a merge to undo.")] = None,
) -> None:
    """Show which rows were joined into a lead, and why; undo one of them."""

    async def work() -> None:
        async with workshop() as built:
            if undo is not None:
                number = await built.life.separate(undo)
                say(f"It is lead {number} now." if number else "There is no such merge (any more).")
                return
            for row in await built.life.joined(lead):
                undone = " (undone)" if row.undone else ""
                say(
                    f"{row.merge}: {row.title} · {row.company} from {row.source}: {'; '.join(row.why)}{undone}\n   {row.url}"
                )

    run_async(work())


@app.command()
def chat(
    line: Annotated[str, typer.Argument(help='A command: "/leads search vision"; "!leads.save:4" clicks a button.')],
    as_: Annotated[str, typer.Option("--as", help="Who says it.")] = "ada",
    place: Annotated[str, typer.Option(help="Where.")] = "leads",
    *,
    member_only: Annotated[bool, typer.Option("--member", help="As a member, not as an organiser.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say something in the terminal, as somebody of the local chat, and print the answer."""
    from bot.chat.context import Caller, Place
    from bot.platforms.terminal import run_line

    async def work() -> None:
        async with workshop() as built:
            where = Place(place, place)
            caller = Caller("web", "local", as_.lower(), as_, where, not member_only, "Local chat")
            say(await run_line(built.router, caller, line, as_json=as_json))

    run_async(work())


@app.command()
def doctor(*, quick: Annotated[bool, typer.Option(help="Only whether the running bot answers.")] = False) -> None:
    """Tell in one screen what is set, reachable and missing, and what to do about it; code 1 when something is wrong."""
    from bot.doctor import examine

    try:
        chosen = settings()
    except SettingsError as error:
        raise fail("These settings can't be used:\n  " + "\n  ".join(error.problems)) from None
    findings = run_async(examine(chosen, quick=quick))
    for finding in findings:
        say(finding.line())
    if any(finding.bad for finding in findings):
        raise typer.Exit(1)


@discord.command("sync")
def discord_sync() -> None:
    """Tell Discord our slash commands, whether they changed or not."""
    from bot.run import sync_discord

    count = run_async(sync_discord(settings()))
    say(f"Discord knows {count} commands now; it may take an hour until every client shows them.")


@slack.command("manifest")
def slack_manifest(
    url: Annotated[str, typer.Option(help="Your public address, for HTTP instead of Socket Mode.")] = "",
) -> None:
    """Print the manifest from which Slack makes the app, with all commands and scopes."""
    from bot.run import slack_manifest_text

    say(run_async(slack_manifest_text(url)))


@app.command()
def docs(
    *, check: Annotated[bool, typer.Option(help="Only say whether they are true; code 1 when not.")] = False
) -> None:
    """Write the generated pages: commands, settings, .env.example."""
    from bot.pages import generated_pages

    stale = []
    for path, text in generated_pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path)
            if not check:
                path.write_text(text, encoding="utf-8")
    for path in stale:
        say(f"{'is out of date' if check else 'wrote'}: {path.name}")
    if stale and check:
        raise typer.Exit(1)


def parse_moment(text: str) -> datetime | None:
    """Return an ISO time, UTC when it has no zone; None for "". Exits with a word for anything else."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise fail(f"--at takes a time like 2024-10-21T12:00:00+00:00, not “{text}”.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _in_words(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())
