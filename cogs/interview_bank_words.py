"""How questions of the bank are shown: in a list, alone, with a good answer; suggestions and reports to decide on."""

from collections.abc import Sequence

from bot.chat import PRIVATE, Button, Buttons, Card, Choice, Choices, Part, Reply, Style, Text, Tone, act, esc
from bot.interviews.bank import Question
from bot.interviews.questions import APPROVED, UPHELD, Suggestion
from bot.interviews.questions_reports import Report
from cogs.interview_topics import literal, topic_name
from cogs.paging import page_of
from cogs.wording import counted, listed

PAGE = 8
_SHORT, _LABEL = 160, 70
_WEIGHTS = {1: "", 2: " (×2)", 3: " (×3)"}
_SHOWN = 4
"""Suggestions, and reports, that are shown at once to be decided on."""
_ROW = 5
"""Buttons in a row."""


def short(text: str, most: int = _SHORT) -> str:
    """Return the beginning of a text, cut at a word."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def about(question: Question) -> str:
    """Return a question's topic, level, kind and id."""
    return f"{esc(topic_name(question.topic))}, level {question.level}, {question.kind}: `{question.id}`"


def listing(
    found: Sequence[Question], total: int, filters: tuple[str, int, str], page: int, waiting: int | None
) -> Reply:
    """A page of the bank, to choose a question from.

    total: questions in the whole bank
    filters: topic, level and kind, with which the pages are turned
    waiting: what waits for organisers; None for who is none
    """
    rows, page, pages = page_of(found, PAGE, page)
    shown = list(enumerate(rows, (page - 1) * PAGE + 1))
    parts: list[Part] = []
    if shown:
        lines = [f"**{n}.** {literal(short(q.question))}\n{about(q)}" for n, q in shown]
        choices = tuple(Choice(f"{n}. {short(q.question, _LABEL)}", q.id) for n, q in shown)
        parts += [Text("\n\n".join(lines)), Choices(act("interview.see"), "Open a question", choices)]
    buttons = []
    if page > 1:
        buttons.append(Button("Back", act("interview.bank_page", *filters, page - 1)))
    if page < pages:
        buttons.append(Button("More", act("interview.bank_page", *filters, page + 1)))
    if waiting:
        buttons.append(Button(f"Decide ({waiting})", act("interview.desk"), style=Style.PRIMARY))
    if buttons:
        parts.append(Buttons(tuple(buttons)))
    if found:
        heading = f"**{counted(len(found), 'question')}**" + (f" of {total}" if len(found) < total else "")
        heading += f", page {page} of {pages}. Miss one? `/interview suggest`"
    else:
        heading = "No question fits that. Leave the topic, the level or the kind out."
    return Reply(heading, (Card(parts=tuple(parts)),) if parts else (), shows=PRIVATE)


def alone(question: Question) -> Reply:
    """A question, with its good answer behind a button."""
    buttons = Buttons(
        (
            Button("Show a good answer", act("interview.good_answer", question.id), style=Style.PRIMARY),
            Button("Report it", act("interview.report_form", question.id)),
        )
    )
    minutes = Text(f"{about(question)}\nAnswer aloud first: {counted(question.minutes, 'minute')} will do.")
    return Reply(cards=(Card(parts=(Text(literal(question.question, "**")), minutes, buttons)),), shows=PRIVATE)


def good_answer(question: Question) -> Reply:
    """A question with its model answer, key points, mistakes and what is asked on."""
    report = Buttons((Button("Report it", act("interview.report_form", question.id)),))
    parts: tuple[Part, ...] = (Text(literal(question.question, "**")), *content(question), report)
    return Reply(cards=(Card(parts=parts),), shows=PRIVATE)


def content(question: Question) -> tuple[Text, ...]:
    """Return the parts of a question behind the question itself."""
    points = "\n".join(f"- {literal(point.point)}{_WEIGHTS[point.weight]}" for point in question.points)
    mistakes = "\n".join(f"- {literal(mistake)}" for mistake in question.mistakes)
    asked_on = "\n".join(f"- {literal(follow_up)}" for follow_up in question.follow_ups)
    return (
        Text(f"**A good answer**\n{literal(question.answer)}"),
        Text(f"**Key points**\n{points}"),
        Text(f"**Often wrong**\n{mistakes}"),
        Text(f"**Asked on**\n{asked_on}"),
    )


def asked(suggestion: Suggestion) -> Reply:
    """A suggestion for an organiser to decide on."""
    question = suggestion.question
    parts: tuple[Part, ...] = (
        Text(f"{esc(suggestion.author_name)} suggests a question for mock interviews.\n{about(question)}"),
        Text(literal(question.question, "**")),
        Buttons((*_decision(suggestion), Button("Read all of it", act("interview.check", suggestion.id)))),
    )
    return Reply(cards=(Card(parts=parts),), shows=PRIVATE)


def _decision(suggestion: Suggestion) -> tuple[Button, ...]:
    return (
        Button("Approve", act("interview.approve", suggestion.id), style=Style.PRIMARY),
        Button("Turn down", act("interview.turn_down", suggestion.id), style=Style.DANGER),
    )


def checked(suggestion: Suggestion, remarks: Sequence[str]) -> Reply:
    """All of a suggestion, and what the bank's own rules say of it."""
    if remarks:
        noticed = "**What our rules notice**\n" + "\n".join(f"- {esc(remark)}" for remark in remarks)
    else:
        noticed = "Our rules have nothing against it."
    [card] = asked(suggestion).cards
    decision = Buttons(_decision(suggestion))
    parts = (*card.parts[:2], *content(suggestion.question), Text(noticed), decision)
    return Reply(cards=(Card(parts=parts),), shows=PRIVATE)


def decided(suggestion: Suggestion) -> Reply:
    """Tell who suggested a question what became of it."""
    question = literal(short(suggestion.question.question))
    if suggestion.state == APPROVED:
        text = f"Your question is in the bank now: “{question}” Thank you."
        open_it = Buttons((Button("Open it", act("interview.see", suggestion.question.id)),))
        return Reply(cards=(Card(parts=(Text(text), open_it), tone=Tone.GOOD),), shows=PRIVATE)
    text = f"Your question was not taken up: “{question}” Ask an organiser why; a changed one is welcome."
    return Reply(text, shows=PRIVATE)


def reported(report: Report) -> Reply:
    """A report for an organiser to decide on."""
    text = (
        f"{esc(report.member_name)} reports the question `{report.question}`:\n> {esc(' '.join(report.reason.split()))}"
    )
    buttons = Buttons(
        (
            Button("Don't ask it here", act("interview.uphold", report.id), style=Style.DANGER),
            Button("Keep it", act("interview.dismiss", report.id)),
            Button("Read it", act("interview.read", report.id)),
        )
    )
    return Reply(cards=(Card(parts=(Text(text), buttons)),), shows=PRIVATE)


def report_decided(report: Report) -> Reply:
    """Tell who reported a question what became of it."""
    if report.state == UPHELD:
        return Reply(f"The question `{report.question}`, which you reported, is no longer asked here. Thank you.")
    return Reply(f"The organisers looked at `{report.question}`, which you reported, and keep it. Thank you.")


def desk(waiting: Sequence[Suggestion], reports: Sequence[Report], out: Sequence[Report]) -> Reply:
    """What waits for organisers, and which questions they took out."""
    cards = [*(asked(each) for each in waiting[:_SHOWN]), *(reported(each) for each in reports[:_SHOWN])]
    found = [card for reply in cards for card in reply.cards]
    if out:
        lines = "\n".join(f"- `{each.question}`" for each in out)
        again = Buttons(
            tuple(Button(f"Ask {each.question} again", act("interview.dismiss", each.id)) for each in out[:_ROW])
        )
        found.append(Card(parts=(Text(f"**Not asked here**\n{lines}"), again)))
    if not found:
        return Reply("Nothing waits for you.", shows=PRIVATE)
    open_ones = [counted(n, word) for n, word in ((len(waiting), "suggestion"), (len(reports), "report")) if n]
    text = f"To decide on: {listed(open_ones)}." if open_ones else ""
    return Reply(text, tuple(found), shows=PRIVATE)
