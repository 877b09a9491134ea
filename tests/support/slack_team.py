"""The state of the local Slack: people, conversations, messages, faults, and a record of all that was asked of it."""

import asyncio
import itertools
import random
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

TEAM, TEAM_NAME, APP = "T0RUNG", "Rung test", "A0RUNG"
BOT_USER, BOT_ID = "U0BOT", "B0BOT"
BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-local", "xapp-local", "local-signing-secret"
TRIGGER_SECONDS = 3.0
"""A trigger id opens one view within three seconds (docs.slack.dev/interactivity/handling-user-interaction)."""
RESPONSES, RESPONSE_SECONDS = 5, 1800.0
"""A response_url takes five messages within thirty minutes (same page)."""

Json = dict[str, Any]


class SlackFault(Exception):
    """An answer `{"ok": false, "error": …}`; `status` is 200 unless Slack says otherwise."""

    def __init__(self, error: str, *, status: int = 200, after: float | None = None, **more: object) -> None:
        super().__init__(error)
        self.error, self.status, self.after, self.more = error, status, after, more


class ConnectionLost(Exception):
    """The connection is reset without an answer."""


@dataclass(slots=True)
class Conversation:
    """A channel, or a direct conversation with `user`."""

    id: str
    name: str = ""
    kind: Literal["channel", "private", "direct"] = "channel"
    archived: bool = False
    bot_in: bool = True
    user: str = ""
    messages: list[Json] = field(default_factory=list)

    def message(self, ts: str) -> Json | None:
        return next((m for m in self.messages if m["ts"] == ts), None)


@dataclass(slots=True)
class Fault:
    """Something that goes wrong on demand.

    `what`: "429", "500", "latency", "reset" (before it is taken), "reset_after" (taken, then no answer), or an error of
    Slack such as "is_archived". `after`: seconds of Retry-After or latency. `times`: -1 for ever. `share`: how often.
    """

    what: str
    method: str = "*"
    channel: str = "*"
    times: int = 1
    after: float = 1.0
    share: float = 1.0

    def hits(self, method: str, channel: str, dice: random.Random) -> bool:
        if self.times == 0 or self.method not in {"*", method} or self.channel not in {"*", channel}:
            return False
        if self.share < 1.0 and dice.random() >= self.share:
            return False
        self.times -= self.times > 0
        return True


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the Web API, and how it was answered ("" is well)."""

    method: str
    args: Json
    error: str
    at: float


@dataclass(slots=True)
class ResponseUrl:
    channel: str
    user: str
    message: str
    until: float
    left: int = RESPONSES


class Team:
    """One workspace. `clock` gives seconds since 1970; nothing here sleeps."""

    def __init__(self, clock: Callable[[], float] = time.time, *, keep_calls: int | None = None) -> None:
        self.clock = clock
        self.users: dict[str, Json] = {}
        self.conversations: dict[str, Conversation] = {}
        self.faults: list[Fault] = []
        self.rates: dict[str, tuple[float, float]] = {}  # tokens a second and burst
        self.calls: deque[Call] = deque(maxlen=keep_calls)
        self.responses: list[Json] = []
        self.ephemerals: list[Json] = []
        self.views: dict[str, Json] = {}
        self.opened: list[Json] = []
        self.homes: dict[str, Json] = {}
        self.files: dict[str, Json] = {}
        self.posted: dict[str, Counter[str]] = defaultdict(Counter)
        self.triggers: dict[str, float] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.checks_blocks = True
        self.file_polls = 0  # how often files.info shows a file as not yet ready
        self.changed = asyncio.Condition()
        self.dice = random.Random(0)  # noqa: S311 - faults, not secrets
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}
        self._numbers = itertools.count(1)
        self._last_ts = 0.0
        self.add_user("U1", "ada", organiser=True, zone="Europe/Berlin")
        self.add_user("U2", "grace", zone="America/New_York")
        self.add_user(BOT_USER, "rung", bot=True)
        self.add_channels([("C1", "leads"), ("C2", "random")])

    def add_user(self, user: str, name: str, *, organiser: bool = False, zone: str = "UTC", bot: bool = False) -> None:
        self.users[user] = {
            "id": user,
            "team_id": TEAM,
            "name": name,
            "is_admin": organiser,
            "is_owner": False,
            "is_bot": bot,
            "tz": zone,
            "profile": {"display_name": name, "real_name": name.capitalize()},
        }

    def add_channels(self, channels: Iterable[tuple[str, str]]) -> list[str]:
        added = [Conversation(id=channel, name=name) for channel, name in channels]
        self.conversations.update({c.id: c for c in added})
        return [c.id for c in added]

    def number(self) -> int:
        return next(self._numbers)

    def ts(self) -> str:
        """A message's time, which is its id: unique and growing."""
        self._last_ts = max(self.clock(), self._last_ts + 0.000_001)
        return f"{self._last_ts:.6f}"

    def conversation(self, channel: object, *, writing: bool = False) -> Conversation:
        found = self.conversations.get(str(channel))
        if found is None:
            raise SlackFault("channel_not_found")
        if writing and found.archived:
            raise SlackFault("is_archived")
        if not found.bot_in:
            raise SlackFault("not_in_channel")
        return found

    def direct(self, user: str) -> Conversation:
        """The conversation between the bot and a person, opened when it is not yet there."""
        if user not in self.users:
            raise SlackFault("user_not_found")
        channel = f"D{user}"
        return self.conversations.setdefault(channel, Conversation(id=channel, kind="direct", user=user))

    def post(self, conversation: Conversation, body: Json) -> Json:
        """Put a message of the bot into a conversation, and count it by its metadata's key."""
        kept = {k: v for k, v in body.items() if k in {"text", "blocks", "thread_ts", "metadata", "files"} and v}
        message: Json = {"type": "message", "user": BOT_USER, "bot_id": BOT_ID, "ts": self.ts(), **kept}
        conversation.messages.append(message)
        key = (body.get("metadata") or {}).get("event_payload", {}).get("key")
        if key is not None:
            self.posted[conversation.id][str(key)] += 1
        return message

    def forget(self) -> None:
        """Forget what was said and what goes wrong; people and conversations stay."""
        for kept in (self.faults, self.rates, self.calls, self.responses, self.ephemerals, self.posted, self._buckets):
            kept.clear()
        for conversation in self.conversations.values():
            conversation.messages.clear()

    def doubled(self) -> dict[str, int]:
        """`channel key` of what was posted more than once, and how often."""
        return {f"{c} {key}": n for c, counts in self.posted.items() for key, n in counts.items() if n > 1}

    def trigger(self) -> str:
        trigger = f"{self.number()}.{TEAM}.trigger"
        self.triggers[trigger] = self.clock() + TRIGGER_SECONDS
        return trigger

    def take_trigger(self, trigger: object) -> None:
        until = self.triggers.pop(str(trigger), None)
        if until is None:
            raise SlackFault("exchanged_trigger_id")
        if until < self.clock():
            raise SlackFault("expired_trigger_id")

    def response_id(self, channel: str, user: str, message: str = "") -> str:
        number = f"r{self.number()}"
        self.response_urls[number] = ResponseUrl(channel, user, message, self.clock() + RESPONSE_SECONDS)
        return number

    def limit(self, method: str, channel: str) -> None:
        """Take a token of the method's bucket; raises the 429 that Slack gives when there is none."""
        if method not in self.rates:
            return
        rate, burst = self.rates[method]
        now, key = self.clock(), (method, channel if method == "chat.postMessage" else "")
        left, at = self._buckets.get(key, (burst, now))
        left = min(burst, left + (now - at) * rate)
        self._buckets[key] = (left - 1 if left >= 1 else left, now)
        if left < 1:
            raise SlackFault("ratelimited", status=429, after=max(1.0, round((1 - left) / rate)))

    def fault(self, method: str, channel: str) -> Fault | None:
        return next((f for f in self.faults if f.hits(method, channel, self.dice)), None)

    async def note(self, call: Call) -> None:
        """Record a call and wake whoever waits for something to happen."""
        self.calls.append(call)
        async with self.changed:
            self.changed.notify_all()

    async def until(self, happened: Callable[[], object], seconds: float = 60.0) -> None:
        """Wait until something is true; the time is only a net under a test that hangs."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(lambda: bool(happened()))

    def called(self, method: str) -> list[Json]:
        """The arguments of all calls of a method that went well, in order."""
        return [c.args for c in self.calls if c.method == method and not c.error]

    def summary(self) -> Json:
        """Numbers for the control interface."""
        return {
            "calls": dict(Counter(c.method for c in self.calls)),
            "errors": dict(Counter(f"{c.method} {c.error}" for c in self.calls if c.error)),
            "posted": sum(sum(counts.values()) for counts in self.posted.values()),
            "keys": sum(len(counts) for counts in self.posted.values()),
            "channels": len(self.conversations),
            "faults": [asdict(f) for f in self.faults],
        }
