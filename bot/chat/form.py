"""Forms: a title, a few inputs, and the handler that gets them."""

from dataclasses import dataclass, replace

from bot.chat.reply import Choice


@dataclass(frozen=True, slots=True)
class TextInput:
    """A line of text, or several."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    required: bool = True
    multiline: bool = False
    max_length: int = 300


@dataclass(frozen=True, slots=True)
class SelectInput:
    """One of a few choices (25 at most, Discord's limit)."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    value: str = ""
    hint: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class PlaceInput:
    """A place (channel) of the workspace; its value is the place's id on the platform."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    required: bool = True


Input = TextInput | SelectInput | PlaceInput


@dataclass(frozen=True, slots=True)
class Form:
    """Five inputs at most (Discord's limit). `submit` is the token of a `@submit` handler."""

    title: str
    submit: str
    inputs: tuple[Input, ...]
    intro: str = ""
    button: str = "Save"

    def filled(self, values: dict[str, str]) -> "Form":
        """Return the form with what somebody already typed, so that a mistake costs no typing."""
        kept = tuple(replace(i, value=values[i.name]) if i.name in values else i for i in self.inputs)
        return replace(self, inputs=kept)
