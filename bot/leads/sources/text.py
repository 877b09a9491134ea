"""Plain text out of what sources send: HTML, times in several shapes, pay."""

import html
import re
from datetime import UTC, datetime, timedelta

from selectolax.lexbor import LexborHTMLParser, LexborNode

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td",
    "th", "tr", "ul",
})  # fmt: skip
_SILENT = frozenset({"script", "style", "template", "noscript", "head", "iframe", "svg"})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r" ?\n[ \n]*")
_ENTITY_ESCAPED_TAG = re.compile(r"&lt;/?[a-zA-Z]")
_DATE_ALONE = re.compile(r"\d{4}-\d\d-\d\d")
_MAX_MARKUP = 60_000
"""Characters of HTML that are read: its own rules make deep nesting quadratic, and 60,000 cost 0.3 s at the worst."""
_LAST_SECOND = 100_000_000_000
"""A larger number is milliseconds: in seconds it would be the year 5138."""


def plain(markup: str) -> str:
    """Return the text of a piece of HTML, a line a paragraph, list items with a dash.

    HTML whose tags are entity-escaped once more, as Greenhouse sends it, is unescaped first.
    """
    if "<" not in markup and _ENTITY_ESCAPED_TAG.search(markup):
        markup = html.unescape(markup)
    markup = markup[:_MAX_MARKUP]
    if "<" not in markup and "&" not in markup:
        return tidy(markup)
    body = LexborHTMLParser(markup).body
    return tidy("".join(_pieces(body))) if body else ""


def _pieces(root: LexborNode) -> list[str]:
    """Return the text under a node with a line break at both edges of each block. A loop, since pages nest at will."""
    pieces: list[str] = []
    stack: list[LexborNode | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node.tag == "-text":
            pieces.append((node.text_content or "").replace("\n", " "))
        elif node.tag not in _SILENT:
            block = node.tag in _BLOCKS
            if block:
                pieces.append("\n- " if node.tag == "li" else "\n")
                stack.append("\n")
            children = list(node.iter(include_text=True))
            stack.extend(reversed(children))
    return pieces


def tidy(text: str) -> str:
    """Return text without invisible characters, runs of spaces and empty lines."""
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text.replace("\r", "\n")))
    return _BLANK_LINES.sub("\n", text).strip()


def line(text: str) -> str:
    """Return text as one line: a title, a name. Entities are resolved, also when escaped twice."""
    return " ".join(_INVISIBLE.sub("", html.unescape(html.unescape(text))).split())


def moment(value: object) -> datetime | None:
    """Read a time: ISO 8601 (a date alone is its first moment), seconds or milliseconds since 1970. None if unreadable.

    A time without a zone is taken for UTC.
    """
    try:
        if isinstance(value, str):
            text = value.strip()
            if not text.isdecimal():
                read = datetime.fromisoformat(text)
                return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
            value = int(text)
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            return datetime.fromtimestamp(value / 1000 if value > _LAST_SECOND else value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def deadline(value: object) -> datetime | None:
    """Read the time until which something is open: as moment() does, but a date alone is open to its last second."""
    read = moment(value)
    if read and isinstance(value, str) and _DATE_ALONE.fullmatch(value.strip()):
        return read + timedelta(hours=23, minutes=59, seconds=59)
    return read


_PERIODS = {
    "year": ("year", "yearly", "annual", "annually", "1 year", "per-year-salary"),
    "month": ("month", "monthly", "1 month", "per-month-salary"),
    "week": ("week", "weekly", "1 week", "per-week-salary"),
    "day": ("day", "daily", "1 day", "per-day-wage"),
    "hour": ("hour", "hourly", "1 hour", "per-hour-wage"),
}
_PERIOD = {word: period for period, words in _PERIODS.items() for word in words}


def pay(low: float | None, high: float | None, currency: str = "", per: str = "") -> str:
    """Word a pay range: "USD 40–55 per hour". "" when nothing is known."""
    known = [f"{amount:,.2f}".removesuffix(".00") for amount in dict.fromkeys((low, high)) if amount]
    if not known:
        return ""
    period = _PERIOD.get(per.strip().lower(), "")
    return " ".join(filter(None, (currency.upper(), "–".join(known), f"per {period}" if period else "")))
