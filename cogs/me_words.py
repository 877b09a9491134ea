"""What a member's own pages look like: profile, notifications, links, export, forgetting."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat import Button, Buttons, Card, Field, Fields, Reply, Style, Text, Tone, act, esc
from bot.community.profiles import About
from bot.community.telling import Notification
from bot.me.communities import Group, Union
from bot.me.linking import Offer, Side
from cogs.wording import counted, listed

KINDS: Mapping[Notification, str] = {
    Notification.LEADS: "New leads of searches you follow",
    Notification.CLOSED_LEADS: "A lead you saved has closed",
    Notification.FOLLOW_UPS: "Time to follow up an application",
    Notification.DEADLINES: "Deadlines of leads you saved",
    Notification.GOALS: "Goals and check-ins of the week",
    Notification.PODS: "Your pod or pair",
    Notification.ROUNDS: "Mock-interview rounds",
    Notification.DAILY_QUESTION: "A practice question every day",
}
_PLATFORMS = {"discord": "Discord", "slack": "Slack", "web": "the web chat", "terminal": "the terminal"}


def profile_card(told: About, now: datetime) -> Card:
    """Return what a member told of themselves, with buttons to change it."""
    clock = now.astimezone(ZoneInfo(told.zone)).strftime("%H:%M")
    guessed = "" if told.zone_confirmed else ", guessed"
    shows = {True: "yes", False: "no", None: "not decided"}[told.shows_steps]
    if told.shows_steps:
        shows += ", also with an offer" if told.shows_offers else ", without offers"
    facts = (
        ("Name", esc(told.name)),
        ("Degree", esc(told.degree)),
        ("Degree ends", str(told.year or "")),
        ("Topics", esc(", ".join(told.topics))),
        ("Places", esc(", ".join(told.places))),
        ("Time zone", f"{esc(told.zone)} (now {clock}{guessed})"),
        ("Private messages at", f"{told.hour:02}:00"),
        ("Others see me by name", shows),
        ("GitHub (only you see it)", esc(told.github)),
        ("Work permit (only you see it)", esc(told.permit_notes)),
    )
    confirm = () if told.zone_confirmed else (Button("The time zone is right", act("me.confirm_zone")),)
    buttons = (
        Button("Change what others see", act("me.edit"), style=Style.PRIMARY),
        Button("Change what is private", act("me.edit_private")),
        *confirm,
    )
    fields = Fields(tuple(Field(name, value or "–") for name, value in facts))
    return Card("Your profile", (fields, Buttons(buttons)))


def notification_card(wanted: Mapping[Notification, bool]) -> Card:
    """Return every kind of private message, and a button for each that turns it on or off."""
    lines = [f"- {'On' if wanted[kind] else 'Off'} · {words}" for kind, words in KINDS.items()]
    buttons = tuple(
        Button(f"Turn {'off' if on else 'on'}: {_short(kind)}", act("me.notify", kind.value, "no" if on else "yes"))
        for kind, on in ((kind, wanted[kind]) for kind in KINDS)
    )
    hint = Text(
        "They come privately, at your own hours; what has one moment for several people (pods, rounds), at that one. "
        "`/me zone` says where you live."
    )
    return Card("What Rung tells you privately", (Text("\n".join(lines)), Buttons(buttons), hint))


def code_card(code: str) -> Card:
    """Return a code for a member's other account."""
    text = (
        f"On your **other** account, enter `/me link code:{code}` within ten minutes.\n\n"
        "Never give this code to anybody, and enter no code that somebody else sent you: whoever joins accounts with "
        "it reads everything of both."
    )
    return Card("Link your other account", (Text(text),), tone=Tone.WARN)


def offer_card(offer: Offer) -> Card:
    """Return what would be joined, to be confirmed."""
    text = (
        f"**{esc(offer.first.name)}**, {_where(offer.first)}, here since {_day(offer.first)}: {offer.first.holds}.\n"
        f"**{esc(offer.second.name)}** (this account), {_where(offer.second)}, here since {_day(offer.second)}: "
        f"{offer.second.holds}.\n\n"
        f"They become one member called {esc(offer.first.name)}; both accounts see everything of both. It can't be "
        "undone. Go on only if both accounts are yours and you made the code yourself."
    )
    buttons = (
        Button("Both are mine: join them", act("me.join", offer.number), style=Style.PRIMARY),
        Button("Don't join", act("me.stay_apart", offer.number)),
    )
    return Card("Are both of these you?", (Text(text), Buttons(buttons)), tone=Tone.WARN)


def linked_notice(second: Side) -> Reply:
    """Return what the first account is told once another one joined it."""
    text = (
        f"The account **{esc(second.name)}** ({_where(second)}) was linked to yours with a code that you made. "
        "You are one member now. If that was not you, tell an organiser right away."
    )
    return Reply(cards=(Card("Another account was linked to yours", (Text(text),), tone=Tone.WARN),))


def community_code_card(code: str) -> Card:
    """Return a code for an organiser of another workspace."""
    text = (
        f"In the **other** workspace, an organiser enters `/community join code:{code}` within ten minutes. "
        "That workspace then belongs to this community, and members can link their accounts. "
        "Give the code only to an organiser whom you know."
    )
    return Card("Join another workspace to this community", (Text(text),), tone=Tone.WARN)


def union_card(union: Union) -> Card:
    """Return which communities would be joined, to be confirmed."""
    text = (
        f"This community ({_group(union.second)}) joins that of {_group(union.first)}. Leads, boards and members are "
        "shared from then on; who is in both with the same account becomes one member. It can't be undone."
    )
    buttons = (
        Button("Join the communities", act("community.unite", union.number), style=Style.PRIMARY),
        Button("Don't join", act("community.stay_apart", union.number)),
    )
    return Card("Two communities become one", (Text(text), Buttons(buttons)), tone=Tone.WARN)


def united_notice(second: Group) -> Reply:
    """Return what the organiser who made the code is told."""
    text = Text(f"{_group(second)} joined your community with the code that you made.")
    return Reply(cards=(Card("Two communities became one", (text,)),))


def forget_card() -> Card:
    """Return what forgetting does, and the way to it."""
    text = (
        "This deletes your profile, accounts, applications, goals, follows, reports, shares that you began, drafts, "
        "private messages, and what you wrote in the web chat, here and on every account that you linked. What you "
        "achieved still counts for the community, without your name. What Discord or Slack keep of the conversation "
        "is theirs and stays.\n\nIt can't be undone. `/me export` gives you a copy first."
    )
    buttons = Buttons((Button("Go on", act("me.ask_word"), style=Style.DANGER), Button("Export first", act("me.pack"))))
    return Card("Forget everything about me", (Text(text), buttons), tone=Tone.BAD)


def _group(group: Group) -> str:
    names = ", ".join(f"**{esc(name)}**" for name in group.workspaces)
    return f"{names}, {counted(group.members, 'member')}"


def _where(side: Side) -> str:
    return "on " + listed([_PLATFORMS.get(each, each) for each in side.platforms]) if side.platforms else "nowhere"


def _day(side: Side) -> str:
    return f"{side.since.day} {side.since:%B %Y}"


def _short(kind: Notification) -> str:
    return kind.value.replace("_", " ")
