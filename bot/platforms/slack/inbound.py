"""What Slack sends, as values of ours: slash commands, clicks, modals, messages. Nothing is called here."""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.chat.context import Place, PlaceKind
from bot.chat.listen import Message
from bot.platforms.slack.forms import typed_values
from bot.platforms.slack.render import LINK, SUFFIX
from bot.platforms.slack.wording import line_of

Payload = Mapping[str, Any]
_MARKED = re.compile(r"<(?P<sigil>[@#!]?)(?P<what>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_KINDS: dict[str, PlaceKind] = {"D": "direct"}
_HEARD = frozenset({"", "thread_broadcast", "file_share", "me_message"})
"""Subtypes of messages that people write; others tell of joins, edits, deletions."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was done, and the ways back: `response_url` answers, `trigger` opens one modal within 3 s."""

    team: str
    user: str
    user_name: str = ""
    channel: str = ""
    channel_name: str = ""
    thread: str = ""
    message: str = ""
    response_url: str = ""
    trigger: str = ""
    home: bool = False
    """Whether it was done in the App Home tab, which has no channel."""

    @property
    def place(self) -> Place:
        """The place as the router knows it."""
        if self.thread:
            return Place(place_id(self.channel, self.thread), self.channel_name, "thread", self.channel)
        return Place(self.channel, self.channel_name, _KINDS.get(self.channel[:1], "channel"))

    def carried(self) -> dict[str, str]:
        """What a modal must bring back, so that its answer finds the way."""
        names = ("channel", "channel_name", "thread", "message", "response_url")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Click:
    """A click on a button, or a pick from a menu."""

    origin: Origin
    token: str
    picked: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """A filled-in modal; `view` is the modal as Slack shows it."""

    origin: Origin
    token: str
    values: dict[str, str]
    view: Payload


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that a person wrote."""

    origin: Origin
    message: Message


def place_id(channel: str, thread: str) -> str:
    """Return the id of a thread as a place: `C1/1700000000.000100`."""
    return f"{channel}/{thread}" if thread else channel


def split_place(place: str) -> tuple[str, str]:
    """Return channel and thread ("" for none) of a place's id."""
    channel, _, thread = place.partition("/")
    return channel, thread


def clean(text: str) -> str:
    """Return what a person typed, without the marks that Slack puts round addresses, people and channels."""
    return html.unescape(_MARKED.sub(_unmarked, text)).replace("\u200b", "").strip()


def _unmarked(found: re.Match[str]) -> str:
    what, label = found["what"], found["label"] or ""
    match found["sigil"]:
        case "@":
            return f"@{label or what}"
        case "#":
            return f"#{label or what}"
        case "!":
            return label or f"@{what.split('^')[0]}"
        case _:
            return label if what.startswith(("mailto:", "tel:")) and label else what


def slash(body: Payload) -> tuple[Origin, str]:
    """Return where a slash command was typed, and its line for the router."""
    origin = Origin(
        team=body["team_id"],
        user=body["user_id"],
        user_name=body.get("user_name", ""),
        channel=body["channel_id"],
        channel_name=body.get("channel_name", ""),
        response_url=body.get("response_url", ""),
        trigger=body.get("trigger_id", ""),
    )
    return origin, line_of(body["command"], clean(body.get("text") or ""))


def click(body: Payload) -> Click | None:
    """Return a click or a pick; None for one that only opened an address or cleared a menu."""
    action = body["actions"][0]
    token, picked = action["action_id"].split(SUFFIX, 1)[0], None
    if token == LINK:
        return None
    if action["type"] == "static_select":
        option = action.get("selected_option")
        if not option:
            return None
        picked = option["value"]
    return Click(_clicked_at(body), token, picked)


def _clicked_at(body: Payload) -> Origin:
    container, channel = body.get("container", {}), body.get("channel") or {}
    stamp = container.get("message_ts", "")
    thread = container.get("thread_ts") or (body.get("message") or {}).get("thread_ts", "")
    return Origin(
        team=_team(body),
        user=body["user"]["id"],
        user_name=_user_name(body),
        channel=channel.get("id") or container.get("channel_id", ""),
        channel_name=channel.get("name", ""),
        # The message at the head of a thread bears its own time as the thread's: it stands in the channel.
        thread="" if thread == stamp else thread,
        message=stamp,
        response_url=body.get("response_url", ""),
        trigger=body.get("trigger_id", ""),
        home=(body.get("view") or {}).get("type") == "home",
    )


def submission(body: Payload) -> Submission:
    """Return what was typed into a modal, and where its answer belongs."""
    view = body["view"]
    carried: dict[str, str] = json.loads(view.get("private_metadata") or "{}")
    origin = Origin(
        team=_team(body),
        user=body["user"]["id"],
        user_name=_user_name(body),
        channel=carried.get("channel", ""),
        channel_name=carried.get("channel_name", ""),
        thread=carried.get("thread", ""),
        message=carried.get("message", ""),
        response_url=carried.get("response_url", ""),
        trigger=body.get("trigger_id", ""),
    )
    return Submission(origin, view["callback_id"], typed_values(view["state"]["values"]), view)


def heard(body: Payload, bot_user: str) -> Heard | None:
    """Return a message that a person wrote; None for the bot's own, for edits, and for one that comes twice.

    A mention in a channel comes as `message` and as `app_mention`: only the latter is taken.
    """
    event = body["event"]
    if event.get("bot_id") or not event.get("user") or event["user"] == bot_user or event.get("hidden"):
        return None
    if event.get("subtype", "") not in _HEARD:
        return None
    text, mark = event.get("text") or "", f"<@{bot_user}"
    direct = event.get("channel_type") == "im"
    named = event["type"] == "app_mention"
    if not named and not direct and mark in text:
        return None
    text = re.sub(rf"{re.escape(mark)}(?:\|[^>]*)?>", "", text)
    stamp, thread = event["ts"], event.get("thread_ts", "")
    origin = Origin(
        body["team_id"],
        event["user"],
        channel=event["channel"],
        thread="" if thread == stamp else thread,
        message=stamp,
    )
    return Heard(origin, Message(stamp, clean(text), named or direct))


def _team(body: Payload) -> str:
    return str((body.get("team") or {}).get("id") or body["user"].get("team_id", ""))


def _user_name(body: Payload) -> str:
    user = body["user"]
    return str(user.get("username") or user.get("name") or "")
