"""What the state of the sources looks like in chat."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat import Card, Reply, Text, Tone, esc
from bot.leads.health import Health

SHOWN = 15


def sources_reply(sources: Sequence[Health], now: datetime) -> Reply:
    """Return the sources: those in trouble one by one, the healthy ones in a list, and the sums."""
    if not sources:
        return Reply("No source has been asked yet. The first feeds come within minutes of the start.")
    failing = [s for s in sources if s.failures]
    well = sorted((s for s in sources if not s.failures), key=lambda s: -s.ml_internships)
    rows, found = sum(s.seen for s in sources), sum(s.ml_internships for s in sources)
    head = " · ".join((_sum(len(sources), "source"), _sum(rows, "row"), f"{_sum(found, 'ML internship')} among them"))
    cards = []
    if failing:
        lines = [f"- **{_name(s)}**: {esc(s.error)} ({s.failures}× in a row)" for s in failing[:SHOWN]]
        cards.append(Card("In trouble", (Text("\n".join([*lines, *_more(failing)])),), tone=Tone.WARN))
    if well:
        lines = [_line(s, now) for s in well[:SHOWN]]
        cards.append(Card("Answering", (Text("\n".join([*lines, *_more(well)])),), tone=Tone.GOOD))
    return Reply(head, tuple(cards))


def _sum(number: int, word: str) -> str:
    return f"{number:,} {word}{'s' * (number != 1)}"


def _name(source: Health) -> str:
    return f"[{esc(source.name)}]({source.home})" if source.home.startswith("http") else esc(source.name)


def _line(source: Health, now: datetime) -> str:
    rejected = f", {source.rejected} unreadable ({esc(source.example)})" if source.rejected else ""
    counts = f"{_sum(source.seen, 'row')}, {source.ml_internships:,} ML{rejected}"
    return f"- {_name(source)}: {counts} · {_ago(source.ok_at, now)}"


def _ago(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "never"
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return "just now" if minutes < 1 else f"{minutes} min ago"
    hours = minutes // 60
    return f"{hours} h ago" if hours < 48 else f"{hours // 24} days ago"  # noqa: PLR2004 - two days of hours


def _more(sources: Sequence[Health]) -> list[str]:
    return [f"- … and {len(sources) - SHOWN} more"] if len(sources) > SHOWN else []
