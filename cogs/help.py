"""`/help`, and the answer to a mention: made from the registry, so that it is never out of date."""

from collections.abc import Callable

from bot.chat import (
    Card,
    Choice,
    Choices,
    Cog,
    Context,
    Message,
    NotFound,
    Reply,
    Text,
    act,
    action,
    command,
    esc,
    listen,
)
from bot.chat.command import Command
from bot.chat.registry import Registry


class Help(Cog):
    """Show what Rung can do."""

    def __init__(self, registry: Callable[[], Registry]) -> None:
        self._registry = registry

    @command(top=True)
    async def help(self, ctx: Context, command: str = "") -> Reply:
        """Show what Rung can do, or how one command works.

        command: its name, for example "leads search"
        """
        wanted = tuple(command.lower().removeprefix("/").split())
        groups = self._registry().groups()
        if not wanted:
            return overview(self._registry(), organiser=ctx.organiser)
        if wanted[0] not in groups:
            raise NotFound(f"There is no command `/{command}`. `/help` lists all of them.")
        exact = self._registry().commands.get(wanted)
        shown = [exact] if exact else groups[wanted[0]]
        return Reply(cards=tuple(command_card(c) for c in shown if ctx.organiser or not c.organisers))

    @action()
    async def group(self, ctx: Context, name: str) -> Reply:
        """Show the commands of a group."""
        return await self.help(ctx, name)

    @listen(mentions=True)
    async def mentioned(self, ctx: Context, message: Message) -> Reply | None:
        """Answer a mention with what one can do."""
        del message
        return overview(self._registry(), organiser=ctx.organiser)


def overview(registry: Registry, *, organiser: bool) -> Reply:
    """Return the first look: the groups of commands, and where to begin."""
    lines, picks = [], []
    for name, commands in registry.groups().items():
        known = [c for c in commands if organiser or not c.organisers]
        if not known:
            continue
        alone = len(known) == 1 and len(known[0].path) == 1
        about = known[0].summary if alone else registry.cog_of(known[0]).summary
        words = ", ".join(f"`{c.path[-1]}`" for c in known)
        lines.append(f"- `/{name}` {about}" if alone else f"- `/{name}` {about.removesuffix('.')}: {words}")
        picks.append(Choice(f"/{name}", name, about))
    intro = (
        "Rung climbs with you to your first machine-learning internship: it finds leads every day, "
        "keeps your pipeline, and brings you together with peers."
    )
    parts = (
        Text(intro),
        Text("\n".join(lines)),
        Choices(act("help.group"), "How does … work?", tuple(picks)),
    )
    return Reply(cards=(Card("What Rung can do", parts),))


def command_card(command: Command) -> Card:
    """Return how a command works."""
    lines = [esc(command.summary)]
    for option in command.options:
        choices = f" ({', '.join(c.value for c in option.choices)})" if option.choices else ""
        needed = "" if option.required else ", may be left out"
        lines.append(f"- `{option.name}` {esc(option.help)}{choices}{needed}")
    lines += ["*Organisers only.*"] if command.organisers else []
    return Card(command.text, (Text("\n".join(lines)),))
