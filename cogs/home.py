"""A member's own page: what they saved, what they follow, and what to do next."""

from bot.applications.pipeline import Pipeline
from bot.chat import Button, Buttons, Caller, Card, Choice, Choices, Reply, Text, Tone, act, esc
from bot.chat.router import Directory
from bot.leads.catalog import Catalog
from bot.leads.follows import Follows
from cogs.lead_cards import facts

RECENT = 8


class HomePage:
    """Makes the page that Slack shows in the Home tab."""

    def __init__(self, directory: Directory, pipeline: Pipeline, follows: Follows, catalog: Catalog) -> None:
        self._directory = directory
        self._pipeline = pipeline
        self._follows = follows
        self._catalog = catalog

    async def __call__(self, caller: Caller) -> Reply:
        """Return the page of who asks."""
        standing = await self._directory.standing(caller)
        stages = await self._pipeline.latest(standing.member, RECENT)
        leads = await self._catalog.many(list(stages), standing.community)
        follows = await self._follows.of(standing.member)
        lines = [f"- **{esc(v.title)}** · {esc(v.company)} · *{stages[v.id]}*\n  {facts(v)}" for v in leads]
        begin = "Nothing saved yet. `/leads today` shows what is new; Save keeps a lead here."
        pipeline: tuple[Text | Choices, ...] = (Text("\n".join(lines) or begin),)
        if leads:
            picks = tuple(Choice(v.title, str(v.id), v.company) for v in leads)
            pipeline += (Choices(act("leads.open"), "Open a lead", picks),)
        followed = "\n".join(f"- {f.spec.in_words()}" for f in follows) or "You follow no search yet."
        buttons = Buttons((Button("See new matches", act("leads.page", follows[0].query, 1)),)) if follows else None
        return Reply(
            f"Welcome, {esc(caller.user_name)}.",
            (
                Card("Your leads", pipeline, tone=Tone.GOOD),
                Card("Searches you follow", (Text(followed), *((buttons,) if buttons else ()))),
            ),
        )
