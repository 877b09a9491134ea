"""What Discord takes at most (docs.discord.com/developers/components/reference; Components V2)."""

from bot.chat.limits import Limits

MAX_TEXT = 4000
"""Characters of all texts of a message together, escapes included."""
MARK = 12
"""Characters of the mark by which a delivery is known again, and half of those that hide it in a text."""
MAX_COMPONENTS = 40
MAX_FILES = 10
MAX_BUTTON_URL = 512
MAX_TITLE_URL = 600
"""Ours, not Discord's: a longer address would eat the message's text."""
MAX_PICTURE_URL = 2000
MAX_ID = 100
"""Characters of a custom_id."""
MAX_VALUE = 100
"""Characters of an option's value."""
MAX_COMMAND_HELP = 100
MAX_COMMAND_CHOICES = 25
MAX_FORM_PARTS = 5
"""Inputs and texts of a form together."""
MAX_THREAD_NAME = 100
MAX_NONCE = 25

LIMITS = Limits(
    text=MAX_TEXT - 2 * MARK,
    message=MAX_TEXT - 2 * MARK,
    title=200,
    field=240,  # three to a text, so that even if every character is escaped they fit into one message
    fields=3,
    label=80,  # a button's; an option would take 100
    row=5,
    choices=25,
    hint=100,
    alt=1024,
    components=MAX_COMPONENTS,
    form_title=45,
    input_label=45,
    form_inputs=MAX_FORM_PARTS,
    input_text=4000,
)
