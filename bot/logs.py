"""Logs for people or for machines; secrets are taken out of every line, tracebacks included."""

import logging
import re
import sys
from collections.abc import MutableMapping, Sequence
from typing import Any

import structlog

_PATTERNS = re.compile(
    r"xox[abeprs]-[\w-]{8,}|xapp-[\w-]{8,}|sk-[\w-]{16,}|[MNO][\w-]{23,}\.[\w-]{6}\.[\w-]{27,}"
    r"|(?<=[Bb]earer )[\w.~+/-]{8,}|(?<=Bot )[\w.-]{20,}|(?<=://)[^\s:/@]+:[^\s@/]+(?=@)"
)
HIDDEN = "[secret]"


class Redactor:
    """Takes secrets out of text: those that are known, and what looks like one."""

    def __init__(self, secrets: Sequence[str]) -> None:
        known = sorted((re.escape(s) for s in secrets if len(s) > 3), key=len, reverse=True)  # noqa: PLR2004
        self._known = re.compile("|".join(known)) if known else None

    def clean(self, text: str) -> str:
        """Return the text without secrets."""
        if self._known is not None:
            text = self._known.sub(HIDDEN, text)
        return _PATTERNS.sub(HIDDEN, text)

    def __call__(self, logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """Clean every value of a log line; structlog calls it."""
        del logger, name
        for key, value in event.items():
            event[key] = self._clean(value)
        return event

    def _clean(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.clean(value)
        if isinstance(value, (int, float, bool, type(None))):
            return value
        return self.clean(str(value))


def set_up_logs(level: str, style: str, secrets: Sequence[str]) -> None:
    """Send all logs, ours and the libraries', through one cleaned and timed format to stderr."""
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
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for noisy in ("discord", "slack_bolt", "slack_sdk", "aiohttp.access", "dbos", "alembic"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
