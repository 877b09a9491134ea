"""Each platform's limits in one table, and the one place where a reply is made to fit them."""

from dataclasses import dataclass, replace
from typing import assert_never

from bot.chat.form import Form, Input, PlaceInput, SelectInput, TextInput
from bot.chat.markup import cut
from bot.chat.reply import (
    Button,
    Buttons,
    Card,
    Choice,
    Choices,
    Divider,
    Field,
    Fields,
    File,
    Part,
    Picture,
    Progress,
    Reply,
    Text,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a platform takes: numbers of characters (text) or of things."""

    text: int
    message: int
    """All text of one message together."""
    title: int
    field: int
    fields: int
    label: int
    row: int
    """Buttons in a row."""
    choices: int
    hint: int
    alt: int
    components: int
    """Parts, rows, buttons and cards of one message together."""
    form_title: int
    input_label: int
    form_inputs: int = 5
    input_text: int = 3000


def fit(reply: Reply, limits: Limits) -> list[Reply]:
    """Return the reply as one message or, where it is too much for one, as several in order.

    Text is cut at a word with an ellipsis; cards that do not fit any more go into the next message, and the files that
    their pictures show go with them.
    """
    text = cut(reply.text, min(limits.text, limits.message))
    pages: list[list[Card]] = [[]]
    used, things = len(text), 1
    for card in (piece for whole in reply.cards for piece in _fit_card(whole, limits)):
        size, weight = _size(card), _weight(card)
        begun = pages[-1] or (text and len(pages) == 1)
        if begun and (used + size > limits.message or things + weight > limits.components):
            pages.append([])
            used = things = 0
        pages[-1].append(card)
        used, things = used + size, things + weight
    later = [Reply(cards=tuple(page), shows=reply.shows, files=_shown_files(reply, page)) for page in pages[1:]]
    moved = {file.name for page in later for file in page.files}
    moved -= {file.name for file in _shown_files(reply, pages[0])}
    files = tuple(file for file in reply.files if file.name not in moved)
    return [replace(reply, text=text, cards=tuple(pages[0]), files=files), *later]


def _shown_files(reply: Reply, cards: list[Card]) -> tuple[File, ...]:
    shown = {part.source for card in cards for part in card.parts if isinstance(part, Picture)}
    return tuple(file for file in reply.files if file.name in shown)


def fit_one(reply: Reply, limits: Limits) -> Reply:
    """Return the reply as exactly one message (deliveries and edits): what is too much is cut, and the cut is said."""
    first, *rest = fit(reply, limits)
    if not rest:
        return first
    kept, left = first.cards, sum(len(page.cards) for page in rest)
    while True:
        note = Card(parts=(Text(f"… and {left} more."),))
        page, *over = fit(replace(first, cards=(*kept, note)), limits)
        if not over:
            return page
        if not kept:
            return replace(first, text=cut(first.text, limits.message - _size(note)), cards=(note,))
        kept, left = kept[:-1], left + 1


def fit_form(form: Form, limits: Limits) -> Form:
    """Return the form within the limits. Raises ValueError when it has too many inputs: that is a mistake in a cog."""
    if len(form.inputs) > limits.form_inputs:
        raise ValueError(f"form {form.title!r} has {len(form.inputs)} inputs; the most is {limits.form_inputs}")
    return replace(
        form,
        title=_short(form.title, limits.form_title),
        button=_short(form.button, 24),
        inputs=tuple(_fit_input(i, limits) for i in form.inputs),
    )


def _fit_input(item: Input, limits: Limits) -> Input:
    label, hint = _short(item.label, limits.input_label), _short(item.hint, limits.hint)
    match item:
        case TextInput():
            most = min(item.max_length, limits.input_text)
            return replace(item, label=label, hint=hint, max_length=most, value=item.value[:most])
        case SelectInput():
            return replace(item, label=label, hint=hint, choices=_fit_choices(item.choices, limits))
        case PlaceInput():
            return replace(item, label=label, hint=hint)
        case _:
            assert_never(item)


def _fit_card(card: Card, limits: Limits) -> list[Card]:
    """Cut a card's parts to size, and split a card that alone is too much for a message."""
    parts = [piece for part in card.parts for piece in _fit_part(part, limits)]
    head = replace(card, title=_short(card.title, limits.title), parts=())
    pieces: list[Card] = []
    current, used, things = head, len(head.title), 2
    for part in parts:
        size, weight = _part_size(part), _part_weight(part)
        if current.parts and (used + size > limits.message or things + weight > limits.components):
            pieces.append(current)
            current, used, things = replace(head, title="", url=""), 0, 2
        current = replace(current, parts=(*current.parts, part))
        used, things = used + size, things + weight
    return [*pieces, current]


def _fit_part(part: Part, limits: Limits) -> list[Part]:
    match part:
        case Text(text):
            return [Text(cut(text, min(limits.text, limits.message)))] if text else []
        case Fields(fields):
            kept = [Field(_short(f.name, limits.field), cut(f.value, limits.field) or "–") for f in fields]
            return [Fields(tuple(kept[i : i + limits.fields])) for i in range(0, len(kept), limits.fields)]
        case Picture():
            return [replace(part, alt=_short(part.alt, limits.alt))]
        case Choices():
            choices = _fit_choices(part.choices, limits)
            return (
                [replace(part, placeholder=_short(part.placeholder, limits.hint), choices=choices)] if choices else []
            )
        case Buttons(buttons):
            short = [_short_button(b, limits) for b in buttons]
            return [Buttons(tuple(short[i : i + limits.row])) for i in range(0, len(short), limits.row)]
        case Progress():
            return [replace(part, label=_short(part.label, limits.field), text=_short(part.text, limits.field))]
        case Divider():
            return [part]
        case _:
            assert_never(part)


def _fit_choices(choices: tuple[Choice, ...], limits: Limits) -> tuple[Choice, ...]:
    return tuple(
        Choice(_short(c.label, limits.label), c.value, _short(c.hint, limits.hint)) for c in choices[: limits.choices]
    )


def _short_button(button: Button, limits: Limits) -> Button:
    return replace(button, label=_short(button.label, limits.label))


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _size(card: Card) -> int:
    # 8 and 2: the marks that a platform puts round a title ("## ", a link) and a line break for each part.
    return len(card.title) + len(card.url) + 8 + sum(_part_size(p) + 2 for p in card.parts)


def _weight(card: Card) -> int:
    return 2 + sum(_part_weight(p) for p in card.parts)


def _part_size(part: Part) -> int:
    match part:
        case Text(text):
            return len(text)
        case Fields(fields):
            return sum(len(f.name) + len(f.value) + 6 for f in fields)
        case Progress(label, _, text):
            return len(label) + len(text) + 20
        case Picture() | Choices() | Buttons() | Divider():
            return 0
        case _:
            assert_never(part)


def _part_weight(part: Part) -> int:
    match part:
        case Buttons(buttons):
            return 1 + len(buttons)
        case Choices() | Picture():
            return 2
        case Text() | Fields() | Progress() | Divider():
            return 1
        case _:
            assert_never(part)
