"""The neutral markup of all our text.

**bold**, *italic*, `code`, [label](https://…), <@user|Name>, and lines beginning with "- ". What comes from outside
(titles, names, messages) goes through `esc`, so that it can neither format nor mention.
"""

import re
from dataclasses import dataclass
from typing import Literal

SpanKind = Literal["plain", "bold", "italic", "code", "link", "mention"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; `url` only for links, `user` (as the platform writes it) only for mentions."""

    kind: SpanKind
    text: str
    url: str = ""
    user: str = ""


_SPECIAL = re.compile(r"([\\*`\[\]<])")
_USER = r"\w[\w.:-]{0,63}"
_IS_USER = re.compile(_USER)
_NAME_ENDS = str.maketrans({"|": r"\|", ">": r"\>"})
_TOKENS = re.compile(
    r"\\(?P<escaped>[\\*`\[\]<>|])"
    r"|`(?P<code>[^`\n]+)`"
    r"|\*\*(?P<bold>(?:\\.|[^*\n])+)\*\*"
    r"|\*(?P<italic>(?:\\.|[^*\n])+)\*"
    r"|\[(?P<label>(?:\\.|[^\]\n])+)\]\((?P<url>https?://[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)"
    rf"|<@(?P<user>{_USER})\|(?P<name>(?:\\[\\*`\[\]<>|]|[^\\<>|\n])+)>"
)
_NESTED = re.compile(rf"(?<!\\)<@{_USER}\|((?:\\[\\*`\[\]<>|]|[^\\<>|\n])+)>")
_UNESCAPE = re.compile(r"\\([\\*`\[\]<>|])")


def esc(value: str) -> str:
    """Return text from outside as it must stand inside our markup: shown literally, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(value.split()))


def mention(user: str, name: str) -> str:
    """Return the markup that calls somebody, as a paragraph of its own words: `<@user|Name>`.

    user: their id as the platform writes it; anything that can be no id gives only the name, which calls nobody
    name: as others know them; shown where the platform has no mentions, or where the id is not one of its own
    Inside of bold, italic and a link's label only the name is shown.
    """
    shown = esc(name) or "somebody"
    return f"<@{user}|{shown.translate(_NAME_ENDS)}>" if _IS_USER.fullmatch(user) else f"@{shown}"


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
        return Span("bold", _inner(token["bold"]))
    if token["italic"] is not None:
        return Span("italic", _inner(token["italic"]))
    if token["user"] is not None:
        return Span("mention", _UNESCAPE.sub(r"\1", token["name"]), user=token["user"])
    return Span("link", _inner(token["label"]), token["url"])


def _inner(text: str) -> str:
    return _UNESCAPE.sub(r"\1", _NESTED.sub(r"@\1", text))


def plain(text: str, *, links: bool = True) -> str:
    """Return marked-up text without its marks; a link keeps its address in brackets when `links` is true."""
    return "".join(_shown(span, links=links) for span in spans(text))


def _shown(span: Span, *, links: bool) -> str:
    if span.kind == "mention":
        return f"@{span.text}"
    return f"{span.text} ({span.url})" if span.kind == "link" and links and span.text != span.url else span.text


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
