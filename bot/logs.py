"""Logs for people or for machines; secrets are taken out of every line, tracebacks included."""

import json
import logging
import re
import sys
import threading
from collections.abc import Mapping, MutableMapping, Sequence
from types import TracebackType
from typing import Any
from urllib.parse import quote

import structlog

HIDDEN = "[secret]"
_TOKENS = re.compile(
    r"xox[abeprs]-[\w-]{8,}|xapp-[\w-]{8,}|sk-[\w-]{16,}|[MNO][\w-]{23,}\.[\w-]{6,}\.[\w-]{27,}"
    r"|(?<=[Bb]earer )[\w.~+/=-]{8,}|(?<=Bot )[\w.-]{20,}|(?<=://)[^\s:/@]*:[^\s@/]+(?=@)"
)
_NAMED = re.compile(
    # What follows such a name is a secret whatever it looks like: a header, a parameter of an address, a key in a dict.
    r"""(?ix) (authorization (?: ["']? \s* [:=] \s* | ["'], \s* ) (?:b?["'])? ) [^\s"',;]+ (?: [ ] [^\s"',;]+ )?
    | ((?<![a-z]) (?:password|passwd|client_secret|signing_secret|ticket) ["']? \s* [:=] \s* (?:b?["'])? )
      [^\s"',;&}\])]+"""
)
_SECRET_KEY = re.compile(r"authorization|password|passwd|secret|token|ticket|api_?key", re.IGNORECASE)
_SHORT = 3
"""Longest secret that is not looked for: it would be found in half of all words."""
_LIBRARIES = ("discord", "slack_bolt", "slack_sdk", "aiohttp.access", "dbos", "alembic")
"""Who says more than an operator wants to know."""


class Redactor:
    """Takes secrets out of text: those that are known, however they are written, and what looks like one."""

    def __init__(self, secrets: Sequence[str]) -> None:
        forms = {form for secret in secrets for form in _forms(secret) if len(form) > _SHORT}
        # The longest first: a secret may contain another.
        known = [re.escape(form) for form in sorted(forms, key=len, reverse=True)]
        self._known = re.compile("|".join(known)) if known else None

    def clean(self, text: str) -> str:
        """Return the text without secrets."""
        if self._known is not None:
            text = self._known.sub(HIDDEN, text)
        text = _NAMED.sub(lambda found: (found[1] or found[2]) + HIDDEN, text)
        return _TOKENS.sub(HIDDEN, text)

    def __call__(self, logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """Clean every name and value of a log line; structlog calls it."""
        del logger, name
        cleaned = self._clean(event)
        event.clear()
        event.update(cleaned)
        return event

    def _clean(self, value: Any) -> Any:
        match value:
            case str():
                return self.clean(value)
            case int() | float() | None:
                return value
            case Mapping():
                return {
                    self.clean(str(key)): HIDDEN if _SECRET_KEY.search(str(key)) else self._clean(inner)
                    for key, inner in value.items()
                }
            case list() | tuple() | set() | frozenset():
                return [self._clean(inner) for inner in value]
            case _:
                return self.clean(str(value))


def _forms(secret: str) -> set[str]:
    """Return how a secret is written: as it is, in Python, in JSON and in an address."""
    return {secret, repr(secret)[1:-1], json.dumps(secret)[1:-1], quote(secret, safe=""), quote(secret)}


class _Handler(logging.StreamHandler[Any]):
    """Writes to stderr. A line that can't be written is told by where it stands; its values may be secrets."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Tell that a line is broken, without its values."""
        kind = getattr(sys.exc_info()[0], "__name__", "an error")
        sys.stderr.write(f"a log line could not be written: {kind} at {record.pathname}:{record.lineno}\n")


def set_up_logs(level: str, style: str, secrets: Sequence[str]) -> None:
    """Send all that is said to one cleaned and timed format on stderr.

    That is our logs, the libraries', warnings, and what nobody caught in the main thread or another.
    """
    as_json = style == "json" or (style == "auto" and not sys.stderr.isatty())
    shared: list[Any] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    renderer: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, Redactor(secrets), renderer],
    )
    handler = _Handler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for noisy in _LIBRARIES:
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
    structlog.configure(  # for who asks structlog for a logger: the same way out
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    _catch_the_rest()


def _catch_the_rest() -> None:
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    if threading.excepthook is threading.__excepthook__:  # else somebody listens already, such as the tests
        threading.excepthook = _uncaught_in_thread


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger(__name__).critical("ended by an error that nobody caught", exc_info=(kind, error, trace))


def _uncaught_in_thread(found: threading.ExceptHookArgs) -> None:
    if found.exc_value is not None and found.exc_type is not SystemExit:
        name = found.thread.name if found.thread else "?"
        info = (found.exc_type, found.exc_value, found.exc_traceback)
        logging.getLogger(__name__).error("a thread ended by an error that nobody caught: %s", name, exc_info=info)
