"""One thing has one word: in code, tables and commands, outside the platforms, which translate into their own."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.pages import ROOT, registry
from bot.schema import metadata

OURS = {
    "admin": "organiser",
    "administrator": "organiser",
    "moderator": "organiser",
    "attendee": "member",
    "participant": "member",
    "bookmark": "a saved lead",
    "broadcast": "announcement",
    "channel": "place",
    "guild": "workspace",
    "server": "workspace",
    "tenancy": "community",
    "vacancy": "lead",
    "dm": "a direct delivery",
}
"""A word that is not ours, and the one that is (the table in CONTRIBUTING.md)."""
EXCEPTIONS = {
    "ChannelRole": "the design's name of the table: what a place is for",
    "channel_role": "its table",
}


def words(name: str) -> list[str]:
    """Return the words of a name in snake_case or CamelCase, in the singular."""
    return [part.lower().removesuffix("s") for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]


def names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name


def wrong(name: str) -> list[str]:
    return [] if name in EXCEPTIONS else [f"{name}: {w} is {OURS[w]}" for w in words(name) if w in OURS]


def test_code_speaks_our_words() -> None:
    files = [p for folder in ("bot", "cogs") for p in (ROOT / folder).rglob("*.py") if "platforms" not in p.parts]
    assert len(files) > 50
    assert {line for path in files for name in names(path) for line in wrong(name)} == set()


def test_tables_speak_our_words() -> None:
    found = [name for table in metadata.tables.values() for name in (table.name, *table.columns.keys())]
    assert [line for name in found for line in wrong(name)] == []


def test_commands_speak_our_words() -> None:
    found = [name for command in registry().commands.values() for name in (*command.path, *map(_name, command.options))]
    assert found
    assert [line for name in found for line in wrong(name)] == []


def _name(option: object) -> str:
    return str(getattr(option, "name", ""))


@pytest.mark.parametrize("word", sorted(EXCEPTIONS))
def test_an_exception_is_still_needed(word: str) -> None:
    assert any(word in path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))


def test_a_word_that_is_not_ours_is_found() -> None:
    assert wrong("GuildChannels") == ["GuildChannels: guild is workspace", "GuildChannels: channel is place"]
    assert wrong("place") == wrong("observer") == []
