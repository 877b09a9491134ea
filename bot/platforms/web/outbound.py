"""What a page is told: entries, places, commands and people as JSON."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from bot.chat.command import Command
from bot.chat.fallback import summary_of
from bot.chat.options import Option
from bot.chat.registry import Registry
from bot.platforms.web.markup import said
from bot.platforms.web.names import Visitor, hue_of
from bot.platforms.web.places import DIRECT, Channel
from bot.platforms.web.render import Renderer
from bot.platforms.web.security import Seal
from bot.platforms.web.store import Entry

Json = dict[str, Any]


class Outbound:
    """Turns what we know into what a page shows."""

    def __init__(self, registry: Registry, seal: Seal) -> None:
        self._registry = registry
        self._seal = seal

    def entry(self, entry: Entry) -> Json:
        """Return a message. The same for everybody who may see it."""
        data: Json = {
            "id": entry.id,
            "place": entry.place,
            "author": entry.author,
            "name": entry.name if entry.author else "Rung",
            "hue": hue_of(entry.author),
            "at": entry.at.isoformat(),
            "html": str(said(entry.body.text) if entry.author else self._renderer(entry).reply(entry.body)),
            "summary": entry.body.text if entry.author else summary_of(entry.body),
            "private": bool(entry.only_for) and not entry.place.startswith(DIRECT),
            "edited": entry.edited_at is not None,
            "delivered": bool(entry.key),
        }
        if entry.asked:
            data["asked"] = {"name": entry.asked_by, "line": entry.asked}
        if entry.beneath:
            data["beneath"] = {"message": entry.beneath, "token": entry.spot}
        if entry.thread:
            data["thread"] = self.thread(entry)
        return data

    def thread(self, entry: Entry) -> Json:
        """Return what is shown of the thread under a message."""
        last = entry.replied_at.isoformat() if entry.replied_at else ""
        return {"place": f"{entry.place}/{entry.id}", "title": entry.thread, "replies": entry.replies, "last": last}

    def file_url(self, entry: int, number: int, name: str) -> str:
        """Return the address of an entry's file; nobody can guess one."""
        return f"/files/{entry}/{number}/{self._seal.mark('file', entry, number)}/{quote(name, safe='')}"

    def place(self, channel: Channel, newest: int, *, organiser: bool) -> Json:
        """Return a place, with the examples that can be tried there."""
        examples = [e for e in channel.examples if self._runs(e.line, organiser=organiser)]
        return {
            "id": channel.id,
            "name": "Rung" if channel.id.startswith(DIRECT) else channel.id,
            "direct": channel.id.startswith(DIRECT),
            "topic": channel.topic,
            "title": channel.title,
            "about": channel.about,
            "examples": [{"line": e.line, "does": e.does} for e in examples] or self._first_commands(),
            "newest": newest,
        }

    def commands(self, *, organiser: bool) -> list[Json]:
        """Return the commands that a member may use, for completion as one types."""
        return [_command(c) for c in self._registry.commands.values() if organiser or not c.organisers]

    def is_command(self, line: str) -> bool:
        """Whether a line begins with one of our commands."""
        return self._found(line) is not None

    def _found(self, line: str) -> Command | None:
        if not line.startswith("/"):
            return None
        words = tuple(line[1:].split()[:2])
        return self._registry.commands.get(words) or self._registry.commands.get(words[:1])

    def _runs(self, line: str, *, organiser: bool) -> bool:
        found = self._found(line)
        return found is not None and (organiser or not found.organisers)

    def _first_commands(self, most: int = 4) -> list[Json]:
        simple = [c for c in self._registry.commands.values() if not c.organisers]
        return [{"line": c.text, "does": c.summary.rstrip(".")} for c in simple[:most]]

    def _renderer(self, entry: Entry) -> Renderer:
        return Renderer(self.is_command, lambda n: self.file_url(entry.id, n, entry.body.files[n].name))


def people(visitors: Iterable[Visitor]) -> list[Json]:
    """Return who is here, each once, by name."""
    known = {visitor.user: visitor for visitor in visitors}
    return [_person(v) for v in sorted(known.values(), key=lambda v: v.name.casefold())]


def you(visitor: Visitor) -> Json:
    """Return who a tab is."""
    return _person(visitor)


def choices(found: Sequence[Any]) -> list[Json]:
    """Return the choices of an option or a completion."""
    return [{"label": c.label, "value": c.value, "hint": c.hint} for c in found]


def _person(visitor: Visitor) -> Json:
    return {
        "user": visitor.user,
        "name": visitor.name,
        "hue": hue_of(visitor.user),
        "organiser": visitor.organiser,
    }


def _command(command: Command) -> Json:
    return {
        "text": command.text,
        "path": command.path,
        "summary": command.summary,
        "organisers": command.organisers,
        "options": [_option(option) for option in command.options],
    }


def _option(option: Option) -> Json:
    return {
        "name": option.name,
        "kind": option.kind,
        "help": option.help,
        "required": option.required,
        "choices": choices(option.choices),
        "suggests": bool(option.suggest),
        "low": option.low,
        "high": option.high,
    }
