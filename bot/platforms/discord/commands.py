"""Our commands as native slash commands, made from the registry, and their synchronisation."""

import inspect
import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.chat.command import Command
from bot.chat.options import Option
from bot.chat.registry import Registry
from bot.chat.reply import Choice
from bot.platforms.discord.limits import MAX_COMMAND_CHOICES, MAX_COMMAND_HELP, MAX_VALUE

Interaction = discord.Interaction[Any]
Run = Callable[[Interaction, Command, Mapping[str, object]], Awaitable[None]]
"""What a command runs: its interaction and what was given, without the options that were left out."""
Complete = Callable[[Interaction, Command, str, str], Awaitable[list[Choice]]]
"""What completes an option: the option's name and what was typed."""
_Payload = Mapping[str, Any]
_TYPES: dict[str, type] = {"text": str, "whole": int, "number": float, "flag": bool, "choice": str}


def add_commands(tree: app_commands.CommandTree[Any], registry: Registry, run: Run, complete: Complete) -> None:
    """Put every command of the registry on the tree; the first word of a longer path becomes a group.

    Discord lets only a whole group be reserved for organisers, so one is when all of its commands are; the router
    checks each command anyway. Raises TypeError when a word is both a command and a group, which Discord can't have.
    """
    for first, commands in registry.groups().items():
        organisers = all(c.organisers for c in commands)
        if commands[0].path == (first,) and len(commands) == 1:
            tree.add_command(_command(commands[0], run, complete, top=True))
            continue
        if any(c.path == (first,) for c in commands):
            raise TypeError(f"/{first} is a command and has commands below it")
        group = app_commands.Group(
            name=first,
            description=_help(registry.cog_of(commands[0]).summary),
            default_permissions=_organisers(only=organisers),
            allowed_contexts=_contexts(),
            allowed_installs=_installs(),
        )
        for command in commands:
            group.add_command(_command(command, run, complete, top=False))
        tree.add_command(group)


def payloads(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """Return the commands as Discord is told them."""
    return [dict(c.to_dict(tree)) for c in tree.get_commands()]


async def sync(tree: app_commands.CommandTree[Any], *, force: bool = False) -> bool:
    """Tell Discord the commands where it knows others; returns whether it had to be told.

    What Discord has is asked for and compared, so nothing needs to be remembered here, and a tree that somebody else
    overwrote is healed. Needs a client that is logged in. Raises discord.HTTPException.
    """
    client = tree.client
    if not force and client.application_id is not None:
        # As Discord sends them: discord.py's own objects lose a context (2.7.1 reads [0, 1] as [0]).
        present = await client.http.get_global_commands(client.application_id)
        if _canonical(present) == _canonical(payloads(tree)):
            return False
    await tree.sync()
    return True


def _command(command: Command, run: Run, complete: Complete, *, top: bool) -> app_commands.Command[Any, Any, Any]:
    ordered = sorted(command.options, key=lambda o: not o.required)  # Discord wants the needed ones first

    async def callback(interaction: Interaction, **given: object) -> None:
        await run(interaction, command, {name: value for name, value in given.items() if value is not None})

    first = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Interaction)
    signature = inspect.Signature([first, *(_parameter(o) for o in ordered)])
    callback.__signature__ = signature  # type: ignore[attr-defined]  # discord.py reads the options from it
    described: Any = app_commands.describe(**{o.name: _help(o.help) for o in ordered})(callback)
    fixed = {o.name: _choices(o.choices) for o in ordered if o.choices and not _completes(o)}
    made: app_commands.Command[Any, Any, Any] = app_commands.Command(
        name=command.path[-1],
        description=_help(command.summary),
        callback=app_commands.choices(**fixed)(described),
        allowed_contexts=_contexts() if top else None,
        allowed_installs=_installs() if top else None,
    )
    if top:
        made.default_permissions = _organisers(only=command.organisers)
    for option in filter(_completes, ordered):
        made.autocomplete(option.name)(_completion(command, option, complete))
    return made


def _completes(option: Option) -> bool:
    return bool(option.suggest) or len(option.choices) > MAX_COMMAND_CHOICES


def _parameter(option: Option) -> inspect.Parameter:
    kind: Any = _TYPES[option.kind]
    bounds = [bound if bound is None else kind(bound) for bound in (option.low, option.high)]
    if bounds != [None, None]:
        kind = app_commands.Range[kind, bounds[0], bounds[1]]
    default = inspect.Parameter.empty if option.required else None
    return inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default)


def _completion(
    command: Command, option: Option, complete: Complete
) -> Callable[[Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]:
    async def callback(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        typed = str(current)
        if option.suggest:
            return _choices(await complete(interaction, command, option.name, typed))
        return _choices([c for c in option.choices if typed.lower() in c.label.lower()])

    return callback


def _choices(choices: Sequence[Choice]) -> list[app_commands.Choice[str]]:
    """The choices that Discord takes: not too many, and none without a value or with one that is too long."""
    fitting = [c for c in choices if 0 < len(c.value) <= MAX_VALUE]
    return [
        app_commands.Choice(name=(c.label or c.value)[:MAX_VALUE], value=c.value) for c in fitting[:MAX_COMMAND_CHOICES]
    ]


def _help(text: str) -> str:
    return (text if len(text) <= MAX_COMMAND_HELP else text[: MAX_COMMAND_HELP - 1].rstrip() + "…") or "…"


def _organisers(*, only: bool) -> discord.Permissions | None:
    return discord.Permissions(manage_guild=True) if only else None


def _contexts() -> app_commands.AppCommandContext:
    return app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)


def _installs() -> app_commands.AppInstallationType:
    return app_commands.AppInstallationType(guild=True, user=False)


def _canonical(commands: Sequence[_Payload]) -> str:
    """What makes a difference to members, in one form, whoever wrote it."""
    found = sorted((_meant(c) for c in commands), key=lambda c: str(c["name"]))
    return json.dumps(found, sort_keys=True)


def _meant(command: _Payload) -> dict[str, Any]:
    meant: dict[str, Any] = {
        "name": command["name"],
        "type": int(command.get("type", 1)),
        "description": command.get("description", ""),
        "options": [_meant(o) for o in command.get("options") or []],
        "choices": [(c["name"], c["value"]) for c in command.get("choices") or []],
        "required": bool(command.get("required")),
        "completes": bool(command.get("autocomplete")),
        "bounds": [command.get("min_value"), command.get("max_value")],
        "contexts": sorted(command.get("contexts") or []),
    }
    permissions = command.get("default_member_permissions")
    meant["permissions"] = None if permissions is None else int(permissions)
    return meant
