"""`/tracker stats`, `export`, `import`: the pipeline in figures, to take along, and to bring."""

import asyncio

from bot.applications.figures import ALL, ONLY_SAVED, TO_DECIDE, WAITING, Figures
from bot.applications.luggage import Imported, Luggage
from bot.applications.stages import Stage
from bot.charts.colours import GREEN, ORANGE, PURPLE, QUIET, SKY, VERMILION
from bot.charts.drawing import Drawing
from bot.charts.flow import End, flow_picture
from bot.chat import (
    PRIVATE,
    BadInput,
    Button,
    Buttons,
    Card,
    Cog,
    Context,
    Field,
    Fields,
    File,
    Form,
    Part,
    Picture,
    Reply,
    Text,
    TextInput,
    Tone,
    act,
    action,
    command,
    esc,
    submit,
)
from cogs.tracker_words import summary
from cogs.wording import counted, listed

MOST_TEXT = 3_000
"""Characters of a form's input that every platform takes."""
_PARTS = 8
"""Files of parts, so that all files of an export fit into one message everywhere."""
_SHOWN = 10
_STAGES = (ALL, Stage.APPLIED, Stage.ASSESSMENT, Stage.INTERVIEW, Stage.OFFER)
_ENDS = (
    (Stage.ACCEPTED, GREEN),
    (TO_DECIDE, ORANGE),
    (Stage.DECLINED, PURPLE),
    (WAITING, SKY),
    (Stage.REJECTED, VERMILION),
    (Stage.NO_ANSWER, QUIET),
    (ONLY_SAVED, SKY),
)


class TrackerFiles(Cog):
    """Keep your applications together, from saved to the offer."""

    name = "tracker"

    def __init__(self, luggage: Luggage) -> None:
        self._luggage = luggage

    @command(slow=True)
    async def stats(self, ctx: Context) -> Reply:
        """See how your applications went: a picture, how many were answered, and how fast."""
        figures = await self._luggage.figures(ctx.member)
        if not figures.total:
            return Reply("Nothing to count yet. `/tracker add` puts an application in.")
        name = f"pipeline-{ctx.now:%Y-%m-%d}.png"
        png = await asyncio.to_thread(picture(figures).png)
        parts: tuple[Part, ...] = (Fields(_fields(figures)), Picture(name, picture_words(figures)))
        return Reply(cards=(Card("Your pipeline", parts),), files=(File(name, png, "image/png"),))

    @command(slow=True)
    async def export(self, ctx: Context) -> Reply:
        """Get your applications as a table, and their dates as a calendar."""
        out = await self._luggage.export(ctx.member, MOST_TEXT)
        day = f"{ctx.now:%Y-%m-%d}"
        files = [
            File(f"applications-{day}.csv", out.table, "text/csv"),
            File(f"applications-{day}.ics", out.calendar, "text/calendar"),
        ]
        text = (
            "Your applications as CSV, for any spreadsheet; deadlines and reminders as iCalendar, for any calendar. "
            "`/tracker import` reads the table again."
        )
        if len(out.parts) > 1:
            text += f" It takes {MOST_TEXT:,} characters at a time, and the table has more: "
            if len(out.parts) <= _PARTS:
                text += "so it is here in parts too, to be pasted one after the other."
                files += [
                    File(f"applications-{day}-part-{number}.csv", part, "text/csv")
                    for number, part in enumerate(out.parts, start=1)
                ]
            else:
                text += "paste it bit by bit, each time with the heading."
        return Reply(text, files=tuple(files), shows=PRIVATE)

    @command(opens_form=True)
    async def import_(self, ctx: Context) -> Form:
        """Bring applications from a spreadsheet."""
        return await self.paste(ctx)

    @action(opens_form=True)
    async def paste(self, ctx: Context) -> Form:
        """Ask for a table."""
        del ctx
        hint = "company,role,link,stage,applied\nAcme,ML Intern,,applied,2026-03-31"
        table = TextInput("table", "Rows, with a heading", hint=hint, multiline=True, max_length=MOST_TEXT)
        intro = (
            "Copy the rows out of your spreadsheet and paste them here. Columns: company, role, link, stage, applied, "
            "deadline, note. Only company and role are needed; what is there already stays as it is. "
            f"A form takes {MOST_TEXT:,} characters: bring a longer table in parts, each with the heading."
        )
        return Form("Import applications", act("tracker.take"), (table,), intro, "Import")

    @submit(form="paste", slow=True)
    async def take(self, ctx: Context, *, table: str) -> Reply:
        """Take a pasted table in."""
        if len(table) > MOST_TEXT:
            raise BadInput(
                f"These are {len(table):,} characters; {MOST_TEXT:,} at a time are the most. Paste the table in parts, "
                "each with the heading: rows that are there already stay as they are.",
                field="table",
            )
        done = await self._luggage.bring(ctx.member, table)
        if not done.added and not done.known:
            if not done.problems:
                raise BadInput("There is no row in it. Paste the rows with their heading.", field="table")
            raise BadInput(f"No row could be taken.\n{_problems(done)}", field="table")
        text = f"**{counted(done.added, 'application')}** added."
        if done.known:
            text += f" {done.known} {'was' if done.known == 1 else 'were'} there already."
        if done.problems:
            text += f"\n\nNot taken:\n{_problems(done)}"
        again = (Button("Paste the others", act("tracker.paste")),) if done.problems else ()
        buttons = Buttons((Button("Show the board", act("tracker.column", "all")), *again))
        tone = Tone.WARN if done.problems else Tone.GOOD
        return Reply(cards=(Card(parts=(Text(text), buttons), tone=tone),), shows=PRIVATE)


def picture(figures: Figures) -> Drawing:
    """Draw how applications flowed."""
    links = {(start.capitalize(), to.capitalize()): number for (start, to), number in figures.links.items()}
    ends = [End(name.capitalize(), colour) for name, colour in _ENDS]
    note = f"{counted(figures.applied, 'application')} sent, {figures.answered} answered"
    return flow_picture("Your pipeline", note, [name.capitalize() for name in _STAGES], ends, links)


def picture_words(figures: Figures) -> str:
    """Return the picture in words."""
    into: dict[str, int] = {}
    for (_, to), number in figures.links.items():
        into[to] = into.get(to, 0) + number
    names = [name for name in (*_STAGES[1:], *(end for end, _ in _ENDS)) if name in into]
    reached = [f"{name} {into[name]}" for name in names]
    return f"Of {counted(figures.total, 'application')} in all: {listed(reached)}."


def _fields(figures: Figures) -> tuple[Field, ...]:
    rate = figures.response_rate
    answered = "–" if rate is None else f"{rate:.0%}: {figures.answered} of {figures.applied}"
    if figures.median_days is None:
        days = "not known yet"
    else:
        number = max(1, round(figures.median_days))
        days = f"{counted(number, 'day')}, the median of {counted(figures.timed, 'answer')}"
    return (Field("Answered", answered), Field("First answer after", days))


def _problems(done: Imported) -> str:
    return summary([f"line {problem.line}: {esc(problem.why)}" for problem in done.problems], _SHOWN)
