"""Typed options and parameters, read from an annotated signature, and the conversion of what people type into them."""

import inspect
import re
import typing
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal

from bot.chat.errors import BadInput
from bot.chat.reply import Choice

Kind = Literal["text", "whole", "number", "flag", "choice"]

_MOST = 2**31 - 1
"""The largest whole number: no row's number comes so far, and the databases' whole numbers end there or later."""
_YES = frozenset({"yes", "y", "true", "on", "1"})
_NO = frozenset({"no", "n", "false", "off", "0", ""})


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds of a number, both included: `Annotated[int, Range(1, 25)]`."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Suggest:
    """Names the cog's `@suggest` method that completes the option as one types: `Annotated[str, Suggest("places")]`."""

    method: str


@dataclass(frozen=True, slots=True)
class Option:
    """One typed option of a command, parameter of an action or input of a form."""

    name: str
    kind: Kind
    help: str = ""
    required: bool = True
    default: object = None
    choices: tuple[Choice, ...] = ()
    low: float | None = None
    high: float | None = None
    suggest: str = ""
    enum: type[StrEnum] | None = None

    def convert(self, raw: object) -> object:
        """Return the typed value of what was given, as text or typed. Raises BadInput that says what is expected."""
        match self.kind:
            case "text":
                return str(raw).strip()
            case "flag":
                return self._flag(raw)
            case "whole" | "number":
                return self._number(raw)
            case "choice":
                return self._choice(raw)
            case _:
                typing.assert_never(self.kind)

    def _flag(self, raw: object) -> bool:
        if isinstance(raw, bool):
            return raw
        word = str(raw).strip().lower()
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise BadInput(f"`{self.name}` takes yes or no, not “{raw}”.", field=self.name)

    def _number(self, raw: object) -> int | float:
        try:
            value: int | float = int(str(raw).strip()) if self.kind == "whole" else float(str(raw).strip())
        except ValueError:
            what = "a whole number" if self.kind == "whole" else "a number"
            raise BadInput(f"`{self.name}` takes {what}, not “{raw}”.", field=self.name) from None
        if (self.low is not None and value < self.low) or (self.high is not None and value > self.high):
            given = str(raw).strip()[:20]
            raise BadInput(f"`{self.name}` must be from {self.low:g} to {self.high:g}, not {given}.", field=self.name)
        if not abs(value) <= _MOST:  # nor is it what is no number at all
            raise BadInput(f"There is no such `{self.name}` (any more).", field=self.name)
        return value

    def _choice(self, raw: object) -> object:
        word = str(raw).strip().lower()
        for choice in self.choices:
            if word in {choice.value.lower(), choice.label.lower()}:
                return self.enum(choice.value) if self.enum else choice.value
        known = ", ".join(choice.value for choice in self.choices if choice.value)
        raise BadInput(f"`{self.name}` is one of {known}; “{raw}” is not among them.", field=self.name)


_PARAM_HELP = re.compile(r"^(?P<name>[a-z][a-z0-9_]*): (?P<help>.+)$")


def read_docstring(function: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    """Return the summary line of a docstring and the `name: help` lines under it."""
    lines = inspect.getdoc(function)
    if not lines:
        raise TypeError(f"{function.__qualname__} needs a docstring: its first line is the help that members read")
    summary, *rest = lines.splitlines()
    helps = {m["name"]: m["help"] for line in rest if (m := _PARAM_HELP.match(line.strip()))}
    return summary, helps


@cache
def read_options(function: Callable[..., Any], kinds: frozenset[inspect._ParameterKind]) -> tuple[Option, ...]:
    """Read the options of a method from its annotated signature, leaving out self and ctx.

    Raises TypeError for an annotation that no platform could offer. What a function declares does not change, so it is
    read once: tests build a thousand bots, and this took 30 ms of each.
    """
    _, helps = read_docstring(function)
    hints = typing.get_type_hints(function, include_extras=True)
    params = list(inspect.signature(function).parameters.values())[2:]
    return tuple(_option(p, hints[p.name], helps.get(p.name, "")) for p in params if p.kind in kinds)


def _option(param: inspect.Parameter, hint: Any, help_text: str) -> Option:
    required = param.default is inspect.Parameter.empty
    default = None if required else param.default
    low = high = None
    suggest = ""
    if typing.get_origin(hint) is Annotated:
        hint, *extras = typing.get_args(hint)
        for extra in extras:
            if isinstance(extra, Range):
                low, high = extra.low, extra.high
            elif isinstance(extra, Suggest):
                suggest = extra.method
    if typing.get_origin(hint) in {typing.Union, UnionType}:
        hint = next(arg for arg in typing.get_args(hint) if arg is not NoneType)
    kind, choices, enum = _kind(param.name, hint)
    return Option(param.name, kind, help_text, required, default, choices, low, high, suggest, enum)


def _kind(name: str, hint: Any) -> tuple[Kind, tuple[Choice, ...], type[StrEnum] | None]:
    simple: dict[Any, Kind] = {str: "text", int: "whole", float: "number", bool: "flag"}
    if hint in simple:
        return simple[hint], (), None
    if typing.get_origin(hint) is Literal:
        return "choice", tuple(Choice(str(v).replace("_", " "), str(v)) for v in typing.get_args(hint)), None
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return "choice", tuple(Choice(member.value.replace("_", " "), member.value) for member in hint), hint
    raise TypeError(f"option {name!r} has a type that no platform can offer: {hint!r}")
