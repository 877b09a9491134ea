"""The local Slack as a program of its own, and what its control interface does."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.support.slack_checks import check_blocks, check_view
from tests.support.slack_team import SlackFault, Team

HERE = Path(__file__).resolve().parents[3]


@dataclass
class Remote:
    """A local Slack in another process."""

    http: aiohttp.ClientSession
    told: dict[str, str]

    async def control(self, path: str, body: object = None) -> Any:
        method = "GET" if body is None else "POST"
        async with self.http.request(method, f"{self.told['url']}/_control/{path}", json=body) as answer:
            return await answer.json()

    async def call(self, method: str, token: str | None = None, **args: object) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token or self.told['bot_token']}"}
        async with self.http.post(self.told["api_url"] + method, json=args, headers=headers) as answer:
            return {**await answer.json(), "status": answer.status, "after": answer.headers.get("Retry-After")}


@pytest.fixture
async def remote() -> AsyncIterator[Remote]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.slack_server", stdout=asyncio.subprocess.PIPE, cwd=HERE
    )
    assert process.stdout
    told = json.loads(await process.stdout.readline())
    async with aiohttp.ClientSession() as http:
        yield Remote(http, told)
    process.terminate()
    await process.wait()


def keyed(key: str) -> dict[str, Any]:
    return {"text": "x", "metadata": {"event_type": "e", "event_payload": {"key": key}}}


async def test_it_counts_what_it_is_told(remote: Remote) -> None:
    channels = (await remote.control("channels", {"count": 3, "channels": [["C9", "nine"]]}))["channels"]
    assert channels == ["CPLACE0", "CPLACE1", "CPLACE2", "C9"]
    for key in ("a", "b", "b"):
        assert (await remote.call("chat.postMessage", channel="C9", **keyed(key)))["ok"]
    assert await remote.control("counts") == {"posted": {"C9": {"a": 1, "b": 2}}, "doubled": {"C9 b": 2}}
    assert len(await remote.control("messages?channel=C9")) == 3
    assert len(await remote.control("calls?method=chat.postMessage")) == 3
    await remote.control("reset", {})
    state = await remote.control("state")
    assert (state["posted"], state["channels"]) == (0, 6)


async def test_it_goes_wrong_on_demand(remote: Remote) -> None:
    assert (await remote.call("chat.postMessage", "xoxb-wrong", channel="C1", text="x"))["error"] == "invalid_auth"
    await remote.control("faults", {"what": "429", "method": "chat.postMessage", "after": 7})
    limited = await remote.call("chat.postMessage", channel="C1", text="x")
    assert (limited["status"], limited["after"]) == (429, "7")
    await remote.control("rates", {"chat.postMessage": [0.001, 1]})
    assert (await remote.call("chat.postMessage", channel="C1", text="x"))["ok"]
    assert (await remote.call("chat.postMessage", channel="C1", text="x"))["status"] == 429
    assert (await remote.call("chat.postMessage", channel="C2", text="x"))["ok"]
    await remote.control("channels/C2", {"archived": True})
    assert (await remote.call("chat.update", channel="C2", ts="1"))["error"] == "is_archived"
    await remote.control("channels/C2", {"gone": True})
    assert (await remote.call("chat.update", channel="C2", ts="1"))["error"] == "channel_not_found"
    await remote.control("settings", {"checks_blocks": False, "file_polls": 1, "keep_calls": 2})
    assert sum((await remote.control("state"))["calls"].values()) == 2


def test_a_bucket_refills_on_the_clock() -> None:
    now = [0.0]
    team = Team(lambda: now[0])
    team.rates["chat.postMessage"] = (1.0, 2)
    for _ in range(2):
        team.limit("chat.postMessage", "C1")
    with pytest.raises(SlackFault, match="ratelimited"):
        team.limit("chat.postMessage", "C1")
    now[0] += 1
    team.limit("chat.postMessage", "C1")


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


@pytest.mark.parametrize(
    "block",
    [
        {"type": "nonsense"},
        {"type": "section"},
        {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}},
        {"type": "section", "fields": [plain("x")] * 11},
        {"type": "header", "text": plain("x" * 151)},
        {"type": "image", "alt_text": "a"},
        {"type": "actions", "elements": []},
        {"type": "actions", "elements": [{"type": "button", "text": plain("x" * 76), "action_id": "a"}]},
        {"type": "actions", "elements": [{"type": "button", "text": plain("x"), "action_id": "a", "style": "blue"}]},
        {"type": "actions", "elements": [{"type": "button", "text": plain("x"), "action_id": "a"}] * 2},
        {"type": "actions", "elements": [{"type": "static_select", "action_id": "a", "options": []}]},
        {"type": "input", "label": plain("x"), "element": {"type": "plain_text_input", "max_length": 3001}},
        {"type": "input", "label": {"type": "mrkdwn", "text": "x"}, "element": {"type": "unknown"}},
    ],
)
def test_slacks_limits_are_watched(block: dict[str, Any]) -> None:
    assert check_blocks([block])


def test_the_limits_of_messages_and_views_are_watched() -> None:
    text = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}
    assert check_blocks([{"type": "divider"}] * 51)
    assert "msg_blocks_too_long" in check_blocks([text] * 5)
    assert check_view({"type": "modal", "blocks": [], "title": plain("x" * 25)})
    assert check_view({"type": "modal", "blocks": [], "title": plain("x"), "private_metadata": "x" * 3001})
    assert check_view({"type": "modal", "blocks": [{"type": "input", "label": plain("x"), "element": {"type": "x"}}]})
