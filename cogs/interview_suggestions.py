"""`/interview suggest`, `export`, `import`: the community's own questions, written by members, kept by organisers."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Literal

from bot.chat import (
    PRIVATE,
    BadInput,
    Button,
    Buttons,
    Card,
    Choice,
    Cog,
    Context,
    File,
    Form,
    NotFound,
    Reply,
    Suggest,
    Text,
    TextInput,
    Tone,
    act,
    action,
    command,
    esc,
    submit,
    suggest,
)
from bot.interviews.bank import KINDS, Bank, Kind, Question
from bot.interviews.bank_checks import twins, unanswerable
from bot.interviews.questions import APPROVED, Questions, Suggestion
from bot.interviews.questions_drafts import Draft
from bot.interviews.questions_suggested import Suggestions
from bot.interviews.questions_yaml import Problem, read, write
from cogs import interview_bank_words as words
from cogs.interview_topics import known_topic, topic_choices
from cogs.wording import counted

OwnLevel = Literal["1", "2", "3"]
_MOST_TEXT = 3_000
"""Characters of a form's input that every platform takes."""
_BOXES = ("yaml", "more", "rest")
_TOLD = 8
"""Problems of an import that are told at once."""


class InterviewSuggestions(Cog):
    """Mock interviews: rounds with others, pairs, and practice alone."""

    name = "interview"

    def __init__(self, questions: Questions, suggestions: Suggestions) -> None:
        self._questions = questions
        self._suggestions = suggestions

    @command(opens_form=True)
    async def suggest_(
        self,
        ctx: Context,
        topic: Annotated[str, Suggest("own_topics")],
        level: OwnLevel = "2",
        kind: Kind = "explain",
    ) -> Form:
        """Write a question for the community's bank; the organisers look at it.

        topic: what it is about
        level: 1 what everybody should know, 3 what sets one apart
        kind: explain, compare, compute, debug, design or tell
        """
        return await self.suggestion_form(ctx, known_topic(topic), int(level), kind)

    async def suggestion_form(self, ctx: Context, topic: str, level: int, kind: str) -> Form:
        """Build the form for a question."""
        del ctx
        if kind not in KINDS or not topic:
            raise BadInput("Choose a topic and a kind: `/interview suggest`.", field="topic")
        points = "3: the heaviest point | other words; more words\n2: the next | other words\n1: the last | words"
        inputs = (
            TextInput("question", "The question", multiline=True, max_length=600),
            TextInput("answer", "A good answer, three to eight sentences", multiline=True, max_length=1500),
            TextInput("points", "Three to six key points, a line each", "", points, multiline=True, max_length=1500),
            TextInput("mistakes", "Common mistakes, one to three, a line each", multiline=True, max_length=600),
            TextInput("follow_ups", "What to ask on, one to three, a line each", multiline=True, max_length=600),
        )
        intro = "A key point has a weight from 1 to 3, then what an answer says, then other words for it after a “|”."
        return Form("Suggest a question", act("interview.keep_question", topic, level, kind), inputs, intro, "Suggest")

    @submit(form="suggestion_form", slow=True)
    async def keep_question(
        self,
        ctx: Context,
        topic: str,
        level: int,
        kind: Kind,
        *,
        question: str,
        answer: str,
        points: str,
        mistakes: str,
        follow_ups: str,
    ) -> Reply:
        """Keep a suggestion and say what our rules notice; an organiser's own is approved at once."""
        draft = Draft(topic, level, kind, question, answer, points, mistakes, follow_ups)
        made = await self._suggestions.suggest(ctx.community, ctx.member, draft, at_once=ctx.organiser)
        remarks = await self._remarks(made)
        text = (
            f"It is in the bank now, as `{made.question.id}`."
            if ctx.organiser
            else "Thank you. The organisers look at it, and you will hear what became of it."
        )
        if remarks:
            text += "\n\nWhat our rules notice, which may help you to write the next one:\n"
            text += "\n".join(f"- {esc(remark)}" for remark in remarks)
        return Reply(cards=(Card(parts=(Text(text),), tone=Tone.GOOD),), shows=PRIVATE)

    @action(organisers=True, slow=True)
    async def check(self, ctx: Context, number: int) -> Reply:
        """Show all of a suggestion, with what our rules notice."""
        found = await self._suggestions.get(ctx.community, number)
        return words.checked(found, await self._remarks(found))

    @action(organisers=True)
    async def approve(self, ctx: Context, number: int) -> Reply:
        """Take a suggestion into the bank."""
        return self._decided(await self._suggestions.decide(ctx.community, number, ctx.member, approves=True))

    @action(organisers=True)
    async def turn_down(self, ctx: Context, number: int) -> Reply:
        """Keep a suggestion out of the bank."""
        return self._decided(await self._suggestions.decide(ctx.community, number, ctx.member, approves=False))

    @command(organisers=True, slow=True)
    async def export(self, ctx: Context) -> Reply:
        """Get the community's own questions as a YAML file."""
        own = await self._questions.own(ctx.community)
        if not own:
            raise NotFound("There are no questions of your own yet. `/interview suggest` writes one.")
        file = File(f"questions-{ctx.now:%Y-%m-%d}.yaml", write(own), "application/yaml")
        text = f"{counted(len(own), 'question')} of your own. `/interview import` reads them again, changed ones too."
        return Reply(text, files=(file,), shows=PRIVATE)

    @command(organisers=True, opens_form=True)
    async def import_(self, ctx: Context) -> Form:
        """Bring questions as YAML, for instance those of another community."""
        return await self.import_form(ctx)

    async def import_form(self, ctx: Context) -> Form:
        """Ask for YAML."""
        del ctx
        labels = ("Questions as YAML", "More of them, from a “- id:” on", "And more")
        inputs = tuple(
            TextInput(name, label, required=name == _BOXES[0], multiline=True, max_length=_MOST_TEXT)
            for name, label in zip(_BOXES, labels, strict=True)
        )
        intro = "As `/interview export` writes them. A known id is changed, a new one added; the rest stays as it is."
        return Form("Import questions", act("interview.take_questions"), inputs, intro, "Import")

    @submit(form="import_form", organisers=True, slow=True)
    async def take_questions(self, ctx: Context, *, yaml: str, more: str = "", rest: str = "") -> Reply:
        """Take the questions that are right, and say of each other one where it is wrong.

        The text is kept when something is wrong: it opens again with all that was pasted, and what was taken already
        stays as it is.
        """
        found, problems = await asyncio.to_thread(_read, (yaml, more, rest), self._questions.bank)
        done = await self._suggestions.bring(ctx.community, ctx.member, found)
        said = f"{counted(done.added, 'question')} added, {done.changed} changed, {done.same} as before."
        if problems:
            raise BadInput(f"{said} Not taken:\n{_told(problems)}", field="yaml")
        browse = Buttons((Button("Browse", act("interview.bank_page", "", 0, "any", 1)),))
        return Reply(cards=(Card(parts=(Text(said), browse), tone=Tone.GOOD),), shows=PRIVATE)

    @suggest
    async def own_topics(self, _ctx: Context, typed: str) -> list[Choice]:
        """Complete a topic."""
        return topic_choices(typed)

    def _decided(self, decided: Suggestion) -> Reply:
        name = decided.question.id
        done = f"`{name}` is in the bank now." if decided.state == APPROVED else f"`{name}` is not in the bank."
        return Reply(done, shows=PRIVATE)

    async def _remarks(self, made: Suggestion) -> list[str]:
        bank = await self._questions.of(made.community)
        others = [question for question in bank.all() if question.id != made.question.id]
        return await asyncio.to_thread(remarks, made.question, others)


def remarks(question: Question, others: Sequence[Question]) -> list[str]:
    """Return what the bank's own rules say of a question; it takes up to a second of a processor."""
    return [*unanswerable(question), *twins(question, others)]


def _read(boxes: Sequence[str], ours: Bank) -> tuple[list[Question], list[tuple[int, Problem]]]:
    """Return the questions of all boxes of the form, and what is wrong in which box."""
    found: dict[str, Question] = {}
    problems: list[tuple[int, Problem]] = []
    for number, box in enumerate(boxes, 1):
        if box.strip():
            pasted = read(box, list(ours.topics()), {*found, *(question.id for question in ours.all())})
            found |= {question.id: question for question in pasted.questions}
            problems += [(number, problem) for problem in pasted.problems]
    return list(found.values()), problems


def _told(problems: Sequence[tuple[int, Problem]]) -> str:
    lines = [
        f"- {f'box {number}, ' if number > 1 else ''}line {problem.line}: {esc(problem.why)}"
        for number, problem in problems[:_TOLD]
    ]
    if more := len(problems) - len(lines):
        lines.append(f"- and {counted(more, 'more question')}.")
    return "\n".join(lines)
