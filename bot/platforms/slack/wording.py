"""How commands are called on Slack, where some words are taken: `/help` is `/rung help` there."""

import re

HOUSE = "/rung"
"""The command that serves all others: `/rung leads today` is `/leads today`."""

_TAKEN = (
    "active anger apps archive away call canvas collapse dm dnd expand feed feedback giphy groupdm help huddle invite",
    "invite_people join keys kick leave list me msg mute open people prefs pro remind remove rename search shortcuts",
    "shrug star status todo topic unarchive unmute who",
)
RESERVED = frozenset(word for line in _TAKEN for word in line.split())
"""Slack's own commands: an app can't have them, and a manifest that names one is refused as a whole."""

_COMMAND = re.compile(r"/([a-z][\w-]*)")


def offered(word: str) -> bool:
    """Whether `/word` can be a slash command of its own."""
    return word.lower() not in RESERVED


def as_typed(code: str) -> str:
    """Return what stands in a code span as it must be typed on Slack: `/help` becomes `/rung help`."""
    found = _COMMAND.match(code)
    return f"{HOUSE} {code[1:]}" if found and not offered(found[1]) else code


def line_of(command: str, text: str) -> str:
    """Return what a slash command of Slack means to the router; the house command alone asks for help."""
    if command.lower() != HOUSE:
        return f"{command} {text}".strip()
    return f"/{text.strip().removeprefix('/')}" if text.strip() else "/help"
