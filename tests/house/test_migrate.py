"""Migrations: both databases come out as the models say, whole or not at all, and the next revision can be written."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from bot import migrate
from bot.db import NAMING, BigId, Json, UtcDateTime
from bot.pages import ROOT
from tests.support import postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'deep' / 'rung.sqlite'}"
        return
    made = postgres.new_database()
    yield made
    postgres.drop_database(made)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of migrations without any."""
    made = tmp_path / "100% new"
    (made / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako"):
        (made / name).write_text((migrate.FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    return made


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    engine = sa.create_engine(migrate._engine(url).url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        answer = connection.exec_driver_sql(statement)
        return [tuple(row) for row in answer] if answer.returns_rows else []


def test_an_upgraded_database_is_as_the_models_say(url: str) -> None:
    migrate.upgrade(url)
    assert migrate.check(url) == []
    first = migrate.current(url)
    migrate.upgrade(url)
    assert migrate.current(url) == first != ""


def test_a_database_that_differs_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'rung.sqlite'}"
    for look in (migrate.current, migrate.check):
        with pytest.raises(migrate.NoDatabase, match="rung db upgrade"):
            look(url)
    assert not (tmp_path / "rung.sqlite").exists()
    (tmp_path / "rung.sqlite").touch()
    assert migrate.current(url) == ""
    assert migrate.check(url) != []


def test_processes_that_start_together_upgrade_once(url: str) -> None:
    program = f"from bot.migrate import upgrade; upgrade({url!r})"
    together = [
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stderr=subprocess.PIPE, text=True)  # noqa: S603 - ours
        for _ in range(3)
    ]
    assert [process.communicate()[1] for process in together] == ["", "", ""]
    assert [process.returncode for process in together] == [0, 0, 0]
    assert migrate.check(url) == []


def test_the_names_of_the_files_are_the_line_of_revisions() -> None:
    line = [script.revision for script in ScriptDirectory(str(migrate.FOLDER)).walk_revisions()]
    names = sorted(path.name for path in (migrate.FOLDER / "versions").glob("*.py"))
    assert [name.partition("_")[0] for name in names] == line[::-1]


def test_a_database_that_is_up_to_date_costs_no_migration_tool(url: str) -> None:
    migrate.upgrade(url)
    program = f"import sys; from bot.migrate import upgrade; upgrade({url!r}); print('alembic' in sys.modules)"
    ran = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "False\n"


def test_an_upgrade_that_breaks_leaves_nothing_half_made(url: str, folder: Path) -> None:
    (folder / "versions" / "0001_broken.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\nrevision, down_revision = '0001', None\n"
        "def upgrade():\n    op.create_table('half', sa.Column('id', sa.Integer))\n"
        "    raise RuntimeError('the power went')\n",
        encoding="utf-8",
    )
    with pytest.raises(RuntimeError, match="the power went"):
        migrate.upgrade(url, folder)
    assert migrate.current(url) == ""
    with pytest.raises(sa.exc.DBAPIError, match="half"):
        rows(url, "SELECT * FROM half")


def models(*columns: sa.Column[object]) -> sa.MetaData:
    made = sa.MetaData(naming_convention=NAMING)
    sa.Table("thing", made, sa.Column("id", BigId, primary_key=True), *columns)
    return made


def test_a_revision_is_written_from_what_differs_and_runs(url: str, folder: Path) -> None:
    first = models(
        sa.Column("at", UtcDateTime(), nullable=False), sa.Column("body", Json), sa.Column("old", sa.Integer)
    )
    path = migrate.revise("things", folder, first)
    assert path is not None
    assert path.name == "0001_things.py"
    migrate.upgrade(url, folder)
    assert migrate.check(url, first) == []
    rows(url, f"INSERT INTO thing (id, at, old) VALUES (1, '{datetime(2026, 1, 1, tzinfo=UTC):%Y-%m-%d}', 7)")  # noqa: S608 - ours

    # What SQLite can do only by making the table anew: another type, a constraint, a column less.
    second = models(
        sa.Column("at", UtcDateTime(), nullable=True),
        sa.Column("body", Json),
        sa.Column("name", sa.String(), unique=True),
    )
    path = migrate.revise("Names for things.", folder, second)
    assert path is not None
    assert path.read_text(encoding="utf-8").startswith('"""Names for things.\n\nRevision: 0002, after 0001\n')
    migrate.upgrade(url, folder)
    assert migrate.check(url, second) == []
    assert rows(url, "SELECT id, name FROM thing") == [(1, None)]
    assert migrate.revise("nothing", folder, second) is None


def test_tables_made_by_hand_are_no_difference(url: str) -> None:
    migrate.upgrade(url)
    rows(url, "CREATE TABLE lead_text_more (id INTEGER)")
    assert migrate.check(url) == []
    rows(url, "CREATE TABLE surprise (id INTEGER)")
    assert "surprise" in migrate.check(url)[0]


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("postgresql://rung:very-secret@127.0.0.1:1/rung", "refused"),
        ("sqlite:///{folder}/junk.sqlite", "not a database"),
        ("sqlite:///{folder}/junk.sqlite/below/rung.sqlite", "Not a directory"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_with_what_to_do(tmp_path: Path, address: str, says: str) -> None:
    (tmp_path / "junk.sqlite").write_text("no database at all " * 9, encoding="utf-8")
    with pytest.raises(ConnectionError, match=says) as error:
        migrate.upgrade(address.format(folder=tmp_path))
    assert "RUNG_DATABASE_URL" in str(error.value)
    assert "very-secret" not in str(error.value)
    assert "\n" not in str(error.value)


def test_a_database_of_a_newer_rung_is_left_alone(url: str) -> None:
    migrate.upgrade(url)
    rows(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ConnectionError, match=r"9999.*newer"):
        migrate.upgrade(url)
    assert migrate.current(url) == "9999"


def test_the_check_of_lint_fails_when_models_and_migrations_part(monkeypatch: pytest.MonkeyPatch) -> None:
    migrate.main([])
    monkeypatch.setattr(migrate, "check", lambda url: [f"something in {url[:6]}"])
    with pytest.raises(SystemExit, match="something in sqlite"):
        migrate.main(["check"])


def test_the_command_writes_a_revision_or_says_why_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit):
        migrate.main(["revision"])
    assert "-m" in capsys.readouterr().err
    migrate.main(["revision", "-m", "nothing new"])
    assert capsys.readouterr().out == "nothing differs\n"
    monkeypatch.setattr(migrate, "revise", lambda message: tmp_path / f"0002_{message}.py")
    migrate.main(["revision", "-m", "more"])
    assert "0002_more.py: read it through" in capsys.readouterr().out
