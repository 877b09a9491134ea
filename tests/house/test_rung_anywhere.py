"""`.venv/bin/rung` from another folder: files of the caller's, settings and data beside the code or in RUNG_HOME."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from bot.leads.sources.listings import Listings
from bot.leads.sources.registry import extra_sources
from bot.pages import ROOT
from bot.setting_home import at_home
from bot.settings import load_settings, unknown_settings
from tests.house.test_cli import ROWS


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """The caller's folder, with a list, and things that are called like ours but are not."""
    folder = tmp_path / "elsewhere"
    (folder / "bot").mkdir(parents=True)
    (folder / "bot" / "__init__.py").write_text("raise SystemExit('not ours')", encoding="utf-8")
    (folder / ".env").write_text("RUNG_WEB_PORT=many", encoding="utf-8")
    (folder / "list.json").write_text(json.dumps(ROWS), encoding="utf-8")
    return folder


def rung(folder: Path, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command by a link, as `make run` makes one, from a folder."""
    assert (ROOT / ".venv" / "bin" / "python").exists(), "`make test` makes the environment in which this runs"
    link = folder.parent / "rung"
    if not link.exists():
        link.symlink_to(ROOT / "bot" / "rung.sh")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("RUNG_", "PYTHONPATH"))}
    return subprocess.run([link, *args], cwd=folder, env=clean | env, capture_output=True, text=True, check=False)  # noqa: S603 - our own


def test_files_are_the_callers_settings_and_data_are_those_of_its_home(tmp_path: Path, elsewhere: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".env").write_text("RUNG_DATABASE_URL=sqlite:///data/ours.sqlite\n", encoding="utf-8")
    done = rung(elsewhere, "leads", "import", "list.json", "--source", "ours", "--json", RUNG_HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["new"] == 2
    assert done.stderr == ""
    assert (home / "data" / "ours.sqlite").exists()
    assert sorted(path.name for path in elsewhere.iterdir()) == [".env", "bot", "list.json"]


def test_without_a_home_it_is_the_folder_of_the_code(elsewhere: Path) -> None:
    done = rung(elsewhere, "db", "check", RUNG_DATABASE_URL="sqlite:///data/not/there.sqlite")
    assert str(ROOT / "data" / "not" / "there.sqlite") in done.stderr.replace("\n", "")
    assert "rung db upgrade" in done.stderr
    assert done.returncode == 2
    assert not (ROOT / "data" / "not").exists()


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("sqlite:///data/rung.sqlite", "sqlite:///{home}/data/rung.sqlite"),
        ("sqlite+aiosqlite:///a.sqlite?timeout=3", "sqlite+aiosqlite:///{home}/a.sqlite?timeout=3"),
        ("sqlite:////srv/a.sqlite", "sqlite:////srv/a.sqlite"),
        ("sqlite:///C:/a.sqlite", "sqlite:///C:/a.sqlite"),
        ("sqlite://", "sqlite://"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("postgresql://rung@localhost/rung", "postgresql://rung@localhost/rung"),
    ],
)
def test_a_relative_database_is_one_of_the_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str, meant: str
) -> None:
    monkeypatch.delenv("RUNG_HOME", raising=False)
    assert at_home(given) == given
    monkeypatch.setenv("RUNG_HOME", str(tmp_path))
    assert at_home(given) == meant.format(home=tmp_path)
    assert load_settings(None, database_url=given).database_url == at_home(given)
    assert unknown_settings(None) == []


def test_a_relative_source_is_one_of_the_home_and_keeps_its_name(tmp_path: Path) -> None:
    [here], [there] = extra_sources(["list.json"]), extra_sources(["list.json"], tmp_path)
    assert isinstance(there, Listings)
    assert (there.at, there.name) == (tmp_path / "list.json", here.name)
