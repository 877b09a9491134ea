"""Our vocabulary of conversation: what a capability says and hears, whatever platform carries it.

Standard library only; imports nothing else of Rung.
"""

from bot.chat.action import Action, act
from bot.chat.command import Choice, Cog, Range, Suggest, action, command, submit, suggest
from bot.chat.context import Caller, Context, Place, Standing
from bot.chat.errors import BadInput, ChatError, NotAllowed, NotFound, Unavailable
from bot.chat.form import Form, Input, PlaceInput, SelectInput, TextInput
from bot.chat.listen import Message, listen
from bot.chat.markup import esc, mention
from bot.chat.reply import (
    PRIVATE,
    PUBLIC,
    Button,
    Buttons,
    Card,
    Choices,
    Divider,
    Field,
    Fields,
    File,
    Part,
    Picture,
    Progress,
    Reply,
    Shows,
    Style,
    Text,
    Tone,
)

__all__ = [
    "PRIVATE",
    "PUBLIC",
    "Action",
    "BadInput",
    "Button",
    "Buttons",
    "Caller",
    "Card",
    "ChatError",
    "Choice",
    "Choices",
    "Cog",
    "Context",
    "Divider",
    "Field",
    "Fields",
    "File",
    "Form",
    "Input",
    "Message",
    "NotAllowed",
    "NotFound",
    "Part",
    "Picture",
    "Place",
    "PlaceInput",
    "Progress",
    "Range",
    "Reply",
    "SelectInput",
    "Shows",
    "Standing",
    "Style",
    "Suggest",
    "Text",
    "TextInput",
    "Tone",
    "Unavailable",
    "act",
    "action",
    "command",
    "esc",
    "listen",
    "mention",
    "submit",
    "suggest",
]
