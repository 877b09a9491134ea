"""What one reads privately of a round: feedback on an answer, an answer to score, and what one did well."""

from bot.chat import (
    PRIVATE,
    Button,
    Buttons,
    Card,
    Part,
    Reply,
    Style,
    Text,
    Tone,
    act,
    esc,
)
from bot.interviews.bank import Bank, Question
from bot.interviews.grading.grades import Grade, Verdict
from bot.interviews.rounds_ends import Ending, Line, Well
from bot.interviews.rounds_grading import Feedback
from bot.interviews.rounds_judged import PeerView
from bot.interviews.rounds_peers import Sheet
from bot.interviews.rounds_views import RoundView
from cogs.interview_topics import literal, topic_name
from cogs.wording import counted, listed

GRADERS = {
    "model": "a language model, by the key points of the rubric",
    "rubric": "the rubric alone: it compares words, so take it as a hint",
    "peers": "other participants",
}
"""Who graded, as members read it."""
_MARKS = {Verdict.MET: "✓", Verdict.PARTLY: "◐", Verdict.MISSING: "○"}
_MOST_QUOTED = 160


def percent(share: float) -> str:
    """Return a share as whole per cent."""
    return f"{round(share * 100)} %"


def feedback(given: Feedback) -> Reply:
    """A participant's own feedback on an answer; who graded is always named."""
    title = f"Your answer to question {given.position}"
    parts: list[Part] = [Text(literal(given.question.question, "*"))]
    if given.grade is None:
        parts.append(Text("It is being graded; I write to you as soon as that is done."))
    else:
        parts += graded(given.question, given.grade)
    if given.peer is not None:
        parts.append(Text(_by_peers(given.question, given.peer)))
    return Reply(cards=(Card(title, tuple(parts)),), shows=PRIVATE)


def scored(given: Feedback) -> Reply:
    """What those who scored an answer saw in it."""
    if given.peer is None:
        return feedback(given)
    again = Buttons((Button("My feedback", act("interview.feedback", given.view.number, given.position)),))
    parts = (Text(literal(given.question.question, "*")), Text(_by_peers(given.question, given.peer)), again)
    return Reply(cards=(Card(f"What others saw in your answer to question {given.position}", parts),))


def graded(question: Question, grade: Grade) -> list[Part]:
    """Return what a grader says of an answer, point by point, and who it was."""
    if grade.score is None:
        return _not_judged(question, grade)
    parts: list[Part] = [Text(f"**{percent(grade.score)}** of the key points. Graded by {GRADERS[grade.grader]}.")]
    lines = []
    for point in grade.points:
        quote = f": “{esc(point.quote[:_MOST_QUOTED])}”" if point.quote else ""
        lines.append(f"{_MARKS[point.verdict]} {esc(question.points[point.point].point)}{quote}")
    said = [*lines, *(f"Not quite: {esc(mistake)}" for mistake in grade.mistakes)]
    if said:
        parts.append(Text("\n".join(said)))
    parts += [Text(esc(words)) for words in (grade.advice, grade.note) if words]
    return parts


def _not_judged(question: Question, grade: Grade) -> list[Part]:
    """What is said of an answer without a mark, with the points to hold it against."""
    points = "\n".join(f"- {esc(point.point)}" for point in question.points)
    who = f"No mark by {GRADERS[grade.grader].partition(':')[0]}."
    return [*(Text(esc(words)) for words in (who, grade.note, grade.advice) if words), Text(points)]


def _by_peers(question: Question, peer: PeerView) -> str:
    lines = [
        f"- {percent(share)}: {esc(question.points[number].point)}"
        for number, share in enumerate(peer.points)
        if number < len(question.points)
    ]
    who = counted(peer.reviewers, "participant")
    return "\n".join((f"**{percent(peer.score)}** of the key points, as {who} saw it:", *lines))


def sheet(given: Sheet, *, again: bool = False) -> Reply:
    """An answer of somebody else's with the rubric as boxes to tick.

    again: in the place of a sheet that stands there; else what was clicked is for everybody, and stays
    """
    shown = literal(given.text) if given.text.strip() else "*Nothing is written: tick what you hear.*"
    pair = given.view.is_pair
    title = f"Question {given.position}" if pair else f"Answer {given.number} of {given.of}"
    parts: list[Part] = [Text(literal(given.question.question, "*")), Text(shown)]
    if pair:
        parts += hints(given.question)
    parts.append(Text("Tick what the answer says, in whatever words:"))
    for number, point in enumerate(given.question.points):
        mark = "✓" if number in given.ticks else "☐"
        label = f"{mark} {point.point}"
        style = Style.PRIMARY if number in given.ticks else Style.PLAIN
        parts.append(Buttons((Button(_cut(label), act("interview.tick", given.review, number), style=style),)))
    done = "Done: on to the next question" if pair else "Done"
    parts.append(Buttons((Button(done, act("interview.scored", given.review), style=Style.PRIMARY),)))
    return Reply(cards=(Card(title, tuple(parts)),), shows=PRIVATE, replaces=again)


def hints(question: Question) -> list[Part]:
    """What an interviewer has at hand: how to go on, what often goes wrong, and a good answer."""
    lists = (("Ask on", question.follow_ups), ("Often wrong", question.mistakes))
    parts: list[Part] = [
        Text(f"**{name}**\n" + "\n".join(f"- {esc(each)}" for each in given)) for name, given in lists if given
    ]
    return [*parts, Text(f"**A good answer**\n{literal(question.answer)}")]


def notice_of_sheet(view: RoundView, question: Question) -> Reply:
    """Tell the interviewer, privately, what to ask and where the rubric is."""
    open_it = Button("Open the rubric", act("interview.sheet", view.number, view.position), style=Style.PRIMARY)
    parts = (Text(f"You ask:\n{literal(question.question, '**')}"), *hints(question), Buttons((open_it,)))
    return Reply(cards=(Card(f"Question {view.position} of {view.questions}", parts),))


def all_scored(*, again: bool = False) -> Reply:
    """Nothing is left to score. `again` as for a sheet."""
    text = "Thank you, that was all. What you saw reaches them without your name."
    return Reply(cards=(Card(parts=(Text(text),), tone=Tone.GOOD),), shows=PRIVATE, replaces=again)


def board(_: RoundView, ending: Ending) -> Reply:
    """How a round went, for all who took part."""
    if not ending.board:
        return Reply(cards=(Card("The round is over", (Text("Nobody answered this time. Until the next one."),)),))
    lines = [
        f"{place}. {esc(line.name)}: {_sum(line)}, {line.answered} answered"
        for place, line in enumerate(ending.board, start=1)
    ]
    parts: list[Part] = [Text("\n".join(lines))]
    if ending.gaps:
        reading = "\n".join(
            f"- {esc(gap.point)} ({esc(topic_name(gap.topic))}, question {gap.position})" for gap in ending.gaps
        )
        links = [
            link for topic in dict.fromkeys(gap.topic for gap in ending.gaps) for link in Bank.load().reading(topic)
        ]
        explained = "\n\nExplained well in " + listed([f"[{esc(link.title)}]({link.url})" for link in links]) + "."
        parts.append(Text(f"**What to read as a group**\n{reading}{explained if links else ''}"))
    parts.append(Text("Everybody's own feedback came privately. One round says little; `/interview stats` sees all."))
    return Reply(cards=(Card("How the round went", tuple(parts), tone=Tone.GOOD),))


def well(view: RoundView, given: Well) -> Reply:
    """One thing that a participant did well, and one to look at again; privately."""
    line = given.line
    told = f" {counted(line.told, 'answer')} had no mark." if line.told else ""
    parts: list[Part] = [Text(f"{line.answered} of {line.asked} answered, **{line.points:.1f}** points.{told}")]
    if given.position is not None:
        parts.append(Text(f"Done well, in question {given.position}: {esc(given.point)}."))
    else:
        parts.append(Text("You were there and answered, which is what makes the next round easier."))
    if given.again:
        parts.append(Text(f"To look at again: {esc(given.again)}."))
    if given.scored:
        agrees = f" and agree with the others by {percent(given.agrees)}" if given.agrees is not None else ""
        parts.append(Text(f"You scored {counted(given.scored, 'answer')} of others{agrees}."))
    return Reply(cards=(Card(f"Your round: {topic_name(view.topic)}", tuple(parts), tone=Tone.GOOD),))


def _sum(line: Line) -> str:
    return f"**{line.points:.1f}** of {line.judged}" if line.judged else "stories, which get no marks"


def _cut(label: str) -> str:
    return label if len(label) <= 80 else label[:79].rstrip() + "…"  # noqa: PLR2004 - a button's label on Discord
