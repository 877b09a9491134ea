"""Replies and forms as JSON and back: for deliveries that wait in the database, and for `--json`."""

import base64
import dataclasses
import types
import typing
from enum import StrEnum
from typing import Any, TypeVar

from bot.chat import form, reply

_T = TypeVar("_T")
_TYPES: dict[str, type] = {
    cls.__name__: cls
    for module in (reply, form)
    for cls in vars(module).values()
    if isinstance(cls, type) and dataclasses.is_dataclass(cls)
}
_HINTS: dict[str, dict[str, Any]] = {name: typing.get_type_hints(cls) for name, cls in _TYPES.items()}


def encode(value: object) -> Any:
    """Return a reply, form or part of one as JSON data; defaults are left out."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if dataclasses.is_dataclass(value):
        data: dict[str, Any] = {"type": type(value).__name__}
        for field in dataclasses.fields(value):
            item = getattr(value, field.name)
            if item != field.default:
                data[field.name] = encode(item)
        return data
    return value


def decode(data: Any, expected: type[_T]) -> _T:
    """Return what `encode` was given. Raises ValueError when the data is not of the expected type."""
    if not isinstance(data, dict):
        raise ValueError(f"expected a {expected.__name__}, got {type(data).__name__}")  # noqa: TRY004 - data from outside
    cls = _TYPES.get(data.get("type", ""))
    if cls is None or not issubclass(cls, expected):
        raise ValueError(f"expected a {expected.__name__}, got type {data.get('type')!r}")
    hints = _HINTS[cls.__name__]
    return cls(**{name: _value(item, hints[name]) for name, item in data.items() if name != "type"})


def _value(item: Any, hint: Any) -> Any:
    if isinstance(item, dict):
        return decode(item, object)
    if isinstance(item, list):
        inner = next((arg for arg in typing.get_args(hint) if arg is not Ellipsis), object)
        return tuple(_value(each, inner) for each in item)
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    for option in options:
        if option is bytes:
            return base64.b64decode(item)
        if isinstance(option, type) and issubclass(option, StrEnum) and item is not None:
            return option(item)
    return item
