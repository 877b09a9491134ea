"""Puts the graders together, for every room that has answers to grade."""

from bot.db import Database
from bot.interviews.grading.grades import Graders
from bot.interviews.grading.model import ModelGrader
from bot.interviews.grading.rubric import RubricGrader
from bot.llm.budget import Budget, Limits, Prices
from bot.llm.client import Model, Reach
from bot.settings import Settings
from bot.wiring.kit import Clock, Kit


def model_of(settings: Settings, database: Database, clock: Clock) -> tuple[Budget, Model]:
    """Return the model of the settings, and the budget that it is kept within."""
    limits = Limits(settings.model_member_tokens, settings.model_community_tokens, settings.model_day_tokens)
    prices = Prices(settings.model_price_read, settings.model_price_written)
    budget = Budget(database, clock, limits, prices)
    key = settings.openai_api_key.get_secret_value()
    return budget, Model(Reach(settings.model, key, settings.openai_base_url, settings.model_seconds), budget)


def graders(kit: Kit) -> Graders:
    """Return the graders as the settings have them."""
    return Graders(RubricGrader(), ModelGrader(kit.model), offload=kit.offload)
