"""Every table of the house, gathered for Alembic and for tests. Importing this module fills `Base.metadata`."""

import bot.accountability.models
import bot.accountability.pods_models
import bot.applications.models
import bot.community.models
import bot.interviews.practice_models
import bot.interviews.questions_models
import bot.interviews.rounds_models
import bot.leads.member_models
import bot.leads.models
import bot.llm.models
import bot.me.models
import bot.platforms.web.models
import bot.steps.models
import bot.work.models  # noqa: F401 - imported for its tables, as those above
from bot.db import Base

metadata = Base.metadata
