"""Rounds: from the first message to the board, with five members, on both databases."""

from tests.support.rounds import FIVE, answer, go, graded, open_round, question, row, thread
from tests.support.stage import Stage


async def test_a_whole_round_with_five_members(stage: Stage) -> None:
    number = await open_round(stage, *FIVE[1:])
    said = thread(stage)
    assert "We begin" in said[0] or "We begin" in said[1]
    assert any("Question 1 of 2" in text for text in said)
    for position in (1, 2):
        asked = await question(stage, number, position)
        for who in FIVE:
            text = asked.answer if who == "ada" else f"I think that {asked.points[0].point}"
            assert "Your answer is in" in await answer(stage, number, position, who, text)
        await go(stage)
        assert any(f"A good answer to question {position}" in text for text in thread(stage))
        await go(stage, 31)
    assert (await row(stage, number)).phase == "over"
    assert "How the round went" in thread(stage)[-1]
    assert len(await graded(stage, number)) == 10
    assert sum("Your answer to question 1" in text for text in stage.said("ada")) == 1
    assert sum("Your round:" in text for text in stage.said("bob")) == 1
    assert stage.engine.failed == []
