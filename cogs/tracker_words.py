"""What an application looks like, and what is said of it without being asked."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.applications.moments import in_words
from bot.applications.pipeline import Past
from bot.applications.stages import ENDS, OPEN, Stage, moves_from
from bot.applications.tracking import BoardPage, Detail
from bot.applications.views import ApplicationView
from bot.chat import Button, Buttons, Card, Choice, Choices, Field, Fields, Part, Reply, Style, Text, Tone, act, esc
from cogs.paging import turns
from cogs.wording import counted

QUIET_DAYS = 14
"""Days without a move after which an application is marked on the board."""
ALL = "all"
_NOTE = 300
"""Characters of a note on the board."""


def board_reply(page: BoardPage, stage: Stage | None, now: datetime) -> Reply:
    """Return a page of the board."""
    if not page.counts:
        text = Text("Nothing in your pipeline yet. Save on a lead's card puts it here, or add one by hand.")
        return Reply(cards=(Card("Your pipeline", (text, Buttons((_add(),)))),))
    columns = " · ".join(f"{each.capitalize()} **{page.counts[each]}**" for each in Stage if each in page.counts)
    cards = [application_card(view, now) for view in page.shown]
    if not cards:
        cards = [Card(parts=(Text("Nothing is under way. Pick a column to see what was."),))]
    name = stage.capitalize() if stage else "Under way, the longest unmoved first"
    beside = turns(page.number, page.pages, lambda number: act("tracker.page", stage or ALL, number), "← Previous")
    picks = [Choice(f"{each.capitalize()} ({page.counts[each]})", each) for each in Stage if each in page.counts]
    menu = Choices(act("tracker.column"), "Show a column", (Choice("All under way", ALL), *picks))
    foot = (Text(f"Page {page.number} of {page.pages}"), Buttons((*beside, _add())), menu)
    return Reply(f"{columns}\n{name}", (*cards, Card(parts=foot)))


def application_card(view: ApplicationView, now: datetime) -> Card:
    """Return the short card of an application, with its buttons."""
    quiet = view.stage in OPEN and (now - view.moved_at).days >= QUIET_DAYS
    since = _since(view.moved_at, now)
    line = f"**{esc(view.company)}** · {view.stage}, {since}"
    if quiet:
        line = f"**{esc(view.company)}** · {view.stage} · **no move for {counted((now - view.moved_at).days, 'day')}**"
    lines = [line]
    if view.deadline is not None and view.stage is Stage.SAVED:
        lines.append(f"Closes on {day_words(view.deadline)}")
    if view.note:
        short = " ".join(view.note.split())
        lines.append(f"*{esc(short[:_NOTE])}{'…' if len(short) > _NOTE else ''}*")
    return Card(
        view.role, (Text("\n".join(lines)), _buttons(view)), _link(view.url), Tone.WARN if quiet else _tone(view)
    )


def detail_card(detail: Detail, now: datetime) -> Card:
    """Return all that is kept of an application."""
    view = detail.view
    short = application_card(view, now)
    zone = view.clock.zone
    course = "\n".join(f"- {move.after.capitalize()}, {_day(move.at, zone)}" for move in detail.moves[-12:])
    fields = [Field("Reminders", "\n".join(esc(in_words(at, zone)) for at in detail.reminders[:5]))]
    parts: list[Part] = [*short.parts[:1], Text(f"**So far**\n{course}")]
    if detail.reminders:
        parts.append(Fields(tuple(fields)))
    extra = (
        [Button("Undo the last move", act("tracker.undo_move", view.id, detail.course.last.id))]
        if (detail.course.last)
        else []
    )
    if detail.reminders:
        extra.append(Button("Drop its reminders", act("tracker.drop_reminders", view.id)))
    if view.lead is not None:
        extra.append(Button("Open the lead", act("leads.open", view.lead)))
    buttons = Buttons((*_steps(view), *extra))
    return Card(short.title, (*parts, buttons), short.url, short.tone)


def move_card(view: ApplicationView) -> Card:
    """Ask where an application goes."""
    picks = tuple(Choice(stage.capitalize(), stage.value) for stage in moves_from(view.stage))
    menu = Choices(act("tracker.move_to", view.id), "Where does it stand now?", picks)
    return Card(view.role, (Text(f"**{esc(view.company)}** · {view.stage} now"), menu), _link(view.url))


def moved_card(view: ApplicationView, event: int, *, asks: bool) -> Card:
    """Say that an application moved, with the way back.

    asks: whether the member is asked later on whether there was an answer
    """
    words = {
        Stage.OFFER: "An offer. Congratulations! Take your time with the answer.",
        Stage.ACCEPTED: "Accepted. Congratulations, and enjoy it!",
        Stage.INTERVIEW: "Well done. `/tracker remind` keeps the date for you.",
        Stage.REJECTED: "A pity. Most offers come after several of these.",
        Stage.APPLIED: "Good luck!" + (" I will ask in a week whether there was an answer." if asks else ""),
    }
    text = Text(f"{_name(view)} stands at **{view.stage}**. {words.get(view.stage, '')}".rstrip())
    buttons = (Button("Undo", act("tracker.undo_move", view.id, event)), _note(view), _remind(view))
    return Card(parts=(text, Buttons(buttons)), tone=Tone.GOOD if view.stage is not Stage.REJECTED else Tone.PLAIN)


def follow_up(view: ApplicationView, days: int) -> Reply:
    """Ask gently after an application that has not moved."""
    text = Text(
        f"{days} days ago you applied for {_name(view)}. Any answer yet? "
        "If not, a short and friendly mail is fine by now."
    )
    buttons = Buttons((_move(view, Style.PRIMARY), _button(view, "No answer", Stage.NO_ANSWER), _remind(view)))
    return Reply(cards=(Card("Any news?", (text, buttons)),))


def deadline(view: ApplicationView, days: int) -> Reply:
    """Tell of an opening that closes soon."""
    when = "tomorrow" if days == 1 else f"in {days} days"
    date_words = f", on {day_words(view.deadline)}" if view.deadline else ""
    text = Text(f"{_name(view)} closes {when}{date_words}, and you saved it.")
    buttons = Buttons(
        (_button(view, "I applied", Stage.APPLIED, Style.PRIMARY), _button(view, "Not for me", Stage.DECLINED))
    )
    return Reply(cards=(Card(f"Closes {when}", (text, buttons), _link(view.url), Tone.WARN),))


def closed(view: ApplicationView) -> Reply:
    """Tell of a saved lead that closed."""
    text = Text(f"{_name(view)}, which you saved, is no longer listed.")
    buttons = Buttons((_button(view, "I had applied", Stage.APPLIED), _button(view, "Let it go", Stage.DECLINED)))
    return Reply(cards=(Card("A saved lead closed", (text, buttons)),))


def reminder(view: ApplicationView) -> Reply:
    """Say what a member wanted to be reminded of."""
    note = f"\n*{esc(view.note[:_NOTE])}*" if view.note else ""
    text = Text(f"You wanted to hear of {_name(view)}: it is at “{view.stage}”.{note}")
    buttons = Buttons((_move(view, Style.PRIMARY), _note(view), _remind(view, "Remind me again")))
    return Reply(cards=(Card("A reminder", (text, buttons), _link(view.url)),))


def past_line(past: Past | None, now: datetime) -> str:
    """Return that a member applied here before, in a line for their eyes only; empty when they did not."""
    if past is None:
        return ""
    when = f"{past.at:%B}" if (now - past.at).days < 330 else f"{past.at:%B %Y}"  # noqa: PLR2004 - the name is unclear after
    return f"You applied here in {when}" + ("" if past.same else f": {esc(past.role[:80])}")


def day_words(day: date) -> str:
    """Return a day as it is said: "Friday, 4 December 2026"."""
    return f"{day:%A}, {day.day} {day:%B %Y}"


def summary(names: Sequence[str], most: int = 10) -> str:
    """Return a list of lines, and how many more there are."""
    more = len(names) - most
    return "\n".join([*(f"- {name}" for name in names[:most]), *([f"- … and {more} more"] if more > 0 else [])])


def _since(moment: datetime, now: datetime) -> str:
    days = (now - moment).days
    return "today" if days < 1 else f"{counted(days, 'day')} ago"


def _day(moment: datetime, zone: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y}"


def _tone(view: ApplicationView) -> Tone:
    if view.stage in {Stage.OFFER, Stage.ACCEPTED, Stage.INTERVIEW}:
        return Tone.GOOD
    return Tone.PLAIN


def _name(view: ApplicationView) -> str:
    return f"**{esc(view.role)}** at {esc(view.company)}"


def _link(url: str) -> str:
    return url if url.startswith(("http://", "https://")) else ""


def _buttons(view: ApplicationView) -> Buttons:
    return Buttons((*_steps(view), Button("More", act("tracker.open", view.id))))


def _steps(view: ApplicationView) -> tuple[Button, ...]:
    return (_move(view, Style.PLAIN if view.stage in ENDS else Style.PRIMARY), _note(view), _remind(view))


def _move(view: ApplicationView, style: Style = Style.PLAIN) -> Button:
    return Button("Move", act("tracker.ask_move", view.id), style=style)


def _note(view: ApplicationView) -> Button:
    return Button("Note", act("tracker.write_note", view.id))


def _remind(view: ApplicationView, label: str = "Remind me") -> Button:
    return Button(label, act("tracker.ask_when", view.id))


def _button(view: ApplicationView, label: str, to: Stage, style: Style = Style.PLAIN) -> Button:
    return Button(label, act("tracker.move_to", view.id, to.value), style=style)


def _add() -> Button:
    return Button("Add one", act("tracker.write"))
