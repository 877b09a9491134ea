"""The examples of CONTRIBUTING.md work, and each fits under its heading in under 30 lines."""

import json
import re
from typing import Any

import pytest

from bot.chat import Card, Reply
from bot.chat.registry import Registry
from bot.chat.router import Router
from bot.community.drafts import Drafts
from bot.pages import ROOT
from tests.support.stage import Stage, raw, words

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def example(heading: str) -> tuple[str, dict[str, Any]]:
    """Return the code below a heading, and the names that it makes."""
    [code] = re.findall(rf"^## {heading}$.*?^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {"__name__": "example"}
    exec(compile(code, heading, "exec"), names)  # noqa: S102 - our own page
    return code, names


@pytest.mark.parametrize("heading", ["Add a command", "Add a source", "Add a platform"])
def test_each_takes_under_30_lines(heading: str) -> None:
    [section] = re.findall(rf"^(## {heading}$.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert len(section.strip().splitlines()) < 30


async def test_the_command_answers(stage: Stage) -> None:
    await stage.take(raw("1"))
    _, names = example("Add a command")
    app = stage.app
    registry = Registry([*app.router.registry.cogs, names["LeadCounts"](app.catalog)])
    router = Router(registry, app.directory, Drafts(app.database, app.clock), app.clock)
    answer = await router.text(stage.caller(), "/leads count where:berlin")
    assert words(answer) == "1 are open."


def test_the_source_reads_what_it_can() -> None:
    _, names = example("Add a source")
    rows: list[object] = [{"id": "1", "title": "ML Intern", "link": "https://jobs.example.org/1"}, {"id": 2}]
    board = names["club"]("berlin", "Acme")
    fetched = board.parse(json.dumps(rows).encode(), board.company)
    assert [(s.title, s.company) for s in fetched.sightings] == [("ML Intern", "Acme")]
    assert len(fetched.rejected) == 1
    assert board.name == "club/berlin"


async def test_the_platform_hears_and_speaks(stage: Stage) -> None:
    _, names = example("Add a platform")
    event = {"team": "t1", "from": "ada", "room": "lobby", "line": "/help"}
    assert "What Rung can do" in await names["heard"](stage.app.router, event)
    assert names["shown"](Reply(cards=(Card("Hello"),))) == "Hello"
