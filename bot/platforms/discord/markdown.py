"""Our markup as Discord's Markdown (support.discord.com, "Markdown Text 101").

A backslash takes the meaning from any mark, so what a person wrote can neither format nor mention; `@everyone` has no
escape and gets a space without width after the sign.
"""

import re

from bot.chat.markup import Span, spans

_MARKS = re.compile(r"([\\*_~`|<>\[\]])")
_EVERYONE = re.compile(r"@(?=everyone|here)")
_ADDRESS = re.compile(r"https?://\w[^\s<>]*")
_TRAILING = ".,:;!?\"'"
_LINE_START = re.compile(r"^([ \t]*)(#{1,3} |-# )", re.MULTILINE)
_NUMBERED = re.compile(r"^([ \t]*\d+)\. ", re.MULTILINE)
_URL_ESCAPES = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20", "\\": "%5C", "\n": ""})
_USER = re.compile(r"[1-9][0-9]{14,19}")
"""A snowflake (docs.discord.com/developers/reference#snowflakes)."""
_APART = "\u200b"
"""A space without width: keeps two marks from becoming one."""


def literal(text: str) -> str:
    """Return plain text that Discord shows as it stands; addresses in it stay links without a preview."""
    shown: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        address = _address(found[0])
        shown += [_escaped(text[end : found.start()]), f"<{address}>"]
        end = found.start() + len(address)
    shown.append(_escaped(text[end:]))
    return _line_starts("".join(shown))


def link(url: str, label: str) -> str:
    """Return a link. A label that looks like an address gives way to the true one: Discord shows no other."""
    url = url.translate(_URL_ESCAPES)
    label = " ".join(label.split())
    return f"<{url}>" if "://" in label or not label else f"[{_escaped(label)}]({url})"


def markdown(text: str) -> str:
    """Return marked-up text as Discord's Markdown."""
    shown = ""
    styled = False
    for span in spans(text):
        piece = _piece(span)
        if styled and span.kind not in {"plain", "link"}:
            shown += _APART
        shown += piece
        styled = span.kind in {"bold", "italic", "code"}
    return _line_starts(shown)


def _piece(span: Span) -> str:
    match span.kind:
        case "plain":
            return literal(span.text) if "://" in span.text else _escaped(span.text)
        case "bold":
            return _around("**", span.text)
        case "italic":
            return _around("*", span.text)
        case "code":
            return f"`{span.text}`"
        case "link":
            return link(span.url, span.text)
        case "mention":
            return f"<@{span.user}>" if is_user(span.user) else _escaped(f"@{span.text}")


def is_user(user: str) -> bool:
    """Whether that is the id of a user of Discord."""
    return _USER.fullmatch(user) is not None


def _around(mark: str, text: str) -> str:
    """Discord takes a mark only when it touches the words."""
    inner = text.strip()
    if not inner:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{_escaped(inner)}{mark}{after}"


def _address(found: str) -> str:
    """The part of a match that is meant: not the full stop after it, nor the bracket around it."""
    found = found.rstrip(_TRAILING)
    while found.endswith(")") and found.count(")") > found.count("("):
        found = found[:-1].rstrip(_TRAILING)
    return found


def _escaped(text: str) -> str:
    return _EVERYONE.sub(f"@{_APART}", _MARKS.sub(r"\\\1", text))


def _line_starts(text: str) -> str:
    """Take their meaning from headings, small print and numbered lists; lists with "- " are our markup's too."""
    return _NUMBERED.sub(r"\1\\. ", _LINE_START.sub(r"\1\\\2", text))
