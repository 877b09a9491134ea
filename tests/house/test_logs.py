"""No secret reaches a log: not by message, not by a value, not by a traceback."""

import json
import logging

import pytest

from bot.logs import HIDDEN, Redactor, set_up_logs

KNOWN = "hunter2-hunter2"
LOOKS = [
    "xoxb-1234567890-abcdef",
    "xapp-1-A0-123456",
    "sk-abcdefghijklmnopqrstuv",
    "MTE4OTk5OTk5OTk5OTk5OTk5.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456",
]


@pytest.fixture(autouse=True)
def _restore() -> object:
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    yield
    root.handlers, root.level = before


@pytest.mark.parametrize("secret", [KNOWN, *LOOKS])
@pytest.mark.parametrize("style", ["json", "text"])
def test_secrets_are_taken_out_everywhere(capsys: pytest.CaptureFixture[str], secret: str, style: str) -> None:
    set_up_logs("info", style, [KNOWN])
    log = logging.getLogger("rung.test")
    log.info("token %s", secret, extra={"held": {"deep": secret}})
    try:
        raise RuntimeError(f"refused {secret}")
    except RuntimeError:
        log.exception("it failed")
    text = capsys.readouterr().err
    assert secret not in text
    assert HIDDEN in text
    assert "RuntimeError" in text


def test_what_is_no_secret_stays() -> None:
    redactor = Redactor(["ab"])
    assert redactor.clean("postgresql://rung:pw@host/db ab") == f"postgresql://{HIDDEN}@host/db ab"
    assert redactor(None, "info", {"n": 4, "none": None, "event": "fine"}) == {"n": 4, "none": None, "event": "fine"}


def test_machines_get_one_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info", "auto", [])
    logging.getLogger("rung.test").warning("hello")
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["level"], line["logger"]) == ("hello", "warning", "rung.test")
