"""What an operator may do wrong with leads, and what is said then."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.pages import ROOT
from tests.house.test_cli import ROWS, rung


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(sqlite_template, tmp_path / "rung.sqlite")
    monkeypatch.setenv("RUNG_DATABASE_URL", f"sqlite:///{tmp_path / 'rung.sqlite'}")
    keep(ROWS)


def keep(rows: list[dict[str, Any]], name: str = "list.json") -> None:
    Path(name).write_text(json.dumps(rows), encoding="utf-8")


def test_a_merge_is_undone_only_in_its_own_lead() -> None:
    rung("leads", "import", "list.json", "--source", "ours")
    assert "Nothing was joined into lead 1" in rung("leads", "joined", "1", code=2)
    rung("leads", "import", "list.json", "--source", "theirs")
    assert "There is no lead 77" in rung("leads", "joined", "77", code=2)
    assert "There is no lead 77" in rung("leads", "joined", "77", "--undo", "1", code=2)
    assert "Lead 2 has no merge 1" in rung("leads", "joined", "2", "--undo", "1", code=2)
    assert "Lead 1 has no merge 9" in rung("leads", "joined", "1", "--undo", "9", code=2)
    assert "(undone)" not in rung("leads", "joined", "1")
    assert "It is lead 3 now" in rung("leads", "joined", "1", "--undo", "1")
    assert "Lead 1 has no merge 1" in rung("leads", "joined", "1", "--undo", "1", code=2)


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("9999-12-31T23:59:59-12:00", "takes a time like"),
        ("0001-01-01T00:00:00+12:00", "takes a time like"),
        (f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%dT%H:%M}", "is still to come"),
    ],
)
def test_a_list_is_of_a_moment_that_was(at: str, says: str) -> None:
    assert says in rung("leads", "import", "list.json", "--source", "ours", "--at", at, code=2)


@pytest.mark.parametrize("name", ["", "  "])
def test_a_source_has_a_name(name: str) -> None:
    assert "--source takes a name" in rung("leads", "import", "list.json", "--source", name, code=2)


def test_rows_that_can_not_be_read_are_shown_and_not_counted_as_internships() -> None:
    broken = [{**ROWS[0], "id": "7", "url": ""}, {**ROWS[0], "id": "8", "url": "nowhere"}]
    keep([ROWS[0], *broken])
    counts = json.loads(rung("leads", "import", "list.json", "--source", "ours", "--json"))
    assert (counts["seen"], counts["rejected"], counts["ml_internships"]) == (3, 2, 1)
    text = rung("leads", "rejected")
    assert "the row has no address" in text
    assert "“nowhere” is no web address" in text
    rows = json.loads(rung("leads", "rejected", "ours", "--json"))
    assert [(row["source"], json.loads(row["row"])["key"]) for row in rows] == [("ours", "7"), ("ours", "8")]
    assert "No such source: theirs. They are: ours" in rung("leads", "rejected", "theirs", code=2)
    keep(ROWS)
    rung("leads", "import", "list.json", "--source", "ours")
    assert "All rows were read" in rung("leads", "rejected", "ours")
    assert rung("leads", "rejected", "--json").strip() == "[]"


@pytest.mark.parametrize("many", [1, 120])
def test_two_imports_of_one_source_at_once_lose_nothing_and_show_no_traceback(many: int) -> None:
    keep([{**ROWS[0], "id": str(n), "url": f"https://jobs.example.org/{n}"} for n in range(many)])
    command = [sys.executable, "-m", "bot", "leads", "import", "list.json", "--source", "ours", "--json"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own
        for _ in range(2)
    ]
    for process in running:
        out, said = process.communicate()
        assert process.returncode in {0, 2}, said
        assert "Traceback" not in said
        assert out or "at this moment" in said
    again = json.loads(rung("leads", "import", "list.json", "--source", "ours", "--json"))
    assert (again["seen"], again["new"]) == (many, 0)


def test_a_failing_import_is_told_once_in_words() -> None:
    Path("empty.json").write_text(" \n", encoding="utf-8")
    command = [sys.executable, "-m", "bot", "leads", "import"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    for origin, says in (("empty.json", "The file empty.json is empty."), ("http://127.0.0.1:1/x", "127.0.0.1")):
        done = subprocess.run([*command, origin, "--source", "x"], env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own
        assert done.returncode == 2
        assert says in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
