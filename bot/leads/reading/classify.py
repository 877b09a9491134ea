"""Is it a machine-learning internship? Decided from words that anybody can check, the same way every time."""

from dataclasses import dataclass

from bot.leads.reading.descriptions import describe_internship, describe_learning, employ_internship
from bot.leads.reading.rules import Belief, believe_internship, believe_learning, read_title

THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an opening is an internship, whether its role is machine learning, and why."""

    internship: bool
    ml: bool
    score: float
    """Confidence, 0..1, that it is a machine-learning internship; at least a half exactly where it is called one."""
    why: tuple[str, ...]
    """One reason for each answer, naming the words that decided it."""

    @property
    def ml_internship(self) -> bool:
        """Whether it is both."""
        return self.internship and self.ml


def classify(title: str, company: str = "", description: str = "", employment: str = "") -> Verdict:
    """Say whether an opening is an internship and whether its role is machine learning (see docs/labelling.md).

    The title decides. The company only tells what bare "research" means; the kind of employment, as a list words it,
    and a description, in plain text, are read only where the title leaves a question open, and a description has to say
    it of the intern's own work. No network, no state: same words, same verdict.
    """
    read = read_title(title)
    internship = believe_internship(read)
    learning = believe_learning(read, company)
    if employment:
        internship = employ_internship(read, internship, employment)
    if description:
        internship = describe_internship(read, internship, description)
        learning = describe_learning(read, learning, company, description)
    return _verdict(internship, learning)


def _verdict(internship: Belief, learning: Belief) -> Verdict:
    return Verdict(
        internship=internship.confidence >= THRESHOLD,
        ml=learning.confidence >= THRESHOLD,
        score=round(internship.confidence * learning.confidence, 3),
        why=(internship.why, learning.why),
    )
