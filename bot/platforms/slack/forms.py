"""A form as a modal, and what was typed into a modal."""

import json
from collections.abc import Mapping
from typing import Any, assert_never

from bot.chat.form import Form, Input, PlaceInput, SelectInput, TextInput
from bot.chat.limits import fit_form
from bot.chat.markup import plain
from bot.chat.reply import Refusal
from bot.platforms.slack.limits import LIMITS, MAX_SECTION
from bot.platforms.slack.mrkdwn import mrkdwn
from bot.platforms.slack.render import Json, options, plain_text

_PROBLEM = "rung-problem"


def modal(form: Form, carried: Mapping[str, str]) -> Json:
    """Return a form as a modal. `carried` comes back with what is typed: where the answer is to be said."""
    form = fit_form(form, LIMITS)
    blocks: list[Json] = []
    if form.intro:
        blocks.append(_section(form.intro))
    blocks += [_input(item) for item in form.inputs]
    return {
        "type": "modal",
        "callback_id": form.submit,
        "title": plain_text(form.title),
        "submit": plain_text(form.button),
        "close": plain_text("Cancel"),
        "private_metadata": json.dumps({k: v for k, v in carried.items() if v}),
        "blocks": blocks,
    }


def refused(view: Mapping[str, Any], refusal: Refusal) -> Json:
    """Return the acknowledgement that leaves a modal open with why it was not taken: beside its input, or above all.

    Slack keeps what was typed as long as the ids of blocks and elements stay the same
    (docs.slack.dev/reference/views/modal-views).
    """
    if any(block["type"] == "input" and block["block_id"] == refusal.field for block in view["blocks"]):
        return {"response_action": "errors", "errors": {refusal.field: plain(refusal.why)}}
    kept = [block for block in view["blocks"] if block.get("block_id") != _PROBLEM]
    again = {
        name: view[name]
        for name in ("type", "callback_id", "title", "submit", "close", "private_metadata")
        if view.get(name)
    }
    above = {**_section(f"⚠️ {refusal.why}"), "block_id": _PROBLEM}
    return {"response_action": "update", "view": {**again, "blocks": [above, *kept]}}


def typed_values(state: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, str]:
    """Return what was typed and picked, by the input's name; "" for what was left empty."""
    return {name: _value(element) for name, elements in state.items() for element in elements.values()}


def _value(element: Mapping[str, Any]) -> str:
    if "selected_option" in element:
        return str((element["selected_option"] or {}).get("value", ""))
    found = element.get("value") or element.get("selected_conversation") or element.get("selected_channel")
    return str(found or "")


def _section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn(text, MAX_SECTION), "verbatim": True}}


def _input(item: Input) -> Json:
    block: Json = {
        "type": "input",
        "block_id": item.name,
        "label": plain_text(item.label),
        "element": {"action_id": item.name, **_element(item)},
        "optional": not item.required,
    }
    if item.hint:
        block["hint"] = plain_text(item.hint)
    return block


def _element(item: Input) -> Json:
    match item:
        case TextInput():
            first = {"initial_value": item.value} if item.value else {}
            most = {"multiline": item.multiline, "max_length": item.max_length}
            return {"type": "plain_text_input", **most, **first}
        case SelectInput():
            shown = options(item.choices)
            chosen = next((o for o in shown if o["value"] == item.value), None)
            return {"type": "static_select", "options": shown} | ({"initial_option": chosen} if chosen else {})
        case PlaceInput():
            only: Json = {"include": ["public", "private"], "exclude_bot_users": True}
            first = {"initial_conversation": item.value} if item.value else {}
            return {"type": "conversations_select", "filter": only, **first}
        case _:
            assert_never(item)
