"""`/interview schedule`: a round every week, for which one signs up."""

import re
from datetime import date
from typing import Annotated, Literal, get_args

from bot.chat import (
    PRIVATE,
    BadInput,
    Button,
    Buttons,
    Card,
    Choice,
    Cog,
    Context,
    NotFound,
    Part,
    Range,
    Reply,
    Style,
    Suggest,
    Text,
    Tone,
    act,
    action,
    command,
    esc,
    suggest,
)
from bot.interviews.rounds import Origin, Wish, parent_of
from bot.interviews.rounds_plans import Plans, PlanWords
from bot.interviews.rounds_signups import Plan, Signups
from cogs.clocks import WEEKDAYS
from cogs.interview_rounds_words import named
from cogs.interview_topics import How, Level, known_topic, level_of, topic_choices, topic_name
from cogs.wording import counted

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS: tuple[Day, ...] = get_args(Day)
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class InterviewWeekly(Cog):
    """Mock interviews: rounds with others, pairs, and practice alone."""

    name = "interview"

    def __init__(self, plans: Plans) -> None:
        self._plans = plans

    @command(organisers=True)
    async def schedule(
        self,
        ctx: Context,
        day: Day,
        at: str = "18:00",
        topic: Annotated[str, Suggest("weekly_topics")] = "",
        level: Level = "mixed",
        questions: Annotated[int, Range(1, 10)] = 5,
        minutes: Annotated[int, Range(1, 30)] = 5,
        answers: How = "private",
        peers: bool = False,
        minimum: Annotated[int, Range(1, 50)] = 3,
    ) -> Reply:
        """Hold a round every week; members sign up two days before.

        day: of the week
        at: the hour, by the community's clock
        topic: what it is about; all topics without it
        level: 1 for the basics, 3 for the hard ones
        questions: how many
        minutes: for each question
        answers: private by a form, or open in the thread
        peers: whether participants also score each other's answers, without names
        minimum: how many must sign up, else it is called off
        """
        wish = Wish(known_topic(topic), level_of(level), questions, minutes * 60, answers == "open", peers)
        origin = Origin(ctx.community, ctx.workspace, parent_of(ctx.place), ctx.member)
        found = await self._plans.create(origin, wish, DAYS.index(day) + 1, read_clock(at), minimum)
        text = (
            f"Done: {_when(found.plan)}. The first is on {found.day:%-d %B}. One signs up from two days before, and is "
            "reminded half an hour before. `/interview scheduled` cancels it."
        )
        return Reply(cards=(Card("A round every week", (Text(text),), tone=Tone.GOOD),))

    @command()
    async def scheduled(self, ctx: Context) -> Reply:
        """Show the rounds of every week; organisers can cancel them."""
        found = await self._plans.listed(ctx.community)
        if not found:
            return Reply("No round is held every week. Organisers set one up with `/interview schedule`.")
        return Reply(cards=tuple(self._card(each, organiser=ctx.organiser) for each in found[:10]))

    def _card(self, found: Signups, *, organiser: bool) -> Card:
        parts: list[Part] = [Text(f"{_about(found.plan)}. Next on {found.day:%-d %B}: {_who(found)}")]
        buttons = list(_sign_buttons(found))
        if organiser:
            token = act("interview.unschedule", found.plan.number)
            buttons.append(Button("Hold it no more", token, style=Style.DANGER))
        return Card(_when(found.plan), (*parts, Buttons(tuple(buttons))))

    @action(organisers=True)
    async def unschedule(self, ctx: Context, number: int) -> Reply:
        """Hold a round of every week no more."""
        plan = await self._plans.cancel(ctx.community, number)
        return Reply(f"{_when(plan)}: no longer held.", shows=PRIVATE)

    @action()
    async def sign_up(self, ctx: Context, number: int, day: str) -> Reply:
        """Sign up for the round of a day."""
        found = await self._plans.sign(ctx.member, ctx.community, number, read_day(day), comes=True)
        text = f"See you on {found.day:%A, %-d %B} at {found.plan.at} ({esc(found.plan.zone)}). {_who(found)}"
        off = Button("I can't come after all", act("interview.sign_off", number, day))
        return Reply(cards=(Card(parts=(Text(text), Buttons((off,))), tone=Tone.GOOD),), shows=PRIVATE)

    @action()
    async def sign_off(self, ctx: Context, number: int, day: str) -> Reply:
        """Take a sign-up back."""
        await self._plans.sign(ctx.member, ctx.community, number, read_day(day), comes=False)
        return Reply("Noted. Maybe next week.", shows=PRIVATE)

    @suggest
    async def weekly_topics(self, _ctx: Context, typed: str) -> list[Choice]:
        """Complete a topic."""
        return topic_choices(typed)


def read_clock(typed: str) -> str:
    """Return HH:MM of what somebody typed. Raises BadInput with an example."""
    found = _CLOCK.fullmatch(typed.strip())
    if not found:
        raise BadInput("Write the hour like 18:00.", field="at")
    return f"{int(found[1]):02}:{found[2]}"


def read_day(text: str) -> date:
    """Read a day from a button. Raises NotFound for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound("I don't know that day. `/interview scheduled` shows the rounds of every week.") from None


def _when(plan: Plan) -> str:
    return f"{WEEKDAYS[plan.weekday - 1]} at {plan.at} ({plan.zone})"


def _about(plan: Plan) -> str:
    minutes = counted(plan.wish.seconds // 60, "minute")
    return f"{esc(topic_name(plan.wish.topic))}, {counted(plan.wish.questions, 'question')} of {minutes}"


def _who(found: Signups) -> str:
    if not found.members:
        return f"Nobody signed up yet; it is held with {found.plan.minimum}."
    more = f" {_people(found.missing, 'more ')} and it is held." if found.missing else ""
    return f"{len(found.members)} signed up: {named(found.names)}.{more}"


def _sign_buttons(found: Signups) -> tuple[Button, ...]:
    day = found.day.isoformat()
    return (
        Button("I'm in", act("interview.sign_up", found.plan.number, day), style=Style.PRIMARY),
        Button("Not this time", act("interview.sign_off", found.plan.number, day)),
    )


def sign_up(found: Signups, how: str) -> Reply:
    """The message with which one signs up, and what becomes of it."""
    plan = found.plan
    title = f"Mock interview on {found.day:%A, %-d %B} at {plan.at} ({plan.zone})"
    parts: list[Part] = [Text(_about(plan))]
    match how:
        case "open":
            parts += [Text(_who(found)), Buttons(_sign_buttons(found))]
        case "began":
            parts.append(Text(f"It has begun, with {named(found.names)}. One can still join by its first message."))
        case "ended":
            parts.append(Text("This round is no longer held."))
        case _:
            parts.append(Text(_why_not(found, how)))
    return Reply(cards=(Card(title, tuple(parts)),))


def _why_not(found: Signups, how: str) -> str:
    if how == "late":
        return "I was away at its hour, so it is called off this week. Sorry for that; until next week."
    if how == "ended":
        return "An organiser cancelled it: this round is no longer held."
    came = _people(len(found.members))
    return f"{came} signed up, and it takes {found.plan.minimum}: called off this week. Until the next one."


def _people(count: int, more: str = "") -> str:
    return f"{count} {more}{'person' if count == 1 else 'people'}"


def reminder(found: Signups) -> Reply:
    """Remind somebody who signed up; while too few did it is not said that the round begins."""
    hour = f"At {found.plan.at} ({esc(found.plan.zone)})"
    if found.enough:
        text = f"{hour} your mock interview begins: {_about(found.plan)}. The thread opens by itself, and you are in."
    else:
        signed = _people(len(found.members))
        verb = "signs" if found.missing == 1 else "sign"
        text = (
            f"{hour} your mock interview begins if {_people(found.missing, 'more ')} {verb} up until then: "
            f"{_about(found.plan)}. {signed} did so far. Then the thread opens by itself, and you are in; else it is "
            "called off, and I tell you."
        )
    off = Button("I can't come after all", act("interview.sign_off", found.plan.number, found.day.isoformat()))
    return Reply(cards=(Card("In half an hour", (Text(text), Buttons((off,)))),))


def called_off(found: Signups, how: str) -> Reply:
    """Tell somebody who signed up that there is no round."""
    alone = "`/interview practice` is there for you at any hour." if how != "late" else ""
    return Reply(cards=(Card("No mock interview this time", (Text(f"{_why_not(found, how)} {alone}".strip()),)),))


WORDS = PlanWords(sign_up, reminder, called_off)
