"""The rules of a round: whatever happens when, each question is asked once, in its order, for long enough."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.rounds_machine import ENDED, Event, Move, Pace, Phase, State, accepts, marks, may_join, next_move

START = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
PACE = Pace()
SECOND = timedelta(seconds=1)


def state(phase: Phase, **more: Any) -> State:
    known: dict[str, Any] = {"position": 1, "questions": 3, "seconds": 240, "asked_at": START, "seated": 2}
    known |= {"closes_at": START + 240 * SECOND, "due_at": START + 120 * SECOND}
    return State(phase, **(known | more))


@given(
    questions=st.integers(1, 5),
    seconds=st.integers(60, 1800),
    peers=st.booleans(),
    is_open=st.booleans(),
    lateness=st.lists(st.floats(0, 20), min_size=1, max_size=20),
    answered=st.lists(st.integers(0, 3), min_size=5, max_size=5),
)
def test_a_round_asks_each_question_once_and_ends(
    questions: int, seconds: int, peers: bool, is_open: bool, lateness: list[float], answered: list[int]
) -> None:
    now = START
    at = State(Phase.GATHERING, 0, questions, seconds, None, START + PACE.lobby, START + PACE.lobby, 3, peers=peers)
    at = replace(at, is_open=is_open)
    asked: list[int] = []
    closed: list[int] = []
    for turn in range(200):
        now = max(now, at.due_at) + lateness[turn % len(lateness)] * SECOND
        move = next_move(at, now, PACE)
        assert move.due_at is None or move.due_at > now or move.phase is Phase.CLOSING, "it does not spin"
        if move.event is Event.ASK:
            asked.append(move.position)
        if move.event is Event.CLOSE:
            closed.append(move.position)
            early = answered[move.position - 1] >= 3
            assert early or at.asked_at is None or now >= at.asked_at + seconds * SECOND + PACE.grace
        if move.due_at is None:
            assert move.event is Event.END
            break
        at = after(at, move, now, answered)
    assert asked == closed == list(range(1, questions + 1))


def after(before: State, move: Move, now: datetime, answered: list[int]) -> State:
    assert move.due_at is not None
    asked_at = now if move.event is Event.ASK else before.asked_at
    given_now = answered[move.position - 1] if move.phase is Phase.ASKING else 0
    return replace(
        before,
        phase=move.phase,
        position=move.position,
        closes_at=move.closes_at,
        due_at=move.due_at,
        asked_at=asked_at,
        answered=given_now,
        last_answer=now if given_now else None,
    )


def test_a_turn_that_is_not_due_moves_nothing() -> None:
    for phase in (Phase.GATHERING, Phase.READING):
        move = next_move(state(phase), START, PACE)
        assert (move.event, move.phase, move.due_at) == (Event.NOTHING, phase, START + 240 * SECOND)
    move = next_move(state(Phase.ASKING, due_at=START), START + SECOND, PACE)
    assert (move.event, move.due_at) == (Event.NOTHING, START + 120 * SECOND)


def test_nobody_came() -> None:
    move = next_move(state(Phase.GATHERING, seated=0), START + 240 * SECOND, PACE)
    assert (move.event, move.phase, move.due_at) == (Event.CALL_OFF, Phase.CALLED_OFF, None)


def test_the_time_left_is_shown_sparingly() -> None:
    assert marks(START, START + 240 * SECOND) == [START + 120 * SECOND, START + 180 * SECOND]
    assert marks(START, START + 60 * SECOND) == [START + 30 * SECOND]
    move = next_move(state(Phase.ASKING), START + 120 * SECOND, PACE)
    assert (move.event, move.due_at) == (Event.COUNT_DOWN, START + 180 * SECOND)


def test_all_have_answered() -> None:
    now = START + 30 * SECOND
    everybody = {"answered": 2, "last_answer": now, "due_at": now}
    assert next_move(state(Phase.ASKING, **everybody), now, PACE).phase is Phase.READING
    waiting = next_move(state(Phase.ASKING, is_open=True, **everybody), now, PACE)
    assert (waiting.event, waiting.due_at) == (Event.NOTHING, now + PACE.quiet), "somebody may be writing on"
    scored = next_move(state(Phase.ASKING, peers=True, **everybody), now, PACE)
    assert (scored.event, scored.phase) == (Event.CLOSE, Phase.SCORING)
    alone = next_move(state(Phase.ASKING, peers=True, seated=1, **everybody | {"answered": 1}), now, PACE)
    assert alone.phase is Phase.READING, "there is nobody to score"


def test_an_answer_a_second_late_counts() -> None:
    at = state(Phase.ASKING)
    assert accepts(at, at.closes_at + SECOND, PACE)
    assert not accepts(at, at.closes_at + PACE.grace + SECOND, PACE)
    assert not accepts(replace(at, phase=Phase.READING), START, PACE)


def test_scoring_ends_when_all_have_scored() -> None:
    at = state(Phase.SCORING, open_reviews=1)
    assert next_move(at, START, PACE).event is Event.NOTHING
    assert next_move(replace(at, open_reviews=0), START, PACE).event is Event.SCORED
    assert next_move(at, at.closes_at, PACE).phase is Phase.READING


def test_the_end_waits_for_grades_but_not_for_ever() -> None:
    at = state(Phase.CLOSING, position=3, ungraded=1)
    assert next_move(at, START, PACE).event is Event.NOTHING
    assert next_move(replace(at, ungraded=0), START, PACE).phase is Phase.OVER
    assert next_move(at, at.closes_at, PACE).phase is Phase.OVER


@pytest.mark.parametrize("phase", list(Phase))
def test_one_joins_up_to_the_last_question_but_one(phase: Phase) -> None:
    assert not may_join(phase, 3, 3) or phase is Phase.GATHERING
    assert may_join(phase, 2, 3) == (phase not in {*ENDED, Phase.CLOSING})
