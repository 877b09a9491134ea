"""Every body that leaves for Discord passes Discord's published schema, and what the schema leaves out."""

from typing import Any

import pytest

from bot.chat import Card, Fields, Reply
from bot.chat.reply import Field
from tests.support import discord_checks as checks
from tests.support.discord_connected import PLACE, Connected, connected
from tests.support.discord_faults import Fault
from tests.support.discord_spec import Check, schema_check
from tests.support.discord_world import COMPONENTS_V2, GRACE, LEADS, Call
from tests.support.sampler import everything
from tests.support.shared import shared


@pytest.fixture(scope="module")
def schema() -> Check:
    """Discord's published schema, where it stands beside this clone."""
    shared("specs/discord_spec_validate.py")
    found = schema_check()
    assert found is not None
    return found


async def everything_said(c: Connected) -> list[Call]:
    """Let the bot say all that it can say, and return what it asked of Discord."""
    parts = (await c.discord.slash("/sampler parts", words="*hostile* <@1> @everyone `x")).said[0]
    for label in ("Click", "Open"):
        await c.discord.click(parts, label)
    await c.discord.pick(parts, "Pick a colour", "red")
    form = await c.discord.slash("/sampler form")
    refused = await c.discord.submit(form, {"topic": "wrong"})
    await c.discord.submit(await c.discord.click(refused.said[0], "Open it again"), {"topic": "right"})
    await c.discord.click(parts, "Turn")
    await c.discord.complete("/sampler typed", "where", "b")
    c.cog.release.set()
    late = await c.discord.slash("/sampler slow")
    long = await c.discord.slash("/sampler long", cards=4)
    await c.discord.slash("/sampler secret", user=GRACE)
    await c.discord.slash("/sampler broken")
    c.discord.world.faults.append(Fault("403", f"POST /channels/{LEADS}/messages/"))
    refused_thread = await c.discord.slash("/sampler thread")
    await c.discord.slash("/sampler thread")
    await c.discord.say("https://jobs.example.org/1")
    message = await c.platform.send(PLACE, Reply("Today", (everything(), everything())), "key 1")
    await c.platform.edit(PLACE, message, Reply("_" * 9000, (Card("x" * 999, (Fields((Field("n" * 999, "v"),)),)),)))
    await c.discord.until(lambda: len(refused_thread.said) == 2 and len(long.said) > 2 and late.said[0]["components"])
    return [call for call in c.discord.world.calls if call.body is not None]


async def test_every_body_is_one_that_discord_takes(schema: Check) -> None:
    async with connected() as c:
        calls = await everything_said(c)
    wrong = {f"{c.method} {c.path}": found for c in calls if (found := schema(c.method, c.path, c.body))}
    assert wrong == {}
    assert {c.body.get("type") for c in calls if c.path.endswith("/callback")} == {4, 5, 7, 8, 9}
    assert len(calls) > 20


async def test_no_body_mentions_anybody_or_holds_what_the_schema_leaves_out() -> None:
    async with connected() as c:
        calls = await everything_said(c)
        assert c.discord.world.statuses[400] == 0  # the local Discord makes these checks on each body
    bodies = [c.body.get("data") or c.body for c in calls if isinstance(c.body, dict)]
    messages = [b for b in bodies if "components" in b and "title" not in b]
    assert len(messages) > 12
    for body in messages:
        assert checks.message_errors(body) == []
        assert body["allowed_mentions"]["parse"] == [], body


def test_the_checks_themselves_find_what_is_wrong() -> None:
    button = {"type": 2, "style": 1, "label": "x", "custom_id": "a"}
    text = {"type": 10, "content": "x"}
    flags = COMPONENTS_V2
    assert checks.message_errors({"content": "x" * 2001})
    assert checks.message_errors({"components": [text]})
    assert checks.message_errors({"flags": flags, "components": []})
    assert checks.message_errors({"flags": flags, "content": "x", "components": [text]})
    assert checks.message_errors({"flags": flags, "components": [{"type": 10, "content": "x" * 2001}] * 2})
    assert checks.message_errors({"flags": flags, "components": [text] * 41})
    assert checks.message_errors({"flags": flags, "components": [{"type": 1, "components": [button, button]}]})
    assert checks.message_errors({"flags": flags, "components": [{"type": 1, "components": [{**button, "url": "u"}]}]})
    assert checks.message_errors({"flags": flags, "components": [{**text, "id": 5}, {**text, "id": 5}]})
    assert checks.command_errors([{"name": "Upper", "description": "x"}])
    assert checks.command_errors([{"name": "a", "description": ""}])


def test_the_compiled_schema_refuses_what_the_published_one_refuses(schema: Check) -> None:
    """What a hasty look would let through is caught: each is a mistake that the published schema knows."""
    text = {"type": 10, "content": "x"}
    good = {"flags": COMPONENTS_V2, "components": [{"type": 17, "components": [text]}]}
    assert schema("POST", "/channels/1/messages", good) == []
    wrong: list[dict[str, Any]] = [
        {"content": "x" * 4001},
        {"contents": "x"},
        {"embeds": [{"title": "a"}] * 11},
        {"components": [{"type": 17, "components": [{"type": 10}]}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 99, "custom_id": "a", "label": "b"}]}]},
    ]
    for body in wrong:
        assert schema("POST", "/channels/1/messages", body), body
