"""The lock files fit what pyproject.toml asks for, and each lock that does not is told."""

import shutil
from pathlib import Path

import pytest

from tests.support import locks


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(locks.ROOT / name, tmp_path / name)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_locks_fit() -> None:
    assert locks.problems() == []
    locks.main()


def test_a_dependency_that_is_not_locked(root: Path) -> None:
    change(root / "pyproject.toml", '"stamina>=25.1"', '"stamina>=25.1", "nowhere_to.be-found>=1"')
    assert locks.problems(root) == [f"{lock}: nowhere_to.be-found is missing" for lock in LOCKS]


def test_a_version_that_is_no_longer_admitted(root: Path) -> None:
    change(root / "pyproject.toml", '"stamina>=25.1"', '"stamina<1"')
    assert [line.partition(":")[0] for line in locks.problems(root)] == LOCKS
    assert all(line.endswith(" is not <1") for line in locks.problems(root))


def test_a_package_without_a_hash(root: Path) -> None:
    lock = root / "requirements.lock"
    lock.write_text(lock.read_text(encoding="utf-8") + "loose==1.0\n", encoding="utf-8")
    assert locks.problems(root) == [
        "requirements.lock: loose has no hash",
        "loose: 1.0 in requirements.lock, missing in requirements-dev.lock",
    ]


def test_an_extra_that_is_not_locked(root: Path) -> None:
    change(root / "requirements-dev.lock", "coverage[toml]==", "coverage==")
    assert locks.problems(root) == ["requirements-dev.lock: coverage is locked without [toml]"]


@pytest.mark.parametrize("line", ["--index-url=https://x.example/simple", "loose @ https://x.example/loose.whl"])
def test_an_address(root: Path, line: str) -> None:
    change(root / "requirements.lock", "\n", f"\n{line}\n")
    assert locks.problems(root) == ["requirements.lock: carries an address"]


def test_locks_that_part(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (root / "requirements-dev.lock").read_text(encoding="utf-8")
    change(root / "requirements-dev.lock", next(line for line in text.splitlines() if line[:1] == "y"), "yarl==99.0 \\")
    assert locks.problems(root)[-1].endswith("99.0 in requirements-dev.lock")
    monkeypatch.setattr(locks, "problems", lambda: ["something"])
    with pytest.raises(SystemExit, match="make lock"):
        locks.main()


LOCKS = ["requirements.lock", "requirements-dev.lock"]
