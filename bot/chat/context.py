"""Who speaks, where: as the platform saw it (`Caller`) and as the community knows it (`Standing`)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

PlaceKind = Literal["channel", "thread", "direct"]


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, a thread or a direct conversation; `id` as the platform writes it."""

    id: str
    name: str = ""
    kind: PlaceKind = "channel"
    parent: str = ""
    """The channel of a thread."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who did something, as the platform saw it. `workspace` is empty in a direct conversation without one."""

    platform: str
    workspace: str
    user: str
    user_name: str
    place: Place
    organiser: bool = False
    workspace_name: str = ""
    zone: str = ""
    """IANA time zone, where the platform tells it."""
    message: str = ""
    """The id of the message whose button was clicked, else empty."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The same person as the community knows them; ids are ours."""

    community: int
    workspace: int
    member: int
    zone: str = "UTC"
    """The member's IANA time zone, else the community's."""


@dataclass(frozen=True, slots=True)
class Context:
    """All that a handler may know of whom it answers."""

    caller: Caller
    standing: Standing
    now: datetime

    @property
    def member(self) -> int:
        """The member's id."""
        return self.standing.member

    @property
    def community(self) -> int:
        """The community's id."""
        return self.standing.community

    @property
    def workspace(self) -> int:
        """The workspace's id."""
        return self.standing.workspace

    @property
    def zone(self) -> str:
        """The member's IANA time zone."""
        return self.standing.zone

    @property
    def organiser(self) -> bool:
        """Whether the person may manage the workspace."""
        return self.caller.organiser

    @property
    def place(self) -> Place:
        """Where it was said."""
        return self.caller.place
