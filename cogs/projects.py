"""`/projects`: ideas for projects, to browse and to begin."""

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
    Part,
    Range,
    Reply,
    Suggest,
    Text,
    act,
    action,
    command,
    suggest,
)
from bot.steps.playbook import Idea, Playbook
from cogs.paging import page_of, turns

PAGE = 8
_LEVELS = {1: "a weekend", 2: "some weeks", 3: "a term"}


class Projects(Cog):
    """Ideas for projects, with data, a first milestone, and how to tell them as a story."""

    name = "projects"

    @command(top=True)
    async def projects(
        self, ctx: Context, topic: Annotated[str, Suggest("topics")] = "", level: Annotated[int, Range(0, 3)] = 0
    ) -> Reply:
        """Browse ideas for projects.

        topic: such as vision, language or time series
        level: 1 a weekend, 2 some weeks, 3 a term
        """
        del ctx
        return _page(topic.strip().casefold(), level, 1)

    @suggest
    async def topics(self, ctx: Context, typed: str) -> list[Choice]:
        """Name the topics."""
        del ctx
        found = sorted({idea.topic for idea in Playbook.load().ideas.values()})
        return [Choice(topic, topic) for topic in found if typed.casefold() in topic.casefold()]

    @action()
    async def turn(self, ctx: Context, page: int, level: int, topic: str = "") -> Reply:
        """Turn the page."""
        del ctx
        return _page(topic, level, page)

    @action()
    async def open(self, ctx: Context, idea: str) -> Reply:
        """Show an idea."""
        del ctx
        found = Playbook.load().idea(idea)
        text = (
            f"**Data:** [{found.data.title}]({found.data.url})\n\n**First:** {found.first}\n\n"
            f"**Then:** {found.stretch}\n\n**As a story:** {found.story}"
        )
        buttons = Buttons(
            (
                Button("I began this", act("playbook.did", "project-choose")),
                Button("I finished it", act("playbook.did", "project-first")),
                Button("More ideas", act("projects.turn", 1, 0)),
            )
        )
        title = f"{found.title} · {found.topic} · {_LEVELS[found.level]}"
        return Reply(cards=(Card(title, (Text(text), buttons)),), shows=PRIVATE)


def _page(topic: str, level: int, page: int) -> Reply:
    found = [i for i in Playbook.load().ideas.values() if topic in i.topic.casefold() and level in {0, i.level}]
    if not found:
        raise NotFound("No idea fits that. `/projects` without a topic shows all of them.")
    rows, at, pages = page_of(found, PAGE, page)
    parts: list[Part] = [
        Text("\n".join(_line(idea) for idea in rows)),
        Choices(act("projects.open"), "Open an idea", tuple(Choice(i.title, i.id, i.topic) for i in rows)),
    ]
    if pages > 1:
        buttons = turns(at, pages, lambda number: act("projects.turn", number, level, topic))
        parts += [Text(f"Page {at} of {pages}"), Buttons(buttons)]
    return Reply(cards=(Card("Ideas for projects", tuple(parts)),), shows=PRIVATE)


def _line(idea: Idea) -> str:
    return f"- **{idea.title}** · {idea.topic} · {_LEVELS[idea.level]}"
