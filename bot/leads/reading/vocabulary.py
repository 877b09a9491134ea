"""All the phrases that the rules look for in a title, by kind; what each kind should hold stands in docs/labelling.md.

The phrases are written without accents and in lower case, a `|` or a new line between them; a `*` ends a stem.
"""

from typing import Final

from bot.leads.reading import internships, learning, trades
from bot.leads.reading.phrases import Vocabulary


def _phrases(text: str) -> list[str]:
    return [phrase.strip() for line in text.strip().splitlines() for phrase in line.split("|") if phrase.strip()]


TITLE: Final = Vocabulary(
    {
        "internship": _phrases(internships.INTERNSHIP),
        "romance internship": _phrases(internships.ROMANCE_INTERNSHIP),
        "student": _phrases(internships.STUDENT),
        "stage": _phrases(internships.STAGE),
        "placement": _phrases(internships.PLACEMENT),
        "summer": _phrases(internships.SUMMER),
        "not internship": _phrases(internships.NOT_INTERNSHIP),
        "neutral": _phrases(internships.NEUTRAL),
        "ai": _phrases(learning.AI),
        "romance ai": _phrases(learning.ROMANCE_AI),
        "romance": _phrases(learning.ROMANCE),
        "field": _phrases(learning.FIELD),
        "role": _phrases(learning.ROLE),
        "research scientist": _phrases(learning.RESEARCH_SCIENTIST),
        "research": _phrases(learning.RESEARCH),
        "autonomy": _phrases(learning.AUTONOMY),
        "technical": _phrases(learning.TECHNICAL),
        "trade": _phrases(trades.TRADE),
        "function": _phrases(trades.FUNCTION),
        "business": _phrases(trades.BUSINESS),
        "hardware": _phrases(trades.HARDWARE),
        "other science": _phrases(trades.OTHER_SCIENCE),
    },
    hides=frozenset({"neutral"}),
)
