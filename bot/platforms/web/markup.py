"""HTML that can't be broken out of: elements from Python, and our markup as paragraphs and lists."""

import re
from collections.abc import Callable, Iterable

from markupsafe import Markup, escape

from bot.chat.markup import Span, spans

Child = str | Markup
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}'”’]")
_MENTION = re.compile(r"(?<!\w)@rung\b", re.IGNORECASE)
_VOID = frozenset({"hr", "img", "input"})


def el(name: str, /, *children: Child, **attributes: object) -> Markup:
    """Return an element. Text is escaped; only `Markup` passes as it is.

    An attribute that is None or False is left out and True stands alone; `class_` is `class`, `data_token` is
    `data-token`.
    """
    pieces = ["<", name]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        written = key.rstrip("_").replace("_", "-")
        pieces.append(f" {written}" if value is True else f' {written}="{escape(value)}"')
    pieces.append(">")
    if name not in _VOID:
        pieces += map(escape, children)
        pieces.append(f"</{name}>")
    return Markup("".join(pieces))  # noqa: S704 - names are ours, and all else went through escape


def icon(name: str) -> Markup:
    """Return one of our icons; it says nothing to a screen reader."""
    use = el("use", href=f"#icon-{name}")
    return el("svg", use, class_="icon", aria_hidden="true")


def is_web_address(url: str) -> bool:
    """Whether an address may stand in a link: nothing but http and https, whoever wrote it."""
    return url.startswith(("https://", "http://"))


def link(label: Child, url: str, **attributes: object) -> Markup:
    """Return a link that opens beside the chat and tells the other site nothing of it; plain text if it is no link."""
    if not is_web_address(url):
        return escape(label)
    return el("a", label, href=url, target="_blank", rel="noopener noreferrer", **attributes)


def prose(text: str, is_command: Callable[[str], bool]) -> Markup:
    """Return marked-up text of Rung as paragraphs and lists; commands in it become buttons that write them."""
    return _blocks(text, lambda line: Markup().join(_span(span, is_command) for span in spans(line)))


def said(text: str) -> Markup:
    """Return what a member wrote: bold, italic and code, addresses as links (never hidden under other words)."""
    return _blocks(text, lambda line: Markup().join(_typed(span) for span in spans(line)))


def _blocks(text: str, inline: Callable[[str], Markup]) -> Markup:
    blocks: list[Markup] = []
    kind, lines = "", list[Markup]()
    for raw in [*text.splitlines(), ""]:
        item = raw.startswith("- ")
        now = "ul" if item else "p" if raw.strip() else ""
        if now != kind and lines:
            blocks.append(_block(kind, lines))
            lines = []
        kind = now
        if now:
            lines.append(inline(raw[2:] if item else raw))
    return Markup().join([*blocks, _block(kind, lines)] if lines else blocks)


def _block(kind: str, lines: Iterable[Markup]) -> Markup:
    if kind == "ul":
        return el("ul", *(el("li", line) for line in lines))
    return el("p", Markup("<br>").join(lines))


def _span(span: Span, is_command: Callable[[str], bool]) -> Markup:
    match span.kind:
        case "plain":
            return escape(span.text)
        case "bold":
            return el("strong", span.text)
        case "italic":
            return el("em", span.text)
        case "code" if is_command(span.text):
            return el("button", el("code", span.text), type="button", class_="command", data_line=span.text)
        case "code":
            return el("code", span.text)
        case "link":
            return link(span.text, span.url)
        case "mention":
            return el("span", f"@{span.text}", class_="mention", data_user=span.user)


def _typed(span: Span) -> Markup:
    if span.kind == "link":
        return _linked(f"{span.text} ({span.url})")
    if span.kind == "mention":
        return escape(f"<@{span.user}|{span.text}>")  # only Rung mentions: this is what they typed
    return _linked(span.text) if span.kind == "plain" else _span(span, lambda _: False)


def _linked(text: str) -> Markup:
    out, end = list[Markup](), 0
    for found in _LINK.finditer(text):
        out += [_mentions(text[end : found.start()]), link(found[0], found[0])]
        end = found.end()
    return Markup().join([*out, _mentions(text[end:])])


def _mentions(text: str) -> Markup:
    out, end = list[Markup](), 0
    for found in _MENTION.finditer(text):
        out += [escape(text[end : found.start()]), el("span", found[0], class_="mention")]
        end = found.end()
    return Markup().join([*out, escape(text[end:])])


def mentions_rung(text: str) -> bool:
    """Whether a member's message calls for Rung."""
    return _MENTION.search(text) is not None
