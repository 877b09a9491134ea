"""Rounds of two: invited, accepted, the sheet, the swap, and no question twice; and how rounds are stopped."""

import asyncio

import sqlalchemy as sa

from bot.chat import Caller, Place, Reply
from bot.interviews.rounds_models import Round, RoundAnswer, RoundQuestion
from tests.support.rounds import answer, go, open_round, question, row, thread
from tests.support.stage import Stage, token, words


async def pair(stage: Stage, line: str = "/interview pair partner:bob questions:1") -> int:
    await stage.say("/me profile", "bob")
    assert "Bob is asked" in await stage.read(line)
    await go(stage)
    return await newest(stage)


async def newest(stage: Stage) -> int:
    query = sa.select(sa.func.max(Round.id))
    return await stage.app.database.read(lambda c: c.execute(query).scalar_one())


async def questions_of(stage: Stage, number: int) -> list[str]:
    """The questions of a round, which is over now as if all had been asked."""

    def work(connection: sa.Connection) -> list[str]:
        connection.execute(sa.update(RoundQuestion).values(asked_at=stage.engine.now))
        connection.execute(sa.update(Round).values(phase="over", due_at=None))
        query = sa.select(RoundQuestion.question).where(RoundQuestion.round_id == number)
        return list(connection.execute(query).scalars())

    return await stage.app.database.run(work)


async def test_interviewer_and_candidate_swap(stage: Stage) -> None:
    number = await pair(stage)
    invitation = stage.platform.said("bob")[0]
    assert "Ada asks you for a mock interview of two" in words(invitation)
    accept = token(invitation, "interview.accept")
    assert "for somebody else" in words(await stage.click(accept, "cleo"))
    assert "for somebody else" in words(await stage.click(accept, "ada"))
    await stage.click(accept, "bob")
    await go(stage)
    asked = await question(stage, number, 1)
    assert "Ada asks, Bob answers" in " ".join(thread(stage))
    assert asked.answer.split()[0] in stage.said("ada")[-1], "the interviewer has the model answer at hand"
    assert asked.follow_ups[0].split()[0] in stage.said("ada")[-1]
    assert "nothing for you to score" in words(await stage.click(f"interview.sheet:{number}/1", "bob"))
    sheet = await stage.click(f"interview.sheet:{number}/1", "ada")
    review = token(sheet, "interview.scored").partition(":")[2]
    ticked = await stage.click(f"interview.tick:{review}/0", "ada")
    assert isinstance(ticked, Reply)
    assert ticked.replaces
    assert "✓" in words(ticked)
    await stage.click(f"interview.scored:{review}", "ada")
    await go(stage)
    assert (await row(stage, number)).phase == "reading", "Bob spoke; nothing needs to be written"
    await go(stage, 31)
    assert "Bob asks, Ada answers" in " ".join(thread(stage))
    await stage.click(token(await stage.click(f"interview.sheet:{number}/2", "bob"), "interview.scored"), "bob")
    await go(stage)
    assert (await row(stage, number)).phase == "over"
    peers = await stage.app.database.read(
        lambda c: c.execute(sa.select(RoundAnswer.peer).order_by(RoundAnswer.position)).scalars().all()
    )
    assert [peer["reviewers"] for peer in peers] == [1, 1]
    assert peers[0]["score"] > 0 == peers[1]["score"]
    assert "1 participant" in words(await stage.click(f"interview.feedback:{number}/1", "bob"))
    assert stage.engine.failed == []


async def test_a_pair_never_gets_a_question_twice(stage: Stage) -> None:
    line = "/interview pair partner:bob questions:1 topic:statistics level:2"
    seen: list[str] = []
    for _ in range(30):
        await stage.say("/me profile", "bob")
        said = await stage.read(line)
        if "know too many" in said or "only" in said:
            break
        seen += await questions_of(stage, await newest(stage))
    assert len(seen) >= 4
    assert len(seen) == len(set(seen))


async def test_invitations_that_cross_share_no_question(stage: Stage) -> None:
    for who in ("ada", "bob"):
        await stage.say("/me profile", who)
    line = "/interview pair partner:{} questions:2 topic:statistics level:1"
    await asyncio.gather(stage.read(line.format("bob"), "ada"), stage.read(line.format("ada"), "bob"))
    query = sa.select(RoundQuestion.question)
    found = await stage.app.database.read(lambda c: c.execute(query).scalars().all())
    assert len(found) == 8
    assert len(set(found)) == 8


async def test_an_invitation_is_declined_or_runs_out(stage: Stage) -> None:
    number = await pair(stage)
    assert "called off" in words(await stage.click(token(stage.platform.said("bob")[0], "interview.decline"), "bob"))
    await go(stage)
    assert (await row(stage, number)).phase == "called_off"
    assert "invitation has ended" in words(await stage.click(f"interview.accept:{number}", "bob"))
    number = await pair(stage)
    await go(stage, 16 * 60)
    assert (await row(stage, number)).phase == "called_off"
    assert "called off" in words(stage.platform.edits[-1][1])


async def test_a_stopped_round_still_grades(stage: Stage) -> None:
    number = await open_round(stage, "bob", line="/interview start questions:5")
    await answer(stage, number, 1, "ada", "A good answer")
    assert "Only who began" in words(await stage.click(f"interview.end_now:{number}", "bob"))
    assert "The round ends" in await stage.read("/interview stop")
    await go(stage, 6)
    await go(stage)
    assert (await row(stage, number)).phase == "over"
    assert "How the round went" in thread(stage)[-1]
    assert "1 of 1 answered" in stage.said("ada")[-1]
    number = await open_round(stage, "bob", line="/interview start questions:3")
    for who in ("ada", "bob"):
        await answer(stage, number, 1, who, "An answer")
    await go(stage)
    assert (await row(stage, number)).phase == "reading"
    await stage.click(f"interview.end_now:{number}", "olga", organiser=True)
    await go(stage)
    assert (await row(stage, number)).phase == "over"
    assert "over already" in words(await stage.click(f"interview.end_now:{number}", "ada"))
    assert "no round under way" in await stage.read("/interview stop")


async def test_who_comes_later_is_asked_from_then_on(stage: Stage) -> None:
    number = await open_round(stage, "bob", line="/interview start questions:2")
    assert "Question 1 is open" in words(await stage.click(f"interview.enter:{number}", "cleo"))
    for who in ("ada", "bob", "cleo"):
        await answer(stage, number, 1, who, "An answer")
    await go(stage)
    assert "from question 2 on" in words(await stage.click(f"interview.enter:{number}", "dan"))
    await go(stage, 31)
    assert "too late to join" in words(await stage.click(f"interview.enter:{number}", "eve"))
    for who in ("ada", "bob", "cleo", "dan"):
        await answer(stage, number, 2, who, "An answer")
    await go(stage)
    await go(stage)
    assert (await row(stage, number)).phase == "over"
    assert "Dan: **" not in thread(stage)[-1]
    assert "of 1, 1 answered" in thread(stage)[-1]


async def test_another_community_has_no_part_in_it(stage: Stage) -> None:
    number = await open_round(stage)

    stranger = Caller("web", "elsewhere", "zoe", "Zoe", Place("x", "x"), False, "Elsewhere")
    for name in (f"enter:{number}", f"answer:{number}/1", f"begin:{number}", f"end_now:{number}"):
        said = words(await stage.app.router.action(stranger, f"interview.{name}"))
        assert "no such round" in said, name


async def test_partners_and_topics_complete_and_a_mention_is_somebody(stage: Stage) -> None:
    for who in ("bob", "bobby"):
        await stage.say("/me profile", who)
    suggest = stage.app.router.suggest
    assert [c.value for c in await suggest(stage.caller(), ("interview", "pair"), "partner", "bo")] == ["Bob", "Bobby"]
    for command in ("start", "pair", "schedule"):
        found = await suggest(stage.caller(), ("interview", command), "topic", "stat")
        assert [c.value for c in found] == ["statistics"]
    assert "called so" in await stage.read("/interview pair partner:bo")
    assert "takes two" in await stage.read("/interview pair partner:Ada")
    assert "Bob is asked" in await stage.read('/interview pair partner:"<@bob|Bob>"'), "the whole name, or a mention"


async def test_of_several_rounds_one_chooses(stage: Stage) -> None:
    assert "No round is open" in await stage.read("/interview join", "cleo")
    for who in ("ada", "bob"):
        await stage.say("/interview start topic:statistics", who)
    shown = await stage.say("/interview join", "cleo")
    assert words(shown).count("5 questions, taking part") == 2
    assert "You take part" in words(await stage.click(token(shown, "interview.enter"), "cleo"))
    assert "Join first" in words(await stage.click("interview.begin:1", "dan"))
