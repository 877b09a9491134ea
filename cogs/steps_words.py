"""What is said of the climb."""

import asyncio
from collections.abc import Sequence

from bot.charts.climb import bars_picture, heat_picture
from bot.chat import (
    PRIVATE,
    Button,
    Buttons,
    Card,
    Choice,
    Choices,
    Divider,
    File,
    Part,
    Picture,
    Reply,
    Text,
    Tone,
    act,
    esc,
)
from bot.steps.climb import Board, Logged, Row
from bot.steps.github import Look
from bot.steps.kinds import TITLES, Kind, Step
from bot.steps.ledger import Standing
from bot.steps.progress import Next
from bot.steps.progress import Progress as StepProgress
from cogs.paging import page_of, turns
from cogs.wording import counted, listed

PAGE = 25
KINDS: dict[Kind, tuple[Step, str]] = {
    Kind.PROJECT: (Step.PROJECTS, "A finished project"),
    Kind.SHOWCASE: (Step.PROJECTS, "A demo, or a project shown to people"),
    Kind.TARGET: (Step.STARTUPS, "A start-up with an ML research team"),
    Kind.TOOL: (Step.SKILLS, "A tool used in something real"),
    Kind.PAPER: (Step.TOPIC, "A paper read, with notes"),
    Kind.POST: (Step.TOPIC, "A post written"),
    Kind.DOSSIER: (Step.COMPANY, "A dossier on a company"),
    Kind.QUESTIONS: (Step.COMPANY, "Questions prepared for a company"),
    Kind.OUTREACH: (Step.PART_TIME, "An offer to work, sent"),
    Kind.FOLLOW_UP: (Step.PART_TIME, "A follow-up, sent"),
    Kind.ANSWER: (Step.PART_TIME, "A conversation that came of it"),
}
"""What is logged by hand, and to which step it belongs."""
_MANY = {
    Kind.PROJECT: "projects",
    Kind.SHOWCASE: "shown",
    Kind.TARGET: "start-ups",
    Kind.TOOL: "tools used",
    Kind.PAPER: "papers",
    Kind.POST: "posts",
    Kind.DOSSIER: "dossiers",
    Kind.QUESTIONS: "lists of questions",
    Kind.OUTREACH: "offers sent",
    Kind.FOLLOW_UP: "follow-ups",
    Kind.ANSWER: "conversations",
    Kind.QUIZ: "quizzes passed",
    Kind.APPLIED: "applications",
    Kind.TASK: "tasks of the playbook",
    Kind.PRACTICE: "practice",
    Kind.ROUND: "rounds",
}
ASK = Card(
    "May the others see your steps?",
    (
        Text(
            "The board of this community shows how far each of us is. Yours is on it by name only if you say so; "
            "otherwise you are one of a number. You can change it at any time with `/steps share`."
        ),
        Buttons(
            (
                Button("Yes, show mine", act("steps.choose", "yes")),
                Button("No, keep it to me", act("steps.choose", "no")),
            )
        ),
    ),
)


async def climb_card(name: str, steps: Sequence[StepProgress], after: Sequence[Part] = ()) -> tuple[Card, File]:
    """Return the card of a member with their six bars, and its picture; `after` stands below."""
    drawing = bars_picture(f"{name} on six steps", [(f"{p.step.value} {TITLES[p.step]}", p.share) for p in steps])
    alt = "; ".join(f"step {p.step.value}: {p.share:.0%}" for p in steps)
    lines = [f"{p.step.value}. {_parts(p)}" for p in steps if p.share]
    parts: list[Part] = [Picture("steps.png", f"Six steps. {alt}.")]
    if lines:
        parts.append(Text("\n".join(lines)))
    file = File("steps.png", await asyncio.to_thread(drawing.png), "image/png")
    return Card(f"{esc(name)} on six steps", (*parts, *after), tone=Tone.GOOD), file


def _parts(progress: StepProgress) -> str:
    return " · ".join(f"{there:g} of {part.wanted} {_MANY[part.kind]}" for part, there in progress.parts if there)


def next_card(found: Next) -> Card:
    """Return the one thing to do now."""
    parts: list[Part] = []
    if found.entry is not None:
        title = f"Mend: {esc(found.entry.subject)}"
        parts.append(Text(f"{esc(found.entry.url)}"))
    elif found.task is not None:
        title = found.task.title
        parts.append(Text(f"{esc(found.task.how)}\n\n**What counts:** {esc(found.task.proof)}."))
    else:
        title = TITLES[found.step]
        parts.append(Text("Every task of the playbook on this step is done; log what you do beyond it."))
    parts.append(Text(f"*{esc(found.why)}*"))
    buttons = [Button("Log it", act("steps.begin"))]
    if found.task is not None:
        buttons.insert(0, Button("I did this", act("playbook.did", found.task.id)))
    buttons.append(Button(f"All of step {found.step.value}", act("playbook.open", found.step.value)))
    return Card(f"Next: {title}", (*parts, Buttons(tuple(buttons))), tone=Tone.GOOD)


def logged_card(logged: Logged) -> Card:
    """Return what came of logging something."""
    entry, look = logged.entry, logged.look
    where = f"step {entry.step.value}, {TITLES[entry.step].lower()}" if entry.step else "your ledger"
    lines = [f"**{esc(entry.subject)}** · {where}"]
    if logged.again:
        lines.append("It stood there already, so it counts once.")
    if look is not None:
        lines.append(_found(look))
    buttons = Buttons((Button("What is next", act("steps.go_on")), Button("Undo", act("steps.take_back", entry.id))))
    tone = Tone.WARN if look is not None and look.state == "lacking" else Tone.GOOD
    return Card(
        "Already in your ledger" if logged.again else "Written down", (Text("\n".join(lines)), buttons), tone=tone
    )


def _found(look: Look) -> str:
    match look.state:
        case "seen":
            return f"Looked at: {esc(look.words)}."
        case "lacking":
            return f"Not yet verified: {esc(look.words)}. Mend it and log the same link again."
        case _:
            return f"Not yet verified: {esc(look.words)}. I try again and tell you; nothing is lost."


def told(entry: Standing, look: Look) -> Reply:
    """Return what a later look has found, for the member."""
    text = f"**{esc(entry.subject)}**\n{_found(look)}"
    tone = Tone.GOOD if look.state == "seen" else Tone.WARN
    return Reply(cards=(Card("I have looked at your link", (Text(text),), tone=tone),), shows=PRIVATE)


def undo_card(entries: Sequence[Standing]) -> Card:
    """Return a member's last entries to choose one from."""
    if not entries:
        return Card("Nothing to take back", (Text("Your ledger has no entry yet. `/steps log` writes the first."),))
    choices = tuple(
        Choice(
            entry.subject[:90] or entry.kind.value,
            str(entry.id),
            f"{entry.at:%d %b %Y} · {_MANY.get(entry.kind, entry.kind.value)}",
        )
        for entry in entries
    )
    hint = Text("It is taken back by a further entry; nothing is erased.")
    return Card("Which entry shall not count?", (Choices(act("steps.take_back"), "Choose an entry", choices), hint))


async def board_cards(board: Board, page: int) -> tuple[tuple[Card, ...], tuple[File, ...]]:
    """Return a page of the board: a heat map with the same as words, and how many others have begun."""
    rows, at, pages = page_of(board.rows, PAGE, page)
    parts: list[Part] = []
    files: tuple[File, ...] = ()
    if rows:
        drawing = heat_picture("Who stands where", [(r.name, [p.share for p in r.steps]) for r in rows])
        files = (File("board.png", await asyncio.to_thread(drawing.png), "image/png"),)
        alt = "; ".join(_row(r) for r in rows)
        parts.append(Picture("board.png", f"Members and steps in percent. {alt}."[:1900]))
    else:
        parts.append(Text("Nobody shows their steps yet. `/steps share` puts yours on the board."))
    if board.others:
        begun = listed([f"step {step.value}: {n}" for step, n in board.begun.items() if n])
        parts += [Divider(), Text(f"{counted(board.others, 'member')} more without a name. They have begun {begun}.")]
    if pages > 1:
        parts += [Text(f"Page {at} of {pages}"), Buttons(turns(at, pages, lambda number: act("steps.turn", number)))]
    return (Card("The climb of this community", tuple(parts)),), files


def _row(row: Row) -> str:
    return f"{row.name}: " + ", ".join(f"{p.share:.0%}" for p in row.steps)
