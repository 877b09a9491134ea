"""Puts the graders together, for every room that has answers to grade."""

from bot.interviews.grading.grades import Graders
from bot.interviews.grading.rubric import RubricGrader
from bot.wiring.kit import Kit


def graders(kit: Kit) -> Graders:
    """Return the graders as the settings have them."""
    del kit  # so far, only the rubric grades
    return Graders(RubricGrader())
