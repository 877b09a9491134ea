"""What a round looks like: its first message, its questions, what follows each, and how it ends."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat import (
    PRIVATE,
    Button,
    Buttons,
    Card,
    Field,
    Fields,
    Part,
    Progress,
    Reply,
    Style,
    Text,
    Tone,
    act,
    esc,
)
from bot.interviews.bank import Question
from bot.interviews.rounds_answers import LONGEST_OPEN
from bot.interviews.rounds_machine import ENDED, Phase, may_join
from bot.interviews.rounds_views import RoundView
from cogs.interview_topics import literal, topic_name
from cogs.wording import counted, listed

_SHOWN = 12
"""Names in a list; the others are counted."""


def named(names: Sequence[str]) -> str:
    """Return names as a list in a sentence; of many the first, and how many more."""
    shown = [esc(name) for name in names[:_SHOWN]]
    if more := len(names) - len(shown):
        shown.append(f"{more} more")
    return listed(shown) if shown else "nobody yet"


def clock(moment: datetime, zone: str) -> str:
    """Return a moment as a clock shows it in a zone, to the second where it is not a full minute."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def at(view: RoundView) -> str:
    """Return when the phase of a round ends, by the community's clock."""
    return f"{clock(view.closes_at, view.zone)} ({esc(view.zone)})"


def duration(left: timedelta) -> str:
    """Return a duration in minutes, or in seconds when it is short."""
    seconds = max(0, round(left.total_seconds()))
    return counted(round(seconds / 60), "minute") if seconds >= 90 else counted(seconds, "second")  # noqa: PLR2004 - 1.5 min


def opener(view: RoundView) -> Reply:
    """The first message of a round: what it is, who takes part, and the thread under it."""
    buttons = _buttons(view)
    facts = (
        Field("Topic", esc(topic_name(view.topic))),
        Field("Level", str(view.level) if view.level else "mixed"),
        Field("Questions", f"{view.questions}, {duration(timedelta(seconds=view.seconds))} each"),
        Field("Answers", _how(view)),
    )
    parts: tuple[Part, ...] = (Fields(facts), Text(f"Taking part: {named([seat.name for seat in view.seats])}"))
    parts = (*parts, Text(_where_it_stands(view)), *((Buttons(buttons),) if buttons else ()))
    title = "Interviewer and candidate" if view.is_pair else "Mock interview"
    thread = f"{title}: {topic_name(view.topic)}"[:90]
    return Reply(cards=(Card(title, parts),), thread=thread)


def _buttons(view: RoundView) -> tuple[Button, ...]:
    """What one can do: come in, have it begin, stop it."""
    if view.phase in ENDED:
        return ()
    buttons = [Button("Stop", act("interview.end", view.number))]
    if view.is_pair:
        if view.phase is Phase.GATHERING:
            buttons.insert(0, Button("Accept", act("interview.accept", view.number), style=Style.PRIMARY))
        return tuple(buttons)
    if view.phase is Phase.GATHERING:
        buttons.insert(0, Button("Begin now", act("interview.begin", view.number)))
    if may_join(view.phase, view.position, view.questions):
        buttons.insert(0, Button("Join", act("interview.enter", view.number), style=Style.PRIMARY))
    return tuple(buttons)


def _how(view: RoundView) -> str:
    if view.is_pair:
        return "in the thread or aloud; who asks ticks what was said"
    way = "open, in the thread" if view.is_open else "private, by a form"
    return f"{way}; scored by peers too" if view.peers else way


def _where_it_stands(view: RoundView) -> str:
    match view.phase:
        case Phase.GATHERING if view.is_pair:
            return f"It begins when the other accepts; the invitation stands until {at(view)}."
        case Phase.GATHERING:
            return f"The first question comes at {at(view)}, in the thread."
        case Phase.OVER:
            return "This round is over; how it went stands in the thread."
        case Phase.CALLED_OFF:
            return "This round was called off before it began."
        case _:
            late = "" if view.is_pair else " One can join until the last question but one."
            return f"Under way in the thread.{late}"


def call(view: RoundView, mentions: Sequence[str]) -> Reply:
    """Call those who take part, at the first question: so they find the thread."""
    del view
    return Reply(f"We begin, {' '.join(mentions)}. Good luck.")


def question(view: RoundView, asked: Question, left: timedelta | None) -> Reply:
    """A question, with the time left; None once it is closed."""
    title = f"Question {view.position} of {view.questions}"
    parts: list[Part] = [Text(literal(asked.question, "**"))]
    if left is None:
        return Reply(cards=(Card(title, (*parts, Text("Closed.")), tone=Tone.PLAIN),))
    whole = timedelta(seconds=view.seconds)
    until = f"until {at(view)}"
    parts.append(Progress("Time", min(1.0, max(0.0, left / whole)), f"{duration(left)}, {until}"))
    if view.is_pair:
        names = {seat.member: esc(seat.name) for seat in view.seats}
        asks, answers = names.get(view.interviewer or 0, "One"), names.get(view.candidate or 0, "the other")
        parts.append(Text(f"{asks} asks, {answers} answers: aloud, or here in the thread."))
        parts.append(Buttons((Button("For the interviewer", act("interview.sheet", view.number, view.position)),)))
    elif view.is_open:
        parts.append(Text("Write your answer here in the thread; all you write until then is a part of it."))
    else:
        token = act("interview.answer", view.number, view.position)
        parts.append(Buttons((Button("Answer", token, style=Style.PRIMARY),)))
    return Reply(cards=(Card(title, tuple(parts), tone=Tone.GOOD),))


def model_answer(view: RoundView, asked: Question, answers: int) -> Reply:
    """A good answer and its key points, once a question is closed."""
    points = "\n".join(f"- {esc(point.point)}" for point in asked.points)
    parts: list[Part] = [Text(literal(asked.answer)), Text(f"**What a good answer says**\n{points}")]
    if asked.mistakes:
        parts.append(Text("**Often wrong**\n" + "\n".join(f"- {esc(mistake)}" for mistake in asked.mistakes)))
    parts.append(Text(_after_question(view, answers)))
    buttons: list[Button] = []
    if view.phase is Phase.SCORING:
        token = act("interview.score", view.number, view.position)
        buttons.append(Button("Score answers of others", token, style=Style.PRIMARY))
    if answers or view.is_pair:
        buttons.append(Button("My feedback", act("interview.feedback", view.number, view.position)))
    if buttons:
        parts.append(Buttons(tuple(buttons)))
    return Reply(cards=(Card(f"A good answer to question {view.position}", tuple(parts)),))


def _after_question(view: RoundView, answers: int) -> str:
    came = counted(answers, "answer") if answers else "No answer came"
    came = "Done" if view.is_pair else came
    match view.phase:
        case Phase.SCORING:
            until = clock(view.closes_at, view.zone)
            return (
                f"{came}. Until {until} ({esc(view.zone)}) those who answered score some of the others', without names."
            )
        case Phase.READING:
            return f"{came}. The next question comes at {at(view)}."
        case _:
            return f"{came}. That was the last question; the board comes as soon as all is graded."


def called_off(view: RoundView) -> Reply:
    """The first message of a round that was called off."""
    return opener(view)


def started(view: RoundView, places: int) -> Reply:
    """What the host reads."""
    where = "in this community's places for interviews" if places > 1 else "under my message"
    text = (
        f"Your round is open, in a thread {where}. The first question comes at {clock(view.closes_at, view.zone)} "
        f"({esc(view.zone)}); you can have it begin sooner."
    )
    begin = Buttons((Button("Begin now", act("interview.begin", view.number)),))
    return Reply(cards=(Card(parts=(Text(text), begin), tone=Tone.GOOD),), shows=PRIVATE)


def joined(view: RoundView) -> Reply:
    """What somebody reads who takes part from now on."""
    if view.phase is Phase.GATHERING:
        text = f"You take part. The first question comes at {at(view)}."
    elif view.phase is Phase.ASKING:
        text = f"You take part. Question {view.position} is open in the thread."
    else:
        text = f"You take part, from question {view.position + 1} on."
    return Reply(cards=(Card(parts=(Text(text),), tone=Tone.GOOD),), shows=PRIVATE)


def to_join(rounds: Sequence[RoundView]) -> Reply:
    """The rounds that one can join."""
    if not rounds:
        return Reply("No round is open right now. `/interview start` begins one, `/interview practice` is for alone.")
    cards = []
    for view in rounds:
        text = f"{counted(view.questions, 'question')}, taking part: {named([seat.name for seat in view.seats])}"
        join = Buttons((Button("Join", act("interview.enter", view.number), style=Style.PRIMARY),))
        cards.append(Card(topic_name(view.topic), (Text(text), join)))
    return Reply("These rounds are open:", tuple(cards))


def stopped(view: RoundView) -> Reply:
    """What is said to who stopped a round."""
    if view.phase is Phase.CALLED_OFF:
        return Reply("The round is called off.", shows=PRIVATE)
    return Reply("The round ends. What was answered is still graded; the board comes in the thread.", shows=PRIVATE)


def too_long(name: str) -> Reply:
    """What is said to who writes more in a thread than an answer may have."""
    return Reply(
        f"{esc(name)}, an answer has at most {LONGEST_OPEN:,} characters, so this message is no part of yours; what "
        "you wrote before is. You can send it again, shorter."
    )


def taken(view: RoundView) -> Reply:
    """What is said to who answered by the form."""
    text = f"Your answer is in. You can change it until {at(view)}."
    if view.phase is not Phase.ASKING:
        text = "Your answer is in."
    return Reply(text, shows=PRIVATE)
