"""Slack's limits on blocks and views, checked one by one (docs.slack.dev/reference/block-kit).

The local Slack refuses with `invalid_blocks` what fails here, as Slack would.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]
MAX_BLOCKS, MAX_VIEW_BLOCKS, MAX_MESSAGE = 50, 100, 13_200
"""13,200 characters of text in all blocks: above it Slack answers msg_blocks_too_long (observed, not documented)."""


def check_blocks(blocks: list[Json], most: int = MAX_BLOCKS) -> list[str]:
    """Return everything in which a list of blocks breaks a limit."""
    wrong = [] if len(blocks) <= most else [f"{len(blocks)} blocks"]
    ids = Counter(b["block_id"] for b in blocks if "block_id" in b)
    actions = Counter(e["action_id"] for b in blocks for e in _elements(b) if "action_id" in e)
    wrong += [f"block_id {name!r} {n} times" for name, n in ids.items() if n > 1 or not 0 < len(name) <= 255]
    wrong += [f"action_id {name!r} {n} times" for name, n in actions.items() if n > 1 or not 0 < len(name) <= 255]
    for index, block in enumerate(blocks):
        wrong += [f"{index} {block.get('type')}: {what}" for what in _block(block)]
    if sum(_length(b) for b in blocks) > MAX_MESSAGE and most == MAX_BLOCKS:
        wrong.append("msg_blocks_too_long")
    return wrong


def check_view(view: Json) -> list[str]:
    """Return everything in which a modal or a home tab breaks a limit."""
    wrong = check_blocks(view.get("blocks", []), MAX_VIEW_BLOCKS)
    if len(view.get("private_metadata", "")) > 3000:
        wrong.append("private_metadata")
    if len(view.get("callback_id", "")) > 255:
        wrong.append("callback_id")
    if view.get("type") == "modal":
        wrong += [w for name in ("title", "submit", "close") for w in _plain(view.get(name), 24, name)]
        if not view.get("title"):
            wrong.append("a modal needs a title")
        if any(b["type"] == "input" for b in view["blocks"]) and not view.get("submit"):
            wrong.append("a modal with inputs needs a submit")
    return wrong


def _elements(block: Json) -> Iterator[Json]:
    yield from block.get("elements", []) if block["type"] == "actions" else []
    yield from (block[name] for name in ("accessory", "element") if name in block)


def _block(block: Json) -> Iterator[str]:
    check = _BLOCKS.get(block["type"])
    if check is None:
        yield "unknown block"
    else:
        yield from check(block)


def _section(block: Json) -> Iterator[str]:
    if not block.get("text") and not block.get("fields"):
        yield "neither text nor fields"
    yield from _text(block.get("text"), 3000)
    if len(block.get("fields", ["x"])) not in range(1, 11):
        yield "fields"
    for item in block.get("fields", []):
        yield from _text(item, 2000)


def _image(block: Json) -> Iterator[str]:
    if not 0 < len(block["alt_text"]) <= 2000:
        yield "alt_text"
    if ("image_url" in block) == ("slack_file" in block) or len(block.get("image_url", "")) > 3000:
        yield "exactly one source"


def _actions(block: Json) -> Iterator[str]:
    if not 0 < len(block["elements"]) <= 25:
        yield f"{len(block['elements'])} elements"
    for element in block["elements"]:
        yield from _element(element)


def _input(block: Json) -> Iterator[str]:
    yield from _plain(block["label"], 2000, "label")
    yield from _plain(block.get("hint"), 2000, "hint")
    yield from _element(block["element"])


_BLOCKS: dict[str, Callable[[Json], Iterator[str]]] = {
    "section": _section,
    "header": lambda block: _plain(block["text"], 150, "header"),
    "image": _image,
    "actions": _actions,
    "input": _input,
    "divider": lambda _: iter(()),
}


def _element(element: Json) -> Iterator[str]:
    yield from _plain(element.get("placeholder"), 150, "placeholder")
    check = _ELEMENTS.get(element["type"])
    if check is None:
        yield f"unknown element {element['type']!r}"
    else:
        yield from check(element)


def _button(element: Json) -> Iterator[str]:
    yield from _plain(element["text"], 75, "button")
    if len(element.get("value", "")) > 2000 or len(element.get("url", "")) > 3000:
        yield "value or url"
    if element.get("style", "primary") not in {"primary", "danger"}:
        yield "style"


def _select(element: Json) -> Iterator[str]:
    if not 0 < len(element["options"]) <= 100:
        yield "options"
    for option in element["options"]:
        yield from _plain(option["text"], 75, "option")
        yield from _plain(option.get("description"), 75, "description")
        if not 0 < len(option["value"]) <= 150:
            yield "option value"
    if "initial_option" in element and element["initial_option"] not in element["options"]:
        yield "initial_option is none of the options"


def _typing(element: Json) -> Iterator[str]:
    if not 0 < element.get("max_length", 3000) <= 3000:
        yield "max_length"
    if len(element.get("initial_value", "")) > element.get("max_length", 3000):
        yield "initial_value"


_ELEMENTS: dict[str, Callable[[Json], Iterator[str]]] = {
    "button": _button,
    "static_select": _select,
    "plain_text_input": _typing,
    "conversations_select": lambda _: iter(()),
}


def _text(text: Json | None, most: int) -> Iterator[str]:
    if text is not None and not 0 < len(text["text"]) <= most:
        yield f"text of {len(text['text'])} characters"


def _plain(text: Json | None, most: int, what: str) -> Iterator[str]:
    if text is None:
        return
    if text["type"] != "plain_text":
        yield f"{what} is not plain_text"
    if not 0 < len(text["text"]) <= most:
        yield f"{what} of {len(text['text'])} characters"


def _length(block: Json) -> int:
    texts = [block.get("text"), *block.get("fields", [])]
    return sum(len(t["text"]) for t in texts if t)
