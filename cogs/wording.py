"""Small words that several cards share."""

from collections.abc import Sequence

from bot.chat import BadInput

_MOST_WORDS = 10


def listed(words: Sequence[str]) -> str:
    """Return one or more words as a list in a sentence: "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def counted(number: int, word: str) -> str:
    """Return how many there are of something: "1 week", "2 weeks"."""
    return f"{number} {word}{'s' * (number != 1)}"


def web_link(typed: str, field: str = "link") -> str:
    """Return a link as it was typed, "" for none. Raises BadInput for what is no web address; `field` is the input."""
    url = typed.strip()
    if url and not url.lower().startswith(("https://", "http://")):
        raise BadInput("A link begins with https://. Paste it from the address bar.", field=field)
    return url


def word_list(typed: str, field: str) -> tuple[str, ...]:
    """Return what was typed with commas between, each once. Raises BadInput for more than ten; `field` is the input."""
    words = tuple(dict.fromkeys(word for part in typed.split(",") if (word := " ".join(part.split()))))
    if len(words) > _MOST_WORDS:
        raise BadInput(f"At most {_MOST_WORDS} {field}.", field=field)
    return words
