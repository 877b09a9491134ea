"""Migrations: both databases come out as the models say; a new revision can be made."""

from pathlib import Path

import pytest

from bot import migrate
from tests.support import postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> object:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'deep' / 'rung.sqlite'}"
        return
    made = postgres.new_database()
    yield made
    postgres.drop_database(made)


def test_an_upgraded_database_is_as_the_models_say(url: str) -> None:
    migrate.upgrade(url)
    assert migrate.check(url) == []
    first = migrate.current(url)
    migrate.upgrade(url)
    assert migrate.current(url) == first != ""


def test_a_database_that_differs_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'rung.sqlite'}"
    assert migrate.current(url) == ""
    assert migrate.check(url) != []


def test_a_revision_is_written_from_what_differs(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako"):
        (folder / name).write_text((migrate.FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    migrate.revise(f"sqlite:///{tmp_path / 'x.sqlite'}", "first", folder)
    [made] = (folder / "versions").glob("*.py")
    assert "create_table" in made.read_text(encoding="utf-8")


def test_the_check_of_lint_fails_when_models_and_migrations_part(monkeypatch: pytest.MonkeyPatch) -> None:
    migrate.main()
    monkeypatch.setattr(migrate, "check", lambda url: [f"something in {url[:6]}"])
    with pytest.raises(SystemExit, match="something in sqlite"):
        migrate.main()
