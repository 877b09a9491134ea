"""What platforms keep of a person under their own user id, outside of the members' tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bot.chat.redact import Redaction

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows by the name of their table."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """How one platform's tables are exported and forgotten; each function runs in the caller's unit of work.

    names: the names by which the platform knows a user
    export: what it keeps of a user, without secrets
    forget: drops what it keeps of a user, and takes them out of what stays
    """

    platform: str
    names: Callable[[Connection, str], Sequence[str]]
    export: Callable[[Connection, str], Rows]
    forget: Callable[[Connection, str, Redaction], None]
