"""All that the bot can do, gathered from its cogs: one registry feeds every platform, `/help` and the documentation."""

from collections.abc import Iterable

from bot.chat.action import Action
from bot.chat.command import ActionSpec, Cog, Command, SubmitSpec
from bot.chat.form import Form
from bot.chat.listen import Listener, listeners
from bot.chat.reply import Buttons, Choices, Reply


class Registry:
    """Commands by path, actions and submits by name, listeners. Raises TypeError when a name stands twice."""

    def __init__(self, cogs: Iterable[Cog]) -> None:
        self.cogs: list[Cog] = list(cogs)
        self.commands: dict[tuple[str, ...], Command] = {}
        self.actions: dict[str, ActionSpec] = {}
        self.submits: dict[str, SubmitSpec] = {}
        self.listeners: list[Listener] = []
        self._cog_of: dict[tuple[str, ...], Cog] = {}
        for cog in self.cogs:
            self._add(cog)

    def _add(self, cog: Cog) -> None:
        commands, actions, submits = cog.specs()
        for command in commands:
            if command.path in self.commands:
                raise TypeError(f"two commands are called {command.text}")
            self.commands[command.path] = command
            self._cog_of[command.path] = cog
        for action in actions:
            self._refuse_twice(action.name)
            self.actions[action.name] = action
        for submit in submits:
            self._refuse_twice(submit.name)
            self.submits[submit.name] = submit
        self.listeners += listeners(cog)

    def _refuse_twice(self, name: str) -> None:
        if name in self.actions or name in self.submits:
            raise TypeError(f"two actions are called {name}")

    def cog_of(self, command: Command) -> Cog:
        """Return the cog that declared a command."""
        return self._cog_of[command.path]

    def groups(self) -> dict[str, list[Command]]:
        """Return the commands by their first word, in order."""
        grouped: dict[str, list[Command]] = {}
        for command in self.commands.values():
            grouped.setdefault(command.path[0], []).append(command)
        return grouped

    def unknown_tokens(self, answer: Reply | Form) -> list[str]:
        """Return the tokens that no handler would take: must be none (the contract suite asks)."""
        if isinstance(answer, Form):
            return [] if Action.parse(answer.submit).name in self.submits else [answer.submit]
        return [t for t in tokens_of(answer) if Action.parse(t).name not in self.actions]


def tokens_of(reply: Reply) -> list[str]:
    """Return every action token in a reply, in order."""
    found: list[str] = []
    for card in reply.cards:
        for part in card.parts:
            if isinstance(part, Buttons):
                found += [b.action for b in part.buttons if b.action]
            elif isinstance(part, Choices):
                found.append(part.action)
    return found
