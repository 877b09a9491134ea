"""Capabilities: a cog's commands, actions and forms, declared by decorators and read from their signatures."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from bot.chat.context import Context
from bot.chat.form import Form
from bot.chat.options import Option, Range, Suggest, read_docstring, read_options
from bot.chat.reply import PRIVATE, Choice, Reply, Shows

__all__ = [
    "ActionSpec",
    "Answer",
    "Choice",
    "Cog",
    "Command",
    "Range",
    "SubmitSpec",
    "Suggest",
    "action",
    "command",
    "submit",
    "suggest",
]

Answer = Reply | Form
Handler = Callable[..., Awaitable[Answer]]
_F = TypeVar("_F", bound=Callable[..., Any])
_MARK = "__rung__"
_POSITIONAL = frozenset({inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.POSITIONAL_ONLY})
_KEYWORD = frozenset({inspect.Parameter.KEYWORD_ONLY})


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, as every platform needs to know it. `path` is ("leads", "search") or ("setup",)."""

    path: tuple[str, ...]
    summary: str
    options: tuple[Option, ...]
    shows: Shows
    organisers: bool
    opens_form: bool
    slow: bool
    handler: Handler

    @property
    def text(self) -> str:
        """The command as one types it: `/leads search`."""
        return "/" + " ".join(self.path)

    def option(self, name: str) -> Option | None:
        """The option of that name (hyphens and underscores are the same), or None."""
        wanted = name.replace("-", "_").lower()
        return next((o for o in self.options if o.name == wanted), None)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """What a click on `name` runs. With a menu, the picked value is the last parameter."""

    name: str
    params: tuple[Option, ...]
    shows: Shows
    organisers: bool
    opens_form: bool
    slow: bool
    handler: Handler


@dataclass(frozen=True, slots=True)
class SubmitSpec:
    """What gets a form: `params` come from its token, `inputs` from what was typed; `form` builds it for a retry."""

    name: str
    params: tuple[Option, ...]
    inputs: tuple[Option, ...]
    shows: Shows
    organisers: bool
    slow: bool
    handler: Handler
    form: Callable[..., Awaitable[Form]]


@dataclass(frozen=True, slots=True)
class _Mark:
    what: str
    shows: Shows = PRIVATE
    organisers: bool = False
    opens_form: bool = False
    slow: bool = False
    top: bool = False
    form: str = ""


def command(
    *, shows: Shows = PRIVATE, organisers: bool = False, opens_form: bool = False, slow: bool = False, top: bool = False
) -> Callable[[_F], _F]:
    """Declare a slash command; name, options and help are read from the method.

    shows: who sees the answer unless the reply says otherwise
    organisers: only who may manage the workspace
    opens_form: the answer is a form (fixed at the first answer on Discord, so declared here)
    slow: may take longer than a second, so it is acknowledged first
    top: stands alone (`/setup`) and not under its cog's name
    """
    return _marker(_Mark("command", shows, organisers, opens_form, slow, top))


def action(
    *, shows: Shows = PRIVATE, organisers: bool = False, opens_form: bool = False, slow: bool = False
) -> Callable[[_F], _F]:
    """Declare what a button or a menu runs; it is `<cog>.<method>` and its parameters are the token's values."""
    return _marker(_Mark("action", shows, organisers, opens_form, slow))


def submit(*, form: str, shows: Shows = PRIVATE, organisers: bool = False, slow: bool = False) -> Callable[[_F], _F]:
    """Declare what gets a form: positional parameters from its token, keyword-only ones from its inputs.

    form: the cog's method `(ctx, *token values) -> Form` that builds the form, used again when an input was wrong
    """
    return _marker(_Mark("submit", shows, organisers, slow=slow, form=form))


def suggest(function: _F) -> _F:
    """Declare a completion: `async (ctx, typed: str) -> list[Choice]`, at most 25, within a fraction of a second."""
    return _marker(_Mark("suggest"))(function)


def _marker(mark: _Mark) -> Callable[[_F], _F]:
    def decorate(function: _F) -> _F:
        setattr(function, _MARK, mark)
        return function

    return decorate


class Cog:
    """One capability. Its docstring's first line introduces it in `/help`; `name` is the word before its commands."""

    name: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.__dict__.get("name"):
            cls.name = cls.__name__.lower()

    @property
    def summary(self) -> str:
        """The one line that introduces the capability."""
        return read_docstring(type(self))[0]

    def specs(self) -> tuple[list[Command], list[ActionSpec], list[SubmitSpec]]:
        """Read all that the cog declares, in the order in which it stands in the class.

        Raises TypeError for a declaration that can't be offered.
        """
        commands: list[Command] = []
        actions: list[ActionSpec] = []
        submits: list[SubmitSpec] = []
        for attribute, function in vars(type(self)).items():
            mark = getattr(function, _MARK, None)
            if not isinstance(mark, _Mark):
                continue
            bound = getattr(self, attribute)
            if mark.what == "command":
                commands.append(self._command(attribute, function, bound, mark))
            elif mark.what == "action":
                params = read_options(function, _POSITIONAL)
                actions.append(
                    ActionSpec(
                        f"{self.name}.{attribute}",
                        params,
                        mark.shows,
                        mark.organisers,
                        mark.opens_form,
                        mark.slow,
                        bound,
                    )
                )
            elif mark.what == "submit":
                submits.append(self._submit(attribute, function, bound, mark))
        return commands, actions, submits

    def _command(self, name: str, function: Handler, bound: Handler, mark: _Mark) -> Command:
        summary, _ = read_docstring(function)
        options = read_options(function, _POSITIONAL)
        for option in options:
            if not option.help:
                raise TypeError(f"{function.__qualname__}: option {option.name!r} has no help line in the docstring")
        # `import_` is how Python lets a method be called what the command is called: /tracker import.
        word = name.removesuffix("_")
        path = (word,) if mark.top else (self.name, word)
        return Command(path, summary, options, mark.shows, mark.organisers, mark.opens_form, mark.slow, bound)

    def _submit(self, name: str, function: Handler, bound: Handler, mark: _Mark) -> SubmitSpec:
        return SubmitSpec(
            f"{self.name}.{name}",
            read_options(function, _POSITIONAL),
            read_options(function, _KEYWORD),
            mark.shows,
            mark.organisers,
            mark.slow,
            bound,
            getattr(self, mark.form),
        )

    async def complete(self, method: str, ctx: Context, typed: str) -> list[Choice]:
        """Run one of the cog's `@suggest` methods."""
        found: list[Choice] = await getattr(self, method)(ctx, typed)
        return found
