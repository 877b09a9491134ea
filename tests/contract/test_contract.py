"""The contract: every command, action and form of every cog renders on every platform, within its limits and schema.

Each room has a tour under `tours/` that does all of it once; `GROUPS` are the cogs that it covers.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.chat import Form, Reply, TextInput
from bot.chat.codec import decode, encode
from bot.chat.command import Answer
from bot.chat.fallback import form_text, text_of
from bot.chat.limits import fit, fit_form
from bot.chat.router import RETRY
from bot.platforms.discord import forms as discord_forms
from bot.platforms.discord import render as discord_render
from bot.platforms.discord.pages import pages as discord_pages
from bot.platforms.slack import forms as slack_forms
from bot.platforms.slack import render as slack_render
from bot.platforms.slack.limits import LIMITS as SLACK
from bot.platforms.web.forms import form_html
from bot.platforms.web.render import Renderer
from tests.contract.tours import applications, goals, interviews, leads, me, pods, steps
from tests.contract.tours.tour import Tour
from tests.support import discord_checks, slack_checks
from tests.support.discord_spec import schema_check
from tests.support.slack_stage import validator
from tests.support.stage import Stage

TOURS = (applications, goals, interviews, leads, me, pods, steps)


@pytest.mark.parametrize("room", TOURS, ids=lambda room: room.__name__.rpartition(".")[2])
async def test_everything_is_said_on_every_platform(stage: Stage, room: Any) -> None:
    tour = Tour(stage)
    await room.walk(tour)
    everything = names_of(stage)
    assert {n for n in everything if group(n) in room.GROUPS} <= {name for name, _ in tour.said}, "left out of the tour"
    assert not stage.engine.failed
    problems = [f"{name}: {problem}" for name, answer in tour.said for problem in problems_of(stage, answer)]
    assert problems == []


def test_every_cog_has_a_tour(registry_stage: Stage) -> None:
    assert {group(name) for name in names_of(registry_stage)} == {name for room in TOURS for name in room.GROUPS}


@pytest.fixture
async def registry_stage(tmp_path: Any) -> Any:
    made = Stage(f"sqlite:///{tmp_path / 'none.sqlite'}")
    yield made
    await made.app.close()


def names_of(stage: Stage) -> set[str]:
    registry = stage.app.router.registry
    return {" ".join(path) for path in registry.commands} | registry.actions.keys() | registry.submits.keys()


def group(name: str) -> str:
    return name.replace(".", " ").split()[0]


def problems_of(stage: Stage, answer: Answer) -> Iterator[str]:
    """What is wrong with an answer, on any platform."""
    unknown = [t for t in stage.app.router.registry.unknown_tokens(answer) if not t.startswith(RETRY)]
    yield from (f"{token} leads nowhere" for token in unknown)
    if decode(encode(answer), type(answer)) != answer:
        yield "does not survive JSON"
    if not (form_text(answer) if isinstance(answer, Form) else text_of(answer)).strip():
        yield "the terminal says nothing"
    # The same words on the other database look the same: what is slow is asked once.
    schemas = stage.app.database.is_sqlite
    yield from (f"Discord: {problem}" for problem in on_discord(answer, schemas=schemas))
    yield from (f"Slack: {problem}" for problem in on_slack(answer, schemas=schemas))
    html = str(form_html(answer, "", []) if isinstance(answer, Form) else web_html(answer))
    if "<script>alert" in html or not html.strip():
        yield "the web shows nothing, or runs what it should show"


def on_discord(answer: Answer, *, schemas: bool) -> Iterator[str]:
    if isinstance(answer, Form):
        yield from discord_checks.modal_errors(discord_forms.modal(answer).to_dict())
        return
    check = schema_check() if schemas else None
    for page in discord_pages(answer):
        body = discord_body(page)
        yield from discord_checks.message_errors(body)
        if check is not None:
            yield from check("POST", "/channels/1/messages", body)


def discord_body(body: discord_render.Body) -> dict[str, Any]:
    view: Any = body.view("")
    return {"flags": 1 << 15, "components": view.to_components()}


def on_slack(answer: Answer, *, schemas: bool) -> Iterator[str]:
    if isinstance(answer, Form):
        yield from slack_checks.check_view(slack_forms.modal(answer, {}))
        return
    schema = validator() if schemas else None
    for page in fit(answer, SLACK):
        blocks = slack_render.render(page).blocks
        yield from slack_checks.check_blocks(blocks)
        if schema is not None:
            yield from schema.check_blocks(blocks)


def web_html(reply: Reply) -> str:
    return str(Renderer(lambda line: line.startswith("/"), lambda number: f"/files/{number}").reply(reply))


def test_a_form_with_too_many_inputs_is_a_mistake_of_ours() -> None:
    inputs = tuple(TextInput(f"i{n}", f"Input {n}") for n in range(6))
    with pytest.raises(ValueError, match="6 inputs"):
        fit_form(Form("Too long", "leads.confirm_share:1", inputs), SLACK)
