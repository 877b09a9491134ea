"""The connection: what a wrong token is told, how it comes again, and that nothing is done twice or for strangers."""

import logging
from dataclasses import replace

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.platforms.slack.connection import SlackPlatform, SlackSettings
from tests.support.sampler import sampler_router
from tests.support.slack_driver import LocalSlack
from tests.support.slack_stage import Stage, new_platform
from tests.support.slack_team import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Fault


def settings(slack: LocalSlack) -> SlackSettings:
    return SlackSettings(BOT_TOKEN, APP_TOKEN, "", slack.api_url)


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        ({"bot_token": "xoxb-wrong"}, "RUNG_SLACK_BOT_TOKEN"),
        ({"app_token": "xapp-wrong"}, "RUNG_SLACK_APP_TOKEN"),
        ({"app_token": ""}, "RUNG_SLACK_SIGNING_SECRET"),
        ({"api_url": "http://127.0.0.1:9/api"}, "Is the network up"),
    ],
)
async def test_a_start_that_can_not_work_says_what_to_do(wrong: dict[str, str], advice: str) -> None:
    async with LocalSlack() as slack:
        platform = SlackPlatform(sampler_router()[0], replace(settings(slack), **wrong))  # type: ignore[arg-type]  # all text
        with pytest.raises(ConnectionError, match=advice) as caught:
            await platform.start()
        assert "wrong" not in str(caught.value)
        assert not platform.healthy()


async def test_a_socket_that_can_not_be_asked_for_is_told() -> None:
    async with LocalSlack() as slack:
        slack.team.faults.append(Fault("500", "apps.connections.open"))
        with pytest.raises(ConnectionError, match="Is the network up"):
            await new_platform(sampler_router()[0], settings(slack)).start()


def test_secrets_are_not_shown() -> None:
    shown = repr(SlackSettings(BOT_TOKEN, APP_TOKEN, SIGNING_SECRET))
    assert BOT_TOKEN not in shown
    assert APP_TOKEN not in shown
    assert SIGNING_SECRET not in shown


async def test_it_comes_again_when_slack_asks_for_it(on_socket: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    (before,) = on_socket.slack.sockets
    await on_socket.slack.disconnect()
    await on_socket.team.until(lambda: on_socket.slack.sockets and before not in on_socket.slack.sockets)
    await on_socket.slack.slash("/sampler typed red")
    assert (await on_socket.answer())["text"] == "red 3 small - quiet"
    assert on_socket.platform.healthy()
    assert "xoxb" not in caplog.text
    assert "ticket" not in caplog.text


async def test_health_follows_the_socket(on_socket: Stage) -> None:
    assert on_socket.platform.healthy()
    await on_socket.platform.stop()
    assert not on_socket.platform.healthy()
    await on_socket.platform.stop()


async def test_without_a_signing_secret_nothing_is_served_by_http(on_socket: Stage) -> None:
    assert on_socket.platform.routes() == []
    answer = await on_socket.platform.receive(make_mocked_request("POST", "/slack/events"))
    assert answer.status == 503


async def test_a_request_that_comes_twice_is_answered_once(on_stage: Stage) -> None:
    slack, team = on_stage.slack, on_stage.team
    payload = slack.slash_payload("/sampler parts")
    for retry in (0, 1):
        assert (await slack.deliver("slash_commands", payload, retry=retry)).status == 200
    await on_stage.answer()
    card = team.conversations["C1"].messages[-1]
    click = slack.click_payload(card, "Click", user="U1", channel="C1")
    for retry in (0, 1):
        await slack.deliver("interactive", click, retry=retry)
    await on_stage.answer()
    await slack.click(card, "Open")
    await team.until(lambda: team.opened)
    await on_stage.platform.stop()
    assert len(team.responses) == 2
    assert on_stage.cog.clicks == [("U1", 42)]


async def test_a_modal_that_comes_twice_is_taken_once(on_stage: Stage) -> None:
    slack, team = on_stage.slack, on_stage.team
    await slack.slash("/sampler form")
    await team.until(lambda: team.opened)
    payload = slack.submit_payload(team.opened[-1], {"topic": "vision"}, user="U1")
    for retry in (0, 1):
        assert (await slack.deliver("interactive", payload, retry=retry)).body == ""
    await on_stage.answer()
    assert len(on_stage.cog.saved) == 1


async def test_a_strangers_workspace_is_turned_away(on_stage: Stage) -> None:
    payload = on_stage.slack.slash_payload("/sampler parts") | {"team_id": "T-OTHER"}
    await on_stage.slack.deliver("slash_commands", payload)
    await on_stage.answer()
    assert "install" in str(on_stage.team.responses[-1])
    assert on_stage.team.conversations["C1"].messages == []


async def test_what_nobody_waits_for_is_acknowledged(on_stage: Stage) -> None:
    for event in (
        {"type": "app_home_opened", "user": "U1", "tab": "messages"},
        {"type": "reaction_added", "user": "U1"},
        {"type": "message", "subtype": "message_deleted", "channel": "C1", "hidden": True},
        {"type": "message", "subtype": "channel_join", "user": "U1", "channel": "C1", "text": "https://jobs.x"},
    ):
        assert (await on_stage.slack.event(event)).status == 200
    assert on_stage.team.homes == {}


async def test_slack_checks_the_address_before_it_uses_it(on_http: Stage) -> None:
    ack = await on_http.slack.deliver("events_api", {"type": "url_verification", "challenge": "abc", "token": "t"})
    assert ack.body == {"challenge": "abc"}


async def test_a_goodbye_waits_for_what_is_under_way(on_socket: Stage) -> None:
    await on_socket.slack.slash("/sampler slow")
    await on_socket.team.until(lambda: on_socket.team.called("users.info"))
    on_socket.cog.release.set()
    await on_socket.platform.stop()
    assert on_socket.team.responses[-1]["text"] == "At last."
