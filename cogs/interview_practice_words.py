"""What is read in practice: a question, feedback with one follow-up, what is due, the question of the day."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat import PRIVATE, Button, Buttons, Card, Part, Reply, Style, Text, Tone, act, esc
from bot.interviews.bank import Question
from bot.interviews.practice import Felt, Practised
from bot.interviews.practice_picks import Due
from cogs.interview_bank_words import short
from cogs.interview_feedback_words import graded
from cogs.interview_topics import literal, topic_name
from cogs.wording import counted

SHOWN = 10
"""Questions of a due list that are named."""
FELT = {Felt.EASILY: "Easily", Felt.EFFORT: "With effort", Felt.NOT_YET: "Not yet"}
_UNKNOWN = "-"
"""A filter that is not set, within a token."""


def question(asked: Question, topic: str = "", level: int = 0, lead: str = "") -> Reply:
    """A question to answer alone. `topic` and `level` are what the session is about, "" and 0 for any."""
    head = f"{esc(topic_name(asked.topic))}, level {asked.level}. Say it aloud first, then write it: {_time(asked)}."
    buttons = Buttons(
        (
            Button("Answer", act("interview.write", asked.id), style=Style.PRIMARY),
            Button("I don't know", act("interview.give_up", asked.id)),
            Button("Another question", act("interview.another", topic or _UNKNOWN, level, asked.id)),
        )
    )
    parts = (Text(literal(asked.question, "**")), Text(head), buttons)
    return Reply(lead, (Card("Practice", parts),), shows=PRIVATE)


def filters(topic: str, level: int) -> tuple[str, int]:
    """Return what a session is about, as a token carried it."""
    return ("" if topic == _UNKNOWN else topic), level


def feedback(given: Practised, now: datetime) -> Reply:
    """What one reads of an answer: its grade, a good answer, when the question comes back, and what is asked on."""
    parts: list[Part] = [Text(literal(given.question.question, "*"))]
    if given.grade is not None:
        parts += graded(given.question, given.grade)
    else:
        points = "\n".join(f"- {esc(point.point)}" for point in given.question.points)
        parts.append(Text(f"**What a good answer says**\n{points}"))
    parts.append(Text(f"**A good answer**\n{literal(given.question.answer)}"))
    parts.append(Text(f"{_back(given, now)}\n\n**One more:** {literal(given.follow_up)}"))
    if given.grade is not None and given.grade.score is None:
        parts += [Text("How did it go? It comes back later or sooner by your word."), _how(given)]
    buttons = [Button("Answer that", act("interview.write_on", given.number), style=Style.PRIMARY), *_on(given)]
    parts.append(Buttons(tuple(buttons)))
    title = "Your answer" if given.text else "Now you know"
    return Reply(cards=(Card(title, tuple(parts)),), shows=PRIVATE)


def followed(given: Practised) -> Reply:
    """What one answered to the follow-up, and the question how it went."""
    quoted = f"“{esc(' '.join(given.follow_up_text.split()))}”" if given.follow_up_text else "*Said aloud.*"
    points = "\n".join(f"- {esc(point.point)}" for point in given.question.points)
    parts = (
        Text(f"{literal(given.follow_up, '*')}\n{quoted}"),
        Text(f"Nobody grades this one but you. Hold it against what the first question was about:\n{points}"),
        Text("How did it go? Easily brings the question back later, not yet sooner."),
        _how(given),
    )
    return Reply(cards=(Card("The follow-up", parts),), shows=PRIVATE)


def felt(given: Practised, now: datetime) -> Reply:
    """When the question comes back, after the follow-up."""
    parts = (Text(_back(given, now)), Buttons(_on(given)))
    return Reply(cards=(Card(parts=parts, tone=Tone.GOOD),), shows=PRIVATE, replaces=True)


def due_list(due: Due, now: datetime, *, daily: bool) -> Reply:
    """What comes back, and the choice of a question every day."""
    parts: list[Part] = []
    if due.now:
        lines = [f"- {literal(short(each.question, 110))} *{esc(topic_name(each.topic))}*" for each in due.now[:SHOWN]]
        if len(due.now) > SHOWN:
            lines.append(f"- and {len(due.now) - SHOWN} more")
        parts.append(Text("\n".join(lines)))
    if due.later:
        soon = ", ".join(_soon([at for _, at in due.later], now))
        parts.append(Text(f"Later: {soon}."))
    if not due.now and not due.later:
        parts.append(
            Text("What you answer in `/interview practice` and in rounds comes back here, sooner what you missed.")
        )
    buttons = [Button("Begin", act("interview.review_next"), style=Style.PRIMARY)] if due.now else []
    if not due.now:
        buttons.append(Button("Practise something new", act("interview.practise_next"), style=Style.PRIMARY))
    label = "No daily question" if daily else "A question every day"
    buttons.append(Button(label, act("interview.daily", not daily)))
    parts.append(Buttons(tuple(buttons)))
    title = f"{counted(len(due.now), 'question')} to review" if due.now else "Nothing is due"
    return Reply(cards=(Card(title, tuple(parts)),), shows=PRIVATE)


def all_reviewed() -> Reply:
    """What one reads when nothing is due any more."""
    new = Buttons(
        (Button("Something new", act("interview.practise_next")), Button("My stats", act("interview.my_stats")))
    )
    text = Text("That was all that was due. Well done; what you missed comes back tomorrow.")
    return Reply(cards=(Card(parts=(text, new), tone=Tone.GOOD),), shows=PRIVATE)


def of_the_day(asked: Question) -> Reply:
    """The question of the day."""
    reply = question(asked)
    [card] = reply.cards
    stop = Text("You asked for one a day; `/me notifications` ends it.")
    return Reply(cards=(Card("Your question of today", (*card.parts[:-1], stop, card.parts[-1])),), shows=PRIVATE)


def rest() -> Reply:
    """What is said when the daily questions stop."""
    text = (
        "The last two weeks of daily questions stayed unanswered, so I stop sending them; nothing of what you did is "
        "lost. When you want them again, they are a button away."
    )
    button = Buttons((Button("A question every day", act("interview.daily", True)),))
    return Reply(cards=(Card("A rest from daily questions", (Text(text), button)),), shows=PRIVATE)


def daily_set(*, wanted: bool, hour: int, zone: str) -> Reply:
    """What one reads after choosing a question every day, or none."""
    if not wanted:
        return Reply("No more daily questions. `/interview practice` is there at any hour.", shows=PRIVATE)
    text = f"A question comes to you privately every day at {hour:02}:00 ({zone}). `/me profile` changes the hour."
    return Reply(esc(text).replace("\\`", "`"), shows=PRIVATE)


def rescued(given: Practised, now: datetime) -> Reply:
    """Feedback that comes late, because the bot was stopped while it graded."""
    reply = feedback(given, now)
    return Reply("I was interrupted over your answer; here is what I owe you.", reply.cards, shows=PRIVATE)


def _how(given: Practised) -> Buttons:
    return Buttons(tuple(Button(label, act("interview.felt", given.number, felt)) for felt, label in FELT.items()))


def _on(given: Practised) -> tuple[Button, ...]:
    if given.due:
        return (Button(f"Next ({given.due} due)", act("interview.review_next")),)
    return (Button("Next question", act("interview.practise_next", given.question.topic)),)


def _time(asked: Question) -> str:
    return f"about {counted(asked.minutes, 'minute')}"


def _back(given: Practised, now: datetime) -> str:
    return f"It comes back {_in_days(given.back, now)}."


def _in_days(at: datetime, now: datetime) -> str:
    days = max(0, round((at - now).total_seconds() / 86_400))
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def _soon(ats: Sequence[datetime], now: datetime) -> list[str]:
    """Return how many are due when: "2 tomorrow", "1 in 3 days"; the nearest ones."""
    counts: dict[str, int] = {}
    for at in ats:
        when = _in_days(at, now)
        counts[when] = counts.get(when, 0) + 1
    return [f"{count} {when}" for when, count in list(counts.items())[:4]]
