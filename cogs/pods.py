"""`/pods`: to be matched with one or a few others, every week or every two, and to say whether you met."""

from typing import Annotated

from bot.accountability.pods_fit import Size
from bot.accountability.pods_questions import PodQuestions
from bot.accountability.pods_wishes import MOST_ROUNDS, PodWishes, Wish
from bot.chat import (
    PRIVATE,
    BadInput,
    Choice,
    Cog,
    Context,
    Form,
    NotFound,
    Range,
    Reply,
    SelectInput,
    TextInput,
    act,
    action,
    command,
    submit,
)
from bot.community.profiles import Profiles
from cogs.pods_words import RHYTHMS, SIZES, status_card, told
from cogs.wording import counted, word_list

LONGEST = 200
"""Letters of the line for others."""


class Pods(Cog):
    """Meet one or a few others every week or two: pairs and pods."""

    name = "pods"

    def __init__(self, wishes: PodWishes, questions: PodQuestions, profiles: Profiles) -> None:
        self._wishes = wishes
        self._questions = questions
        self._profiles = profiles

    @command(opens_form=True)
    async def join(self, ctx: Context) -> Form:
        """Be matched with somebody who fits, or change how."""
        return await self.enter(ctx)

    @command()
    async def leave(self, ctx: Context) -> Reply:
        """Be matched no more. A pair or pod that has begun goes on."""
        return await self.go(ctx)

    @command()
    async def pause(self, ctx: Context, rounds: Annotated[int, Range(0, MOST_ROUNDS)] = 1) -> Reply:
        """Sit out some matchings.

        rounds: how many of yours, 0 to be matched again at once
        """
        await self._wishes.rest(ctx.member, rounds)
        said = f"You sit out {counted(rounds, 'round')}." if rounds else "You are matched in the next round again."
        return await self._status(ctx, said)

    @command()
    async def status(self, ctx: Context) -> Reply:
        """Show your current pair or pod, and when you are matched next."""
        return await self._status(ctx)

    @action()
    async def mine(self, ctx: Context) -> Reply:
        """Show how the member stands."""
        return await self._status(ctx)

    @action()
    async def go(self, ctx: Context) -> Reply:
        """Have the member matched no more."""
        if not await self._wishes.leave(ctx.member):
            raise NotFound("You are not matched at the moment. `/pods join` begins it.")
        text = "You are matched no more. What has begun goes on; `/pods join` is always open."
        return Reply(text, shows=PRIVATE)

    @action(opens_form=True)
    async def enter(self, ctx: Context) -> Form:
        """Ask how the member wants to be matched, with what they said before filled in."""
        wish = await self._wishes.wish(ctx.member) or Wish(Size.PAIR, 1)
        topics = ", ".join((await self._profiles.of(ctx.member)).topics)
        sizes = tuple(Choice(f"In {words}", size.value) for size, words in SIZES.items())
        rhythms = tuple(Choice(words.capitalize(), str(weeks)) for weeks, words in RHYTHMS.items())
        return Form(
            "Pairs and pods",
            act("pods.keep"),
            (
                SelectInput("size", "How do you want to meet?", sizes, wish.size.value),
                SelectInput("weeks", "How often?", rhythms, str(wish.weeks)),
                TextInput("topics", "Your topics, with commas", topics, "vision, diffusion", required=False),
                TextInput("note", "A line for whoever you meet", wish.note, required=False, max_length=LONGEST),
            ),
            "Who fits is told by hours, step and topics. Those you meet see your name, topics and line, and the thread "
            "stands in a place that others can read.",
        )

    @submit(form="enter")
    async def keep(self, ctx: Context, *, size: Size, weeks: int, topics: str = "", note: str = "") -> Reply:
        """Keep how the member wants to be matched."""
        if weeks not in RHYTHMS:
            raise BadInput("Every week (1) or every two weeks (2).", field="weeks")
        wanted = word_list(topics, "topics")
        if wanted != (await self._profiles.of(ctx.member)).topics:
            await self._profiles.keep(ctx.member, topics=wanted)
        await self._wishes.join(ctx.member, size, weeks, " ".join(note.split())[:LONGEST])
        return await self._status(ctx, "You are in.")

    @action()
    async def met(self, ctx: Context, pod: int) -> Reply:
        """Note that a pod of the member's met."""
        view = await self._questions.met(ctx.member, pod)
        return Reply(cards=told(view).cards, shows=PRIVATE)

    @action()
    async def not_yet(self, ctx: Context, pod: int, number: int) -> Reply:
        """Note that a pod of the member's has not met yet."""
        view = await self._questions.not_yet(ctx.member, pod, number)
        return Reply(cards=told(view).cards, shows=PRIVATE)

    async def _status(self, ctx: Context, said: str = "") -> Reply:
        status = await self._wishes.status(ctx.member, ctx.community, ctx.zone)
        return Reply(said, cards=(status_card(status, ctx.zone),), shows=PRIVATE)
