"""A form as a modal, and what a submitted modal says."""

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

import discord
from discord import ui

from bot.chat.form import Form, Input, PlaceInput, SelectInput, TextInput
from bot.chat.limits import fit_form
from bot.chat.markup import cut, plain
from bot.platforms.discord.limits import LIMITS, MAX_FORM_PARTS
from bot.platforms.discord.markdown import markdown
from bot.platforms.discord.render import NOTHING, options

_INTRO = 1000
"""Characters of the words above a form's inputs: more would push them off a phone's screen."""
_PLACES = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
]


def modal(form: Form) -> ui.Modal:
    """Return the form as a modal whose custom_id is the token that gets it and whose inputs go by their names.

    Discord writes "Submit" on the button whatever the form calls it. Raises ValueError for a form of more than five
    inputs: a mistake in a cog.
    """
    form = fit_form(form, LIMITS)
    made = ui.Modal(title=form.title or "…", custom_id=form.submit)
    intro = markdown(cut(form.intro, _INTRO)).strip()
    apart = bool(intro) and len(form.inputs) < MAX_FORM_PARTS
    if apart:
        made.add_item(ui.TextDisplay(intro))
    for number, item in enumerate(form.inputs):
        hint = item.hint
        if number == 0 and form.intro and not apart and not hint:
            hint = cut(" ".join(plain(form.intro, links=False).split()), LIMITS.hint)
        made.add_item(ui.Label(text=item.label or "…", description=hint or None, component=_component(item)))
    made.stop()  # discord.py keeps no finished modal in memory: what is typed finds its handler by its token alone
    return made


def _component(item: Input) -> ui.Item[Any]:
    match item:
        case TextInput():
            return ui.TextInput(
                custom_id=item.name,
                style=discord.TextStyle.paragraph if item.multiline else discord.TextStyle.short,
                default=item.value or None,
                required=item.required,
                max_length=max(1, item.max_length),
            )
        case SelectInput():
            return ui.Select(
                custom_id=item.name,
                options=options(item.choices, item.value),
                required=item.required,
                min_values=int(item.required),
            )
        case PlaceInput():
            return ui.ChannelSelect(
                custom_id=item.name,
                channel_types=_PLACES,
                required=item.required,
                min_values=int(item.required),
                default_values=_chosen(item.value),
            )
        case _:
            assert_never(item)


def _chosen(place: str) -> list[discord.SelectDefaultValue]:
    if not place.isdecimal():
        return []
    return [discord.SelectDefaultValue(id=int(place), type=discord.SelectDefaultValueType.channel)]


def values(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed and chosen by the name of the input; empty where nothing was.

    data: the `data` of a modal submission as Discord sends it
    """
    found: dict[str, str] = {}
    for component in _inputs(data.get("components", [])):
        if "values" in component:
            chosen = next(iter(component["values"]), "")
            found[component["custom_id"]] = "" if chosen == NOTHING else str(chosen)
        else:
            found[component["custom_id"]] = component.get("value") or ""
    return found


def _inputs(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What was filled in: within labels, and within the rows of older forms."""
    for component in components:
        if "custom_id" in component:
            yield component
        yield from _inputs(component.get("components", []))
        if "component" in component:
            yield from _inputs([component["component"]])
