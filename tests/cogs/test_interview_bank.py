"""A community's bank: browsed, added to, reported from, carried out and in; no other community sees any of it."""

from bot.chat import Form, Reply
from bot.interviews.bank import Bank
from bot.interviews.questions import Questions
from tests.support.questions import TYPED, YAML
from tests.support.rounds import go, thread
from tests.support.stage import Stage, token, words

OURS = len(Bank.load().all())


async def setup(stage: Stage) -> None:
    form = await stage.say("/interview setup", "olga", organiser=True)
    await stage.submit(form, "olga", True, place="leads", zone="Europe/Berlin")


async def suggest(stage: Stage, who: str = "ada", organiser: bool = False, **changes: str) -> str:
    form = await stage.say("/interview suggest topic:research level:1 kind:tell", who)
    return words(await stage.submit(form, who, organiser, **(TYPED | changes)))


async def by_olga(stage: Stage, name: str) -> str:
    return words(await stage.click(name, "olga", organiser=True))


async def paste(stage: Stage, text: str, **more: str) -> str:
    form = await stage.say("/interview import", "olga", organiser=True)
    return words(await stage.submit(form, "olga", True, yaml=text, **more))


async def test_a_good_answer_stays_behind_its_button(stage: Stage) -> None:
    shown = await stage.say("/interview bank topic:software")
    assert "page 1 of" in words(shown)
    assert "Decide" not in words(shown)
    page = await stage.click(token(shown, "interview.bank_page"))
    assert isinstance(page, Reply)
    assert page.replaces
    assert "9. " in words(page)
    alone = words(await stage.click("interview.see", picked="so-docker-layers"))
    assert "Dockerfile" in alone
    assert ".dockerignore" not in alone
    answer = words(await stage.click("interview.good_answer:so-docker-layers"))
    assert ".dockerignore" in answer
    assert "(×3)" in answer
    assert "No question fits" in await stage.read("/interview bank topic:behavioural kind:compute")
    assert "The topics are: behavioural" in await stage.read("/interview bank topic:cooking")


async def test_a_suggestion_is_asked_of_organisers_and_its_author_hears_of_it(stage: Stage) -> None:
    await setup(stage)
    assert "you will hear" in await suggest(stage)
    assert "you will hear" in await suggest(stage, question="Which tea, and why that one?", points="a\nb\nc")
    await stage.settle()
    assert len(stage.said("olga")) == 2
    assert "own-cup-tea" not in await stage.read("/interview bank topic:research level:1 kind:tell")
    assert "[Decide (2)]" in await stage.read("/interview bank", "olga", organiser=True)
    assert "nothing against it" in await by_olga(stage, "interview.check:1")
    assert "“a” is not found in the model answer" in await by_olga(stage, "interview.check:2")
    assert "organisers" in words(await stage.click("interview.approve:1", "ada")).lower()
    assert "is in the bank now" in await by_olga(stage, "interview.approve:1")
    assert "is not in the bank" in await by_olga(stage, "interview.turn_down:2")
    assert "is in the bank now" in await by_olga(stage, "interview.approve:1")
    await stage.settle()
    assert [text[:26] for text in stage.said("ada")] == ["Your question is in the ba", "Your question was not take"]
    assert f"of {OURS + 1}" in await stage.read("/interview bank topic:research level:1 kind:tell")
    assert "cup of tea" in words(await stage.click("interview.see:own-cup-tea-grow-bitter", "bob"))
    assert "Nothing waits" in await by_olga(stage, "interview.desk")
    assert stage.engine.failed == []


async def test_what_is_wrong_in_a_suggestion_costs_no_typing(stage: Stage) -> None:
    form = await stage.say("/interview suggest topic:research")
    refused = await stage.submit(form, "ada", **(TYPED | {"points": "only one"}))
    assert "three to six key points" in words(refused)
    again = await stage.click(token(refused, "rung.retry"))
    assert isinstance(again, Form)
    assert {item.name: item.value for item in again.inputs}["answer"] == TYPED["answer"]
    for number in range(10):
        assert "Thank you" in await suggest(stage, question=f"Is this question number {number}?")
    assert "10 of your questions wait" in await suggest(stage)
    assert "in the bank now, as" in await suggest(stage, "olga", True)


async def test_a_reported_question_is_asked_no_more_in_this_community_only(stage: Stage) -> None:
    await setup(stage)
    for who, reason in (("ada", "Outdated."), ("ada", "Outdated since 3."), ("bob", "Odd.")):
        form = await stage.say("/interview report so-flaky", who)
        assert "Thank you" in words(await stage.submit(form, who, reason=reason))
    await stage.settle()
    assert len(stage.said("olga")) == 2, "Ada's second word replaces her first"
    assert "Outdated since 3." in await by_olga(stage, "interview.desk")
    await by_olga(stage, "interview.uphold:1")
    await stage.settle()
    assert [len(stage.said(who)) for who in ("ada", "bob")] == [1, 1], "Bob's report is settled with it"
    assert "no longer in the bank" in words(await stage.click("interview.see:so-flaky"))
    assert "once in twenty runs" in await by_olga(stage, "interview.read:1")
    questions = Questions(stage.app.database)
    assert len((await questions.of(1)).all()) == OURS - 1
    assert len((await questions.of(2)).all()) == OURS
    form = await stage.say("/interview report so-flaky", "cleo")
    assert "I don't know that question" in words(await stage.submit(form, "cleo", reason="Again."))
    assert "Ask so-flaky again" in await by_olga(stage, "interview.desk")
    await by_olga(stage, "interview.dismiss:2")
    assert len((await questions.of(1)).all()) == OURS
    await stage.settle()
    assert [len(stage.said(who)) for who in ("ada", "bob")] == [1, 1], "told once"


async def test_what_is_exported_is_imported_elsewhere(stage: Stage) -> None:
    assert "no questions of your own" in await stage.read("/interview export", "olga", organiser=True)
    assert "1 question added, 0 changed, 0 as before" in await paste(stage, YAML)
    await suggest(stage, "olga", True)
    exported = await stage.say("/interview export", "olga", organiser=True)
    assert isinstance(exported, Reply)
    text = exported.files[0].content.decode()
    second = text.index("- id: own-cup")
    assert "0 questions added, 0 changed, 2 as before" in await paste(stage, text[:second], more=text[second:])
    assert "box 2, line 1: There is no list" in await paste(stage, text[:second], more="nothing")
    assert "1 changed, 1 as before" in await paste(stage, text.replace("level: 1", "level: 3", 1))
    wrong = text.replace("weight: 3", "weight: 7", 1).replace("id: own-tea", "id: own-milk")
    form = await stage.say("/interview import", "olga", organiser=True)
    refused = await stage.submit(form, "olga", True, yaml=wrong)
    line = wrong[: wrong.index("weight: 7")].count("\n") + 1
    assert f"line {line}: points[0].weight" in words(refused)
    again = await stage.click(token(refused, "rung.retry"), "olga", organiser=True)
    assert isinstance(again, Form)
    assert again.inputs[0].value == wrong, "nothing that was pasted is lost"
    assert "organisers" in (await stage.read("/interview import", "ada")).lower()


async def test_rounds_ask_a_communitys_own_questions(stage: Stage) -> None:
    """Of the topic and level there is only that one left when all others were taken out."""
    await setup(stage)
    await paste(stage, YAML)
    ours = [question.id for question in Bank.load().find("research", 1)]
    for number, question in enumerate(ours, 1):
        form = await stage.say(f"/interview report {question}", "olga", organiser=True)
        assert "Don't ask it here" in words(await stage.submit(form, "olga", True, reason="Not for us."))
        await by_olga(stage, f"interview.uphold:{number}")
    begin = token(await stage.say("/interview start topic:research level:1 questions:1"), "interview.begin")
    await stage.click(begin)
    await go(stage)
    assert any("Why does a cup grow bitter" in text for text in thread(stage))
    assert "only 1 questions" in await stage.read("/interview start topic:research level:1 questions:2", "bob")
