"""Forms and threads from a page's side."""

import pytest

from tests.support.web_client import Refusal, WebStage, show, state_of, web_stage


async def test_a_form_is_opened_corrected_and_taken(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        form = (await ada.ask("say", place="leads", text="/sampler form"))["form"]
        assert 'name="topic"' in form
        assert '<option value="showcase">#showcase</option>' in form
        state = state_of(form)
        wrong = await ada.ask("submit", state=state, values={"topic": " ", "level": "x"})
        assert wrong["wrong"] == {"topic": "Please fill this in.", "level": "level takes a whole number, not “x”."}
        refused = await ada.ask("submit", state=state, values={"topic": "wrong", "level": "1"})
        assert refused == {"wrong": {"topic": "That topic is wrong; try “vision”."}}
        done = await ada.ask("submit", state=state, values={"topic": "vision", "level": "2", "place": "leads"})
        assert done == {}
        assert "Kept <strong>vision</strong>" in (await ada.entry())["html"]
    assert web.sampler.saved == [{"topic": "vision", "level": 2, "story": "", "place": "leads"}]


async def test_a_command_that_lacks_something_asks_for_it(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        form = (await ada.ask("say", place="leads", text="/sampler typed"))["form"]
        wrong = await ada.ask("submit", state=state_of(form), values={"colour": "", "count": "99"})
        assert set(wrong["wrong"]) == {"colour", "count"}
        await ada.ask("submit", state=state_of(form), values={"colour": "blue", "count": "4"})
        answer = await ada.entry()
        assert "blue 4 small" in answer["html"]
        assert answer["asked"]["line"] == "/sampler typed"


async def test_a_form_opened_by_a_button_answers_under_that_button(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        message = await show(ada, "/sampler parts")
        form = (await ada.ask("click", message=message["id"], token="sampler.open"))["form"]
        await ada.ask("submit", state=state_of(form), values={"topic": "x", "level": "1"})
        assert (await ada.entry())["beneath"] == {"message": message["id"], "token": "sampler.open"}


async def test_a_reply_with_a_thread_opens_it_and_members_answer_there(web: WebStage) -> None:
    async with web.tab("Ada") as ada, web.tab("Bob") as bob:
        result = await ada.ask("say", place="leads", text="/sampler thread")
        root = await bob.entry()
        assert result["thread"] == root["thread"]["place"] == f"leads/{root['id']}"
        await bob.ask("say", place=result["thread"], text="here I am")
        assert (await ada.hear("thread"))["thread"]["replies"] == 1
        opened = await ada.ask("open", place=result["thread"])
        assert [e["summary"] for e in opened["entries"]] == ["here I am"]
        assert opened["root"]["id"] == root["id"]
        await ada.ask("say", place=result["thread"], text="/sampler thread")
        inside = (await ada.ask("open", place=result["thread"]))["entries"][-1]
        assert "thread" not in inside


async def test_a_member_opens_a_thread_under_any_message_once(web: WebStage) -> None:
    async with web.tab("Ada") as ada:
        await ada.ask("say", place="leads", text="who wants to practise?")
        message = await ada.entry()
        first = await ada.ask("thread", message=message["id"])
        assert first == await ada.ask("thread", message=message["id"])
        assert (await ada.hear("thread"))["thread"]["title"] == "who wants to practise?"
        await ada.ask("say", place=first["thread"], text="me")
        inside = await ada.entry()
        with pytest.raises(Refusal, match="a thread already"):
            await ada.ask("thread", message=inside["id"])


async def test_what_is_asked_in_a_thread_of_a_private_answer_stays_private() -> None:
    async with web_stage() as web, web.tab("Ada") as ada, web.tab("Bob") as bob:
        private = await show(ada, "/sampler typed red")
        place = (await ada.ask("thread", message=private["id"]))["thread"]
        await ada.ask("say", place=place, text="/sampler parts")
        with pytest.raises(Refusal, match="no longer there"):
            await bob.ask("open", place=place)
        assert not [n for n in bob.news if n["push"] in {"entry", "thread"}]
