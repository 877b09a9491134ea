"""The terminal says and does what the other platforms do."""

import json

from bot.chat import Caller, Place
from bot.chat.router import Router
from bot.platforms.terminal import answer_line, shown
from tests.support.sampler import sampler_router

ADA = Caller("web", "local", "ada", "Ada", Place("leads", "leads"))


async def run_line(router: Router, caller: Caller, line: str, *, as_json: bool = False) -> str:
    return shown(await answer_line(router, caller, line), as_json=as_json)


async def test_a_command_a_click_a_pick_and_a_form() -> None:
    router, cog = sampler_router()
    assert "Some bold, italic, code" in await run_line(router, ADA, "/sampler parts")
    assert await run_line(router, ADA, "!sampler.click:42") == "Clicked 42."
    assert await run_line(router, ADA, "!sampler.pick:7 red") == "Picked red for 7."
    form = await run_line(router, ADA, "/sampler form")
    assert "topic: Topic" in form
    assert "!!sampler.save_form topic=…" in form
    assert "Kept" in await run_line(router, ADA, '!!sampler.save_form topic="computer vision" level=2')
    assert cog.saved == [{"topic": "computer vision", "level": 2, "story": "", "place": ""}]


async def test_data_for_programs() -> None:
    router, _ = sampler_router()
    assert json.loads(await run_line(router, ADA, "!sampler.click:1", as_json=True)) == {
        "type": "Reply",
        "text": "Clicked 1.",
        "shows": "private",
    }


async def test_what_is_unknown_is_answered() -> None:
    router, _ = sampler_router()
    assert "/help" in await run_line(router, ADA, "/nonsense")
    assert "older version" in await run_line(router, ADA, "!nothing.here:1")
    assert "older version" in await run_line(router, ADA, "!!nothing.here")
