"""What a lead looks like in chat."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

from babel.dates import format_date

from bot.chat import (
    PUBLIC,
    Button,
    Buttons,
    Card,
    Choice,
    Choices,
    Divider,
    Field,
    Fields,
    Part,
    Reply,
    Shows,
    Style,
    Text,
    Tone,
    act,
    esc,
)
from bot.leads.announce import Announced
from bot.leads.catalog import Page, Shown
from bot.leads.follows import Digest
from bot.leads.place_names import country_name
from bot.leads.views import LeadView
from cogs.paging import turns

_STAGES = {
    "saved": "saved",
    "applied": "you applied",
    "assessment": "you have an assessment",
    "interview": "you have an interview",
    "offer": "you have an offer",
}
_RECENT = 60
"""After so many days a date says more than a number of days."""
_CLOSED = {"closed": "closed", "stale": "not seen for 60 days", "hidden": "hidden"}


def headline(lead: LeadView) -> str:
    """Return a lead in one line of plain text."""
    return f"{lead.title} · {lead.company}"


def facts(lead: LeadView) -> str:
    """Return what is known of a lead in one line of markup: places, term, and what makes it special."""
    parts = [places(lead)] if lead.places else []
    parts += [seasons(lead.seasons)] if lead.seasons else []
    if lead.mode and lead.mode != "on-site":
        parts.append(lead.mode)
    parts += [word for word, on in _flags(lead) if on]
    return " · ".join(esc(part) for part in parts)


def seasons(kept: str) -> str:
    """Return a lead's seasons as people say them: "Fall 2026, Spring or Summer 2027"."""
    by_year: dict[str, list[str]] = {}
    for season in kept.split(", "):
        name, _, year = season.partition(" ") if not season.isdecimal() else ("", "", season)
        by_year.setdefault(year, []).append(name.capitalize())
    return ", ".join(f"{' or '.join(filter(None, names))} {year}".strip() for year, names in by_year.items())


def _flags(lead: LeadView) -> tuple[tuple[str, bool], ...]:
    return (
        (lead.kind, lead.kind not in {"", "internship"}),
        ("part-time", bool(lead.part_time)),
        ("paid", bool(lead.paid)),
        ("unpaid", lead.paid is False),
        ("start-up" if lead.size == "start-up" else "small company", lead.size in {"start-up", "small"}),
        ("research team", bool(lead.research_team)),
        ("no sponsorship", lead.sponsorship == "no"),
        ("citizens only", lead.sponsorship == "citizens only"),
    )


def places(lead: LeadView, most: int = 2) -> str:
    """Return a lead's places in words: "Berlin, Germany; Zurich, Switzerland and 2 more"."""
    shown = []
    for city, region, country in lead.places[:most]:
        name = region if country == "US" and region else country_name(country)
        shown.append(", ".join(part for part in (city, name) if part))
    more = len(lead.places) - most
    return "; ".join(shown) + (f" and {more} more" if more > 0 else "")


def lead_card(lead: LeadView, now: datetime, stage: str = "", past: str = "") -> Card:
    """Return the short card of a lead, with its buttons.

    past: that the member applied here before; only for an answer that nobody else sees, as `stage` is
    """
    line = facts(lead)
    when = _when(lead, now)
    text = "\n".join(part for part in (f"**{esc(lead.company)}**", line, when) if part)
    if stage:
        text += f" · *{_STAGES.get(stage, stage)}*"
    if past:
        text += f"\n*{past}*"
    return Card(lead.title, (Text(text), _buttons(lead, stage)), lead.url, _tone(lead))


def _tone(lead: LeadView) -> Tone:
    if lead.state in _CLOSED:
        return Tone.WARN
    return Tone.GOOD if lead.internship and lead.ml else Tone.PLAIN


def _when(lead: LeadView, now: datetime) -> str:
    if lead.state in _CLOSED:
        return f"**{_CLOSED[lead.state].capitalize()}**"
    seen = lead.posted_at or lead.first_seen
    days = (now - seen).days
    age = "new today" if days < 1 else "1 day ago" if days == 1 else f"{days} days ago"
    if days > _RECENT:
        age = f"posted {format_date(seen, 'd MMM yyyy', locale='en')}"
    if lead.closes_at is not None and lead.closes_at > now:
        return f"{age} · closes {format_date(lead.closes_at, 'd MMM yyyy', locale='en')}"
    return age


def _buttons(lead: LeadView, stage: str) -> Buttons:
    buttons = [] if stage else [Button("Save", act("leads.save", lead.id), style=Style.PRIMARY)]
    if stage in {"", "saved"}:
        buttons.append(Button("Applied", act("leads.applied", lead.id)))
    buttons += [
        Button("Not for me", act("leads.not_for_me", lead.id)),
        Button("Share in thread", act("leads.share_in_thread", lead.id)),
    ]
    return Buttons(tuple(buttons))


def lead_page(
    page: Page,
    now: datetime,
    stages: Mapping[int, str],
    title: str = "",
    pasts: Mapping[int, str] = MappingProxyType({}),
) -> Reply:
    """Return a page of search results with its pager."""
    head = title or f"**{page.total}**{'' if page.spec.gone else ' open'}: {page.spec.in_words()}"
    if not page.leads:
        hint = "Try fewer words, or `/leads search` without `where`." if page.spec.words or page.spec.where else ""
        text = f"Nothing open fits: {page.spec.in_words()}. {hint} `/leads follow` tells you when something comes."
        return Reply(text.replace("  ", " "))
    cards = tuple(lead_card(lead, now, stages.get(lead.id, ""), pasts.get(lead.id, "")) for lead in page.leads)
    return Reply(head, (*cards, Card(parts=_pager(page))))


def _pager(page: Page) -> tuple[Part, ...]:
    beside = turns(page.number, page.pages, lambda number: act("leads.page", page.query, number), "← Previous")
    follow = Button("Follow this search", act("leads.follow_query", page.query))
    return Text(f"Page {page.number} of {page.pages}"), Buttons((*beside, follow))


def full_card(lead: LeadView, shown: Sequence[Shown], now: datetime, stage: str, others: int, past: str = "") -> Card:
    """Return everything that is known of a lead, and why we think so."""
    short = lead_card(lead, now, stage, past)
    fields = [Field("Why it is here", esc("; ".join(lead.why)) or "–")]
    if lead.degrees:
        fields.append(Field("For", esc(", ".join(lead.degrees))))
    if lead.places:
        fields.append(Field("Places", esc(places(lead, most=8))))
    if others:
        fields.append(Field("In the community", f"{others} other{'s' * (others > 1)} saved it"))
    seen = "\n".join(_seen_line(place) for place in shown[:6])
    extra: tuple[Part, ...] = (
        (Fields(tuple(fields)), Text(f"**Seen in**\n{seen}")) if seen else (Fields(tuple(fields)),)
    )
    report = Buttons(tuple(Button(label, act("leads.complain", lead.id, what)) for label, what in _COMPLAINTS))
    return Card(short.title, (*short.parts[:1], *extra, *short.parts[1:], report), short.url, short.tone)


_COMPLAINTS = (("It is closed", "dead"), ("It is wrong", "wrong"), ("It is spam", "spam"))


def _seen_line(place: Shown) -> str:
    since = format_date(place.first_seen, "d MMM yyyy", locale="en")
    name = f"[{esc(place.source)}]({place.home})" if place.home.startswith("http") else esc(place.source)
    return f"- {name} since {since}" + ("" if place.active else ", gone there")


def announcement(announced: Announced) -> Reply:
    """Return the day's announcement; a lead that closed since says so."""
    total = len(announced.leads) + announced.more
    day = _day(announced.day)
    head = f"**{total} new {'lead' if total == 1 else 'leads'}** · {day}\n{announced.spec.in_words()}"
    parts: list[Part] = []
    for lead in announced.leads:
        parts += [Text(_announced_line(lead)), Divider()]
    open_leads = [lead for lead in announced.leads if lead.state not in _CLOSED]
    if open_leads:
        # One menu and not two buttons a lead: ten leads with buttons are more than a Discord message holds.
        picks = tuple(Choice(lead.title, str(lead.id), lead.company) for lead in open_leads)
        parts.append(Choices(act("leads.open"), "Open a lead, to save it or apply", picks))
    if announced.more:
        parts.append(Buttons((Button(f"Show {announced.more} more", act("leads.rest", announced.id, 1)),)))
    return Reply(head, (Card(parts=tuple(parts), tone=Tone.GOOD),), PUBLIC)


def _announced_line(lead: LeadView) -> str:
    title = f"[{esc(lead.title)}]({lead.url})" if _linkable(lead.url) else f"**{esc(lead.title)}**"
    gone = f" · *{_CLOSED[lead.state]}*" if lead.state in _CLOSED else ""
    return f"{title} · **{esc(lead.company)}**{gone}\n{facts(lead)}".rstrip()


def _linkable(url: str) -> bool:
    return url.startswith(("http://", "https://")) and not any(c in url for c in " ()")


def digest(digests: Sequence[Digest]) -> Reply:
    """Return a member's private message of what is new for what they follow."""
    cards = []
    for found in digests:
        lines = [f"- {_digest_line(lead)}" for lead in found.leads]
        more = found.total - len(found.leads)
        lines += [f"- … and {more} more"] if more else []
        buttons = Buttons(
            (
                Button("See them", act("leads.page", found.follow.query, 1), style=Style.PRIMARY),
                Button("Stop following", act("leads.unfollow", found.follow.id)),
            )
        )
        words = found.follow.spec.in_words()
        cards.append(Card(parts=(Text(f"**New for you: {words}**\n" + "\n".join(lines)), buttons), tone=Tone.GOOD))
    total = sum(d.total for d in digests)
    return Reply(f"{total} new {'lead' if total == 1 else 'leads'} for what you follow", tuple(cards), Shows.PRIVATE)


def _digest_line(lead: LeadView) -> str:
    name = f"[{esc(lead.title)}]({lead.url})" if _linkable(lead.url) else esc(lead.title)
    line = facts(lead)
    return f"{name} · {esc(lead.company)}" + (f" · {line}" if line else "")


def _day(day: date) -> str:
    return format_date(day, "EEEE, d MMMM", locale="en")
