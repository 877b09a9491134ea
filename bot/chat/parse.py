"""The text form of a command: `/leads search computer vision where:"new york" remote:yes`."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.command import Command
from bot.chat.errors import BadInput, NotFound

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})
_TOKEN = re.compile(r'(?:(?P<name>[A-Za-z][\w-]*)[:=])?(?:"(?P<quoted>[^"]*)"|(?P<word>\S+))')


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command and what was given for its options, as text."""

    command: Command
    given: dict[str, str]


def parse_command(text: str, commands: Mapping[tuple[str, ...], Command]) -> Parsed:
    """Read a typed command line; the leading slash may be missing.

    Words without a name go to the options in their order; the last of those takes all that are left when it is text.
    Raises NotFound (with the nearest names) for an unknown command and BadInput for an option given twice.
    """
    words = text.strip().removeprefix("/").split(maxsplit=2)
    if not words:
        raise NotFound("Type a command, for example `/help`.")
    for length in (2, 1):
        command = commands.get(tuple(word.lower() for word in words[:length])) if len(words) >= length else None
        if command:
            rest = text.strip().removeprefix("/").split(maxsplit=length)
            return Parsed(command, parse_options(rest[length] if len(rest) > length else "", command))
    raise NotFound(_unknown(words, list(commands)))


def parse_options(text: str, command: Command) -> dict[str, str]:
    """Read the options of a command from text. Raises BadInput for an option given twice or words with no place."""
    given: dict[str, str] = {}
    loose: list[str] = []
    for token in _TOKEN.finditer(text.translate(_QUOTES)):
        option = command.option(token["name"]) if token["name"] else None
        if option is None:
            loose.append(token["quoted"] if token["quoted"] is not None and not token["name"] else token[0])
            continue
        if option.name in given:
            raise BadInput(f"`{option.name}:` was given twice; give it once.", field=option.name)
        given[option.name] = token["quoted"] if token["quoted"] is not None else token["word"]
    _place_loose_words(loose, given, command)
    return given


def _place_loose_words(loose: list[str], given: dict[str, str], command: Command) -> None:
    open_options = [o for o in command.options if o.name not in given]
    while loose and open_options:
        option = open_options.pop(0)
        takes_all = option.kind == "text" and not any(o.required for o in open_options)
        given[option.name] = " ".join(loose) if takes_all else loose[0]
        loose = [] if takes_all else loose[1:]
    if loose:
        names = ", ".join(f"`{o.name}:`" for o in command.options) or "no options"
        raise BadInput(f"`{command.text}` has no place for “{' '.join(loose)}”. It takes {names}.")


def _unknown(words: Sequence[str], paths: Sequence[tuple[str, ...]]) -> str:
    group = [p for p in paths if p[0] == words[0].lower() and len(p) > 1]
    if group:
        known = ", ".join(f"`/{' '.join(p)}`" for p in group)
        what = f"`/{words[0]}` needs one more word" if len(words) == 1 else f"there is no `/{words[0]} {words[1]}`"
        return f"{what[0].upper()}{what[1:]}: {known}."
    near = difflib.get_close_matches(words[0].lower(), list(dict.fromkeys(p[0] for p in paths)), 1)
    meant = f" Did you mean `/{near[0]}`?" if near else ""
    return f"There is no command `/{words[0]}`.{meant} `/help` lists all of them."
