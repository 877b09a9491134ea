"""`/skills`: what is enough for an internship, and a quiz that counts once it is passed."""

import random
from typing import Annotated

from bot.chat import (
    PRIVATE,
    Button,
    Buttons,
    Card,
    Choice,
    Choices,
    Cog,
    Context,
    NotFound,
    Reply,
    Suggest,
    Text,
    Tone,
    act,
    action,
    command,
    suggest,
)
from bot.steps.climb import Climb
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Entry
from bot.steps.playbook import Playbook, Skill

PASS = 0.75
"""Share of right answers with which a quiz is passed."""
_SEEDS = 10_000
_LETTERS = "ABCD"


class Skills(Cog):
    """Software skills: what is enough for an internship, and a quiz for each."""

    def __init__(self, climb: Climb) -> None:
        self._climb = climb

    @command()
    async def list_(self, ctx: Context) -> Reply:
        """Show the skills, and which quizzes you have passed."""
        passed = {e.subject for e in await self._climb.of(ctx.member) if e.kind is Kind.QUIZ}
        skills = Playbook.load().skills.values()
        lines = [f"{'✓' if skill.title in passed else '○'} **{skill.title}**" for skill in skills]
        choices = tuple(Choice(skill.title, skill.id) for skill in skills)
        pick = Choices(act("skills.open"), "Open a skill", choices)
        hint = Text("Five passed quizzes are half of step 3; tools used in something real are the other half.")
        return Reply(cards=(Card("Skills of step 3", (Text("\n".join(lines)), pick, hint)),), shows=PRIVATE)

    @command()
    async def learn(self, ctx: Context, skill: Annotated[str, Suggest("skill_names")]) -> Reply:
        """Show what of a skill is enough for an internship.

        skill: such as git or docker
        """
        del ctx
        return _learn(_skill(skill))

    @action()
    async def open(self, ctx: Context, skill: str) -> Reply:
        """Show a skill."""
        del ctx
        return _learn(_skill(skill))

    @command()
    async def quiz(self, ctx: Context, skill: Annotated[str, Suggest("skill_names")]) -> Reply:
        """Try the quiz of a skill: eight questions, three quarters right is a pass.

        skill: such as git or docker
        """
        return _ask(_skill(skill), _seed(ctx), 0, 0)

    @action()
    async def begin(self, ctx: Context, skill: str) -> Reply:
        """Begin a quiz."""
        return _ask(_skill(skill), _seed(ctx), 0, 0)

    @action()
    async def answer(self, ctx: Context, skill: str, seed: int, number: int, right: int, chosen: int) -> Reply:
        """Take an answer, say whether it is right and why, and ask the next question."""
        found = _skill(skill)
        if not 0 <= number < len(found.quiz):
            raise NotFound("That quiz has changed meanwhile. `/skills quiz` begins it anew.")
        asked = found.quiz[_order(found, seed)[number]]
        well = chosen == asked.right
        right += well
        verdict = "**Right.**" if well else f"**Not quite:** {asked.choices[asked.right]}."
        said = Text(f"{verdict} {asked.why}")
        if number + 1 < len(found.quiz):
            return _ask(found, seed, number + 1, right, said)
        return await self._end(ctx, found, right, said)

    @suggest
    async def skill_names(self, ctx: Context, typed: str) -> list[Choice]:
        """Name the skills."""
        del ctx
        skills = Playbook.load().skills.values()
        return [Choice(skill.title, skill.id) for skill in skills if typed.casefold() in skill.title.casefold()]

    async def _end(self, ctx: Context, skill: Skill, right: int, said: Text) -> Reply:
        total = len(skill.quiz)
        if right >= PASS * total:
            entry = Entry(Step.SKILLS, Kind.QUIZ, skill.title, note=f"{right} of {total}")
            logged = await self._climb.log(ctx.member, entry)
            words = "You had passed it before; it counts once." if logged.again else "It counts for step 3."
            buttons = (Button("What is next", act("steps.go_on")), Button("Another skill", act("skills.show_all")))
            title, tone = f"Passed: {skill.title}, {right} of {total}", Tone.GOOD
        else:
            words = "Three quarters are a pass. Look at what is enough, and try again; the order will be another."
            buttons = (
                Button("What is enough", act("skills.open", skill.id)),
                Button("Try again", act("skills.begin", skill.id)),
            )
            title, tone = f"{right} of {total} in {skill.title}", Tone.WARN
        return Reply(
            cards=(Card(title, (said, Text(words), Buttons(buttons)), tone=tone),), shows=PRIVATE, replaces=True
        )

    @action()
    async def show_all(self, ctx: Context) -> Reply:
        """Show all skills."""
        return await self.list_(ctx)


def _seed(ctx: Context) -> int:
    return (int(ctx.now.timestamp()) + ctx.member) % _SEEDS


def _order(skill: Skill, seed: int) -> list[int]:
    order = list(range(len(skill.quiz)))
    random.Random(seed).shuffle(order)  # noqa: S311 - the order of questions is no secret
    return order


def _ask(skill: Skill, seed: int, number: int, right: int, said: Text | None = None) -> Reply:
    asked = skill.quiz[_order(skill, seed)[number]]
    order = list(range(len(asked.choices)))
    random.Random(seed * 31 + number).shuffle(order)  # noqa: S311 - nor that of the answers
    lines = [f"**{_LETTERS[spot]}** {asked.choices[choice]}" for spot, choice in enumerate(order)]
    buttons = tuple(
        Button(_LETTERS[spot], act("skills.answer", skill.id, seed, number, right, choice))
        for spot, choice in enumerate(order)
    )
    parts = (Text(f"{asked.question}\n\n" + "\n".join(lines)), Buttons(buttons))
    title = f"{skill.title}: question {number + 1} of {len(skill.quiz)}"
    card = Card(title, (said, *parts) if said else parts)
    return Reply(cards=(card,), shows=PRIVATE, replaces=said is not None)


def _learn(skill: Skill) -> Reply:
    lines = "\n".join(f"- {line}" for line in skill.enough)
    links = " · ".join(f"[{link.title}]({link.url})" for link in skill.links)
    text = f"{skill.why}\n\n**Enough for an internship**\n{lines}\n\n{links}"
    return Reply(
        cards=(Card(skill.title, (Text(text), Buttons((Button("Try the quiz", act("skills.begin", skill.id)),)))),),
        shows=PRIVATE,
    )


def _skill(typed: str) -> Skill:
    wanted = typed.strip().casefold()
    skills = Playbook.load().skills
    by_title = {skill.title.casefold(): skill.id for skill in skills.values()}
    return Playbook.load().skill(by_title.get(wanted, wanted))
