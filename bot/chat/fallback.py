"""A reply as plain text: the terminal's answer, a notification's words, what a screen reader gets."""

from typing import assert_never

from bot.chat.form import Form, PlaceInput, SelectInput, TextInput
from bot.chat.markup import plain
from bot.chat.reply import Button, Buttons, Card, Choices, Divider, Fields, Part, Picture, Progress, Reply, Text

_BAR = 10


def text_of(reply: Reply, *, actions: bool = True) -> str:
    """Return the whole reply as text; with `actions`, buttons show the token that runs them."""
    blocks = [plain(reply.text)] if reply.text else []
    blocks += [card_text(card, actions=actions) for card in reply.cards]
    blocks += [f"[file {file.name}, {len(file.content)} bytes]" for file in reply.files]
    return "\n\n".join(block for block in blocks if block)


def summary_of(reply: Reply, most: int = 300) -> str:
    """Return one line that stands for the reply, for notifications."""
    first = reply.text or next((c.title for c in reply.cards if c.title), "")
    line = " ".join(plain(first, links=False).split()) or "A message from Rung"
    return line if len(line) <= most else line[: most - 1] + "…"


def card_text(card: Card, *, actions: bool = True) -> str:
    """Return a card as text."""
    title = f"{card.title} ({card.url})" if card.url and card.title else card.title
    parts = [part_text(part, actions=actions) for part in card.parts]
    return "\n".join(line for line in (title, *parts) if line)


def part_text(part: Part, *, actions: bool = True) -> str:
    """Return a part as text."""
    match part:
        case Text(text):
            return plain(text)
        case Fields(fields):
            return "\n".join(f"{f.name}: {plain(f.value)}" for f in fields)
        case Picture(_, alt):
            return f"[picture: {alt}]"
        case Choices(action, placeholder, choices):
            if not actions:
                return ""
            return "\n".join([f"{placeholder}:", *(f"  [{c.label}] {action} {c.value}" for c in choices)])
        case Buttons(buttons):
            return "  ".join(_button_text(b) for b in buttons) if actions else ""
        case Progress(label, value, words):
            full = round(max(0.0, min(1.0, value)) * _BAR)
            return f"{label} {'█' * full}{'░' * (_BAR - full)} {words}".rstrip()
        case Divider():
            return "—" * _BAR
        case _:
            assert_never(part)


def _button_text(button: Button) -> str:
    return f"[{button.label}] {button.action or button.url}"


def form_text(form: Form) -> str:
    """Return a form as text: its inputs, their choices and their present values."""
    lines = [form.title, *([plain(form.intro)] if form.intro else [])]
    for item in form.inputs:
        needed = "" if item.required else " (may stay empty)"
        lines.append(f"  {item.name}: {item.label}{needed}" + (f" = {item.value}" if item.value else ""))
        match item:
            case SelectInput():
                lines += [f"      {c.value}" + (f": {c.label}" if c.label != c.value else "") for c in item.choices]
            case TextInput() | PlaceInput():
                pass
            case _:
                assert_never(item)
    return "\n".join([*lines, f"submit: {form.submit}"])
