"""What pairs and pods are told, and the cards that commands and messages share."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.accountability.pods_fit import Size
from bot.accountability.pods_questions import MOST, Outcome
from bot.accountability.pods_stats import PodNumbers, PodWeek
from bot.accountability.pods_views import Partner, PodView
from bot.accountability.pods_wishes import PodStatus, Wish
from bot.chat import (
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
    mention,
)
from cogs.wording import counted, listed

NAME = 60
"""Letters of a name that are shown."""
SIZES = {Size.PAIR: "pairs", Size.POD: "pods of three to four"}
RHYTHMS = {1: "every week", 2: "every two weeks"}


def opening(pod: PodView) -> Reply:
    """Open a pod's thread in the place; names only, for the thread calls them."""
    names = listed([f"**{esc(partner.name[:NAME])}**" for partner in pod.partners])
    title = f"{pod.word.capitalize()} {pod.number}"
    text = f"{title}: {names}. This thread is yours {_long(pod.weeks)}."
    return Reply(text, thread=f"{title}, {_date(pod.day)} {pod.day.year}")


def talk(pod: PodView, starter: str) -> Reply:
    """Greet a pod in its thread, with what they may begin with."""
    called = listed([_called(partner, pod.platform) for partner in pod.partners])
    parts: list[Part] = [Text(_how(pod))]
    if lines := [line for partner in pod.partners if (line := _about(partner))]:
        parts.append(Text("\n".join(lines)))
    parts.append(Text(f"To begin with: “{esc(starter)}”"))
    return Reply(f"Hello {called}.", cards=(Card(f"Your {pod.word}", tuple(parts)),))


def private(pod: PodView, member: int, starter: str) -> Reply:
    """Tell a member who is in their pod, where there is no place for a thread."""
    mine = next(partner for partner in pod.partners if partner.member == member)
    others = [partner for partner in pod.partners if partner is not mine]
    platform = next(iter(mine.accounts), pod.platform)
    text = (
        f"{_long(pod.weeks).capitalize()} you are matched with {listed([_called(each, platform) for each in others])}. "
    )
    parts: list[Part] = [Text(f"{text}Write to them: whoever reads this first begins. {_how(pod)}")]
    if lines := [line for partner in others if (line := _about(partner))]:
        parts.append(Text("\n".join(lines)))
    parts.append(Text(f"To begin with: “{esc(starter)}”"))
    return Reply(cards=(Card(f"Your {pod.word}", tuple(parts)),))


def alone() -> Reply:
    """Tell somebody kindly that nobody was left for them."""
    text = Text(
        "There was nobody left to meet you this time. It is the numbers, not you: you are matched again in the next "
        "round, and one more person who joins is enough. Do you know somebody to bring along?"
    )
    return Reply(cards=(Card("No match this time", (text, Buttons((_status(),)))),))


def ask(pod: PodView, number: int) -> Reply:
    """Ask a pod whether they met."""
    again = "you wanted a week more; " if number > 1 else ""
    no = "Not yet" if number < MOST else "Not this time"
    buttons = Buttons(
        (
            Button("Yes, we met", act("pods.met", pod.id), style=Style.PRIMARY),
            Button(no, act("pods.not_yet", pod.id, number)),
        )
    )
    names = listed([esc(partner.name[:NAME]) for partner in pod.partners])
    text = Text(f"{names}: {again}ten minutes count, and one of you answers for all.")
    return Reply(cards=(Card("Did you meet?", (text, buttons)),))


def told(pod: PodView) -> Reply:
    """Say what is known of a pod: in the place of the question, and to who answered it."""
    if pod.outcome == Outcome.MET:
        text, tone = "You met. It is noted for each of you.", Tone.GOOD
        return Reply(cards=(Card("Did you meet?", (Text(text),), tone=tone),))
    met = Buttons((Button("We met after all", act("pods.met", pod.id)),))
    if pod.outcome == Outcome.NOT:
        text = "Not this time, and that is fine. Weeks are like that."
    else:
        text = f"Not yet. I ask once more on {pod.ask_on:%A}, {_date(pod.ask_on)}."
    return Reply(cards=(Card("Did you meet?", (Text(text), met)),))


def status_card(status: PodStatus, zone: str) -> Card:
    """Show a member how they stand."""
    parts: list[Part] = [Text("\n".join(_current_lines(status.current)))] if status.current else []
    if status.wish is None:
        text = "You are not matched at the moment. Once you join, somebody who fits is found for you."
        return Card("Pairs and pods", (*parts, Text(text), Buttons((_join("Join"),))))
    parts.append(Text(_wish_line(status.wish)))
    parts.append(Fields((Field("Next matching", _next(status.next_at, zone)),)))
    if status.wish.resting:
        parts.append(Text(f"You sit out {counted(status.wish.resting, 'round')}. `/pods pause 0` ends that."))
    if status.away:
        parts.append(Text("You are away now; while you are, you are not matched."))
    buttons = [_join("Change"), Button("Leave", act("pods.go"))]
    if status.current and status.current.outcome == Outcome.OPEN:
        buttons.insert(0, Button("We met", act("pods.met", status.current.id), style=Style.PRIMARY))
    return Card("Pairs and pods", (*parts, Buttons(tuple(buttons))))


def stats_card(numbers: PodNumbers) -> Card:
    """Show organisers how it goes."""
    resting = f", {numbers.resting} of them sitting out" if numbers.resting else ""
    parts: list[Part] = [Text(f"{counted(numbers.members, 'member')} in{resting}.")]
    if numbers.share_met is not None:
        met, asked = sum(week.met for week in numbers.weeks), sum(week.asked for week in numbers.weeks)
        parts.append(Progress("Met", numbers.share_met, f"{met} of {asked} that were asked"))
    lines = [
        _week_line(week) for week in reversed(numbers.weeks) if week.pods or week.left_over or week.joined or week.left
    ]
    parts.append(
        Text("\n".join(lines) or "Nothing in the last weeks yet. `/pods setup` chooses when members are matched.")
    )
    return Card("Pairs and pods in figures", tuple(parts))


def _week_line(week: PodWeek) -> str:
    facts = []
    if week.pods:
        facts.append(counted(week.pods, "group"))
        told = {"met": week.met, "did not": week.not_met, "gave no answer": week.unanswered}
        facts += [f"{number} {words}" for words, number in told.items() if number]
        if running := week.pods - week.asked:
            facts.append(f"{running} not asked yet")
    facts += [f"{week.left_over} left over"] * bool(week.left_over)
    facts += [f"{week.joined} joined"] * bool(week.joined) + [f"{week.left} left"] * bool(week.left)
    return f"- Week {week.week.number}: {', '.join(facts)}"


def _current_lines(pod: PodView) -> list[str]:
    names = listed([esc(partner.name[:NAME]) for partner in pod.partners])
    told = {Outcome.MET: "You met.", Outcome.NOT: "You did not meet.", Outcome.OPEN: "Did you meet already?"}
    head = f"**Your {pod.word} since {_date(pod.day)}:** {names}. {told[Outcome(pod.outcome)]}"
    return [head, *(line for partner in pod.partners if (line := _about(partner)))]


def _wish_line(wish: Wish) -> str:
    note = f" Your line for others: “{esc(wish.note)}”" if wish.note else ""
    return f"You are in: {SIZES[wish.size]}, {RHYTHMS[wish.weeks]}.{note}"


def _next(at: datetime | None, zone: str) -> str:
    if at is None:
        return "as soon as an organiser chooses the day (`/pods setup`)"
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%A}, {_date(local)}, {local:%H:%M} your time"


def _about(partner: Partner) -> str:
    """What somebody tells the others of themselves; empty for nothing."""
    topics = f" ({esc(', '.join(partner.topics)[:120])})" if partner.topics else ""
    note = f": {esc(partner.note)}" if partner.note else ""
    return f"- {esc(partner.name[:NAME])}{topics}{note}" if topics or note else ""


def _called(partner: Partner, platform: str) -> str:
    user = partner.accounts.get(platform)
    return mention(user, partner.name[:NAME]) if user else f"**{esc(partner.name[:NAME])}**"


def _how(pod: PodView) -> str:
    when = "this week" if pod.weeks == 1 else "in the next two weeks"
    return f"Find twenty minutes {when}, by call or by text. On {_date(pod.ask_on)} I ask whether you met."


def _long(weeks: int) -> str:
    return "this week" if weeks == 1 else "for two weeks"


def _date(day: date) -> str:
    return f"{day.day} {day:%B}"


def _join(label: str) -> Button:
    return Button(label, act("pods.enter"), style=Style.PRIMARY if label == "Join" else Style.PLAIN)


def _status() -> Button:
    return Button("My pod", act("pods.mine"))
