"""`/interview bank`: the questions of the community, to browse and to report."""

from typing import Annotated, Literal

from bot.chat import (
    PRIVATE,
    Card,
    Choice,
    Cog,
    Context,
    Form,
    Reply,
    Suggest,
    Text,
    TextInput,
    Tone,
    act,
    action,
    command,
    submit,
    suggest,
)
from bot.interviews.bank import KINDS, Kind
from bot.interviews.questions import Questions
from bot.interviews.questions_reports import Reports
from bot.interviews.questions_suggested import Suggestions
from cogs import interview_bank_words as words
from cogs.interview_topics import Level, known_topic, level_of, topic_choices

AnyKind = Literal["any", Kind]
_MOST_CHOICES = 25


class InterviewBank(Cog):
    """Mock interviews: rounds with others, pairs, and practice alone."""

    name = "interview"

    def __init__(self, questions: Questions, suggestions: Suggestions, reports: Reports) -> None:
        self._questions = questions
        self._suggestions = suggestions
        self._reports = reports

    @command()
    async def bank(
        self,
        ctx: Context,
        topic: Annotated[str, Suggest("bank_topics")] = "",
        level: Level = "mixed",
        kind: AnyKind = "any",
    ) -> Reply:
        """Browse the questions; each good answer is behind a button.

        topic: what they are about; all topics without it
        level: 1 for the basics, 3 for the hard ones
        kind: explain, compare, compute, debug, design or tell
        """
        return await self._page(ctx, known_topic(topic), level_of(level), kind, 1)

    @action()
    async def bank_page(self, ctx: Context, topic: str, level: int, kind: str, page: int) -> Reply:
        """Turn a page of the bank."""
        reply = await self._page(ctx, topic, level, kind, page)
        return Reply(reply.text, reply.cards, PRIVATE, replaces=True)

    @action()
    async def see(self, ctx: Context, question: str) -> Reply:
        """Show a question alone."""
        return words.alone((await self._questions.of(ctx.community)).get(question))

    @action()
    async def good_answer(self, ctx: Context, question: str) -> Reply:
        """Show a question with its model answer."""
        return words.good_answer((await self._questions.of(ctx.community)).get(question))

    @command(opens_form=True)
    async def report(self, ctx: Context, question: Annotated[str, Suggest("bank_questions")] = "") -> Form:
        """Say what is wrong with a question.

        question: its id, as /interview bank shows it
        """
        return await self.report_form(ctx, question)

    @action(opens_form=True)
    async def report_form(self, ctx: Context, question: str) -> Form:
        """Ask what is wrong with a question."""
        del ctx
        which = TextInput("question", "The question's id", question, "so-docker-layers", max_length=60)
        hint = "The answer is outdated since version 3; it is nearly the same as …"
        reason = TextInput("reason", "What is wrong with it?", "", hint, multiline=True, max_length=600)
        return Form("Report a question", act("interview.keep_report", question), (which, reason), button="Report")

    @submit(form="report_form")
    async def keep_report(self, ctx: Context, opened_with: str, *, question: str, reason: str) -> Reply:
        """Keep a report, for organisers to decide on; an organiser decides at once."""
        del opened_with
        made = await self._reports.report(ctx.community, ctx.member, question.strip(), reason)
        if ctx.organiser:
            return words.reported(made)
        text = "Thank you. The organisers look at it, and you will hear what became of it."
        return Reply(cards=(Card(parts=(Text(text),), tone=Tone.GOOD),), shows=PRIVATE)

    @action(organisers=True)
    async def desk(self, ctx: Context) -> Reply:
        """Show what organisers have to decide on."""
        waiting = await self._suggestions.waiting(ctx.community)
        reports = await self._reports.waiting(ctx.community)
        return words.desk(waiting, reports, await self._reports.upheld(ctx.community))

    @action(organisers=True)
    async def read(self, ctx: Context, report: int) -> Reply:
        """Show a question that was reported, also when it is not asked any more."""
        found = await self._reports.get(ctx.community, report)
        return words.good_answer((await self._questions.everything(ctx.community)).get(found.question))

    @action(organisers=True)
    async def uphold(self, ctx: Context, report: int) -> Reply:
        """Stop asking a question in this community."""
        decided = await self._reports.decide(ctx.community, report, ctx.member, upholds=True)
        text = f"`{decided.question}` is no longer asked here. “Decide” in `/interview bank` brings it back."
        return Reply(text, shows=PRIVATE)

    @action(organisers=True)
    async def dismiss(self, ctx: Context, report: int) -> Reply:
        """Keep a question that was reported, or ask it again."""
        decided = await self._reports.decide(ctx.community, report, ctx.member, upholds=False)
        return Reply(f"`{decided.question}` is asked here.", shows=PRIVATE)

    @suggest
    async def bank_topics(self, _ctx: Context, typed: str) -> list[Choice]:
        """Complete a topic."""
        return topic_choices(typed)

    @suggest
    async def bank_questions(self, ctx: Context, typed: str) -> list[Choice]:
        """Complete a question by words of it or by its id."""
        wanted = typed.lower().split()
        found = (await self._questions.of(ctx.community)).all()
        fitting = [q for q in found if all(word in f"{q.id} {q.question}".lower() for word in wanted)]
        return [Choice(words.short(q.question, 80), q.id) for q in fitting[:_MOST_CHOICES]]

    async def _page(self, ctx: Context, topic: str, level: int, kind: str, page: int) -> Reply:
        bank = await self._questions.of(ctx.community)
        known: Kind | None = next((each for each in KINDS if each == kind), None)
        found = bank.find(topic or None, level or None, known)
        desk = await self._desk(ctx) if ctx.organiser else None
        return words.listing(found, len(bank.all()), (topic, level, kind), page, desk)

    async def _desk(self, ctx: Context) -> int:
        """Return how much there is on the organisers' desk."""
        reports, out = self._reports.waiting(ctx.community), self._reports.upheld(ctx.community)
        return len(await self._suggestions.waiting(ctx.community)) + len(await reports) + len(await out)
