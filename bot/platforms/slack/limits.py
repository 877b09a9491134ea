"""What Slack takes at most (docs.slack.dev/reference/block-kit and /reference/views)."""

from bot.chat.limits import Limits

MAX_SECTION = 3000
"""Characters of a section's text, escapes included."""
MAX_FIELD = 2000
"""Characters of one field of a section, its name and escapes included."""
MAX_MESSAGE = 13_000
"""Characters of text in all blocks; above about 13,200 Slack answers `msg_blocks_too_long` (observed only)."""
MAX_LABEL = 75
MAX_OPTION_HINT = 75
MAX_OPTION_VALUE = 150
MAX_URL = 3000
MAX_FALLBACK = 3000
"""Characters of the `text` beside the blocks; Slack advises 4,000 at most."""
MAX_RESPONSES = 5
"""Messages that one response_url takes."""

LIMITS = Limits(
    text=MAX_SECTION,
    message=12_000,
    title=145,  # a header takes 150; the rest is for the mark of a card's tone
    field=950,  # name and value share the 2,000 of a field
    fields=10,
    label=MAX_LABEL,
    row=25,
    choices=100,
    hint=150,
    alt=2000,
    components=50,
    form_title=24,
    input_label=2000,
)
