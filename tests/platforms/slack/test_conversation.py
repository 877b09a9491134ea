"""Slash, card, button, modal, submit, restart: the real Bolt over real sockets, in both modes."""

import pytest

from tests.support.slack_driver import Signature
from tests.support.slack_stage import Stage


def texts(body: dict[str, object]) -> str:
    return str(body.get("blocks")) + str(body.get("text"))


async def test_slash_to_card_to_button_to_modal_to_submit_to_restart(on_stage: Stage) -> None:
    slack, team = on_stage.slack, on_stage.team
    ack = await slack.slash("/sampler parts vision")
    assert (ack.status, ack.body) == (200, "")
    said = await on_stage.answer()
    assert said["response_type"] == "in_channel"
    card = team.conversations["C1"].messages[-1]
    assert {"header", "section", "actions", "divider", "image"} >= {b["type"] for b in card["blocks"]}
    assert "vision" in texts(card)

    await slack.click(card, "Click")
    assert (await on_stage.answer())["text"] == "Clicked 42."
    assert on_stage.cog.clicks == [("U1", 42)]
    await slack.click(card, "Pick a colour", picked="Blue")
    assert (await on_stage.answer())["text"] == "Picked blue for 7."

    await slack.click(card, "Open")
    await team.until(lambda: team.opened)
    done = await slack.submit(team.opened[-1], {"topic": "vision", "level": "2", "place": "C2"})
    assert (done.status, done.body) == (200, "")
    assert (await on_stage.answer())["text"] == "Kept vision at level 2."
    assert on_stage.cog.saved == [{"topic": "vision", "level": 2, "story": "", "place": "C2"}]

    await on_stage.restart()
    await team.until(lambda: slack.mode == "http" or slack.sockets)
    await slack.click(card, "Click", user="U2")
    assert (await on_stage.answer())["_user"] == "U2"
    assert on_stage.cog.clicks == [("U2", 42)]


@pytest.mark.parametrize("signature", ["bad", "old", "none"])
async def test_a_request_without_a_good_signature_is_refused(on_http: Stage, signature: Signature) -> None:
    ack = await on_http.slack.slash("/sampler parts", signature=signature)
    assert ack.status == 401
    assert on_http.team.responses == []


async def test_a_mistake_is_shown_in_the_open_form(on_stage: Stage) -> None:
    slack, team = on_stage.slack, on_stage.team
    await slack.slash("/sampler form")
    await team.until(lambda: team.opened)
    first = team.opened[-1]
    ack = await slack.submit(first, {"topic": "wrong", "story": "long to type"})
    assert ack.body == {"response_action": "errors", "errors": {"topic": "That topic is wrong; try “vision”."}}
    ack = await slack.submit(first, {"topic": "vision", "story": "of nobody"})
    assert ack.body["response_action"] == "update"
    again = team.opened[-1]
    assert again["id"] == first["id"]
    assert again["blocks"][0]["text"]["text"] == "⚠️ Nobody has that story. Tell another one."
    assert [b.get("block_id") for b in again["blocks"][1:]] == [b.get("block_id") for b in first["blocks"]]
    twice = await slack.submit(again, {"topic": "vision", "story": "of nobody"})
    assert len(twice.body["view"]["blocks"]) == len(again["blocks"])
    await slack.submit(team.opened[-1], {"topic": "vision"})
    assert (await on_stage.answer())["text"] == "Kept vision at level 1."


async def test_missing_options_are_asked_for_in_a_modal(on_stage: Stage) -> None:
    slack, team = on_stage.slack, on_stage.team
    await slack.slash("/sampler typed")
    await team.until(lambda: team.opened)
    wrong = await slack.submit(team.opened[-1], {"colour": "red", "count": "many"})
    assert "whole number" in wrong.body["errors"]["count"]
    await slack.submit(team.opened[-1], {"colour": "red", "count": "5"})
    assert (await on_stage.answer())["text"] == "red 5 small - quiet"


async def test_a_page_is_turned_in_its_place(on_stage: Stage) -> None:
    slack, team = on_stage.slack, on_stage.team
    await slack.slash("/sampler parts")
    await on_stage.answer()
    card = team.conversations["C1"].messages[-1]
    await slack.click(card, "Turn")
    said = await on_stage.answer()
    assert said["replace_original"] is True
    assert len(team.conversations["C1"].messages) == 1
    await slack.click(card, "Next")
    await on_stage.answer()
    assert card["text"] == "Page 3"


async def test_a_link_button_is_acknowledged_and_nothing_more(on_stage: Stage) -> None:
    await on_stage.slack.slash("/sampler parts")
    await on_stage.answer()
    calls = len(on_stage.team.calls)
    ack = await on_stage.slack.click(on_stage.team.conversations["C1"].messages[-1], "Visit")
    await on_stage.platform.stop()
    assert ack.status == 200
    assert len(on_stage.team.calls) == calls


async def test_the_house_command_serves_reserved_words(on_stage: Stage) -> None:
    await on_stage.slack.slash("/rung sampler typed blue 4")
    assert (await on_stage.answer())["text"] == "blue 4 small - quiet"
    await on_stage.slack.slash("/rung")
    assert "`/rung help`" in texts(await on_stage.answer())  # the sampler has no /help, and says so


async def test_organisers_are_those_that_slack_names(on_stage: Stage) -> None:
    await on_stage.slack.slash("/sampler secret", user="U1")
    assert (await on_stage.answer())["text"] == "Done, organiser."
    await on_stage.slack.slash("/sampler secret", user="U2")
    assert "Only organisers" in texts(await on_stage.answer())
    await on_stage.slack.slash("/sampler secret", user="U2")
    await on_stage.answer()
    assert [args["user"] for args in on_stage.team.called("users.info")] == ["U1", "U2"]


async def test_an_incident_shows_a_number_and_no_secret(on_stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await on_stage.slack.slash("/sampler broken")
    said = texts(await on_stage.answer())
    assert "Something went wrong" in said
    assert "sk-secret" not in said
    assert "xoxb" not in caplog.text


async def test_slow_work_is_acknowledged_first(on_stage: Stage) -> None:
    ack = await on_stage.slack.slash("/sampler slow")
    assert ack.body == ""
    assert on_stage.team.responses == []
    on_stage.cog.release.set()
    assert (await on_stage.answer())["text"] == "At last."


async def test_far_too_much_is_said_in_several_messages(on_stage: Stage) -> None:
    await on_stage.slack.slash("/sampler long 30")
    await on_stage.team.until(lambda: len(on_stage.team.conversations["C1"].messages) >= 8)
    await on_stage.platform.stop()
    assert len(on_stage.team.responses) == 5
    assert len(on_stage.team.called("chat.postMessage")) >= 3


async def test_a_thread_opens_under_the_message(on_stage: Stage) -> None:
    await on_stage.slack.slash("/sampler thread")
    messages = on_stage.team.conversations["C1"].messages
    await on_stage.team.until(lambda: len(messages) == 2)
    head, first = messages
    assert head["text"] == "Let us talk here."
    assert first["thread_ts"] == head["ts"]
    assert "*A talk*" in texts(first)


async def test_the_home_tab_shows_the_members_page(on_stage: Stage) -> None:
    event = {"type": "app_home_opened", "user": "U2", "channel": "DU2", "tab": "home", "event_ts": "1"}
    ack = await on_stage.slack.event(event)
    await on_stage.team.until(lambda: on_stage.team.homes)
    assert ack.status == 200
    assert "Welcome, *grace*" in texts(on_stage.team.homes["U2"])


async def test_a_link_is_answered_in_the_messages_thread_and_small_talk_is_not(on_stage: Stage) -> None:
    slack, team = on_stage.slack, on_stage.team
    assert (await slack.say("good morning", user="U2")).status == 200
    assert (await slack.say("<https://news.org|news>", user="U2")).status == 200
    await slack.say("look: <https://jobs.example.org/1?a=1&amp;b=2|a job>", user="U2")
    await team.until(lambda: team.responses or team.conversations["C1"].messages)
    answer = team.conversations["C1"].messages[-1]
    assert answer["text"] == "I saw a link."
    assert answer["thread_ts"]
    assert len(team.conversations["C1"].messages) == 1


async def test_a_mention_is_heard_once_and_a_retry_is_not_heard_again(on_stage: Stage) -> None:
    slack, team = on_stage.slack, on_stage.team
    text = "<@U0BOT> hello"
    await slack.say(text)
    event = {"type": "app_mention", "channel": "C1", "user": "U1", "text": text, "ts": team.ts()}
    await slack.event(event, event_id="EvMention")
    await slack.event(event, event_id="EvMention", retry=1)
    await team.until(lambda: team.conversations["C1"].messages)
    await on_stage.platform.stop()
    assert [m["text"] for m in team.conversations["C1"].messages] == ["You called? /rung help shows what I can do."]


async def test_in_a_direct_conversation_every_message_is_meant_for_the_bot(on_stage: Stage) -> None:
    direct = on_stage.team.direct("U1")
    await on_stage.slack.say("hello", channel=direct.id)
    await on_stage.team.until(lambda: direct.messages)
    assert "thread_ts" not in direct.messages[0]
