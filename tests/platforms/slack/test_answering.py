"""Where an answer goes when its first way is closed, what is shown to whom, and who somebody is."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from bot.chat import PRIVATE, PUBLIC, Card, File, Form, Reply, Text, TextInput, act
from bot.chat.platform import PlaceGone, TryLater
from bot.platforms.slack import people
from bot.platforms.slack.answering import Answers
from bot.platforms.slack.api import Api, Installation
from bot.platforms.slack.inbound import Origin
from bot.platforms.slack.people import People, Person
from bot.platforms.slack.rates import Rates
from bot.platforms.slack.sending import Sender
from bot.platforms.slack.uploads import Uploads
from tests.support.slack_driver import LocalSlack
from tests.support.slack_stage import Stage, no_sleep
from tests.support.slack_team import BOT_ID, BOT_TOKEN, BOT_USER, TEAM, TEAM_NAME, Fault, Team


@dataclass
class Desk:
    slack: LocalSlack
    api: Api
    answers: Answers

    @property
    def team(self) -> Team:
        return self.slack.team

    def origin(self, **more: str | bool) -> Origin:
        url = f"{self.slack.url}/response/{self.team.response_id('C1', 'U1')}"
        base: dict[str, object] = {"channel": "C1", "response_url": url, "trigger": self.team.trigger()}
        return Origin(TEAM, "U1", **{**base, **more})  # type: ignore[arg-type]  # the fields of an origin


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with LocalSlack() as slack, aiohttp.ClientSession() as http:
        api = Api(http, slack.api_url, Rates(sleep=no_sleep))

        async def authorize(team: str) -> Installation:
            return Installation(team, TEAM_NAME, BOT_USER, BOT_ID, BOT_TOKEN)

        api.authorize = authorize
        uploads = Uploads(api, no_sleep)
        yield Desk(slack, api, Answers(api, Sender(api, uploads), uploads, no_sleep))


ONLY_YOU = Reply("For you", shows=PRIVATE)
FOR_ALL = Reply("For all", shows=PUBLIC)


@pytest.mark.parametrize("what", ["expired_url", "used_url"])
async def test_an_old_response_url_leads_to_an_ephemeral_message(desk: Desk, what: str) -> None:
    desk.team.faults.append(Fault(what, "response_url"))
    await desk.answers.say(desk.origin(thread="1.0"), ONLY_YOU)
    (shown,) = desk.team.ephemerals
    assert (shown["user"], shown["channel"], shown["thread_ts"]) == ("U1", "C1", "1.0")


async def test_where_the_bot_is_not_it_answers_in_a_direct_message(desk: Desk) -> None:
    desk.team.conversations["C1"].bot_in = False
    await desk.answers.say(desk.origin(response_url=""), ONLY_YOU)
    assert [m["text"] for m in desk.team.direct("U1").messages] == ["For you"]


async def test_without_a_response_url_a_public_answer_is_posted(desk: Desk) -> None:
    await desk.answers.say(desk.origin(response_url=""), FOR_ALL)
    assert [m["text"] for m in desk.team.conversations["C1"].messages] == ["For all"]


async def test_in_the_home_tab_answers_come_as_direct_messages_or_in_its_place(desk: Desk) -> None:
    home = desk.origin(channel="", response_url="", home=True)
    await desk.answers.say(home, ONLY_YOU)
    await desk.answers.say(home, Reply("A thread", shows=PUBLIC, thread="Talk"))
    await desk.answers.say(home, Reply("My page", replaces=True))
    assert [m["text"] for m in desk.team.direct("U1").messages][:2] == ["For you", "A thread"]
    assert "My page" in str(desk.team.homes["U1"])


async def test_a_home_that_slack_refuses_is_told_in_words(desk: Desk) -> None:
    desk.team.faults.append(Fault("invalid_arguments", "views.publish"))
    await desk.answers.publish(TEAM, "U1", Reply("My page"))
    assert desk.team.homes["U1"]["blocks"][0]["text"]["text"] == "My page"


async def test_a_thread_where_the_bot_is_not_is_answered_without_one(desk: Desk) -> None:
    desk.team.conversations["C1"].bot_in = False
    desk.team.faults.append(Fault("method_not_supported", "conversations.join"))
    await desk.answers.say(desk.origin(), Reply("Let us talk", shows=PUBLIC, thread="Talk"))
    assert desk.team.responses[-1]["response_type"] == "in_channel"


async def test_a_private_file_comes_in_a_direct_message(desk: Desk) -> None:
    await desk.answers.say(desk.origin(), Reply("Yours", shows=PRIVATE, files=(File("mine.csv", b"a,b"),)))
    assert desk.team.responses[-1]["response_type"] == "ephemeral"
    assert desk.team.direct("U1").messages[0]["files"][0]["title"] == "mine.csv"
    assert desk.team.conversations["C1"].messages == []


async def test_a_public_file_comes_in_the_messages_thread(desk: Desk) -> None:
    cards = tuple(Card(f"card {n}", (Text("word " * 500),)) for n in range(8))
    await desk.answers.say(desk.origin(), Reply("Ours", cards, shows=PUBLIC, files=(File("all.csv", b"a,b"),)))
    head, file, *pages = desk.team.conversations["C1"].messages
    assert {m["thread_ts"] for m in (file, *pages)} == {head["ts"]}
    assert len(pages) == 1


async def test_a_late_form_says_so(desk: Desk) -> None:
    form = Form("F", act("a.b"), (TextInput("x", "X"),))
    await desk.answers.say(desk.origin(trigger="old"), form)
    assert "could open" in desk.team.responses[-1]["text"]
    desk.team.faults.append(Fault("fatal_error", "views.open"))
    with pytest.raises(TryLater):
        await desk.answers.say(desk.origin(), form)


async def test_a_passing_fault_is_passed_by_where_that_doubles_nothing(desk: Desk) -> None:
    desk.team.faults.append(Fault("500", "response_url", times=2))
    await desk.answers.say(desk.origin(), ONLY_YOU)
    desk.team.faults.append(Fault("429", "response_url", after=2))
    await desk.answers.say(desk.origin(), FOR_ALL)
    assert len(desk.team.responses) == 2
    desk.team.faults.append(Fault("500", "response_url"))
    with pytest.raises(TryLater):
        await desk.answers.say(desk.origin(), FOR_ALL)
    desk.team.faults.append(Fault("429", "response_url", after=3600))
    with pytest.raises(TryLater):
        await desk.answers.say(desk.origin(), ONLY_YOU)


async def test_an_answer_that_reaches_nobody_is_logged(on_socket: Stage, caplog: pytest.LogCaptureFixture) -> None:
    on_socket.team.faults.append(Fault("500", "response_url", times=-1))
    await on_socket.slack.slash("/sampler typed red")
    with caplog.at_level(logging.WARNING):
        await on_socket.platform.stop()
    assert "did not reach Slack" in caplog.text


async def test_a_mistake_of_ours_in_an_answer_is_logged_with_its_trace(
    on_socket: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(on_socket.router, "text", broken)
    await on_socket.slack.slash("/sampler typed red")
    await on_socket.platform.stop()
    assert "a mistake of ours" in caplog.text
    assert "Traceback" in caplog.text


async def test_people_are_looked_up_once_in_a_while(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    known = People(desk.api, lambda: now[0])
    assert await known.look(TEAM, "U1") == Person("ada", True, "Europe/Berlin")
    desk.team.users["U1"]["is_admin"] = False
    assert (await known.look(TEAM, "U1")).organiser
    now[0] += people.KEEP + 1
    assert not (await known.look(TEAM, "U1")).organiser
    monkeypatch.setattr(people, "MOST", 1)
    await known.look(TEAM, "U2")
    assert len(known._known) == 1


async def test_who_can_not_be_looked_up_is_no_organiser(desk: Desk) -> None:
    desk.team.faults.append(Fault("500", "users.info"))
    known = People(desk.api)
    assert await known.look(TEAM, "U1") == Person()
    assert (await known.look(TEAM, "U1")).organiser


async def test_a_person_who_is_gone_gets_nothing(desk: Desk) -> None:
    with pytest.raises(PlaceGone):
        await desk.answers.say(Origin(TEAM, "U-GONE"), ONLY_YOU)
