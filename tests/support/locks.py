"""Whether the lock files fit pyproject.toml: every dependency stands there, in a version that it admits, by hash.

python -m tests.support.locks
"""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", re.MULTILINE)
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


def _blocks(lock: Path) -> dict[str, tuple[str, str]]:
    """Return version and text by name."""
    text = lock.read_text(encoding="utf-8")
    found = list(_PIN.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return {
        canonicalize_name(match[1]): (match[2], text[match.start() : end])
        for match, end in zip(found, ends, strict=True)
    }


def _check(lock: Path, wanted: list[str]) -> list[str]:
    pins = _blocks(lock)
    found = [f"{lock.name}: {name} has no hash" for name, (_, text) in pins.items() if "--hash=sha256:" not in text]
    for requirement in map(Requirement, wanted):
        version, _ = pins.get(canonicalize_name(requirement.name), ("", ""))
        if not version:
            found.append(f"{lock.name}: {requirement.name} is missing")
        elif version not in requirement.specifier:
            found.append(f"{lock.name}: {requirement.name} {version} is not {requirement.specifier}")
    if _ADDRESS.search(lock.read_text(encoding="utf-8")):
        found.append(f"{lock.name}: carries an address")
    return found


def _apart(run: Path, dev: Path) -> list[str]:
    """The developers' environment is the bot's and more: what both hold must be the same, or one undoes the other."""
    ours, theirs = _blocks(run), _blocks(dev)
    return [
        f"{name}: {version} in {run.name}, {theirs[name][0] if name in theirs else 'missing'} in {dev.name}"
        for name, (version, _) in ours.items()
        if name not in theirs or theirs[name][0] != version
    ]


def main() -> None:
    if found := problems():
        sys.exit("\n".join([*found, "`make lock` writes them anew."]))


if __name__ == "__main__":
    main()
