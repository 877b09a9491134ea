"""Our markup as Slack's mrkdwn (docs.slack.dev/messaging/formatting-message-text).

Slack knows three escapes (& < >) and none for its marks, so a mark inside text becomes the letter that looks like it:
what a person wrote can neither format nor mention.
"""

import re

from bot.chat.markup import Span, cut, spans
from bot.platforms.slack.wording import as_typed

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_MARKS = str.maketrans({"*": "∗", "`": "ˋ"})
_EDGES = {"_": "＿", "~": "∼"}
_EDGE = re.compile(r"(?<![^\W_])[_~](?=\S)|(?<=\S)[_~](?![^\W_])")
"""A mark at the edge of a word; [^\\W_] is a letter or a digit."""
_QUOTE = re.compile(r"^>", re.MULTILINE)
_BULLET = re.compile(r"^- ", re.MULTILINE)
_URL_ESCAPES = str.maketrans({"&": "&amp;", "<": "%3C", ">": "%3E", "|": "%7C", " ": "%20"})
_CLOSING = frozenset("*_`")
_USER = re.compile(r"[UW][A-Z0-9]{5,30}")
_APART = "\u200b"
"""A space without width: Slack sees a mark only at the edge of a word."""


def escape(text: str) -> str:
    """Return plain text for a place where Slack reads mentions and links but no marks (the fallback text)."""
    return text.translate(_ESCAPES)


def literal(text: str) -> str:
    """Return plain text that mrkdwn shows as it stands."""
    text = _QUOTE.sub("›", text.translate(_MARKS))
    return _EDGE.sub(lambda mark: _EDGES[mark[0]], text).translate(_ESCAPES)


def link(url: str, label: str) -> str:
    """Return a link; a bar in the label would end the address."""
    return f"<{url.translate(_URL_ESCAPES)}|{' '.join(literal(label).replace('|', '∣').split())}>"


def mrkdwn(text: str, most: int) -> str:
    """Return marked-up text as mrkdwn of at most `most` characters: escapes count, so it may be cut before them."""
    shown = _translated(text)
    while len(shown) > most:
        text = cut(text, max(1, min(len(text) - 1, len(text) * most // len(shown))))
        shown = _translated(text) if len(text) > 1 else text[:most]
    return shown


def _translated(text: str) -> str:
    shown = ""
    for span in spans(_BULLET.sub("• ", text)):
        piece = _piece(span)
        opens = shown[-1:].isalnum() and span.kind not in {"plain", "link"}
        closes = shown[-1:] in _CLOSING and piece[:1].isalnum()
        if shown and (opens or closes):
            shown += _APART
        shown += piece
    return shown


def _piece(span: Span) -> str:
    match span.kind:
        case "plain":
            return literal(span.text)
        case "bold":
            return _around("*", span.text)
        case "italic":
            return _around("_", span.text)
        case "code":
            return f"`{as_typed(span.text).translate(_ESCAPES)}`"
        case "link":
            return link(span.url, span.text)
        case "mention":
            return f"<@{span.user}>" if _USER.fullmatch(span.user) else literal(f"@{span.text}")


def _around(mark: str, text: str) -> str:
    """Slack takes a mark only when it touches the words."""
    inner = text.strip()
    if not inner:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{literal(inner)}{mark}{after}"
