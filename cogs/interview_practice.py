"""`/interview practice`, `/interview review`: alone, one question at a time; what was missed comes back."""

from typing import Annotated

from bot.chat import Cog, Context, Form, Reply, Suggest, TextInput, act, action, command, submit
from bot.community.profiles import Profiles
from bot.community.telling import Notification, Teller
from bot.interviews.practice import Felt, Practice
from bot.interviews.practice_daily import Daily
from bot.interviews.rounds_answers import LONGEST
from cogs import interview_practice_words as words
from cogs.interview_topics import Level, known_topic, level_of, literal


class InterviewPractice(Cog):
    """Mock interviews: rounds with others, pairs, and practice alone."""

    name = "interview"

    def __init__(self, practice: Practice, daily: Daily, profiles: Profiles, teller: Teller) -> None:
        self._practice = practice
        self._daily = daily
        self._profiles = profiles
        self._teller = teller

    @command()
    async def practice(
        self, ctx: Context, topic: Annotated[str, Suggest("round_topics")] = "", level: Level = "mixed"
    ) -> Reply:
        """Answer a question alone: what you missed before comes first, then something new.

        topic: what it is about; all topics without it
        level: 1 for the basics, 3 for the hard ones
        """
        return await self._ask(ctx, known_topic(topic), level_of(level))

    @command()
    async def review(self, ctx: Context) -> Reply:
        """Show what comes back to you, and begin with it."""
        due = await self._practice.due(ctx.member, ctx.community)
        return words.due_list(due, ctx.now, daily=await self._daily.wanted(ctx.member))

    @action()
    async def comes_back(self, ctx: Context) -> Reply:
        """Show what comes back."""
        return await self.review(ctx)

    @action()
    async def practise_next(self, ctx: Context, topic: str = "") -> Reply:
        """Ask another question of a topic; of any without one."""
        return await self._ask(ctx, topic, 0)

    @action()
    async def another(self, ctx: Context, topic: str, level: int, question: str) -> Reply:
        """Ask another question in place of one."""
        topic, level = words.filters(topic, level)
        reply = await self._ask(ctx, topic, level, question)
        return Reply(reply.text, reply.cards, shows=reply.shows, replaces=True)

    @action()
    async def review_next(self, ctx: Context) -> Reply:
        """Ask what is due the longest."""
        due = await self._practice.due(ctx.member, ctx.community)
        if not due.now:
            return words.all_reviewed()
        return words.question(due.now[0])

    @action(opens_form=True)
    async def write(self, ctx: Context, question: str) -> Form:
        """Ask for an answer."""
        asked = await self._practice.question(ctx.community, question)
        box = TextInput("text", "Your answer", multiline=True, max_length=LONGEST)
        return Form("Practice", act("interview.keep_practice", question), (box,), literal(asked.question), "Answer")

    @submit(form="write", slow=True)
    async def keep_practice(self, ctx: Context, question: str, *, text: str) -> Reply:
        """Grade an answer."""
        given = await self._practice.answer(ctx.member, ctx.community, question, text)
        return words.feedback(given, ctx.now)

    @action()
    async def give_up(self, ctx: Context, question: str) -> Reply:
        """Show a good answer to who does not know it; the question comes back soon."""
        return words.feedback(await self._practice.answer(ctx.member, ctx.community, question, ""), ctx.now)

    @action(opens_form=True)
    async def write_on(self, ctx: Context, answer: int) -> Form:
        """Ask for an answer to the follow-up."""
        given = await self._practice.given(ctx.member, answer)
        box = TextInput(
            "text", "Your answer", given.follow_up_text, "Empty when you said it aloud", required=False, multiline=True,
            max_length=LONGEST,
        )  # fmt: skip
        return Form("One more", act("interview.keep_on", answer), (box,), literal(given.follow_up), "Answer")

    @submit(form="write_on")
    async def keep_on(self, ctx: Context, answer: int, *, text: str = "") -> Reply:
        """Keep what was answered to the follow-up, and ask how it went."""
        return words.followed(await self._practice.follow_up(ctx.member, answer, text))

    @action()
    async def felt(self, ctx: Context, answer: int, how: Felt) -> Reply:
        """Keep how a follow-up went."""
        return words.felt(await self._practice.feel(ctx.member, answer, how), ctx.now)

    @action()
    async def daily(self, ctx: Context, wanted: bool) -> Reply:
        """Turn the daily question on or off."""
        await self._teller.choose(ctx.member, Notification.DAILY_QUESTION, wanted=wanted)
        told = await self._profiles.of(ctx.member)
        return words.daily_set(wanted=wanted, hour=told.hour, zone=told.zone)

    async def _ask(self, ctx: Context, topic: str, level: int, other_than: str = "") -> Reply:
        asked = await self._practice.ask(ctx.member, ctx.community, topic, level, other_than)
        return words.question(asked, topic, level)
