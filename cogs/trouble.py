"""What organisers are told, once, when a place can't be reached."""

from bot.chat import Card, Reply, Text, Tone, esc


def trouble_notice(place: str, role: str, kind: str) -> Reply:
    """Return the word to an organiser about a place that is gone or closed to the bot."""
    why = "does not exist any more" if kind == "gone" else "does not let me write"
    todo = (
        "Choose another one with `/setup`."
        if kind == "gone"
        else "Let me write there, or choose another with `/setup`."
    )
    text = f"The place for **{esc(role)}** (`{esc(place)}`) {why}. {todo} I try again now and then; this is said once."
    return Reply(cards=(Card("A place can't be reached", (Text(text),), tone=Tone.WARN),))
