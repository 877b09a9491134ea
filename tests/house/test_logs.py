"""No secret reaches a log: not by message, not by a value, not by a traceback, not by what went wrong in logging."""

import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import HIDDEN, Redactor, set_up_logs
from bot.pages import ROOT

KNOWN = "hunter2-hunter2"
LOOKS = [
    "xoxb-1234567890-abcdef",
    "xapp-1-A0-123456",
    "sk-abcdefghijklmnopqrstuv",
    "MTE4OTk5OTk5OTk5OTk5OTk5.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456",
]
ODD = """a"b'c\\d e/f@ü"""


@pytest.fixture(autouse=True)
def _restore() -> Iterator[None]:
    root, hook, thread_hook = logging.getLogger(), sys.excepthook, threading.excepthook
    before = (root.handlers[:], root.level)
    with warnings.catch_warnings():
        yield
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()
    root.handlers, root.level = before
    sys.excepthook, threading.excepthook = hook, thread_hook


@pytest.mark.parametrize("secret", [KNOWN, *LOOKS])
@pytest.mark.parametrize("style", ["json", "text"])
def test_secrets_are_taken_out_everywhere(capsys: pytest.CaptureFixture[str], secret: str, style: str) -> None:
    set_up_logs("info", style, [KNOWN])
    log = logging.getLogger("bot.test")
    log.info("token %s", secret, extra={"held": {"deep": [secret, {secret: (secret, b"%s")}]}, secret: 1})
    log.info("where", stack_info=True, extra={"bytes": secret.encode()})
    structlog.get_logger("bot.other").info("said otherwise", held=secret)
    try:
        try:
            raise ValueError(f"refused {secret}")
        except ValueError as error:
            error.add_note(f"with {secret}")
            raise ExceptionGroup("several", [RuntimeError(secret)]) from error
    except ExceptionGroup:
        log.exception("it failed")
    text = capsys.readouterr().err
    assert secret not in text
    assert HIDDEN in text
    assert "RuntimeError" in text
    assert "said otherwise" in text


@pytest.mark.parametrize(
    ("line", "cleaned"),
    [
        ("Authorization: Basic aHVudGVyMjpodW50ZXI=", f"Authorization: {HIDDEN}"),
        ("Authorization: Splunk abcdefgh, Accept: x", f"Authorization: {HIDDEN}, Accept: x"),
        ("{'Authorization': 'Bot abc', 'Accept': 'x'}", f"{{'Authorization': '{HIDDEN}', 'Accept': 'x'}}"),
        ("(b'Authorization', b'Bearer abc')", f"(b'Authorization', b'{HIDDEN}')"),
        ("GET /a?password=b&ticket=c&page=2", f"GET /a?password={HIDDEN}&ticket={HIDDEN}&page=2"),
        ("connect to wss://chat/?ticket=abc", f"connect to wss://chat/?ticket={HIDDEN}"),
        ("postgresql+asyncpg://rung:pw@host/db", f"postgresql+asyncpg://{HIDDEN}@host/db"),
        ("redis://:pw@host", f"redis://{HIDDEN}@host"),
        ("without authorization, nothing happens", "without authorization, nothing happens"),
        ("https://rung.example.org/leads?words=vision", "https://rung.example.org/leads?words=vision"),
        ("leads.save:42 by ada at 12:30", "leads.save:42 by ada at 12:30"),
    ],
)
def test_what_is_named_a_secret_is_one(line: str, cleaned: str) -> None:
    assert Redactor([]).clean(line) == cleaned


@pytest.mark.parametrize(
    "how", [str, repr, json.dumps, lambda s: repr(RuntimeError(s)), lambda s: json.dumps({"k": s})]
)
def test_a_secret_is_known_however_it_is_written(how: type[str]) -> None:
    assert "d e" not in Redactor([ODD]).clean(how(ODD))


@given(st.text(min_size=4), st.text(), st.text())
def test_a_known_secret_never_stays(secret: str, before: str, after: str) -> None:
    cleaned = Redactor([secret]).clean(before + secret + after)
    if secret not in HIDDEN + before and secret not in HIDDEN + after:
        assert secret not in cleaned.replace(HIDDEN, "\0")


def test_the_longer_secret_goes_first() -> None:
    assert Redactor(["abcd", "abcd-efgh"]).clean("<abcd-efgh>") == f"<{HIDDEN}>"


def test_what_is_no_secret_stays() -> None:
    redactor = Redactor(["ab"])
    assert redactor.clean("postgresql://rung:pw@host/db ab") == f"postgresql://{HIDDEN}@host/db ab"
    event = {"n": 4, "none": None, "event": "fine", "yes": True, "list": [1, 2.5], "headers": {"Authorization": "x"}}
    assert redactor(None, "info", dict(event)) == event | {"headers": {"Authorization": HIDDEN}}


def test_machines_get_one_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info", "auto", [])
    logging.getLogger("bot.test").warning("hello", extra={"held": {"n": [1]}})
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["level"], line["logger"]) == ("hello", "warning", "bot.test")
    assert line["held"] == {"n": [1]}


class Unspeakable:
    def __str__(self) -> str:
        raise RuntimeError(KNOWN)


def test_a_line_that_can_not_be_written_is_told_without_its_values(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info", "text", [])
    log = logging.getLogger("bot.test")
    log.info("%d", KNOWN)
    log.info("held", extra={"held": Unspeakable()})
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith(f"a log line could not be written: TypeError at {__file__}:")
    assert second.startswith(f"a log line could not be written: RuntimeError at {__file__}:")


def run(program: str) -> tuple[int, list[dict[str, str]]]:
    """Run a program of its own behind our logs; returns its code and its lines."""
    program = f"from bot.logs import set_up_logs\nset_up_logs('info', 'json', ['{KNOWN}'])\n{program}"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert KNOWN not in done.stderr
    return done.returncode, [json.loads(line) for line in done.stderr.splitlines()]


def test_what_nobody_caught_is_told_in_the_log() -> None:
    code, [line] = run(f"raise RuntimeError('{KNOWN}')")
    assert code == 1
    assert line["level"] == "critical"
    assert f"RuntimeError: {HIDDEN}" in line["exception"]


def test_what_a_thread_did_not_catch_is_told_in_the_log() -> None:
    code, [line] = run(f"import threading\nthreading.Thread(target=lambda: int('{KNOWN}'), name='busy').start()")
    assert code == 0
    assert line["event"].endswith("busy")
    assert "ValueError" in line["exception"]
    assert run("import sys, threading\nthreading.Thread(target=sys.exit).start()") == (0, [])


def test_warnings_are_told_in_the_log() -> None:
    code, [line] = run(f"import warnings\nwarnings.warn('old {KNOWN}')")
    assert code == 0
    assert (line["logger"], line["level"]) == ("py.warnings", "warning")


def test_an_interrupted_program_ends_as_always() -> None:
    program = "from bot.logs import set_up_logs\nset_up_logs('info', 'json', [])\nraise KeyboardInterrupt"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert done.stderr.endswith("KeyboardInterrupt\n")
    assert done.returncode != 0
