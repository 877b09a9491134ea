"""`/playbook`: the guide to a step, its tasks ticked from the ledger, and "I did this"."""

from typing import Annotated

from bot.chat import (
    PRIVATE,
    BadInput,
    Button,
    Buttons,
    Card,
    Choice,
    Choices,
    Cog,
    Context,
    Form,
    Part,
    Range,
    Reply,
    Text,
    TextInput,
    act,
    action,
    command,
    submit,
)
from bot.steps.climb import LONGEST, Climb
from bot.steps.kinds import TITLES, Kind, Step
from bot.steps.ledger import Entry
from bot.steps.playbook import Guide, Playbook, PlaybookTask
from bot.steps.progress import ticked
from cogs.steps_words import logged_card
from cogs.wording import web_link

_OF_ROOMS = {
    Kind.QUIZ: "`/skills quiz` writes it down when you pass.",
    Kind.APPLIED: "`/tracker add` writes it down when you apply.",
    Kind.PRACTICE: "A practice session writes it down.",
    Kind.ROUND: "`/interview start` begins a round, which writes it down.",
}
"""What another room writes, and how."""


class PlaybookPages(Cog):
    """What to do on each step, and what counts as done."""

    name = "playbook"

    def __init__(self, climb: Climb) -> None:
        self._climb = climb

    @command(top=True)
    async def playbook(self, ctx: Context, step: Annotated[int, Range(1, 6)] = 1) -> Reply:
        """Show why a step matters, when it is done, and its tasks.

        step: 1 to 6
        """
        return await self._page(ctx, Step(step))

    @action()
    async def open(self, ctx: Context, step: int) -> Reply:
        """Show a step."""
        if step not in TITLES or not step:
            raise BadInput("The steps are 1 to 6.")
        return await self._page(ctx, Step(step))

    @action()
    async def task(self, ctx: Context, task: str) -> Reply:
        """Show a task."""
        playbook = Playbook.load()
        found, step = playbook.task(task), _step_of(playbook, task)
        done = ticked(found, step, await self._climb.of(ctx.member))
        buttons = [] if found.kind in _OF_ROOMS else [Button("I did this", act("playbook.did", task))]
        buttons.append(Button(f"Back to step {step.value}", act("playbook.open", step.value)))
        hint = f"\n\n{_OF_ROOMS[found.kind]}" if found.kind in _OF_ROOMS else ""
        text = f"{found.how}\n\n**What counts:** {found.proof}.{hint}"
        title = f"{'✓ ' if done else ''}{found.title}"
        return Reply(cards=(Card(title, (Text(text), Buttons(tuple(buttons)))),), shows=PRIVATE)

    @action(opens_form=True)
    async def did(self, ctx: Context, task: str) -> Form | Reply:
        """Ask how a task was done; one that another room writes down says where."""
        found = Playbook.load().task(task)
        return await (self.task(ctx, task) if found.kind in _OF_ROOMS else self.form(ctx, task))

    async def form(self, ctx: Context, task: str) -> Form:
        """Ask how a task was done."""
        del ctx
        found = Playbook.load().task(task)
        inputs = [
            TextInput("link", "Link", hint="If there is one", required=False, max_length=300),
            TextInput("note", found.proof, multiline=True, required=False, max_length=500),
        ]
        if found.needs:
            inputs.insert(0, TextInput("what", "What is it?", hint="Its name, in a few words", max_length=LONGEST))
        return Form(found.title[:45], act("playbook.keep", task), tuple(inputs), button="Write it down")

    @submit(form="form", slow=True)
    async def keep(self, ctx: Context, task: str, *, what: str = "", link: str = "", note: str = "") -> Reply:
        """Write a task down."""
        playbook = Playbook.load()
        found, step = playbook.task(task), _step_of(playbook, task)
        if found.needs and not what.strip():
            raise BadInput("Say in a few words what it is.", field="what")
        url = web_link(link)
        if not url and not note.strip() and not what.strip():
            raise BadInput("Give a link or a line; it is for you to look back on.", field="note")
        entry = Entry(step, found.kind, what if found.needs else found.title, url, note.strip())
        logged = await self._climb.log(ctx.member, entry)
        return Reply(cards=(logged_card(logged),), shows=PRIVATE)

    async def _page(self, ctx: Context, step: Step) -> Reply:
        guide = Playbook.load().guides[step]
        entries = await self._climb.of(ctx.member)
        lines = [f"{'✓' if ticked(t, step, entries) else '○'} {t.title}" for t in guide.tasks]
        parts: list[Part] = [
            Text(f"{guide.why}\n\n**Done when:** {guide.done}"),
            Text("\n".join(lines)),
            Choices(act("playbook.task"), "Open a task", tuple(_choice(task) for task in guide.tasks)),
            Text(_rest(guide)),
            Buttons(_turns(step)),
        ]
        return Reply(cards=(Card(f"Step {step.value}: {TITLES[step]}", tuple(parts)),), shows=PRIVATE)


def _choice(task: PlaybookTask) -> Choice:
    return Choice(task.title, task.id, task.proof)


def _rest(guide: Guide) -> str:
    ways = "".join(f"**{way.title}.** {way.text}\n\n" for way in guide.ways)
    pitfalls = "\n".join(f"- {each}" for each in guide.pitfalls)
    links = " · ".join(f"[{link.title}]({link.url})" for link in guide.links)
    return f"{ways}**Easy to get wrong**\n{pitfalls}\n\n{links}"


def _turns(step: Step) -> tuple[Button, ...]:
    buttons = [Button("What is next for me", act("steps.go_on"))]
    if step > Step.PROJECTS:
        buttons.insert(0, Button(f"← Step {step - 1}", act("playbook.open", step - 1)))
    if step < Step.PART_TIME:
        buttons.append(Button(f"Step {step + 1} →", act("playbook.open", step + 1)))
    return tuple(buttons)


def _step_of(playbook: Playbook, task: str) -> Step:
    return next(step for step, guide in playbook.guides.items() if any(t.id == task for t in guide.tasks))
