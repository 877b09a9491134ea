"""Small words that several cards share."""

from collections.abc import Sequence


def listed(words: Sequence[str]) -> str:
    """Return one or more words as a list in a sentence: "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def counted(number: int, word: str) -> str:
    """Return how many there are of something: "1 week", "2 weeks"."""
    return f"{number} {word}{'s' * (number != 1)}"
