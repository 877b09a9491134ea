"""What Slack sends, as values of ours. The payloads are ours, shaped as Slack's documentation describes them."""

from typing import Any

import pytest

from bot.chat import Action
from bot.chat.context import Place
from bot.platforms.slack import inbound
from bot.platforms.slack.inbound import place_id, split_place

TEAM = {"id": "T1", "domain": "x"}


@pytest.mark.parametrize(
    ("slacks", "plain"),
    [
        ("<https://e.org/?a=1&amp;b=2|e.org> &lt;3", "https://e.org/?a=1&b=2 <3"),
        ("ask <@U1|ada> or <@U2> in <#C1|leads>, <#C2>", "ask @ada or @U2 in #leads, #C2"),
        ("<!here> <!subteam^S1|@mentors> <!date^1^x|noon>", "@here @mentors noon"),
        ("<mailto:a@b.org|a@b.org> a < b", "a@b.org a < b"),
        ("zero\u200bwidth ", "zerowidth"),
    ],
)
def test_slacks_marks_are_taken_off(slacks: str, plain: str) -> None:
    assert inbound.clean(slacks) == plain


def slash(**more: str) -> dict[str, Any]:
    return {"team_id": "T1", "user_id": "U1", "channel_id": "C1", "command": "/leads", "text": "", **more}


def test_a_slash_command() -> None:
    origin, line = inbound.slash(
        slash(text="search “vision” where:<#C9|berlin>", channel_name="leads", response_url="https://r", trigger_id="t")
    )
    assert line == "/leads search “vision” where:#berlin"
    assert origin.place == Place("C1", "leads", "channel")
    assert (origin.response_url, origin.trigger) == ("https://r", "t")
    assert inbound.slash(slash(channel_id="D1"))[0].place.kind == "direct"


def click(action: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "team": TEAM,
        "user": {"id": "U1", "username": "ada"},
        "channel": {"id": "C1", "name": "leads"},
        "container": {"type": "message", "message_ts": "2.0", "channel_id": "C1"},
        "response_url": "https://r",
        "trigger_id": "t",
        "actions": [action],
        **more,
    }


def button(token: str) -> dict[str, Any]:
    return {"type": "button", "action_id": token, "value": token.partition("#")[0]}


def test_a_click_brings_the_token_back() -> None:
    found = inbound.click(click(button("leads.save:42#3")))
    assert found is not None
    assert Action.parse(found.token) == Action("leads.save", ("42",))
    assert found.picked is None
    assert (found.origin.message, found.origin.channel, found.origin.user_name) == ("2.0", "C1", "ada")


def test_a_pick_brings_its_value() -> None:
    pick = {"type": "static_select", "action_id": "leads.page:7#2", "selected_option": {"value": "red"}}
    found = inbound.click(click(pick))
    assert found is not None
    assert (found.token, found.picked) == ("leads.page:7", "red")
    assert inbound.click(click({**pick, "selected_option": None})) is None


def test_a_button_that_opens_an_address_means_nothing_to_us() -> None:
    assert inbound.click(click({"type": "button", "action_id": "link#2", "url": "https://e.org"})) is None


def test_a_click_in_a_thread_and_at_its_head() -> None:
    inside = click(button("a.b"), container={"message_ts": "2.0", "channel_id": "C1", "thread_ts": "1.0"})
    found = inbound.click(inside)
    assert found is not None
    assert found.origin.place == Place("C1/1.0", "leads", "thread", "C1")
    head = inbound.click(click(button("a.b"), message={"ts": "2.0", "thread_ts": "2.0"}))
    assert head is not None
    assert head.origin.place.kind == "channel"


def test_a_click_in_the_home_tab_has_no_channel() -> None:
    body = click(button("a.b"), view={"type": "home"}, container={"type": "view", "view_id": "V1"}, channel=None)
    found = inbound.click(body)
    assert found is not None
    assert (found.origin.home, found.origin.channel) == (True, "")


def test_a_submission_finds_the_way_back() -> None:
    values = {"topic": {"topic": {"type": "plain_text_input", "value": "vision"}}}
    view = {
        "callback_id": "a.save:1",
        "private_metadata": '{"channel": "C1", "thread": "1.0"}',
        "state": {"values": values},
    }
    body = {"team": None, "user": {"id": "U1", "name": "ada", "team_id": "T1"}, "view": view, "trigger_id": "t"}
    found = inbound.submission(body)
    assert (found.token, found.values, found.origin.team) == ("a.save:1", {"topic": "vision"}, "T1")
    assert found.origin.place.id == "C1/1.0"
    assert inbound.submission({**body, "view": {**view, "private_metadata": ""}}).origin.channel == ""


def event(**more: Any) -> dict[str, Any]:
    base = {"type": "message", "user": "U1", "channel": "C1", "channel_type": "channel", "ts": "3.0", "text": "hi"}
    return {"team_id": "T1", "event": {**base, **more}}


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B1"},
        {"user": "UBOT"},
        {"user": None},
        {"subtype": "message_changed", "hidden": True},
        {"subtype": "channel_join"},
        {"text": "<@UBOT> hi"},
    ],
    ids=["a bot", "ourselves", "nobody", "an edit", "a join", "a mention, which comes again as app_mention"],
)
def test_what_is_not_heard(more: dict[str, Any]) -> None:
    assert inbound.heard(event(**more), "UBOT") is None


def test_what_is_heard() -> None:
    plain = inbound.heard(event(text="see <https://e.org>", subtype="file_share"), "UBOT")
    assert plain is not None
    assert (plain.message.text, plain.message.mentions_bot, plain.message.id) == ("see https://e.org", False, "3.0")
    mention = inbound.heard(event(type="app_mention", text="<@UBOT|rung> hello <@U2>", thread_ts="1.0"), "UBOT")
    assert mention is not None
    assert (mention.message.text, mention.message.mentions_bot, mention.origin.thread) == ("hello @U2", True, "1.0")
    direct = inbound.heard(event(channel="D1", channel_type="im", text="<@UBOT> hello"), "UBOT")
    assert direct is not None
    assert direct.message.mentions_bot


def test_places_of_threads() -> None:
    assert split_place(place_id("C1", "1.0")) == ("C1", "1.0")
    assert split_place(place_id("C1", "")) == ("C1", "")
