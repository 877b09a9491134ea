"""What is asked next in practice: what is due, else what is new, else what will be due the soonest."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.chat import NotFound
from bot.interviews.bank import Bank, Question


@dataclass(frozen=True, slots=True)
class Due:
    """What comes back to a member: the questions that are due, and when the later ones will be; the soonest first."""

    now: tuple[Question, ...]
    later: tuple[tuple[Question, datetime], ...]


def pick_next(
    bank: Bank, cards: Mapping[str, datetime], now: datetime, topic: str = "", level: int = 0, other_than: str = ""
) -> Question:
    """Return what to ask next of a bank, as `Practice.ask` says; of what is new any, the same one all day long."""
    fitting = {each.id: each for each in bank.find(topic or None, level or None) if each.id != other_than}
    if not fitting:
        raise NotFound("No question fits. `/interview bank` shows all topics and levels.")
    met = [name for name in cards if name in fitting]  # the soonest first
    new = [name for name in fitting if name not in cards]
    if met and (cards[met[0]] <= now or not new):
        return fitting[met[0]]
    day = now.date().isoformat()
    return fitting[random.Random(f"{day} {len(cards)} {other_than}").choice(new)]  # noqa: S311 - no secret
