"""Buckets, pauses, people and what was seen: all on a clock that the test turns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.platform import TryLater
from bot.platforms.slack.rates import Rate, Rates
from bot.platforms.slack.seen import KEEP, MOST, Seen


class Time:
    """A clock whose hours pass by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def rates(time: Time, **per_team: Rate) -> Rates:
    return Rates(
        clock=time, sleep=time.sleep, patience=5.0, per_team={k.replace("_", "."): v for k, v in per_team.items()}
    )


async def test_one_message_a_second_and_channel_after_a_burst() -> None:
    time = Time()
    found = rates(time)
    for _ in range(6):
        await found.turn("T1", "chat.postMessage", "C1")
    assert time.now == pytest.approx(1003.0)
    await found.turn("T1", "chat.postMessage", "C2")
    assert time.now == pytest.approx(1003.0)


async def test_a_long_queue_is_told_when_to_come_again() -> None:
    time = Time()
    found = rates(time, chat_update=Rate(0.1, 1))
    await found.turn("T1", "chat.update", "C1")
    with pytest.raises(TryLater) as caught:
        await found.turn("T1", "chat.update", "C1")
    assert caught.value.after == 10
    time.now += caught.value.after
    await found.turn("T1", "chat.update", "C1")


async def test_a_pause_that_slack_asks_for_holds_the_workspace_and_no_other() -> None:
    time = Time()
    found = rates(time)
    found.hold("T1", "chat.postMessage", 60)
    found.hold("T1", "chat.postMessage", 1)
    with pytest.raises(TryLater) as caught:
        await found.turn("T1", "chat.postMessage", "C9")
    assert caught.value.after == 60
    await found.turn("T2", "chat.postMessage", "C9")
    assert time.now == 1000.0


async def test_a_thousand_places_leave_no_trace_and_take_their_time() -> None:
    time = Time()
    found = rates(time, chat_postMessage=Rate(10, 100))
    for number in range(1000):
        await found.turn("T1", "chat.postMessage", f"C{number}")
    assert time.now == pytest.approx(1090, abs=0.2)
    for number in range(12_000):
        await found.turn("T1", "chat.postMessage", f"D{number}")
        time.now += 10
    assert len(found._full_at) <= 10_001


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60), st.floats(0.5, 5), st.integers(1, 5))
async def test_never_more_than_the_rate_allows(pauses: list[float], per_second: float, burst: int) -> None:
    time = Time()
    found = Rates(clock=time, sleep=time.sleep, patience=1e9, per_team={"m": Rate(per_second, burst)})
    taken: list[float] = []
    for pause in pauses:
        time.now += pause
        await found.turn("T1", "m")
        taken.append(time.now)
    for first in range(len(taken)):
        for last in range(first, len(taken)):
            assert last - first + 1 <= burst + (taken[last] - taken[first]) * per_second + 1e-6


def test_what_was_seen_is_forgotten_in_time_and_in_number() -> None:
    time = Time()
    seen = Seen(time)
    assert seen.first("a")
    assert not seen.first("a")
    assert seen.first("")
    assert seen.first("")
    time.now += KEEP + 1
    assert seen.first("a")
    for number in range(MOST + 5):
        seen.first(str(number))
    assert len(seen._until) <= MOST + 1
