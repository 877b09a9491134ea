"""The neutral markup of all our text: **bold**, *italic*, `code`, [label](https://…), and lines beginning with "- ".

What comes from outside (titles, names, messages) goes through `esc`, so that it can neither format nor mention.
"""

import re
from dataclasses import dataclass
from typing import Literal

SpanKind = Literal["plain", "bold", "italic", "code", "link"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; `url` only for links."""

    kind: SpanKind
    text: str
    url: str = ""


_SPECIAL = re.compile(r"([\\*`\[\]])")
_TOKENS = re.compile(
    r"\\(?P<escaped>[\\*`\[\]])"
    r"|`(?P<code>[^`\n]+)`"
    r"|\*\*(?P<bold>(?:\\.|[^*\n])+)\*\*"
    r"|\*(?P<italic>(?:\\.|[^*\n])+)\*"
    r"|\[(?P<label>(?:\\.|[^\]\n])+)\]\((?P<url>https?://[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)"
)
_UNESCAPE = re.compile(r"\\([\\*`\[\]])")


def esc(value: str) -> str:
    """Return text from outside as it must stand inside our markup: shown literally, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(value.split()))


def spans(text: str) -> list[Span]:
    """Split marked-up text into styled runs; neighbouring plain runs are joined."""
    found: list[Span] = []
    plain: list[str] = []
    end = 0

    def flush() -> None:
        if joined := "".join(plain):
            found.append(Span("plain", joined))
        plain.clear()

    for token in _TOKENS.finditer(text):
        plain.append(text[end : token.start()])
        end = token.end()
        if token["escaped"] is not None:
            plain.append(token["escaped"])
            continue
        flush()
        found.append(_span(token))
    plain.append(text[end:])
    flush()
    return found


def _span(token: re.Match[str]) -> Span:
    if token["code"] is not None:
        return Span("code", token["code"])
    if token["bold"] is not None:
        return Span("bold", _UNESCAPE.sub(r"\1", token["bold"]))
    if token["italic"] is not None:
        return Span("italic", _UNESCAPE.sub(r"\1", token["italic"]))
    return Span("link", _UNESCAPE.sub(r"\1", token["label"]), token["url"])


def plain(text: str, *, links: bool = True) -> str:
    """Return marked-up text without its marks; a link keeps its address in brackets when `links` is true."""
    return "".join(
        f"{s.text} ({s.url})" if s.kind == "link" and links and s.text != s.url else s.text for s in spans(text)
    )


def cut(text: str, most: int) -> str:
    """Return marked-up text of at most `most` characters, cut at a word with an ellipsis, never inside a mark."""
    if len(text) <= most:
        return text
    end = most - 1
    for token in _TOKENS.finditer(text):
        if token.start() < end < token.end():
            end = token.start()
    kept = text[:end]
    space = max(kept.rfind(" "), kept.rfind("\n"))
    if space > end // 2 and not text[end].isspace():
        kept = kept[:space]
    return kept.rstrip() + "…"
