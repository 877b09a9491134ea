"""`rung leads`: pulling, importing, searching, classifying and announcing by hand."""

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.workshop import AsJson, fail, run_async, say, through, workshop

leads = typer.Typer(help="Leads and their sources.", no_args_is_help=True)


@leads.command("pull")
def leads_pull(
    source: Annotated[list[str] | None, typer.Argument(help="Names of sources; all without one.")] = None,
) -> None:
    """Ask the sources now."""
    from bot.leads.intake import IntakeError

    async def work() -> None:
        async with workshop() as built:
            names = source or list(built.pulls.sources)
            unknown = [n for n in names if n not in built.pulls.sources]
            if unknown:
                raise fail(f"No such source: {', '.join(unknown)}. They are: {', '.join(built.pulls.sources)}")
            for name in names:
                try:
                    outcome = await built.pulls.pull(built.pulls.sources[name])
                except IntakeError as error:
                    outcome = str(error)
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
    from bot.leads.intake import IntakeError
    from bot.leads.sources.protocol import SourceError
    from bot.leads.sources.registry import source_for

    moment = parse_moment(at)
    source = source.strip()
    if not source:
        raise fail("--source takes a name, such as “ours”; rows are followed under it.")

    async def work() -> None:
        async with workshop() as built:
            try:
                found = source_for(origin, source)
            except SourceError as error:
                raise fail(str(error)) from None
            try:
                outcome = await built.pulls.pull(found, moment)
            except IntakeError as error:
                raise fail(str(error)) from None
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
    """Say of each {title, company, description?} line whether it is an ML internship; code 1 when one can't be read."""
    from bot.leads.reading.jsonl import LineClassifier

    del as_json  # JSON lines are the only form; the option is there because other commands have it
    classifier = LineClassifier()
    through(path, classifier.lines)
    if classifier.bad:
        raise typer.Exit(1)


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
    from bot.leads.rows import is_lead

    async def work() -> None:
        async with workshop() as built:
            rows = await built.life.joined(lead)
            if not rows and not await built.database.read(partial(is_lead, lead=lead)):
                raise fail(f"There is no lead {lead}; `rung leads search` shows the numbers.")
            if undo is not None:
                mine = any(row.merge == undo and not row.undone for row in rows)
                number = await built.life.separate(undo) if mine else None
                if number is None:
                    raise fail(
                        f"Lead {lead} has no merge {undo} (any more); `rung leads joined {lead}` shows those it has."
                    )
                say(f"It is lead {number} now.")
                return
            if not rows:
                raise fail(f"Nothing was joined into lead {lead}.")
            for row in rows:
                undone = " (undone)" if row.undone else ""
                say(f"{row.merge}: {row.title} · {row.company} from {row.source}{undone}")
                say(f"    {'; '.join(row.why)}")
                say(f"    {row.url}")

    run_async(work())


@leads.command("rejected")
def leads_rejected(
    source: Annotated[str, typer.Argument(help="The name of a source; all without it.")] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Show the rows that could not be read when a source was last asked, and why."""
    from bot.leads.health import SourceHealth

    async def work() -> None:
        async with workshop() as built:
            health = SourceHealth(built.database)
            known = [s.name for s in await health.all()]
            if source and source not in known:
                raise fail(f"No such source: {source}. They are: {', '.join(known) or 'none yet'}")
            rows = await health.rejected(source)
            if as_json:
                said = [{"source": r.source, "at": r.at.isoformat(), "why": r.why, "row": r.row} for r in rows]
                say(json.dumps(said))
                return
            for row in rows:
                say(f"{row.source}, {row.at:%Y-%m-%d %H:%M} UTC: {row.why}\n    {row.row}")
            if not rows:
                say("All rows were read.")

    run_async(work())


def parse_moment(text: str) -> datetime | None:
    """Return an ISO time in UTC, which is meant where it has no zone; None for "".

    Exits with a word for anything else, and for a moment to come: a source would count as fresh until then. A day is
    let pass, since clocks and zones differ.
    """
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise fail(f"--at takes a time like 2024-10-21T12:00:00+00:00, not “{text}”.") from None
    if moment > datetime.now(UTC) + timedelta(days=1):
        raise fail(f"--at says when a list was like this; {moment:%Y-%m-%d %H:%M} UTC is still to come.")
    return moment


def _in_words(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())
