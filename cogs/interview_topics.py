"""Topics and levels of mock interviews, as members type, pick and read them."""

from typing import Literal

from bot.chat import BadInput, Choice, esc
from bot.interviews.bank import Bank

Level = Literal["mixed", "1", "2", "3"]
How = Literal["private", "open"]
"""How answers are given."""


def level_of(level: Level) -> int:
    """Return a level's number, 0 for mixed."""
    return 0 if level == "mixed" else int(level)


def topic_name(topic: str) -> str:
    """Return a topic as members read it; empty is all of them."""
    return Bank.load().topics().get(topic, topic) if topic else "all topics"


def literal(text: str, mark: str = "") -> str:
    """Return text of several lines as markup, each line literally, in a style's mark ("**", "*") where one is given."""
    return "\n".join(f"{mark}{esc(line)}{mark}" for line in text.splitlines() if line.strip())


def known_topic(typed: str) -> str:
    """Return the topic that somebody typed, by its word or its title; empty for none. Raises BadInput with all."""
    wanted, topics = typed.strip().lower(), Bank.load().topics()
    for topic, title in topics.items():
        if wanted in {topic, title.lower()}:
            return topic
    if wanted:
        raise BadInput(f"I have no questions about “{typed}”. The topics are: {', '.join(topics)}.", field="topic")
    return ""


def topic_choices(typed: str) -> list[Choice]:
    """Complete a topic."""
    topics = Bank.load().topics().items()
    return [Choice(title, topic) for topic, title in topics if typed.lower() in f"{topic} {title}".lower()]
