"""The operator's command: run, look after the database and the leads, talk in the terminal, ask what is wrong."""

import json
import sys
from typing import Annotated, Any

import typer

from bot.cli_interviews import interviews
from bot.cli_leads import leads
from bot.settings import SettingsError, load_settings, unknown_settings
from bot.workshop import AsJson, err, fail, run_async, say, settings, workshop

app = typer.Typer(help="Rung: leads, rounds and steps for student communities.", no_args_is_help=True)
db = typer.Typer(help="The database.", no_args_is_help=True)
discord = typer.Typer(help="Discord.", no_args_is_help=True)
slack = typer.Typer(help="Slack.", no_args_is_help=True)
for name, group in (("db", db), ("leads", leads), ("interviews", interviews), ("discord", discord), ("slack", slack)):
    app.add_typer(group, name=name)


def main() -> None:
    """Run the command line; a mistake of the operator ends with a word and code 2, never with a traceback."""
    try:
        app()
    except SettingsError as error:
        err.print("[bold red]These settings can't be used:[/]")
        for problem in error.problems:
            err.print(f"  {problem}", markup=False)
        sys.exit(2)
    except ConnectionError as error:
        err.print(str(error), markup=False, style="red")
        sys.exit(2)


@app.command()
def run(
    port: Annotated[int | None, typer.Option(help="The port of the web chat, instead of RUNG_WEB_PORT.")] = None,
) -> None:
    """Start the bot: the web chat, and Discord and Slack where their tokens are set."""
    from bot.run import serve

    given: dict[str, Any] = {} if port is None else {"web_port": port}
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

    try:
        differences = check(settings().database_url)
    except ConnectionError as error:
        raise fail(str(error)) from None
    for line in differences:
        say(line)
    if differences:
        raise typer.Exit(1)
    say("The database and the models agree.")


@app.command()
def chat(
    line: Annotated[str, typer.Argument(help='A command: "/leads search vision"; "!leads.save:4" clicks a button.')],
    as_: Annotated[str, typer.Option("--as", help="Who says it.")] = "ada",
    place: Annotated[str, typer.Option(help="Where.")] = "leads",
    *,
    member_only: Annotated[bool, typer.Option("--member", help="As a member, not as an organiser.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say something in the terminal, as somebody of the local chat, and print the answer; code 1 when it is a no."""
    from bot.chat.context import Caller, Place
    from bot.chat.reply import Reply
    from bot.platforms.terminal import answer_line, shown
    from bot.platforms.web.names import user_id

    async def work() -> None:
        async with workshop() as built:
            where = Place(place, place)
            caller = Caller("web", "local", user_id(as_), as_, where, not member_only, "Local chat")
            answer = await answer_line(built.router, caller, line)
            say(shown(answer, as_json=as_json))
            if isinstance(answer, Reply) and answer.refused is not None:
                raise typer.Exit(1)

    run_async(work())


@app.command()
def doctor(*, quick: Annotated[bool, typer.Option(help="Only whether the running bot answers.")] = False) -> None:
    """Tell in one screen what is set, reachable and missing, and what to do; code 1 when something is wrong."""
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

    try:
        changed = run_async(sync_discord(settings()))
    except ConnectionError as error:
        raise fail(str(error)) from None
    say("Discord knows our commands now." if changed else "Discord knew our commands already.")


@slack.command("manifest")
def slack_manifest(
    url: Annotated[str, typer.Option(help="Your public address, for HTTP instead of Socket Mode.")] = "",
) -> None:
    """Print the manifest from which Slack makes the app, with all commands and scopes."""
    from bot.pages import registry
    from bot.platforms.slack.connection import EVENTS_PATH
    from bot.platforms.slack.manifest import manifest

    if url and not url.startswith("https://"):
        raise fail(f"Slack takes only an address that begins with https://, not “{url}”.")
    request_url = url.rstrip("/").removesuffix(EVENTS_PATH) + EVENTS_PATH if url else ""
    say(json.dumps(manifest(registry(), request_url=request_url), indent=2))


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


@app.command()
def demo(port: Annotated[int | None, typer.Option(help="The port of the web chat.")] = None) -> None:
    """Start the bot with an invented community, in a database of its own."""
    from bot.demo import seed
    from bot.run import serve

    given: dict[str, Any] = {"pull_minutes": 0} | ({} if port is None else {"web_port": port})
    try:
        run_async(serve(load_settings(**given), say, prepare=seed))
    except ConnectionError as error:
        raise fail(str(error)) from None
