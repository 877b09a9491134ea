"""`/interview stats`: a member's own answers by topic over time, with their uncertainty, and what to read next."""

import asyncio

from bot.charts.topics import TopicLine, topics_picture
from bot.chat import (
    PRIVATE,
    Button,
    Buttons,
    Card,
    Cog,
    Context,
    File,
    Part,
    Picture,
    Reply,
    Style,
    Text,
    act,
    action,
    command,
    esc,
)
from bot.interviews.bank import Bank
from bot.interviews.practice_stats import ENOUGH, WEEKS, Band, PracticeStats, Stats, TopicStats
from bot.steps.kinds import Step
from cogs.interview_bank_words import short
from cogs.interview_feedback_words import percent
from cogs.interview_topics import literal, topic_name
from cogs.wording import counted, listed

_SHORT = 90
"""Characters of a question that was missed."""
DRAWN = 7
"""Topics in the picture: more are not read on a phone."""
_WHO = {
    "rubric": "the rubric alone",
    "model": "a language model",
    "peers": "others",
    "yourself": "yourself (“I don't know”)",
}


_LEGEND = "Dots: answers. Line: best guess. Band: where it lies eight times in ten."


class InterviewStats(Cog):
    """Mock interviews: rounds with others, pairs, and practice alone."""

    name = "interview"

    def __init__(self, stats: PracticeStats) -> None:
        self._stats = stats

    @command()
    async def stats(self, ctx: Context) -> Reply:
        """Show how you do by topic over time, and what to read next; only you see it."""
        return await stats_reply(await self._stats.of(ctx.member))

    @action()
    async def my_stats(self, ctx: Context) -> Reply:
        """Show how you do by topic."""
        return await self.stats(ctx)


async def stats_reply(stats: Stats) -> Reply:
    """Return the card of a member's answers with its picture."""
    begin = Button("Practise", act("interview.practise_next"), style=Style.PRIMARY)
    if not stats.topics:
        text = "Nothing is graded yet. A first answer in `/interview practice` takes three minutes."
        return Reply(cards=(Card("Your interviews", (Text(text), Buttons((begin,)))),), shows=PRIVATE)
    shown = stats.topics[:DRAWN]
    lines = [TopicLine(topic_name(t.topic), [_span(week) for week in t.weeks], t.dots) for t in shown]
    drawing = topics_picture("Key points you make, by topic", _LEGEND, lines)
    alt = "; ".join(f"{topic_name(t.topic)}: {_figures(t)}" for t in shown)
    parts: list[Part] = [Picture("topics.png", f"Your last {WEEKS} weeks by topic. {alt}."[:1000])]
    parts.append(Text(_verdict(stats)))
    parts += [Text(text) for text in (_to_read(stats), _honest(stats)) if text]
    buttons = [Button("Practise", act("interview.practise_next", stats.weakest or ""), style=Style.PRIMARY)]
    buttons.append(Button("What comes back", act("interview.comes_back")))
    if stats.step in {Step.SKILLS, Step.TOPIC}:
        buttons.append(Button(f"Step {stats.step} of the playbook", act("playbook.open", stats.step)))
    file = File("topics.png", await asyncio.to_thread(drawing.png), "image/png")
    return Reply(cards=(Card("Your interviews", (*parts, Buttons(tuple(buttons)))),), files=(file,), shows=PRIVATE)


def _span(band: Band | None) -> tuple[float, float, float] | None:
    return (band.mean, band.low, band.high) if band else None


def _figures(topic: TopicStats) -> str:
    now = topic.now
    return f"{percent(now.mean)} ({percent(now.low)} to {percent(now.high)}) of {counted(topic.answers, 'answer')}"


def _verdict(stats: Stats) -> str:
    if stats.strongest and stats.weakest:
        by_name = {topic.topic: topic for topic in stats.topics}
        strong, weak = by_name[stats.strongest], by_name[stats.weakest]
        return (
            f"**Strongest:** {esc(topic_name(strong.topic))}, {_figures(strong)}\n"
            f"**Weakest:** {esc(topic_name(weak.topic))}, {_figures(weak)}"
        )
    return (
        f"Your topics can't be told apart yet: their bands overlap. {ENOUGH} answers in a topic are the least, "
        "ten say more; one round says little."
    )


def _to_read(stats: Stats) -> str:
    """Return what to read on the lowest topic: what was missed there, and where it is explained."""
    if stats.lowest is None:
        return ""
    on = esc(topic_name(stats.lowest))
    head = on if stats.weakest else f"{on}, your lowest so far, which may be chance"
    lines = [f"- {literal(short(gap.question, _SHORT))} *{esc(gap.point)}*" for gap in stats.missed]
    lines += [f"- [{esc(link.title)}]({link.url})" for link in Bank.load().reading(stats.lowest)]
    return f"**What to read next** ({head})\n" + "\n".join(lines) if lines else ""


def _honest(stats: Stats) -> str:
    """Return who graded: a band is worth what its grader is."""
    who = listed([f"{count} by {_WHO[name]}" for name, count in stats.graders.items()])
    hint = " The rubric compares words, so take its part as a hint." if "rubric" in stats.graders else ""
    return f"*Graded: {who}.{hint}*"
