"""Whether the lock files fit pyproject.toml: every dependency stands there, in a version that it admits, by hash.

python -m tests.support.locks
"""

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[([^]]*)\])?==([^\s;\\]+)", re.MULTILINE)
_ADDRESS = re.compile(r"^\s*[^#\s].*://|^\s*--(?:extra-)?index-url|^\s*--find-links", re.MULTILINE)


def problems(root: Path = ROOT) -> list[str]:
    """Return a line for each thing that is wrong with a lock; none when both fit."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = project["project"]["dependencies"] + groups["build"]
    return [
        *_check(root / "requirements.lock", wanted),
        *_check(root / "requirements-dev.lock", wanted + groups["dev"]),
        *_apart(root / "requirements.lock", root / "requirements-dev.lock"),
    ]


class Pin(NamedTuple):
    version: str
    extras: frozenset[str]
    text: str


def _pins(lock: Path) -> dict[str, Pin]:
    """Return what is locked, by name."""
    text = lock.read_text(encoding="utf-8")
    found = list(_PIN.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return {
        canonicalize_name(match[1]): Pin(match[3], _names(match[2] or ""), text[match.start() : end])
        for match, end in zip(found, ends, strict=True)
    }


def _names(extras: str) -> frozenset[str]:
    return frozenset(canonicalize_name(extra) for extra in extras.split(",") if extra.strip())


def _check(lock: Path, wanted: list[str]) -> list[str]:
    pins = _pins(lock)
    found = [f"{lock.name}: {name} has no hash" for name, pin in pins.items() if "--hash=sha256:" not in pin.text]
    for requirement in map(Requirement, wanted):
        pin = pins.get(canonicalize_name(requirement.name))
        if pin is None:
            found.append(f"{lock.name}: {requirement.name} is missing")
        elif pin.version not in requirement.specifier:
            found.append(f"{lock.name}: {requirement.name} {pin.version} is not {requirement.specifier}")
    found += _bare(lock.name, pins)
    if _ADDRESS.search(lock.read_text(encoding="utf-8")):
        found.append(f"{lock.name}: carries an address")
    return found


def _bare(lock: str, pins: dict[str, Pin]) -> list[str]:
    """What is asked for with an extra must be locked with it.

    pip 23 takes `coverage[toml]` for another package than a locked `coverage`, looks for its newest version, and
    refuses that for want of a hash: the lock holds on the day it is made and breaks with the next release.
    """
    found = set()
    for name, asking in pins.items():
        for requirement in map(Requirement, _requires(name)):
            pin = pins.get(canonicalize_name(requirement.name))
            asked = not requirement.marker or any(
                requirement.marker.evaluate({"extra": extra}) for extra in ("", *asking.extras)
            )
            if pin and asked and (missing := {canonicalize_name(extra) for extra in requirement.extras} - pin.extras):
                found.add(f"{lock}: {requirement.name} is locked without [{', '.join(sorted(missing))}]")
    return sorted(found)


def _requires(name: str) -> list[str]:
    """Return what an installed package asks for; nothing for one of another platform."""
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []


def _apart(run: Path, dev: Path) -> list[str]:
    """The developers' environment is the bot's and more: what both hold must be the same, or one undoes the other."""
    ours, theirs = _pins(run), _pins(dev)
    return [
        f"{name}: {pin.version} in {run.name}, {theirs[name].version if name in theirs else 'missing'} in {dev.name}"
        for name, pin in ours.items()
        if name not in theirs or theirs[name].version != pin.version
    ]


def main() -> None:
    if found := problems():
        sys.exit("\n".join([*found, "`make lock` writes them anew."]))


if __name__ == "__main__":
    main()
