"""Who meets whom: pairs by a matching of least weight, pods of three to four by two of them. Pure, and repeatable.

1. Everybody is matched within the platform that they used last. Who would be alone there goes to another platform of
   theirs, or somebody who has an account on both comes to them.
2. On a platform those who want pairs and those who want pods are matched apart; one who is the only one of their kind
   joins the others.
3. Pairs: a minimum-weight matching (Edmonds' blossom algorithm, by networkx). Of an odd number one group of three is
   taken out first, so that it and the matching of the rest cost least: all threes are tried for up to `EXACT` people,
   the cheapest ones beyond.
4. Pods: two matchings. The first makes pairs and as many singles as there are pods of three; the second puts two of
   these together. Then members of two pods swap places as long as that is better. Five make a three and a pair, for no
   sum of threes and fours is five.
5. More than `WHOLE` people are sorted by hours, step and topic, and neighbours are matched in buckets: the time grows
   with their number, not with its cube. Where the sorted ring is cut is drawn anew each time.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from bot.accountability.pods_fit import Fit, Met, Person, Size
from bot.accountability.pods_platforms import by_platform

WHOLE = 80
"""People who are matched at once, without buckets."""
BUCKET = 50
EXACT = 11
"""An odd number of people of whom every three is tried."""
_TRIES = 300
"""Divided by the number of people: how many threes are tried of more."""
_POD = 4
_UNEVEN = 5
"""The one number of people, from three on, of which pods of three and four can't be made."""
_PASSES = 20

Group = tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A pair or a pod: its members (ids, in order), and the platform on which all have an account."""

    platform: str
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """Everybody who was to be matched: in one of the groups, or left over."""

    groups: tuple[Matched, ...]
    left_over: tuple[int, ...]


def match(people: Sequence[Person], met: Met, seed: str) -> Matching:
    """Match people; the same people, history and seed give the same groups, in whatever order they come."""
    people = sorted(people, key=lambda person: person.member)
    fit = Fit(people, met, seed)
    pools, left = by_platform(people, fit)
    groups = []
    for platform, pool in sorted(pools.items()):
        pairs, pods = by_size(pool)
        made = [*_in_buckets(pairs, fit, Size.PAIR), *_in_buckets(pods, fit, Size.POD)]
        groups += [Matched(platform, tuple(sorted(each.member for each in group))) for group in made]
    return Matching(tuple(groups), tuple(person.member for person in left))


def by_size(pool: Sequence[Person]) -> tuple[list[Person], list[Person]]:
    """Return who is matched into pairs and who into pods; nobody stays the only one of a kind where others are."""
    pairs = [person for person in pool if person.size is Size.PAIR]
    pods = [person for person in pool if person.size is Size.POD]
    if len(pods) == 1:
        return pairs + pods, []
    if len(pairs) == 1:
        return [], pods + pairs
    return pairs, pods


def _in_buckets(people: Sequence[Person], fit: Fit, size: Size) -> Iterator[Group]:
    if not people:
        return
    number = 1 if len(people) <= WHOLE else -(-len(people) // BUCKET)
    ring = sorted(people, key=lambda p: (p.offset, p.step, min(p.topics, default=""), fit.luck(p)))
    start = fit.chance.randrange(BUCKET) if number > 1 else 0
    ring = ring[start:] + ring[:start]
    # Every bucket but the last is a multiple of four, so that only the last has a group of another size.
    cuts = [len(ring) * each // number // _POD * _POD for each in range(number)] + [len(ring)]
    for first, last in pairwise(cuts):
        yield from (pairs_of if size is Size.PAIR else pods_of)(ring[first:last], fit)


def pairs_of(people: Sequence[Person], fit: Fit) -> list[Group]:
    """Return pairs of two or more people, with one group of three when their number is odd."""
    if len(people) <= 3:  # noqa: PLR2004 - a pair, or the group of three
        return [tuple(people)]
    if len(people) % 2 == 0:
        return _couples([(person,) for person in people], fit)
    threes = combinations(people, 3)
    tries = None if len(people) <= EXACT else max(4, _TRIES // len(people))
    likely = sorted(threes, key=fit.all) if tries is None else heapq.nsmallest(tries, threes, key=fit.all)
    best: list[Group] = []
    least = 0
    for three in likely:
        if best and fit.all(three) >= least:
            break  # the rest can't cost less than nothing
        groups = [three, *_couples([(person,) for person in people if person not in three], fit)]
        cost = sum(map(fit.all, groups))
        if not best or cost < least:
            best, least = groups, cost
    return best


def pods_of(people: Sequence[Person], fit: Fit) -> list[Group]:
    """Return pods of three to four of three or more people; fewer, and five, are matched as pairs are."""
    if len(people) <= _POD:
        return [tuple(people)]
    if len(people) == _UNEVEN:
        return pairs_of(people, fit)
    singles = -len(people) % _POD
    halves = _couples([(person,) for person in people], fit, singles)
    return _swapped(_couples(halves, fit), fit)


def _couples(parts: Sequence[Group], fit: Fit, singles: int = 0) -> list[Group]:
    """Put every two parts together at the least cost; so many of them stay single, and two singles are never a couple.

    A single is matched with nobody: an empty part that costs nothing and can't be matched with another one.
    """
    import networkx as nx  # type: ignore[import-untyped]  # it has no types; 0.2 s, for this job only

    # Neither two that are nobody, nor, once there are pairs, two that are single.
    least = 3 if any(len(part) > 1 for part in parts) else 1
    graph = nx.Graph()
    numbered = list(enumerate([*parts, *[()] * singles]))
    for (n, one), (m, other) in combinations(numbered, 2):
        if len(one) + len(other) >= least:
            graph.add_edge(n, m, weight=fit.between(one, other))
    found = sorted(tuple(sorted(edge)) for edge in nx.min_weight_matching(graph))
    whole = dict(numbered)
    return [whole[n] + whole[m] for n, m in found]


def _swapped(groups: list[Group], fit: Fit) -> list[Group]:
    """Let members of two groups swap places until no swap is better."""
    for _ in range(_PASSES):
        swaps = [_swap_best(groups, one, two, fit) for one, two in combinations(range(len(groups)), 2)]
        if not any(swaps):
            break
    return groups


def _swap_best(groups: list[Group], one: int, two: int, fit: Fit) -> bool:
    """Make the best swap between two groups; returns whether one is better than none."""
    best = fit.all(groups[one]) + fit.all(groups[two])
    found = None
    for mine in groups[one]:
        for other in groups[two]:
            first = (*(each for each in groups[one] if each != mine), other)
            second = (*(each for each in groups[two] if each != other), mine)
            if (cost := fit.all(first) + fit.all(second)) < best:
                best, found = cost, (first, second)
    if found is not None:
        groups[one], groups[two] = found
    return found is not None
