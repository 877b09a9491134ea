"""The pages for people name only commands that there are."""

import re
from collections.abc import Iterator

import pytest

from bot.chat.registry import Registry
from bot.pages import ROOT, registry

PAGES = ("docs/organisers.md", "docs/pods.md")
_COMMAND = re.compile(r"`/([a-z]+)(?: ([a-z_]+))?[^`]*`")


def unknown(text: str, known: Registry) -> Iterator[str]:
    """The commands of a page that do not exist."""
    for group, word in _COMMAND.findall(text):
        if (group,) not in known.commands and (group, word) not in known.commands:
            yield f"/{group} {word}".strip()


@pytest.mark.parametrize("page", PAGES)
def test_commands_on_a_page_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert _COMMAND.search(text)
    assert list(unknown(text, registry())) == []


def test_a_command_that_does_not_exist_is_found() -> None:
    assert list(unknown("`/pods dance` and `/pods join`, `/setup`, `/pods pause 2`", registry())) == ["/pods dance"]


def test_the_page_for_organisers_has_every_week_and_setup() -> None:
    text = (ROOT / "docs" / "organisers.md").read_text(encoding="utf-8")
    assert re.findall(r"^\*\*Week (\d+)\.", text, re.MULTILINE) == [str(week) for week in range(1, 17)]
    mine = [" ".join(path) for path, command in registry().commands.items() if command.organisers]
    assert [name for name in mine if f"`/{name}" not in text] == []
