"""Which platform each is matched on: the one they used last, or another so that nobody is alone. Pure."""

from collections.abc import Iterator, Sequence

from bot.accountability.pods_fit import Fit, Person

Pools = dict[str, list[Person]]
_ENOUGH = 3
"""So many on a platform, and one can leave it without leaving another alone."""


def by_platform(people: Sequence[Person], fit: Fit) -> tuple[Pools, list[Person]]:
    """Return two or more people for each platform, all of whom have an account there, and those who are left over.

    A platform with one person gets company from another, as long as that leaves nobody alone there. Whoever changes
    is who fits best.
    """
    pools: Pools = {}
    for person in people:
        pools.setdefault(person.platforms[0], []).append(person)
    while any(_help(pools, platform, fit) for platform in sorted(pools)):
        pools = {platform: pool for platform, pool in pools.items() if pool}
    left = [pool[0] for _, pool in sorted(pools.items()) if len(pool) == 1]
    return {platform: pool for platform, pool in pools.items() if len(pool) > 1}, left


def _help(pools: Pools, platform: str, fit: Fit) -> bool:
    """Bring the only one of a platform together with others; returns whether that could be done."""
    if len(pools[platform]) != 1:
        return False
    [lone] = pools[platform]
    ways = sorted(_ways(pools, platform, lone, fit), key=lambda way: way[:3])
    for _, _, target, movers in ways[:1]:
        for mover in movers:
            _move(pools, mover, target)
    return bool(ways)


def _ways(pools: Pools, platform: str, lone: Person, fit: Fit) -> Iterator[tuple[int, int, str, list[Person]]]:
    """Yield how one person can get company: how many move, what it costs, where to, and who moves."""
    for home, pool in sorted(pools.items()):
        if home == platform:
            continue
        for other in pool:
            for target in sorted({*lone.platforms} & {*other.platforms}):
                leaving = [] if target == home else _leaving(pool, other, target)
                if leaving is not None:
                    movers = leaving if target == platform else [*leaving, lone]
                    yield len(movers), fit.two(lone, other), target, movers


def _leaving(pool: Sequence[Person], person: Person, target: str) -> list[Person] | None:
    """Return who goes along when a person leaves a platform: of two both, where both can; None where they can't."""
    if len(pool) != _ENOUGH - 1:
        return [person]
    return list(pool) if all(target in each.platforms for each in pool) else None


def _move(pools: Pools, person: Person, target: str) -> None:
    for pool in pools.values():
        if person in pool:
            pool.remove(person)
    pools.setdefault(target, []).append(person)
