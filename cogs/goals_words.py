"""What is said of goals without being asked, and the cards that commands and messages share."""

from collections.abc import Sequence

from bot.accountability.goals import MemberWeek, Result
from bot.accountability.recaps import Recap
from bot.accountability.weeks import Week
from bot.chat import Button, Buttons, Card, File, Part, Picture, Reply, Style, Text, Tone, act, esc
from bot.steps.kinds import Step
from cogs.wording import counted, listed

_MARKS = {Result.OPEN: "○", Result.DONE: "✓", Result.PARTLY: "◐", Result.NOT: "✗"}
RESULTS = {Result.DONE: "Done", Result.PARTLY: "Partly", Result.NOT: "Not this week"}
NAMED = 12
"""Names in a recap; the rest is a count."""


def prompt(week: Week) -> Reply:
    """Ask a community for the goals of a week."""
    text = Text(
        "A new week. What are one to three things you want to get done? Small and concrete works best: "
        "“read two papers on diffusion”, “ask one person for a review”."
    )
    return Reply(cards=(Card(f"Goals for week {week.number}", (text, Buttons((_write(week), _mine(week))))),))


def friday(week: Week) -> Reply:
    """Ask a community how its week went."""
    text = Text(
        "How did the week go? Done, partly or not at all: saying it is what counts. You have until Sunday night, "
        "your own time."
    )
    return Reply(cards=(Card(f"Check-in for week {week.number}", (text, Buttons((_check_in(week), _mine(week))))),))


def nudge(mine: MemberWeek) -> Reply:
    """Tell a member in mid-week what they wanted to get done."""
    text = Text(f"Half the week is left for:\n{goal_lines(mine, only_open=True)}")
    buttons = Buttons((_check_in(mine.week), _write(mine.week, "Change my goals")))
    return Reply(cards=(Card("Your goals this week", (text, buttons)),))


def reminder(mine: MemberWeek) -> Reply:
    """Ask a member how the week went."""
    text = Text(
        f"{goal_lines(mine)}\nTwo minutes are enough, and “not” is an answer too. It counts until Sunday night."
    )
    return Reply(cards=(Card("How did your week go?", (text, Buttons((_check_in(mine.week),)))),))


def week_card(mine: MemberWeek) -> Card:
    """Show a member's week."""
    title = f"Your week {mine.week.number}"
    if not mine.goals and not mine.checked_in:
        return Card(title, (Text("No goals yet. One small one is a good start."), Buttons((_write(mine.week),))))
    parts: list[Part] = [Text(goal_lines(mine))] if mine.goals else []
    if mine.learned:
        parts.append(Text(f"Learned: {esc(mine.learned)}"))
    again = _check_in(mine.week, "Correct my check-in") if mine.checked_in else _check_in(mine.week)
    state = "Checked in." if mine.checked_in else "Not checked in yet."
    parts += [Text(state), Buttons((again, _write(mine.week, "Change my goals")))]
    return Card(title, tuple(parts), tone=Tone.GOOD if mine.checked_in else Tone.PLAIN)


def goal_lines(mine: MemberWeek, *, only_open: bool = False) -> str:
    """Return the goals of a week as a list."""
    goals = mine.open if only_open else mine.goals
    return "\n".join(f"- {_MARKS[goal.result]} {esc(goal.words)}{_step(goal.step)}" for goal in goals)


def recap(made: Recap, picture: bytes) -> Reply:
    """Tell a community of its week."""
    name = f"week-{made.week}.png"
    parts: tuple[Part, ...] = (Text("\n".join(_recap_lines(made))), Picture(name, _alt(made)))
    card = Card(f"Week {made.week.number}: what we got done", parts, tone=Tone.GOOD)
    return Reply(cards=(card,), files=(File(name, picture, "image/png"),))


def _recap_lines(made: Recap) -> list[str]:
    lines = []
    if made.offers:
        offers = "An offer" if made.offers == 1 else f"{made.offers} offers"
        lines.append(f"🎉 **{offers}** this week{_by(made.offer_names, made.offers)}. Congratulations!")
    if made.checked_in:
        got = f", {made.goals_done} of {made.goals} goals done" if made.goals else ""
        lines.append(f"- {counted(made.checked_in, 'member')} checked in{got}.")
    if made.finished:
        lines.append(f"- All goals done: {_people(made.finished_names, made.finished)}.")
    if fresh := sum(made.evidence.values()):
        best = max(made.evidence, key=lambda step: (made.evidence[step], -step))
        lines.append(f"- {fresh} new piece{'s' * (fresh > 1)} of evidence, most of it on step {int(best)}.")
    return lines


def _alt(made: Recap) -> str:
    weeks = ", ".join(f"week {week.number}: {number}" for week, number in made.history)
    steps = ", ".join(f"step {int(step)}: {number}" for step, number in made.evidence.items()) or "none"
    goals = f"{made.goals_done} of {made.goals} goals done. " if made.goals else ""
    offers = f"{counted(made.offers, 'offer')}. " if made.offers else ""
    checked = f"{counted(made.checked_in, 'member')} checked in. "
    return f"Week {made.week.number}. {checked}{goals}{offers}Check-ins by week: {weeks}. New evidence: {steps}."


def _by(names: Sequence[str], total: int) -> str:
    return f": {_people(names, total)}" if names else ""


def _people(names: Sequence[str], total: int) -> str:
    """Names, and how many more there are of whom no name is shown."""
    shown = [f"**{esc(name[:60])}**" for name in names[:NAMED]]
    if rest := total - len(shown):
        shown.append(f"{rest} more" if shown else counted(rest, "member"))
    return listed(shown)


def _step(step: Step) -> str:
    return f" (step {int(step)})" if step else ""


def _write(week: Week, label: str = "Set my goals") -> Button:
    return Button(label, act("goals.write", week), style=Style.PRIMARY if label == "Set my goals" else Style.PLAIN)


def _check_in(week: Week, label: str = "Check in") -> Button:
    return Button(label, act("goals.answer", week), style=Style.PRIMARY if label == "Check in" else Style.PLAIN)


def _mine(week: Week) -> Button:
    return Button("My week", act("goals.mine", week))
