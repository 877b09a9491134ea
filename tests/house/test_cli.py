"""The operator's command, run as an operator runs it."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.pages import ROOT

ROWS = [
    {
        "id": str(n), "company_name": company, "title": title, "url": f"https://jobs.example.org/{n}00{n}-{n}",
        "locations": ["Berlin, Germany"], "terms": ["Summer 2027"], "active": True, "is_visible": True,
        "date_posted": 1792000000 + n, "date_updated": 1792000000 + n, "source": "us", "sponsorship": "Other",
    }
    for n, (company, title) in enumerate([("Acme", "Machine Learning Intern"), ("Globex", "Sales Intern")], 1)
]  # fmt: skip


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUNG_DATABASE_URL", f"sqlite:///{tmp_path / 'rung.sqlite'}")
    monkeypatch.setenv("RUNG_WEB_PORT", "1")
    (tmp_path / "list.json").write_text(json.dumps(ROWS), encoding="utf-8")


def rung(*args: str, code: int = 0, stdin: str = "") -> str:
    done = CliRunner().invoke(app, list(args), input=stdin)
    assert done.exit_code == code, done.output
    return done.output


def test_the_database_is_made_and_checked() -> None:
    assert "`rung db upgrade` or `rung run` makes it" in " ".join(rung("db", "check", code=2).split())
    assert not Path("rung.sqlite").exists()
    assert "revision " in rung("db", "upgrade")
    assert "agree" in rung("db", "check")


def test_a_list_is_imported_searched_and_explained() -> None:
    first = json.loads(
        rung("leads", "import", "list.json", "--source", "ours", "--at", "2026-11-22T12:00:00Z", "--json")
    )
    assert first == {
        "seen": 2, "new": 2, "updated": 0, "closed": 0, "reopened": 0, "duplicates": 0, "rejected": 0,
        "ml_internships": 1,
    }  # fmt: skip
    assert "0 new" in rung("leads", "import", "list.json", "--source", "ours")
    found = json.loads(rung("leads", "search", "machine", "--json"))
    assert (found["total"], found["leads"][0]["company"]) == (1, "Acme")
    assert "2 open" in rung("leads", "search", "--all")
    rung("leads", "import", "list.json", "--source", "theirs")
    assert "from theirs" in rung("leads", "joined", "1")
    assert "It is lead" in rung("leads", "joined", "1", "--undo", "1")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("leads", "import", "nothing.json", "--source", "x"), "no file nothing.json"),
        (("leads", "import", "list.json", "--source", "x", "--at", "yesterday"), "takes a time like"),
        (("leads", "pull", "nowhere"), "No such source: nowhere"),
        (("leads", "classify", "nothing.jsonl"), "can't be read"),
        (("leads", "classify", "."), "can't be read"),
        (("discord", "sync"), "RUNG_DISCORD_TOKEN is not set"),
    ],
)
def test_mistakes_are_answered_with_what_to_do(args: tuple[str, ...], says: str) -> None:
    assert says in " ".join(rung(*args, code=2).split())


def test_lines_are_classified() -> None:
    lines = ['{"title": "Machine Learning Intern", "company": "Acme"}', "nonsense", "", '{"title": "Chef"}']
    out = rung("leads", "classify", "--json", stdin="\n".join(lines), code=1).splitlines()
    answers = [json.loads(line) for line in out]
    assert (answers[0]["internship"], answers[0]["ml"]) == (True, True)
    assert answers[0]["why"]
    assert "line 2" in answers[1]["error"]
    assert [answer["internship"] for answer in answers[1:]] == [False, False]
    assert json.loads(rung("leads", "classify", stdin=lines[0]))["ml"] is True


def test_classifying_for_a_reader_that_has_enough_ends_quietly(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text('{"title": "Machine Learning Intern"}\n' * 20_000, encoding="utf-8")
    command = [sys.executable, "-m", "bot", "leads", "classify", "--json", str(many)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:  # noqa: S603 - our own
        assert running.stdout is not None
        assert running.stderr is not None
        assert b"internship" in running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 0


def test_the_chat_answers_as_text_and_as_data() -> None:
    assert "What Rung can do" in rung("chat", "--as", "ada", "--place", "leads", "/help")
    assert json.loads(rung("chat", "--json", "/leads today"))["type"] == "Reply"
    assert "Only organisers" in rung("chat", "--member", "/setup", code=1)
    assert json.loads(rung("chat", "--member", "--json", "/setup", code=1))["type"] == "Reply"
    assert "There is no command" in rung("chat", "/nonsense", code=1)
    form = rung("chat", "/leads report 1")
    assert "dead" in form
    assert "dead: dead" not in form
    assert "Daily leads are set up" in rung("chat", "!!setup.keep place=leads hour=9 zone=UTC leads=ml most=5")
    assert "workspace 1: 0 leads" in rung("leads", "announce")


def test_a_mistake_of_ours_is_told_by_a_number_and_ends_with_code_1(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("hidden-word")

    monkeypatch.setattr("bot.chat.router.Router._context", broken)
    said = rung("chat", "/help", code=1)
    assert "Something went wrong on our side" in said
    assert "hidden-word" not in said.splitlines()[-1]


def test_what_the_chat_sets_off_is_left_to_the_running_bot(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    for _ in range(5):
        assert "Your round is open" in rung("chat", "--place", "general", "/interview start questions:1")
        assert "called off" in rung("chat", "--place", "general", "/interview stop")
    assert caplog.records == [], "no job is cut off by the end of the command"
    with closing(sqlite3.connect(tmp_path / "rung.sqlite")) as database:
        rows = database.execute("SELECT state, error FROM delivery").fetchall()
    assert rows == [("planned", "")] * 5, "and none gave a delivery up for an hour because the chat is not here"


def test_announcing_before_any_set_up() -> None:
    assert "/setup" in rung("leads", "announce")


def test_the_doctor_says_what_to_do() -> None:
    text = rung("doctor", code=1)
    assert "rung db upgrade" in text
    assert "does not answer" in text
    assert "RUNG_DISCORD_TOKEN is not set" in text
    rung("leads", "import", "list.json", "--source", "ours")
    text = rung("doctor", code=1)
    assert "1 asked, 0 failing" in text
    assert "does not answer" in rung("doctor", "--quick", code=1)


def test_the_doctor_on_a_database_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNG_DATABASE_URL", "postgresql://nobody:hidden-word@127.0.0.1:1/none")
    text = rung("doctor", code=1)
    assert "Look at RUNG_DATABASE_URL" in text
    assert "hidden-word" not in text


def test_the_manifest_and_the_pages() -> None:
    manifest = json.loads(rung("slack", "manifest"))
    assert "/leads" in [c["command"] for c in manifest["features"]["slash_commands"]]
    rung("docs", "--check")


@pytest.mark.parametrize("given", ["https://rung.example.org", "https://rung.example.org/slack/events"])
def test_the_manifest_for_http_names_where_slack_reaches_the_bot(given: str) -> None:
    manifest = json.loads(rung("slack", "manifest", "--url", given))
    assert manifest["settings"]["event_subscriptions"]["request_url"] == "https://rung.example.org/slack/events"
    assert manifest["settings"]["socket_mode_enabled"] is False


def test_the_manifest_refuses_what_slack_can_not_reach() -> None:
    assert "https://" in rung("slack", "manifest", "--url", "rung.example.org", code=2)


def test_wrong_settings_end_with_a_word_and_no_traceback() -> None:
    env = os.environ | {"RUNG_WEB_PORT": "many", "RUNG_SLACK_BOT_TOKEN": "xoxp-secret", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "db", "check"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 2
    assert "RUNG_WEB_PORT" in done.stderr
    assert "Traceback" not in done.stderr
    assert "xoxp-secret" not in done.stderr
