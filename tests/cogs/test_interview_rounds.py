"""Rounds: from the first message to the board, with five members, on both databases."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from bot.chat import Message, Place, Reply
from bot.interviews.rounds_models import RoundAnswer, RoundReview
from bot.steps.kinds import Kind
from bot.steps.models import Evidence
from tests.support.rounds import FIVE, answer, go, graded, open_round, question, row, thread
from tests.support.stage import Stage, token, words


async def evidence(stage: Stage, kind: Kind) -> int:
    query = sa.select(sa.func.count()).select_from(Evidence).where(Evidence.kind == kind.value)
    return await stage.app.database.read(lambda c: c.execute(query).scalar_one())


async def test_a_whole_round_with_five_members(stage: Stage) -> None:
    number = await open_round(stage, *FIVE[1:])
    said = thread(stage)
    assert sum("Question 1 of 2" in text for text in said) == 1
    assert "We begin, @Ada @Bob @Cleo @Dan @Eve" in " ".join(said)
    for position in (1, 2):
        asked = await question(stage, number, position)
        for who in FIVE:
            text = asked.answer if who == "ada" else f"I think that {asked.points[0].point}"
            assert "Your answer is in" in await answer(stage, number, position, who, text)
        await go(stage)
        assert sum(f"A good answer to question {position}" in text for text in thread(stage)) == 1
        assert "Time is up" in await answer(stage, number, position, "ada", "and another thing")
        await go(stage, 31)
    assert (await row(stage, number)).phase == "over"
    board = thread(stage)[-1]
    assert "How the round went" in board
    assert board.index("Ada") < board.index("Bob"), "who gave the model answer stands first"
    assert len(await graded(stage, number)) == 10
    for who in FIVE:
        assert sum("Your answer to question 1" in text for text in stage.said(who)) == 1
        assert sum("Graded by the rubric alone" in text for text in stage.said(who)) == 2
        assert sum("Your round:" in text for text in stage.said(who)) == 1
    assert await evidence(stage, Kind.ROUND) == 5
    assert await evidence(stage, Kind.GRADED) == 0
    assert stage.engine.failed == []


async def test_the_board_says_where_to_read_on(stage: Stage) -> None:
    number = await open_round(stage, "bob", line="/interview start questions:1 topic:statistics")
    asked = await question(stage, number, 1)
    for who in ("ada", "bob"):
        await answer(stage, number, 1, who, f"I think that {asked.points[0].point}")
    await go(stage)
    assert (await row(stage, number)).phase == "over"
    board = thread(stage)[-1]
    assert "What to read as a group" in board
    assert "Explained well in OpenIntro Statistics" in board
    assert "openintro.org" in board


async def test_the_clock_of_a_question(stage: Stage) -> None:
    number = await open_round(stage, "bob", line="/interview start questions:2 minutes:4")
    await answer(stage, number, 1, "ada", "first")
    before = len(stage.platform.edits)
    await go(stage, 119)
    assert len(stage.platform.edits) == before, "nothing is edited until the half"
    await go(stage, 2)
    assert "2 minutes" in words(stage.platform.edits[-1][1])
    await go(stage, 60)
    assert "60 seconds" in words(stage.platform.edits[-1][1])
    assert len(stage.platform.edits) == before + 2
    await go(stage, 60)
    assert "Your answer is in" in await answer(stage, number, 1, "bob", "a second late"), "with grace"
    await go(stage)
    assert (await row(stage, number)).phase == "reading", "both have answered"
    await go(stage, 31)
    await go(stage, 246)
    assert "Time is up" in await answer(stage, number, 2, "ada", "too late")
    texts = await stage.app.database.read(lambda c: c.execute(sa.select(RoundAnswer.text)).scalars().all())
    assert sorted(texts) == ["a second late", "first"]
    assert "No answer came" in " ".join(thread(stage))


async def test_an_outage_at_the_deadline_gives_more_time(stage: Stage) -> None:
    number = await open_round(stage, "bob")
    stage.engine.now += timedelta(minutes=10)
    await go(stage)
    assert (await row(stage, number)).phase == "asking"
    assert "60 seconds" in words(stage.platform.edits[-1][1])
    assert "Your answer is in" in await answer(stage, number, 1, "ada", "after the outage")
    await go(stage, 66)
    assert (await row(stage, number)).phase == "reading", "but only once"
    assert list(await graded(stage, number)) == [(1, "ada")]


async def test_peers_score_without_names(stage: Stage) -> None:
    number = await open_round(stage, "bob", "cleo", "dan", line="/interview start questions:1 topic:software peers:yes")
    asked = await question(stage, number, 1)
    four = ("ada", "bob", "cleo", "dan")
    for who in four:
        await answer(stage, number, 1, who, f"{who.upper()}-TEXT {asked.answer}")
    await go(stage)
    seen: dict[str, list[str]] = {}
    for who in four:
        sheet = await stage.click(f"interview.score:{number}/1", who)
        assert isinstance(sheet, Reply)
        assert not sheet.replaces, "what was clicked is the good answer, which stays for everybody"
        for _ in range(3):
            seen.setdefault(who, []).append(words(sheet))
            review = token(sheet, "interview.scored").partition(":")[2]
            for point in range(len(asked.points)):
                if who != "dan":
                    await stage.click(f"interview.tick:{review}/{point}", who)
            sheet = await stage.click(f"interview.scored:{review}", who)
        assert "that was all" in words(sheet)
    for who, sheets in seen.items():
        assert not any(f"{who.upper()}-TEXT" in text for text in sheets), "nobody scores their own"
        others = {other for other in four if other != who for text in sheets if f"{other.upper()}-TEXT" in text}
        assert len(others) == 3
    await go(stage)
    assert (await row(stage, number)).phase == "over", "all have scored, so nobody waits for the clock"
    rows = await stage.app.database.read(lambda c: c.execute(sa.select(RoundReview.__table__)).all())
    assert len(rows) == 12
    assert all((r.agreement < 0.4) == (not r.ticks) for r in rows), "who ticks nothing in full answers stands alone"
    mine = words(await stage.click(f"interview.feedback:{number}/1", "ada"))
    assert "3 participants" in mine
    assert sum("What others saw in your answer" in text for text in stage.said("ada")) == 1
    assert await evidence(stage, Kind.GRADED) == 3
    assert "You scored 3 answers of others and agree with the others by" in stage.said("bob")[-1]


async def test_open_answers_are_heard_in_the_thread(stage: Stage) -> None:
    number = await open_round(stage, "bob", line="/interview start questions:1 answers:open")
    for who, text in (
        ("ada", "It fits noise."),
        ("ada", "And so it fails."),
        ("eve", "I only listen."),
        ("bob", "No."),
    ):
        await hear(stage, who, text)
    await go(stage, 19)
    assert (await row(stage, number)).phase == "asking", "somebody may be writing on"
    await hear(stage, "bob", "No. Yes!", "9")
    await hear(stage, "bob", "No. Yes!", "9")
    await go(stage, 19)
    assert (await row(stage, number)).phase == "asking"
    await go(stage, 2)
    await go(stage, 1)
    assert (await row(stage, number)).phase == "over"
    texts = await stage.app.database.read(lambda c: c.execute(sa.select(RoundAnswer.text)).scalars().all())
    assert sorted(texts) == ["It fits noise.\nAnd so it fails.", "No.\nNo. Yes!"]


async def test_no_part_of_a_long_answer_is_lost_silently(stage: Stage) -> None:
    number = await open_round(stage, "bob", line="/interview start questions:1 answers:open")
    part = "noise " * 600
    await hear(stage, "ada", part)
    place = next(to.place for to in stage.platform.messages if to.place.startswith("leads/"))
    caller = replace(stage.caller("ada"), place=Place(place, "", "thread", "leads"))
    [said] = await stage.app.router.message(caller, Message("2", part))
    assert "Ada, an answer has at most 6,000 characters" in words(said)
    await hear(stage, "ada", "And so it fails.")
    query = sa.select(RoundAnswer.text)
    [text] = await stage.app.database.read(lambda c: c.execute(query).scalars().all())
    assert text == f"{part.strip()}\nAnd so it fails."
    assert "write yours in its thread" in words(await stage.click(f"interview.answer:{number}/1"))


async def test_a_form_that_is_too_full_is_refused(stage: Stage) -> None:
    number = await open_round(stage, "bob")
    said = await answer(stage, number, 1, "ada", "x" * 3001)
    assert "at most 3,000 characters; yours has 3,001" in said


async def hear(stage: Stage, who: str, text: str, message: str = "") -> None:
    [place] = [to.place for to in stage.platform.messages if to.place.startswith("leads/")]
    caller = replace(stage.caller(who), place=Place(place, "", "thread", "leads"))
    assert await stage.app.router.message(caller, Message(message or text, text)) == []


async def test_stories_get_no_marks_and_cost_none(stage: Stage) -> None:
    number = await open_round(stage, "bob", line="/interview start questions:2 topic:behavioural level:2")
    for position in (1, 2):
        story = "Once I broke the build on a Friday, told everybody at once, and wrote the test that was missing."
        await answer(stage, number, position, "ada", story)
        await answer(stage, number, position, "bob", "I don't know")
        await go(stage, 31)
    told = [text for text in stage.said("ada") if "Your answer to question" in text]
    assert len(told) == 2
    assert all("Hold it against these points" in text and "0 %" not in text for text in told)
    board = thread(stage)[-1]
    assert "Ada: stories, which get no marks, 2 answered" in board
    assert "Bob: 0.0 of 2" in board
    assert "2 answers had no mark" in " ".join(stage.said("ada"))
