"""The Dockerfile copies all that the bot needs, and its health check tells the truth; no Docker engine is needed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.pages import ROOT


def copied() -> list[tuple[str, str]]:
    """Return what the last stage of the Dockerfile copies from the repository, and where to."""
    last = (ROOT / "Dockerfile").read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    lines = [line.split()[1:] for line in last.splitlines() if line.startswith("COPY ") and "--from" not in line]
    return [(source, target) for source, target in lines]


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """Return a folder as the image's /app."""
    folder = tmp_path / "app"
    folder.mkdir()
    for source, target in copied():
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, folder / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, folder / target)
    return folder


def run(app: Path, *command: str) -> subprocess.CompletedProcess[str]:
    # The copy is not measured: its lines are those of the house, and it is gone when coverage reports.
    env = {k: v for k, v in os.environ.items() if not k.startswith(("RUNG_", "COVERAGE_", "COV_"))}
    env |= {"RUNG_WEB_HOST": "0.0.0.0", "RUNG_WEB_PORT": "1"}  # noqa: S104 - as in the image
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "bot", *command], cwd=app, env=env, capture_output=True, text=True, check=False
    )


def test_the_bot_runs_from_what_is_copied(app: Path) -> None:
    assert "revision" in run(app, "db", "upgrade").stdout
    assert (app / "data" / "rung.sqlite").exists()
    answer = run(app, "chat", "/leads today")
    assert (answer.returncode, answer.stderr) == (0, "")


def test_the_health_check_fails_while_nothing_answers(app: Path) -> None:
    found = run(app, "doctor", "--quick")
    assert found.returncode == 1
    assert "127.0.0.1:1" in found.stdout


def test_what_is_copied_reaches_the_engine() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"}
    assert {source for source, _ in copied()} | {"requirements.lock"} == kept
