"""Who meets whom: everybody once, in groups of the right size, without repeats where there is a way, and repeatably."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.accountability.pods_fit import Fit, Person, Size, offset_on, overlap
from bot.accountability.pods_matching import Matching, match, pairs_of, pods_of
from bot.accountability.pods_platforms import by_platform

OFFSETS = (-480, -300, 0, 60, 330, 540)
TOPICS = ("audio", "nlp", "vision")
ACCOUNTS = (("discord",), ("slack",), ("discord", "slack"), ("slack", "discord"), ("web", "discord"))
details = st.tuples(
    st.sampled_from(Size),
    st.sampled_from((1, 2)),
    st.sampled_from(OFFSETS),
    st.integers(1, 6),
    st.frozensets(st.sampled_from(TOPICS)),
    st.sampled_from(ACCOUNTS),
)


@st.composite
def crowds(draw: st.DrawFn, most: int = 14, accounts: bool = True) -> tuple[list[Person], dict[frozenset[int], int]]:
    told = draw(st.lists(details, min_size=1, max_size=most))
    people = [
        Person(number * 7, home if accounts else ("discord",), size, weeks, offset, step, topics)
        for number, (size, weeks, offset, step, topics, home) in enumerate(told, 1)
    ]
    twos = [frozenset((one.member, two.member)) for one, two in combinations(people, 2)]
    return people, draw(st.dictionaries(st.sampled_from(twos), st.integers(1, 83))) if twos else {}


@settings(deadline=None)
@given(crowds(), st.randoms(use_true_random=False))
def test_everybody_is_in_one_group_or_left_over(
    crowd: tuple[list[Person], dict[frozenset[int], int]], chance: Random
) -> None:
    people, met = crowd
    matching = match(people, met, "1:2026-11-23")
    named = [member for group in matching.groups for member in group.members] + list(matching.left_over)
    assert sorted(named) == [person.member for person in people]
    known = {person.member: person for person in people}
    for group in matching.groups:
        assert 2 <= len(group.members) <= 4
        assert all(group.platform in known[member].platforms for member in group.members)
    chance.shuffle(people)
    assert match(people, met, "1:2026-11-23") == matching


@settings(deadline=None)
@given(crowds())
def test_nobody_is_left_who_could_be_joined_to_somebody(crowd: tuple[list[Person], dict[frozenset[int], int]]) -> None:
    people, met = crowd
    matching = match(people, met, "seed")
    known = {person.member: person for person in people}
    lonely = [{*known[member].platforms} for member in matching.left_over]
    assert all(not one & two for one, two in combinations(lonely, 2))
    groups = {group.platform for group in matching.groups}
    assert all(not alone & groups for alone in lonely)


@settings(deadline=None)
@given(crowds(accounts=False))
def test_sizes_are_as_they_were_wanted(crowd: tuple[list[Person], dict[frozenset[int], int]]) -> None:
    people, met = crowd
    matching = match(people, met, "seed")
    wanted = {person.member: person.size for person in people}
    pairs = sum(size is Size.PAIR for size in wanted.values())
    pods = len(people) - pairs
    assert len(matching.left_over) == (len(people) == 1)
    threes = 0
    for group in matching.groups:
        if pairs > 1 and all(wanted[member] is Size.PAIR for member in group.members):
            assert len(group.members) in {2, 3}
            threes += len(group.members) == 3
        elif pods > 1 and pairs != 1 and pods != 5:
            assert len(group.members) in ({3, 4} if pods > 2 else {2})
    assert threes <= 1, "only the odd one makes a group of three"


@settings(max_examples=30, deadline=None)
@given(crowds(most=8, accounts=False))
def test_pairs_cost_as_little_as_any(crowd: tuple[list[Person], dict[frozenset[int], int]]) -> None:
    people, met = crowd
    if len(people) < 2:
        return
    fit = Fit(people, met, "seed")
    found = pairs_of(people, fit)
    least = min(sum(map(fit.all, groups)) for groups in partitions(people))
    assert sum(map(fit.all, found)) == least
    free = any(not repeats(groups, met) for groups in partitions(people))
    assert bool(repeats(found, met)) != free, "no repeat where there is a way without"


@settings(max_examples=30, deadline=None)
@given(crowds(most=13, accounts=False))
def test_no_swap_makes_pods_better(crowd: tuple[list[Person], dict[frozenset[int], int]]) -> None:
    people, met = crowd
    if len(people) < 6:
        return
    fit = Fit(people, met, "seed")
    pods = pods_of(people, fit)
    assert {len(pod) for pod in pods} <= {3, 4}
    cost = sum(map(fit.all, pods))
    for one, two in combinations(range(len(pods)), 2):
        for mine in pods[one]:
            for other in pods[two]:
                swapped = {mine: other, other: mine}
                again = [tuple(swapped.get(person, person) for person in pod) for pod in pods]
                assert sum(map(fit.all, again)) >= cost


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("number", [81, 250])
def test_a_crowd_is_matched_in_buckets_without_repeats(size: Size, number: int) -> None:
    chance = Random(number)  # noqa: S311 - a crowd, the same each time
    people = [
        Person(
            n, ("slack",), size, 1, chance.choice(OFFSETS), chance.randrange(1, 7), frozenset({chance.choice(TOPICS)})
        )
        for n in range(number)
    ]
    met: dict[frozenset[int], int] = {}
    for week in range(12 if size is Size.PAIR else 6):
        matching = match(people, met, f"1:{week}")
        assert sorted(m for group in matching.groups for m in group.members) == list(range(number))
        assert {len(group.members) for group in matching.groups} <= ({2, 3} if size is Size.PAIR else {3, 4})
        new = {frozenset(two) for group in matching.groups for two in combinations(group.members, 2)}
        assert not new & met.keys(), "weeks without a repeat"
        met = {two: days + 7 for two, days in met.items()} | dict.fromkeys(new, 7)
        if number > 81 and week:
            return


def test_a_repeat_that_must_be_is_the_oldest() -> None:
    people = [Person(n, ("discord",)) for n in range(4)]
    met = {frozenset(two): 7 for two in combinations(range(4), 2)}
    met |= {frozenset((0, 3)): 70, frozenset((1, 2)): 77}
    assert {group.members for group in match(people, met, "seed").groups} == {(0, 3), (1, 2)}


def test_hours_step_and_topic_decide_in_this_order() -> None:
    here = Person(1, ("discord",), topics=frozenset({"nlp"}))
    fit = Fit([here], {}, "seed")
    others = [
        replace(here, member=2),
        replace(here, member=3, topics=frozenset({"audio"})),
        replace(here, member=4, step=5),
        replace(here, member=5, offset=600),
    ]
    fit = Fit([here, *others], {}, "seed")
    costs = [fit.two(here, other) for other in others]
    assert costs == sorted(costs)
    assert len(set(costs)) == 4


def test_offsets_are_those_of_the_day() -> None:
    assert [offset_on("Europe/Berlin", date(2026, month, 1)) for month in (1, 7)] == [60, 120]
    assert offset_on("Asia/Kolkata", date(2026, 1, 1)) == 330
    assert overlap(60, 60) == 840
    assert overlap(-300, 60) == 480
    assert overlap(-480, 540) == overlap(540, -480) == 420
    assert overlap(0, 720) == 240, "mornings and evenings"


def test_who_is_alone_on_a_platform_gets_company() -> None:
    def split(*accounts: Sequence[str]) -> Matching:
        return match([Person(n, tuple(names)) for n, names in enumerate(accounts)], {}, "seed")

    assert split(["d", "s"], ["s"]).groups[0].platform == "s"
    assert split(["d"], ["s", "d"], ["s"], ["s"]).left_over == ()
    assert split(["d"], ["s", "d"], ["s", "d"]).groups[0].members == (0, 1, 2)
    assert split(["d"], ["s", "d"], ["s"]).left_over == (0,), "company for one would leave another alone"
    assert split(["d", "w"], ["s", "w"]).groups[0].platform == "w"
    assert split(["d"], ["s"]) == Matching((), (0, 1))
    assert by_platform([], Fit([], {}, "")) == ({}, [])
    assert match([], {}, "") == Matching((), ())


def partitions(people: Sequence[Person]) -> Iterator[list[tuple[Person, ...]]]:
    """Every way to make pairs, with one group of three when the number is odd."""
    if not people:
        yield []
        return
    first, rest = people[0], people[1:]
    for size in (2, 3) if len(people) % 2 else (2,):
        for others in combinations(rest, size - 1):
            left = [person for person in rest if person not in others]
            yield from ([(first, *others), *more] for more in partitions(left))


def repeats(groups: Sequence[Sequence[Person]], met: dict[frozenset[int], int]) -> int:
    twos = [frozenset((one.member, two.member)) for group in groups for one, two in combinations(group, 2)]
    return sum(two in met for two in twos)
