"""What Discord refuses although its published schema allows it: lengths, counts and names, checked on every body."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.support.discord_payloads import walk
from tests.support.discord_world import COMPONENTS_V2, Json

ROW, BUTTON, SELECT, INPUT, SECTION, DISPLAY, GALLERY, CONTAINER, LABEL = 1, 2, 3, 4, 9, 10, 12, 17, 18
_NAME = re.compile(r"[a-z0-9_-]{1,32}")


def message_errors(body: Json) -> list[str]:
    """What Discord would not take in a message (docs.discord.com/developers/components/reference)."""
    found = [*walk(body.get("components") or [])]
    errors = component_errors(found)
    if len(body.get("content") or "") > 2000:
        errors.append(f"content of {len(body['content'])} characters, the most is 2000")
    if not body.get("flags", 0) & COMPONENTS_V2:
        return errors + ["components of version 2 without the flag" for c in found if c["type"] >= SECTION][:1]
    if body.get("content") or body.get("embeds"):
        errors.append("content or embeds beside components of version 2")
    text = sum(len(c["content"]) for c in found if c["type"] == DISPLAY)
    if text > 4000:
        errors.append(f"text of {text} characters, the most is 4000")
    if len(found) > 40:
        errors.append(f"{len(found)} components, the most is 40")
    if "components" in body and not found:
        errors.append("a message without any component")
    return errors


def modal_errors(body: Json) -> list[str]:
    """What Discord would not take in a form."""
    errors = component_errors([*walk(body["components"])])
    errors += _length("title", body["title"], 1, 45) + _length("custom_id", body["custom_id"], 1, 100)
    if not 1 <= len(body["components"]) <= 5:
        errors.append(f"a form of {len(body['components'])} parts, the most is 5")
    return errors


def component_errors(found: list[Json]) -> list[str]:
    """What Discord would not take in any single component, or twice."""
    errors = [error for component in found for error in _one(component)]
    for name in ("custom_id", "id"):
        counts = Counter(c[name] for c in found if c.get(name))
        errors += [f"{name} {value!r} stands {n} times" for value, n in counts.items() if n > 1]
    return errors


def _one(component: Json) -> list[str]:
    errors = _length("custom_id", component["custom_id"], 1, 100) if "custom_id" in component else []
    if not 0 <= component.get("id", 0) < 1 << 31:
        errors.append(f"id {component['id']} is no 32-bit number")
    check = _CHECKS.get(component["type"])
    return errors + check(component) if check else errors


def _row(component: Json) -> list[str]:
    kinds = Counter(c["type"] for c in component["components"])
    wrong = not kinds or kinds[BUTTON] > 5 or len(kinds) > 1 or kinds[SELECT] > 1
    return [f"a row of {dict(kinds)}"] if wrong else []


def _button(component: Json) -> list[str]:
    errors = _length("button label", component.get("label") or "", 1, 80)
    errors += _length("button url", component.get("url") or "-", 1, 512)
    return errors + (
        ["a button needs a url or a custom_id"] if ("url" in component) == ("custom_id" in component) else []
    )


def _input(component: Json) -> list[str]:
    most = component.get("max_length") or 4000
    errors = _length("placeholder", component.get("placeholder") or "", 0, 100)
    errors += _length("value", component.get("value") or "", 0, most)
    return errors + ([] if 1 <= most <= 4000 else ["max_length out of bounds"])


def _gallery(component: Json) -> list[str]:
    return [e for i in component["items"] for e in _length("alt", i.get("description") or "", 0, 1024)]


def _label(component: Json) -> list[str]:
    return _length("label", component["label"], 1, 45) + _length(
        "description", component.get("description") or "", 0, 100
    )


def _select(component: Json) -> list[str]:
    options = component["options"]
    errors = _length("placeholder", component.get("placeholder") or "", 0, 150)
    if not 1 <= len(options) <= 25:
        errors.append(f"a menu of {len(options)} options")
    if len({o["value"] for o in options}) < len(options):
        errors.append("two options of one value")
    for option in options:
        errors += _length("option label", option["label"], 1, 100) + _length("option value", option["value"], 1, 100)
        errors += _length("option description", option.get("description") or "", 0, 100)
    return errors


_CHECKS: dict[int, Callable[[Json], list[str]]] = {
    ROW: _row,
    BUTTON: _button,
    SELECT: _select,
    INPUT: _input,
    DISPLAY: lambda c: _length("text", c["content"], 1, 4000),
    GALLERY: _gallery,
    LABEL: _label,
    CONTAINER: lambda c: [] if c["components"] else ["an empty container"],
}


def command_errors(commands: list[Json]) -> list[str]:
    """What Discord would not take as slash commands (docs.discord.com/developers/interactions/application-commands)."""
    errors = _length("commands", "x" * len(commands), 0, 100)
    names = Counter(c["name"] for c in commands)
    errors += [f"command {name!r} stands twice" for name, n in names.items() if n > 1]
    return errors + [error for command in commands for error in _command(command)]


def _command(command: Json) -> list[str]:
    errors = [] if _NAME.fullmatch(command["name"]) else [f"name {command['name']!r}"]
    errors += _length("description", command["description"], 1, 100)
    options = command.get("options") or []
    needed = [bool(o.get("required")) for o in options]
    if len(options) > 25 or needed != sorted(needed, reverse=True):
        errors.append(f"{command['name']}: too many options, or one that is needed stands after one that is not")
    for choice in command.get("choices") or []:
        errors += _length("choice", str(choice["name"]), 1, 100) + _length("value", str(choice["value"]), 1, 100)
    return errors + [error for option in options for error in _command(option)]


def _length(what: str, text: Any, least: int, most: int) -> list[str]:
    return [] if least <= len(text) <= most else [f"{what} of {len(text)} characters, not {least} to {most}"]
