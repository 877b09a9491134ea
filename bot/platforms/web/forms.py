"""A form as HTML, and what a form's handler would say of its inputs before it is asked."""

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from markupsafe import Markup

from bot.chat.context import Place
from bot.chat.errors import BadInput
from bot.chat.form import Form, Input, PlaceInput, SelectInput, TextInput
from bot.chat.markup import plain
from bot.chat.options import Option
from bot.chat.reply import Choice, Refusal
from bot.platforms.web.markup import el, icon, prose

Json = dict[str, Any]


def form_html(form: Form, state: str, places: Sequence[Place]) -> Markup:
    """Return the content of a dialog: title, introduction, inputs, buttons.

    state: what the page sends back with the inputs
    places: the choices of a place input
    """
    intro = el("div", prose(form.intro, lambda _: False), class_="prose quiet") if form.intro else Markup()
    close = el("button", icon("close"), type="button", class_="bare", data_close=True, aria_label="Close")
    head = el("header", el("h2", form.title, id="form-title"), close)
    problem = el("p", class_="problem", role="alert", hidden=True, data_problem=True)
    submit = el("button", form.button, type="submit", class_="button primary")
    cancel = el("button", "Cancel", type="button", class_="button", data_close=True)
    inputs = (_row(item, places) for item in form.inputs)
    foot = el("footer", cancel, submit)
    return el("form", head, intro, *inputs, problem, foot, novalidate=True, data_state=state, data_token=form.submit)


def _row(item: Input, places: Sequence[Place]) -> Markup:
    name = f"input-{item.name}"
    optional = Markup() if item.required else el("span", " optional", class_="quiet")
    label = el("label", item.label, optional, for_=name)
    hint = el("p", item.hint, class_="hint", id=f"{name}-hint") if item.hint else Markup()
    error = el("p", class_="problem", id=f"{name}-problem", hidden=True)
    described = f"{name}-hint {name}-problem" if item.hint else f"{name}-problem"
    shared = {"id": name, "name": item.name, "required": item.required, "aria_describedby": described}
    match item:
        case TextInput() if item.multiline:
            # The parser drops one line break at the start, so that one is given.
            box = el("textarea", "\n" + item.value, rows=5, maxlength=item.max_length, **shared)
        case TextInput():
            box = el("input", type="text", value=item.value, maxlength=item.max_length, autocomplete="off", **shared)
        case SelectInput():
            box = _select(item, [Choice(_words(c), c.value) for c in item.choices], shared)
        case PlaceInput():
            box = _select(item, [Choice(f"#{place.name}", place.id) for place in places], shared)
        case _:
            assert_never(item)
    return el("div", label, hint, box, error, class_="row")


def _words(choice: Choice) -> str:
    return f"{choice.label} – {choice.hint}" if choice.hint else choice.label


def _select(item: SelectInput | PlaceInput, choices: list[Choice], shared: Mapping[str, object]) -> Markup:
    chosen = any(choice.value == item.value for choice in choices)
    # An empty first choice where nothing has to be chosen, and where what has to be is not chosen yet.
    empty = [] if item.required and chosen else [Choice("Choose …" if item.required else "–", "")]
    options = (el("option", c.label, value=c.value, selected=c.value == item.value) for c in empty + choices)
    return el("div", el("select", *options, **shared), icon("down"), class_="select")


def wrong_inputs(inputs: Sequence[Option], values: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with each input, by its name, so that all of it can be said at once."""
    wrong: dict[str, str] = {}
    for item in inputs:
        typed = values.get(item.name, "")
        if typed.strip() == "":
            if item.required:
                wrong[item.name] = "Please fill this in."
            continue
        try:
            item.convert(typed)
        except BadInput as error:
            wrong[item.name] = error.message
    return wrong


def refused(refusal: Refusal, values: Mapping[str, str]) -> Json:
    """Return why a form was not taken, for the page that leaves it open: beside the wrong input where there is one.

    values: what was sent, by the inputs' names
    """
    why = plain(refusal.why)
    beside = refusal.field and refusal.field in values
    return {"wrong": {refusal.field: why}} if beside else {"wrong": {}, "problem": why}
