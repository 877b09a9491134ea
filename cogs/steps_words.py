"""What is said of the climb."""

import asyncio
from collections.abc import Sequence

from bot.charts.climb import bars_picture, percent
from bot.charts.glyphs import drawn
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
from bot.steps.climb import Logged
from bot.steps.github import NAMELESS, Look
from bot.steps.kinds import TITLES, Kind, Step
from bot.steps.ledger import Standing
from bot.steps.progress import Have, Next
from bot.steps.progress import Progress as StepProgress
from cogs.wording import listed

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
    "May the others see you by name?",
    (
        Text(
            "With a yes your name stands on the board of steps with how far you are (`/steps board`, `/steps show`), "
            "on the board of streaks (`/goals board`), and in the week's recap when all your goals are done. A job "
            "offer is told with your name only if you say yes to that as well. Otherwise you are one of a number. I "
            "ask this once; `/steps share` changes it at any time."
        ),
        Buttons(
            (
                Button("Yes, show mine", act("steps.choose", "yes")),
                Button("Yes, and my offers too", act("steps.choose", "offers")),
                Button("No, keep it to me", act("steps.choose", "no")),
            )
        ),
    ),
)
_TELL_NAME = Button("Tell my name on GitHub", act("steps.tell_name"))


async def climb_card(name: str, steps: Sequence[StepProgress], after: Sequence[Part] = ()) -> tuple[Card, File]:
    """Return the card of a member with their six bars, and its picture; `after` stands below."""
    shown = drawn(name, "")
    title = f"{shown} on six steps" if shown else "Six steps"
    drawing = bars_picture(title, [(f"{p.step.value} {TITLES[p.step]}", p.share) for p in steps])
    alt = "; ".join(f"step {p.step.value}: {percent(p.share)}" for p in steps)
    lines = [f"{p.step.value}. {_parts(p)}" for p in steps if p.share]
    parts: list[Part] = [Picture("steps.png", f"Six steps. {alt}.")]
    if lines:
        parts.append(Text("\n".join(lines)))
    file = File("steps.png", await asyncio.to_thread(drawing.png), "image/png")
    return Card(f"{name} on six steps", (*parts, *after), tone=Tone.GOOD), file


def _parts(progress: StepProgress) -> str:
    return " · ".join(_part(have) for have in progress.parts if have.number)


def _part(have: Have) -> str:
    words = f"{have.number} of {have.part.wanted} {_MANY[have.part.kind]}"
    if not have.unseen:
        return words
    if have.unseen == have.number:
        return f"{words}, not yet verified, {'count' if have.unseen > 1 else 'counts'} half"
    return f"{words}, {have.unseen} of them not yet verified, {'count' if have.unseen > 1 else 'counts'} half"


def next_card(found: Next) -> Card:
    """Return the one thing to do now; a project that lacks something stands above it."""
    buttons = [Button("Log it", act("steps.begin"))]
    parts: list[Part] = []
    if found.mend is not None:
        lacks = f"It counts half: {esc(_sentence(found.mend.lacking))} {_what_to_do(found.mend.lacking)}"
        parts += [Text(f"{esc(found.mend.url)}\n{lacks}"), Divider()]
        buttons += [_TELL_NAME] if found.mend.lacking == NAMELESS else []
    title = found.task.title if found.task is not None else TITLES[found.step]
    body = "Every task of the playbook on this step is done; log what you do beyond it."
    if found.task is not None:
        body = f"{found.task.how}\n\n**What counts:** {found.task.proof}."
        buttons.insert(0, Button("I did this", act("playbook.did", found.task.id)))
    head = f"**Or go on: {esc(title)}**\n\n" if found.mend is not None else ""
    buttons.append(Button(f"All of step {found.step.value}", act("playbook.open", found.step.value)))
    parts += [Text(head + body), Text(f"*{esc(found.why)}*"), Buttons(tuple(buttons))]
    first = f"Mend: {found.mend.subject}" if found.mend is not None else f"Next: {title}"
    return Card(first, tuple(parts), tone=Tone.GOOD)


def logged_card(logged: Logged) -> Card:
    """Return what came of logging something."""
    entry, look = logged.entry, logged.look
    title = TITLES.get(entry.step, "")
    where = f"step {entry.step.value}, {title[:1].lower()}{title[1:]}" if entry.step else "your ledger"
    lines = [f"**{esc(entry.subject)}** · {where}"]
    if logged.again:
        lines.append("It stood there already, so it counts once.")
    if look is not None:
        lines.append(_found(look))
    buttons = [Button("What is next", act("steps.go_on")), Button("Undo", act("steps.take_back", entry.id))]
    if look is not None and look.words == NAMELESS:
        buttons.insert(0, _TELL_NAME)
    tone = Tone.WARN if look is not None and look.state == "lacking" else Tone.GOOD
    return Card(_news(logged), (Text("\n".join(lines)), Buttons(tuple(buttons))), tone=tone)


def _news(logged: Logged) -> str:
    """Return what is new of what was logged: "Link replaced and note added"."""
    before, entry = logged.before, logged.entry
    if before is None:
        return "Already in your ledger" if logged.again else "Written down"
    pairs = (("link", before.url, entry.url), ("note", before.note, entry.note))
    news = [f"{what} {'replaced' if old else 'added'}" for what, old, new in pairs if old != new]
    return listed(news).capitalize()


def _found(look: Look) -> str:
    match look.state:
        case "seen":
            return f"Looked at: {esc(_sentence(look.words))}"
        case "lacking":
            return f"Not yet verified: {esc(_sentence(look.words))} {_what_to_do(look.words)}"
        case _:
            return f"Not yet verified: {esc(_sentence(look.words))} I try again and tell you; nothing is lost."


def _sentence(words: str) -> str:
    return words if words.endswith(("?", "!", ".")) else f"{words}."


def _what_to_do(lacking: str) -> str:
    if lacking == NAMELESS:
        return "Tell it once; nobody else sees it. Until then it counts half."
    return "Mend it and log the same link again."


def told(entry: Standing, look: Look) -> Reply:
    """Return what a later look has found, for the member."""
    parts: list[Part] = [Text(f"**{esc(entry.subject)}**\n{_found(look)}")]
    if look.words == NAMELESS:
        parts.append(Buttons((_TELL_NAME,)))
    tone = Tone.GOOD if look.state == "seen" else Tone.WARN
    return Reply(cards=(Card("I have looked at your link", tuple(parts), tone=tone),), shows=PRIVATE)


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
