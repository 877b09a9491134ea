"""The web chat from a page's side: names, messages, commands, clicks, private answers."""

import re

import pytest

from tests.support.web_client import Refusal, WebStage, show


async def test_who_comes_sees_places_commands_and_people(web: WebStage) -> None:
    async with web.tab() as tab:
        greeting = await tab.hear("greeting")
        assert greeting["own_machine"] is True
        assert len(greeting["suggestions"]) == 4
        welcome = await tab.hello("  Ada   Lovelace ", zone="Europe/Berlin")
    assert welcome["you"] == {"user": "ada-lovelace", "name": "Ada Lovelace", "hue": 1, "organiser": True}
    places = [(p["id"], p["direct"]) for p in welcome["places"]]
    assert places[:4] == [("leads", False), ("interviews", False), ("accountability", False), ("showcase", False)]
    assert places[4:] == [("direct:ada-lovelace", True)]
    assert all(p["title"] and p["about"] and p["examples"] for p in welcome["places"])
    typed = next(c for c in welcome["commands"] if c["text"] == "/sampler typed")
    assert typed["options"][0]["choices"][0] == {"label": "red", "value": "red", "hint": ""}
    assert [p["name"] for p in welcome["people"]] == ["Ada Lovelace"]


async def test_nothing_is_answered_before_hello(web: WebStage) -> None:
    async with web.tab() as tab:
        with pytest.raises(Refusal, match="Choose a name first"):
            await tab.ask("say", place="leads", text="hi")


@pytest.mark.parametrize("name", ["", "  ", "!?", "Rung", "a" * 33, "x\u202ey"])
async def test_a_name_that_can_not_be_is_refused_with_what_to_do(web: WebStage, name: str) -> None:
    async with web.tab() as tab:
        with pytest.raises(Refusal) as refused:
            await tab.hello(name)
        assert refused.value.field_name == "name"
        assert refused.value.text.endswith(".")


async def test_two_members_talk_and_see_each_other_come_and_go(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        async with web.tab("Bob") as bob:
            await ada.hear("people")
            assert [p["name"] for p in (await ada.hear("people"))["people"]] == ["Ada", "Bob"]
            await bob.ask("say", place="leads", text="good **morning**\nall")
            heard = await ada.entry()
        assert (heard["name"], heard["author"], heard["private"]) == ("Bob", "bob", False)
        assert heard["html"] == "<p>good <strong>morning</strong><br>all</p>"
        assert [p["name"] for p in (await ada.hear("people"))["people"]] == ["Ada"]


async def test_history_is_there_for_who_comes_later_and_in_pages(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        for number in range(60):
            await ada.ask("say", place="leads", text=f"line {number}")
        newest = await ada.ask("open", place="leads")
        assert newest["more"] is True
        assert [e["summary"] for e in newest["entries"]][::49] == ["line 10", "line 59"]
        older = await ada.ask("open", place="leads", before=newest["entries"][0]["id"])
        assert older["more"] is False
        assert [e["summary"] for e in older["entries"]][::9] == ["line 0", "line 9"]


async def test_a_private_answer_is_seen_by_one_person_in_all_their_tabs(web: WebStage) -> None:
    async with web.tab("Ada") as ada, web.tab("ada") as again, web.tab("Bob") as bob:
        await ada.ask("say", place="leads", text="/sampler typed red")
        assert (await again.entry())["private"] is True
        assert (await ada.entry())["asked"] == {"name": "Ada", "line": "/sampler typed red"}
        assert (await bob.ask("open", place="leads"))["entries"] == []
        assert not [n for n in bob.news if n["push"] == "entry"]


async def test_a_public_answer_is_seen_by_all(web: WebStage) -> None:
    async with web.tab("Ada") as ada, web.tab("Bob") as bob:
        await ada.ask("say", place="leads", text="/sampler parts")
        shown = await bob.entry()
    assert shown["private"] is False
    assert shown["author"] == ""
    assert 'data-token="sampler.click:42"' in shown["html"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/smapler parts", "Did you mean /sampler?"),
        ("/sampler", "needs one more word"),
        ("/sampler typed green", "is one of red, blue"),
        ("/sampler typed red count:99", "from 1 to 25"),
        ("/sampler secret now", "has no place for"),
    ],
)
async def test_a_typing_error_is_told_at_once_and_leaves_no_message(web: WebStage, line: str, words: str) -> None:
    async with web.tab("Ada") as ada:
        assert words in (await ada.ask("check", text=line))["problem"]
        with pytest.raises(Refusal, match=re.escape(words)):
            await ada.ask("say", place="leads", text=line)
        assert (await ada.ask("open", place="leads"))["entries"] == []


async def test_a_right_line_has_no_problem(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        assert (await ada.ask("check", text="/sampler typed red count:3"))["problem"] == ""
        with pytest.raises(Refusal, match="Write something"):
            await ada.ask("say", place="leads", text="   ")


async def test_options_are_completed_as_one_types(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        asked = {"place": "leads", "path": ["sampler", "typed"], "option": "where"}
        found = await ada.ask("suggest", **asked, typed="be")
        assert [c["value"] for c in found["choices"]] == ["berlin", "bern"]


async def test_a_click_a_pick_and_what_is_not_there(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        message = await show(ada, "/sampler parts")
        await ada.ask("click", message=message["id"], token="sampler.click:42")
        answer = await ada.entry()
        assert "Clicked 42." in answer["html"]
        assert answer["beneath"] == {"message": message["id"], "token": "sampler.click:42"}
        await ada.ask("click", message=message["id"], token="sampler.pick:7", picked="blue")
        assert "Picked blue for 7." in (await ada.entry())["html"]
        for forged in ({"token": "sampler.click:43"}, {"token": "sampler.pick:7", "picked": "green"}):
            with pytest.raises(Refusal, match="no longer there"):
                await ada.ask("click", message=message["id"], **forged)
        with pytest.raises(Refusal, match="no longer there"):
            await ada.ask("click", message=999, token="sampler.click:42")
    assert web.sampler.clicks == [("ada", 42)]


async def test_a_reply_that_replaces_takes_the_place_of_the_message(web: WebStage) -> None:
    async with web.tab("Ada") as ada, web.tab("Bob") as bob:
        message = await show(ada, "/sampler parts")
        await bob.entry()
        await ada.ask("click", message=message["id"], token="sampler.turn:2")
        turned = await bob.entry()
        assert (turned["id"], turned["edited"], turned["private"]) == (message["id"], True, False)
        assert "Page 2" in turned["html"]
        await ada.ask("click", message=message["id"], token="sampler.turn:3")
        assert "Page 3" in (await bob.entry())["html"]
        with pytest.raises(Refusal, match="the message was changed"):
            await ada.ask("click", message=message["id"], token="sampler.click:42")


async def test_a_private_answer_can_be_dismissed_by_its_owner_alone(web: WebStage) -> None:
    async with web.tab("Ada") as ada, web.tab("Bob") as bob:
        private = await show(ada, "/sampler typed red")
        with pytest.raises(Refusal, match="no longer there"):
            await bob.ask("dismiss", message=private["id"])
        await ada.ask("dismiss", message=private["id"])
        assert (await ada.hear("removed"))["message"] == private["id"]
        await ada.ask("say", place="leads", text="mine")
        mine = await ada.entry()
        with pytest.raises(Refusal, match="Only what Rung told you alone"):
            await ada.ask("dismiss", message=mine["id"])


async def test_links_and_mentions_are_heard_and_all_that_is_said_in_private(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        await ada.ask("say", place="leads", text="see https://jobs.example.org/1.")
        assert 'href="https://jobs.example.org/1"' in (await ada.entry())["html"]
        assert "I saw a link." in (await ada.entry())["html"]
        await ada.ask("say", place="leads", text="hello @Rung!")
        assert '<span class="mention">@Rung</span>' in (await ada.entry())["html"]
        assert "You called?" in (await ada.entry())["html"]
        await ada.ask("say", place="direct:ada", text="anybody there?")
        await ada.entry()
        answer = await ada.entry()
        assert "You called?" in answer["html"]
        assert answer["private"] is False  # the whole place is private, so it says nothing more


async def test_a_slow_command_does_not_hold_up_the_next(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        ada.number += 1
        slow = ada.number
        await ada.socket.send_json({"n": slow, "do": "say", "place": "leads", "text": "/sampler slow"})
        await ada.ask("say", place="leads", text="meanwhile")
        assert slow not in ada.answers
        web.sampler.release.set()
        while slow not in ada.answers:
            await ada._read()
        assert ada.answers[slow]["result"] == {}


async def test_a_mistake_of_ours_tells_a_number_and_nothing_else(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        answer = await show(ada, "/sampler broken")
        assert "Something went wrong on our side" in answer["html"]
        assert "sk-secret" not in answer["html"]


async def test_many_cards_become_several_messages_in_order(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        await ada.ask("say", place="leads", text="/sampler long cards:60")
        entries = (await ada.ask("open", place="leads"))["entries"]
    assert len(entries) > 1
    assert "asked" in entries[0]
    assert "asked" not in entries[1]
