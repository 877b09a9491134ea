"""Our side of the rate limits, on a clock that nobody waits for."""

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.platform import TryLater
from bot.platforms.discord.rates import EVERYWHERE, PLACE, Rates
from tests.support.web import FakeClock


class Alarm(FakeClock):
    """A clock on which sleepers wake at their time, whatever the order in which they lay down."""

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


async def begun(places: list[str]) -> list[tuple[float, str]]:
    """When each of many messages that are wanted at once may begin, from the first."""
    clock, times = Alarm(), []
    rates = Rates(clock.now, clock.sleep)
    for place in places:
        waited = len(clock.slept)
        await rates.wait(place)
        times.append((sum(clock.slept[waited:]), place))
    return times


@given(st.lists(st.sampled_from("abcdefgh"), max_size=40))
def test_no_window_holds_more_than_discord_allows(places: list[str]) -> None:
    found = asyncio.run(begun(places))
    for start, place in found:
        beside = [at for at, where in found if where == place and start <= at < start + PLACE[1]]
        assert len(beside) <= PLACE[0]
        assert sum(start <= at < start + EVERYWHERE[1] for at, _ in found) <= EVERYWHERE[0]


async def test_a_thousand_places_take_25_seconds_and_no_second_holds_too_many() -> None:
    found = [at for at, _ in await begun([str(n) for n in range(1000)])]
    assert all(a <= b for a, b in pairwise(found))
    assert found[-1] == pytest.approx((1000 / EVERYWHERE[0] - 1) * EVERYWHERE[1])
    assert all(sum(at <= other < at + 1.0 for other in found) <= 44 for at in found)


async def test_what_comes_in_over_a_minute_rather_comes_later() -> None:
    clock = Alarm()
    rates = Rates(clock.now, clock.sleep)
    for _ in range(PLACE[0] * 11):
        await rates.wait("one place")
    with pytest.raises(TryLater) as refused:
        await rates.wait("one place")
    assert 60 < refused.value.after <= 60 + PLACE[1]
    await rates.wait("another place")


async def test_a_held_place_waits_and_the_others_do_not() -> None:
    clock = Alarm()
    rates = Rates(clock.now, clock.sleep)
    rates.hold(300, "a")
    await rates.wait("b")
    with pytest.raises(TryLater) as refused:
        await rates.wait("a")
    assert refused.value.after == 300
    rates.hold(90)
    with pytest.raises(TryLater):
        await rates.wait("b")
    clock.time += 300
    await rates.wait("a")
    assert clock.slept == []


async def test_places_that_are_long_quiet_are_forgotten() -> None:
    clock = FakeClock()
    rates = Rates(clock.now, clock.sleep)
    rates.hold(1, "0")
    for n in range(2_100):
        await rates.wait(str(n))
    assert len(rates._places) < 2_100
    assert rates._held == {}
