"""What organisers are told, once, when a place can't be reached."""

from bot.chat import Card, Reply, Text, Tone, esc

_CHOSEN_BY = {"accountability": "/goals setup", "interviews": "/interview setup", "pods": "/pods setup"}
"""Commands by which the place for a role is chosen; of all others it is `/setup`."""


def trouble_notice(place: str, role: str, kind: str) -> Reply:
    """Return the word to an organiser about a place that is gone or closed to the bot."""
    why = "does not exist any more" if kind == "gone" else "does not let me write"
    command = _CHOSEN_BY.get(role, "/setup")
    todo = (
        f"Choose another one with `{command}`."
        if kind == "gone"
        else f"Let me write there, or choose another with `{command}`."
    )
    text = f"The place for **{esc(role)}** (`{esc(place)}`) {why}. {todo} I try again now and then; this is said once."
    return Reply(cards=(Card("A place can't be reached", (Text(text),), tone=Tone.WARN),))
