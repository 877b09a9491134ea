"""What a page says of itself for programs: JSON-LD, and the words in its head.

The page is searched, not parsed into a tree: a tree costs quadratic time on pages that are made to cost it.
"""

import html
import json
import re
import string
from collections.abc import Iterator
from typing import Any, TypeAlias

Thing: TypeAlias = dict[str, Any]
"""An object of JSON-LD (schema.org)."""

_MAX_THINGS = 20_000
_SMALL_LETTERS = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_ATTRIBUTE = re.compile(r"""([a-zA-Z:-]{1,50})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_WRAPPERS = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\]\]>\*/|;)\s*$"
)


def find_things(page: str, kind: str) -> list[Thing]:
    """Return the objects of a schema.org type that stand in a page's JSON-LD, however deep."""
    return [
        thing
        for block in _blocks(page)
        for thing in _walk(block)
        if kind in {str(name).rpartition("/")[2].rpartition(":")[2] for name in listed(thing.get("@type"))}
    ]


def listed(value: Any) -> list[Any]:
    """Return a value as a list: JSON-LD writes one thing or several of them."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def head(page: str) -> dict[str, str]:
    """Return the words of a page's head: its meta tags by name, "title", and "canonical" for its own address."""
    words: dict[str, str] = {}
    for tag in _tags(page, "meta"):
        attributes = _attributes(tag)
        name = attributes.get("property") or attributes.get("name") or ""
        words.setdefault(name.lower(), attributes.get("content", ""))
    for tag in _tags(page, "link"):
        attributes = _attributes(tag)
        if attributes.get("rel", "").lower() == "canonical":
            words.setdefault("canonical", attributes.get("href", ""))
    words["title"] = next((html.unescape(text) for _, text in _elements(page, "title")), "")
    return words


def _blocks(page: str) -> Iterator[Any]:
    for tag, text in _elements(page, "script"):
        if _attributes(tag).get("type", "").split(";")[0].strip().lower() == "application/ld+json":
            for candidate in (text, _WRAPPERS.sub("", text), html.unescape(_WRAPPERS.sub("", text))):
                try:
                    yield json.loads(candidate, strict=False)
                except (ValueError, RecursionError):
                    continue  # the next reading of it may do; a block that no reading makes sense of is as good as none
                break


def _elements(page: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield the opening tag and the content of each element of a name that holds nothing but text."""
    lower, position = _small(page), 0
    while (start := lower.find(f"<{name}", position)) >= 0:
        opened = lower.find(">", start)
        position = lower.find(f"</{name}", opened)
        if opened < 0 or position < 0:
            return
        yield page[start : opened + 1], page[opened + 1 : position]


def _tags(page: str, name: str) -> Iterator[str]:
    """Yield each opening tag of a name."""
    lower, position = _small(page), 0
    while (start := lower.find(f"<{name}", position)) >= 0:
        position = lower.find(">", start)
        if position < 0:
            return
        yield page[start : position + 1]


def _small(page: str) -> str:
    """Return a page with the capitals of ASCII made small; str.lower would make some other letters longer."""
    return page.translate(_SMALL_LETTERS)


def _attributes(tag: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(tag[:4_000])
    }


def _walk(root: Any) -> Iterator[Thing]:
    """Yield every object in a block in the order of the page. A loop, since blocks nest at will."""
    stack, seen = [root], 0
    while stack and seen < _MAX_THINGS:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            seen += 1
            yield value
            stack.extend(reversed([part for part in value.values() if isinstance(part, dict | list)]))
