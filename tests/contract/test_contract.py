"""The contract: every command, action and form of every cog renders on every platform, within its limits and schema."""

import importlib.util
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.chat import Form, Message, Reply, TextInput
from bot.chat.action import Action
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
from tests.support import discord_checks, slack_checks
from tests.support.shared import shared
from tests.support.slack_stage import validator
from tests.support.stage import Stage, raw, token

LONG = "Machine Learning Intern " + "and everything that goes with it " * 12
HOSTILE = "ML <@1> @everyone <!channel> *bold* `code` [x](https://evil.example) & <script>alert(1)</script> Intern"


@dataclass
class Tour:
    """All that was said, by the name of what said it."""

    stage: Stage
    said: list[tuple[str, Answer]] = field(default_factory=list)

    async def command(self, line: str, who: str = "olga") -> Answer:
        answer = await self.stage.say(line, who, organiser=who == "olga")
        words = line.removeprefix("/").split()
        name = " ".join(words[:2]) if tuple(words[:2]) in self.stage.app.router.registry.commands else words[0]
        self.said.append((name, answer))
        return answer

    async def click(self, name_or_token: str, who: str = "olga", picked: str | None = None) -> Answer:
        answer = await self.stage.click(name_or_token, who, picked, organiser=who == "olga")
        self.said.append((Action.parse(name_or_token).name, answer))
        return answer

    async def submit(self, form: Answer, who: str = "olga", **values: str) -> Answer:
        assert isinstance(form, Form)
        answer = await self.stage.submit(form, who, who == "olga", **values)
        self.said.append((Action.parse(form.submit).name, answer))
        return answer


async def walk(stage: Stage) -> Tour:
    """Do everything that can be done, on leads with long, hostile and plain words."""
    tour = Tour(stage)
    await stage.take(
        raw(
            "1",
            LONG,
            "A company whose name does not end " * 5,
            locations=tuple(f"City {n}, Germany" for n in range(30)),
        ),
        raw("2", HOSTILE, HOSTILE, description=HOSTILE * 50),
        *(raw(str(n), f"Computer Vision Intern {chr(60 + n)}x", f"Co{n} Labs") for n in range(5, 25)),
    )
    for line in ("/leads today", "/leads follow vision", "/leads follows", "/leads sources", "/help", "/help leads"):
        await tour.command(line)
    page = await tour.command("/leads search")
    await tour.command("/leads show 1")
    await tour.command("/leads show 2")
    await tour.command("/leads report 3 dead")
    await tour.click("leads.show_again:3")
    await tour.click(token(page, "leads.page"))
    await tour.click(token(page, "leads.follow_query"))
    await tour.click("leads.unfollow:1")
    for name in ("open", "save", "applied", "not_for_me", "for_me_again", "share_in_thread"):
        await tour.click(f"leads.{name}:2")
    await tour.click("leads.complain:4/spam")
    await tour.click("help.group", picked="leads")
    await tour.submit(await tour.command("/setup"), place="news", zone="UTC")
    await stage.live(timedelta(hours=2))
    announced = stage.platform.said("news")[0]
    tour.said.append(("announcement", announced))
    await tour.click(token(announced, "leads.rest"))
    await _share(tour)
    return tour


async def _share(tour: Tour) -> None:
    stage = tour.stage
    for number, decision in enumerate(("approve_share", "decline_share"), start=1):
        url = f"https://jobs.lever.co/x/11111111-2222-3333-4444-00000000000{number}"
        heard = await stage.app.router.message(stage.caller("bob"), Message("1", f"look {url}"))
        tour.said += [("pasted", reply) for reply in heard]
        await tour.click(token(heard[0], "leads.add"), "bob")
        card = await tour.command(f"/leads share {url}", "bob")
        form = await tour.click(token(card, "leads.edit_share"), "bob")
        await tour.submit(form, "bob", title="", company=HOSTILE)
        await tour.submit(form, "bob", title=HOSTILE, company="Acme", about=HOSTILE * 20)
        await stage.settle()
        tour.said += [("notice", reply) for reply in stage.platform.said("olga")]
        waiting = await tour.command("/leads shares")
        await tour.click(token(waiting, f"leads.{decision}"))
        await stage.settle()
    tour.said += [("notice", reply) for reply in stage.platform.said("bob")]
    tour.said.append(("home", await stage.app.home(stage.caller("olga"))))


@pytest.fixture
async def tour(stage: Stage) -> Tour:
    return await walk(stage)


async def test_the_tour_leaves_nothing_out(tour: Tour) -> None:
    registry = tour.stage.app.router.registry
    everything = {" ".join(path) for path in registry.commands} | registry.actions.keys() | registry.submits.keys()
    assert everything <= {name for name, _ in tour.said}
    assert not tour.stage.engine.failed


async def test_every_token_leads_somewhere_and_every_answer_survives_json(tour: Tour) -> None:
    for name, answer in tour.said:
        unknown = [t for t in tour.stage.app.router.registry.unknown_tokens(answer) if not t.startswith(RETRY)]
        assert unknown == [], name
        assert decode(encode(answer), type(answer)) == answer


async def test_the_terminal_says_everything(tour: Tour) -> None:
    for name, answer in tour.said:
        text = form_text(answer) if isinstance(answer, Form) else text_of(answer)
        assert text.strip(), name


async def test_discord_takes_everything(tour: Tour) -> None:
    problems = []
    for name, answer in tour.said:
        if isinstance(answer, Form):
            found = discord_checks.modal_errors(discord_forms.modal(answer).to_dict())
        else:
            found = [e for page in discord_pages(answer) for e in discord_checks.message_errors(discord_body(page))]
        problems += [f"{name}: {problem}" for problem in found]
    assert problems == []


def discord_body(body: discord_render.Body) -> dict[str, Any]:
    view: Any = body.view("")
    return {"flags": 1 << 15, "components": view.to_components()}


async def test_discords_own_schema_takes_everything(tour: Tour) -> None:
    spec = importlib.util.spec_from_file_location("discord_spec", shared("specs/discord_spec_validate.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its file open
        spec.loader.exec_module(module)
    check: Callable[[str, str, Any], list[str]] = module.check
    problems = []
    for name, answer in tour.said:
        if isinstance(answer, Reply):
            bodies = [discord_body(page) for page in discord_pages(answer)]
            problems += [f"{name}: {e}" for b in bodies for e in check("POST", "/channels/1/messages", b)]
    assert problems == []


async def test_slack_takes_everything(tour: Tour) -> None:
    schema = validator()
    problems = []
    for name, answer in tour.said:
        if isinstance(answer, Form):
            found = slack_checks.check_view(slack_forms.modal(answer, {}))
        else:
            bodies = [slack_render.render(page) for page in fit(answer, SLACK)]
            found = [e for body in bodies for e in slack_checks.check_blocks(body.blocks)]
            if schema is not None:
                found += [e for body in bodies for e in schema.check_blocks(body.blocks)]
        problems += [f"{name}: {problem}" for problem in found]
    assert problems == []


async def test_the_web_shows_everything_and_runs_nothing(tour: Tour) -> None:
    for name, answer in tour.said:
        html = str(form_html(answer, "", []) if isinstance(answer, Form) else web_html(answer))
        assert "<script>alert" not in html, name
        assert html.strip(), name


def web_html(reply: Reply) -> str:
    return str(Renderer(lambda line: line.startswith("/"), lambda number: f"/files/{number}").reply(reply))


def test_a_form_with_too_many_inputs_is_a_mistake_of_ours() -> None:
    inputs = tuple(TextInput(f"i{n}", f"Input {n}") for n in range(6))
    with pytest.raises(ValueError, match="6 inputs"):
        fit_form(Form("Too long", "leads.confirm_share:1", inputs), SLACK)
