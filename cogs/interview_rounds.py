"""`/interview start`: mock interviews with several people, in a thread."""

from typing import Annotated

from bot.chat import (
    PRIVATE,
    Button,
    Buttons,
    Card,
    Choice,
    Cog,
    Context,
    Form,
    Message,
    Range,
    Reply,
    Style,
    Suggest,
    Text,
    TextInput,
    Tone,
    act,
    action,
    command,
    listen,
    submit,
    suggest,
)
from bot.interviews.rounds import Origin, Rounds, Wish, parent_of
from bot.interviews.rounds_answers import LONGEST, Answers, Heard, Hearing
from bot.interviews.rounds_joining import Joining
from cogs import interview_rounds_words as words
from cogs.interview_topics import How, Level, known_topic, level_of, literal, topic_choices


class InterviewRounds(Cog):
    """Mock interviews: rounds with others, pairs, and practice alone."""

    name = "interview"

    def __init__(self, rounds: Rounds, joining: Joining, answers: Answers) -> None:
        self._rounds = rounds
        self._joining = joining
        self._answers = answers

    @command()
    async def start(
        self,
        ctx: Context,
        topic: Annotated[str, Suggest("round_topics")] = "",
        level: Level = "mixed",
        questions: Annotated[int, Range(1, 10)] = 5,
        minutes: Annotated[int, Range(1, 30)] = 5,
        answers: How = "private",
        peers: bool = False,
    ) -> Reply:
        """Begin a mock interview in a thread; others join by a button.

        topic: what it is about; all topics without it
        level: 1 for the basics, 3 for the hard ones
        questions: how many
        minutes: for each question
        answers: private by a form, or open in the thread
        peers: whether participants also score each other's answers, without names
        """
        wish = Wish(known_topic(topic), level_of(level), questions, minutes * 60, answers == "open", peers)
        origin = Origin(ctx.community, ctx.workspace, parent_of(ctx.place), ctx.member)
        view, places = await self._rounds.start(origin, wish, [ctx.member])
        return words.started(view, len(places))

    @command()
    async def join(self, ctx: Context) -> Reply:
        """Take part in a round that is under way."""
        found = await self._joining.joinable(ctx.community)
        if len(found) == 1:
            return await self.enter(ctx, found[0].number)
        return words.to_join(found)

    @command()
    async def stop(self, ctx: Context) -> Reply:
        """Stop your round: the question under way is its last."""
        view = await self._joining.stop(ctx.member, None, ctx.community, organiser=ctx.organiser)
        return words.stopped(view)

    @action()
    async def enter(self, ctx: Context, number: int) -> Reply:
        """Take part in a round."""
        return words.joined(await self._joining.join(ctx.member, ctx.community, number))

    @action()
    async def begin(self, ctx: Context, number: int) -> Reply:
        """Ask the first question of a round now."""
        await self._joining.begin(ctx.member, ctx.community, number)
        return Reply("The first question is on its way.", shows=PRIVATE)

    @action()
    async def end(self, _ctx: Context, number: int) -> Reply:
        """Stop a round from its first message, once it was said that this is meant."""
        text = "Stop this round? The question under way is its last, and all answers are still graded."
        sure = Button("Stop the round", act("interview.end_now", number), style=Style.DANGER)
        return Reply(cards=(Card(parts=(Text(text), Buttons((sure,))), tone=Tone.WARN),), shows=PRIVATE)

    @action()
    async def end_now(self, ctx: Context, number: int) -> Reply:
        """Stop a round."""
        return words.stopped(await self._joining.stop(ctx.member, number, ctx.community, organiser=ctx.organiser))

    @action(opens_form=True)
    async def answer(self, ctx: Context, number: int, position: int) -> Form:
        """Ask for an answer, with what was answered so far filled in."""
        asked = await self._answers.asked(ctx.member, ctx.community, number, position)
        box = TextInput("text", "Your answer", asked.text, multiline=True, max_length=LONGEST)
        title = f"Question {position} of {asked.view.questions}"
        token = act("interview.keep_answer", number, position)
        return Form(title, token, (box,), literal(asked.question.question), "Answer")

    @submit(form="answer")
    async def keep_answer(self, ctx: Context, number: int, position: int, *, text: str) -> Reply:
        """Keep an answer."""
        return words.taken(await self._answers.answer(ctx.member, ctx.community, number, position, text))

    @listen(threads=True)
    async def overhear(self, ctx: Context, message: Message) -> Reply | None:
        """Take what participants write in the thread of an open round as their answers."""
        heard = Heard(ctx.workspace, ctx.place.id, ctx.place.parent, ctx.member, message.id, message.text)
        taken = await self._answers.hear(heard)
        return words.too_long(ctx.caller.user_name) if taken is Hearing.TOO_LONG else None

    @suggest
    async def round_topics(self, _ctx: Context, typed: str) -> list[Choice]:
        """Complete a topic."""
        return topic_choices(typed)
