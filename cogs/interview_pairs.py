"""`/interview pair`: interviewer and candidate, who swap at half-time."""

from typing import Annotated

from bot.chat import (
    PRIVATE,
    Button,
    Buttons,
    Card,
    Choice,
    Cog,
    Context,
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
from bot.interviews.rounds_pairs import Pairs
from bot.interviews.rounds_views import RoundView
from cogs.interview_rounds_words import at
from cogs.interview_topics import Level, known_topic, level_of, topic_choices, topic_name
from cogs.wording import counted

_COMPLETED = 25


class InterviewPairs(Cog):
    """Mock interviews: rounds with others, pairs, and practice alone."""

    name = "interview"

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs

    @command()
    async def pair(
        self,
        ctx: Context,
        partner: Annotated[str, Suggest("partners")],
        topic: Annotated[str, Suggest("pair_topics")] = "",
        level: Level = "mixed",
        questions: Annotated[int, Range(1, 5)] = 2,
        minutes: Annotated[int, Range(1, 30)] = 8,
    ) -> Reply:
        """Interview each other: one asks with hints at hand, the other answers, and then you swap.

        partner: with whom, a name or a mention
        topic: what it is about; all topics without it
        level: 1 for the basics, 3 for the hard ones
        questions: for each of you
        minutes: for each question
        """
        wish = Wish(known_topic(topic), level_of(level), questions * 2, minutes * 60)
        origin = Origin(ctx.community, ctx.workspace, parent_of(ctx.place), ctx.member)
        view = await self._pairs.invite(origin, wish, partner)
        guest = next(seat.name for seat in view.seats if seat.member != ctx.member)
        text = f"{esc(guest)} is asked. The round begins in its thread when they accept, until {at(view)}."
        return Reply(cards=(Card(parts=(Text(text),), tone=Tone.GOOD),))

    @action()
    async def accept(self, ctx: Context, number: int) -> Reply:
        """Begin the round one was invited to."""
        await self._pairs.accept(ctx.member, ctx.community, number)
        return Reply("The first question is on its way, in the thread. You answer first, then you swap.", shows=PRIVATE)

    @action()
    async def decline(self, ctx: Context, number: int) -> Reply:
        """Say no to an invitation."""
        await self._pairs.decline(ctx.member, ctx.community, number)
        return Reply("That is fine. The round is called off.", shows=PRIVATE)

    @suggest
    async def partners(self, ctx: Context, typed: str) -> list[Choice]:
        """Complete a member's name."""
        names = await self._pairs.members(ctx.community)
        return [Choice(name, name) for name in names if typed.lower() in name.lower()][:_COMPLETED]

    @suggest
    async def pair_topics(self, _ctx: Context, typed: str) -> list[Choice]:
        """Complete a topic."""
        return topic_choices(typed)


def invitation(view: RoundView) -> Reply:
    """Ask somebody to be interviewed, and to interview."""
    host = next((esc(seat.name) for seat in view.seats if seat.member == view.host), "Somebody")
    text = (
        f"{host} asks you for a mock interview of two: {counted(view.questions, 'question')} on "
        f"{esc(topic_name(view.topic))}. You answer first, then you swap. It stands until {at(view)}."
    )
    buttons = (
        Button("Accept", act("interview.accept", view.number), style=Style.PRIMARY),
        Button("Not now", act("interview.decline", view.number)),
    )
    return Reply(cards=(Card("Interviewer and candidate", (Text(text), Buttons(buttons))),))
