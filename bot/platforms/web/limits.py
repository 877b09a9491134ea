"""What a message of the web chat holds at most. Nobody sets these limits but us: they keep a page quick to draw."""

from bot.chat.limits import Limits

MAX_LINE = 4_000
"""Characters that a member may write at once."""
MAX_REQUEST = 128 * 1024
"""Bytes of one request of a page; a form of five long inputs fits in."""
MAX_UNDER_WAY = 8
"""Requests of one tab that are answered at the same time."""
MAX_BACKLOG = 500
"""Messages that wait for a tab whose network is slow; after that it is disconnected and catches up by itself."""
PAGE = 50
"""Messages of a place that are shown at once."""

LIMITS = Limits(
    text=20_000,
    message=60_000,
    title=300,
    field=1_000,
    fields=24,
    label=80,
    row=25,
    choices=100,
    hint=200,
    alt=1_000,
    components=400,
    form_title=120,
    input_label=120,
    form_inputs=5,
    input_text=10_000,
)
