"""From what a platform saw to what is answered: one way in for commands, clicks, forms, completions and messages."""

import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.chat.action import Action, act
from bot.chat.command import ActionSpec, Answer, Command, SubmitSpec
from bot.chat.context import Caller, Context, Standing
from bot.chat.errors import BadInput, ChatError, NotAllowed, NotFound
from bot.chat.form import Form, Input, SelectInput, TextInput
from bot.chat.listen import Message
from bot.chat.markup import esc
from bot.chat.options import Option
from bot.chat.parse import parse_command
from bot.chat.registry import Registry
from bot.chat.reply import PRIVATE, Button, Buttons, Card, Choice, Refusal, Reply, Text, Tone

log = logging.getLogger(__name__)


class Directory(Protocol):
    """Knows the people: makes a member of whoever speaks for the first time."""

    async def standing(self, caller: Caller) -> Standing:
        """Return who that is in the community."""
        ...


class Drafts(Protocol):
    """Keeps what was typed into a form that could not be taken yet."""

    async def keep(self, member: int, token: str, values: Mapping[str, str]) -> int:
        """Store what was typed; returns its number."""
        ...

    async def get(self, member: int, draft: int) -> tuple[str, dict[str, str]] | None:
        """Return the form's token and what the member typed, or None."""
        ...


RETRY = "rung.retry"
RUN = "rung.run"


class Router:
    """Answers. Every method returns something sayable; only a programming error in the router itself escapes."""

    def __init__(self, registry: Registry, directory: Directory, drafts: Drafts, clock: Callable[[], datetime]) -> None:
        self.registry = registry
        self._directory = directory
        self._drafts = drafts
        self._clock = clock

    async def text(self, caller: Caller, line: str) -> Answer:
        """Answer a typed command line."""
        try:
            parsed = parse_command(line, self.registry.commands)
        except ChatError as error:
            return sorry(error)
        return await self.command(caller, parsed.command.path, parsed.given)

    async def command(self, caller: Caller, path: Sequence[str], given: Mapping[str, object]) -> Answer:
        """Answer a command. A form comes back where something needed is missing."""
        command = self.registry.commands.get(tuple(path))
        if command is None:
            return sorry(NotFound(f"There is no command `/{' '.join(path)}`. `/help` lists all of them."))

        async def run(ctx: Context) -> Answer:
            missing = [o for o in command.options if o.required and o.name not in given]
            if missing:
                return command_form(command, given)
            values = {o.name: o.convert(given[o.name]) if o.name in given else o.default for o in command.options}
            return await command.handler(ctx, **values)

        return await self._answer(caller, command, run)

    async def action(self, caller: Caller, token: str, picked: str | None = None) -> Answer:
        """Answer a click, or a pick from a menu (the picked value is the last argument)."""
        try:
            action = Action.parse(token)
        except ValueError:
            return _outdated(token)
        args = action.args if picked is None else (*action.args, picked)
        if action.name == RETRY:
            return await self._retry(caller, args)
        spec = self.registry.actions.get(action.name)
        if spec is None or not _fits(spec.params, args):
            return _outdated(token)
        return await self._answer(caller, spec, lambda ctx: spec.handler(ctx, *_convert(spec.params, args)))

    async def submit(self, caller: Caller, token: str, values: Mapping[str, str]) -> Answer:
        """Answer a filled-in form. When something is wrong, what was typed is kept and a button opens it again."""
        try:
            action = Action.parse(token)
        except ValueError:
            return _outdated(token)
        if action.name == RUN:
            given = {name: value for name, value in values.items() if value != ""}
            return await self.command(caller, action.args, given)
        spec = self.registry.submits.get(action.name)
        if spec is None or not _fits(spec.params, action.args):
            return _outdated(token)

        async def run(ctx: Context) -> Answer:
            try:
                typed = _typed_inputs(spec.inputs, values)
                return await spec.handler(ctx, *_convert(spec.params, action.args), **typed)
            except BadInput as error:
                draft = await self._drafts.keep(ctx.member, token, values)
                again = Buttons((Button("Open it again", act(RETRY, draft)),))
                cards = (Card(parts=(Text(error.message), again), tone=Tone.BAD),)
                return Reply(cards=cards, shows=PRIVATE, refused=_refusal(error))

        return await self._answer(caller, spec, run)

    async def suggest(self, caller: Caller, path: Sequence[str], option: str, typed: str) -> list[Choice]:
        """Complete an option as one types: at most 25 choices, none when nothing fits or the cog could not say."""
        command = self.registry.commands.get(tuple(path))
        found = command.option(option) if command else None
        if command is None or found is None or not found.suggest:
            return []
        try:
            ctx = await self._context(caller)
            return (await self.registry.cog_of(command).complete(found.suggest, ctx, typed))[:25]
        except ChatError:
            return []
        except Exception:
            log.exception("completion failed", extra={"command": command.text, "option": option})
            return []

    async def message(self, caller: Caller, message: Message) -> list[Reply]:
        """Let the listeners hear a message; returns what they say, mostly nothing."""
        hearing = [listener for listener in self.registry.listeners if listener.hears(message, caller.place)]
        if not hearing:
            return []
        replies: list[Reply] = []
        try:
            ctx = await self._context(caller)
            for listener in hearing:
                reply = await listener.handler(ctx, message)
                if reply is not None:
                    replies.append(reply)
        except ChatError as error:
            log.info("a listener declined: %s", error.message)
        except Exception:
            log.exception("a listener failed", extra={"incident": secrets.token_hex(4)})
        return replies

    async def _retry(self, caller: Caller, args: Sequence[str]) -> Answer:
        async def run(ctx: Context) -> Answer:
            kept = await self._drafts.get(ctx.member, int(args[0]) % 2**31) if args and args[0].isdecimal() else None
            if kept is None:
                raise NotFound("What you typed is no longer kept. Start the command again.")
            token, values = kept
            action = Action.parse(token)
            spec = self.registry.submits[action.name]
            form: Form = await spec.form(ctx, *_convert(spec.params, action.args))
            return form.filled(values)

        return await self._guarded(caller, None, run)

    async def _context(self, caller: Caller) -> Context:
        return Context(caller, await self._directory.standing(caller), self._clock())

    async def _answer(
        self, caller: Caller, spec: Command | ActionSpec | SubmitSpec, run: Callable[[Context], Awaitable[Answer]]
    ) -> Answer:
        answer = await self._guarded(caller, spec, run)
        return answer.shown(spec.shows) if isinstance(answer, Reply) else answer

    async def _guarded(
        self,
        caller: Caller,
        spec: Command | ActionSpec | SubmitSpec | None,
        run: Callable[[Context], Awaitable[Answer]],
    ) -> Answer:
        try:
            if spec is not None and spec.organisers and not caller.organiser:
                raise NotAllowed("Only organisers of this community can do that. Ask one of them to run it.")
            return await run(await self._context(caller))
        except ChatError as error:
            return sorry(error)
        except Exception:
            # The one place where anything unforeseen ends: the person gets a number, the log the traceback under it.
            incident = secrets.token_hex(4)
            log.exception("incident %s", incident, extra={"incident": incident, "platform": caller.platform})
            return _apology(incident)


def _apology(incident: str) -> Reply:  # a refusal: a form stays open, with what was written
    text = (
        f"Something went wrong on our side. Please try again; if it stays, tell an organiser this number: `{incident}`."
    )
    return Reply(cards=(Card(parts=(Text(text),), tone=Tone.BAD),), shows=PRIVATE, refused=Refusal(text))


def sorry(error: ChatError) -> Reply:
    """Say an error to the person who can do something about it."""
    cards = (Card(parts=(Text(error.message),), tone=Tone.WARN),)
    return Reply(cards=cards, shows=PRIVATE, refused=_refusal(error))


def _refusal(error: ChatError) -> Refusal:
    return Refusal(error.message, error.field if isinstance(error, BadInput) else "")


def command_form(command: Command, given: Mapping[str, object]) -> Form:
    """Return a form that asks for a command's options: those needed first, five at most, what was given filled in."""
    asked = sorted(command.options, key=lambda o: (not o.required, o.name not in given))[:5]
    inputs = tuple(_input(option, str(given.get(option.name, ""))) for option in asked)
    return Form(command.text, act(RUN, *command.path), inputs, esc(command.summary), "Go")


def _input(option: Option, value: str) -> Input:
    choices = option.choices
    if option.kind == "flag":
        choices = (Choice("Yes", "yes"), Choice("No", "no"))
    label = option.name.replace("_", " ").capitalize()
    if choices:
        return SelectInput(option.name, label, choices, value, option.help, option.required)
    return TextInput(option.name, label, value, option.help, option.required)


def _fits(params: Sequence[Option], args: Sequence[str]) -> bool:
    return sum(p.required for p in params) <= len(args) <= len(params)


def _convert(params: Sequence[Option], args: Sequence[str]) -> list[Any]:
    return [param.convert(arg) for param, arg in zip(params, args, strict=False)]


def _typed_inputs(inputs: Sequence[Option], values: Mapping[str, str]) -> dict[str, object]:
    typed: dict[str, object] = {}
    for item in inputs:
        raw = values.get(item.name, "")
        if raw.strip() == "":
            if item.required:
                raise BadInput(f"“{item.name.replace('_', ' ')}” is needed.", field=item.name)
            typed[item.name] = item.default
        else:
            typed[item.name] = item.convert(raw)
    return typed


def _outdated(token: str) -> Reply:
    log.info("a click that no handler takes: %s", token.split(":", 1)[0][:60])
    return sorry(NotFound("This button is from an older version of Rung. Run the command again to get a fresh one."))
