"""A round as cards show it."""

from dataclasses import dataclass
from datetime import datetime

from bot.interviews.rounds_machine import Phase

PAIR = "pair"
INVITED = 0
"""A seat since this question is an invitation to a round of two."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A participant, and the first question that was asked of them."""

    member: int
    name: str
    since: int


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round as cards show it. `zone` is the community's."""

    number: int
    community: int
    kind: str
    host: int | None
    topic: str
    level: int
    questions: int
    seconds: int
    is_open: bool
    peers: bool
    phase: Phase
    position: int
    closes_at: datetime
    turns: int
    zone: str
    seats: tuple[Seat, ...]

    @property
    def is_pair(self) -> bool:
        """Whether it is one of interviewer and candidate."""
        return self.kind == PAIR

    def seat_of(self, member: int) -> Seat | None:
        """Return a member's seat."""
        return next((seat for seat in self.seats if seat.member == member), None)

    def asked(self) -> tuple[int, ...]:
        """Return the members who are asked the question under way."""
        if self.is_pair:
            return tuple(member for member in (self.candidate,) if member is not None)
        return tuple(seat.member for seat in self.seats if seat.since <= self.position)

    @property
    def candidate(self) -> int | None:
        """Who answers in a pair: the guest, and the host after half-time. None when somebody left."""
        guest = next((seat.member for seat in self.seats if seat.member != self.host), None)
        return guest if self.position <= (self.questions + 1) // 2 else self._if_seated(self.host)

    @property
    def interviewer(self) -> int | None:
        """Who asks in a pair: the one who does not answer."""
        return next((seat.member for seat in self.seats if seat.member != self.candidate), None)

    def _if_seated(self, member: int | None) -> int | None:
        return member if member is not None and self.seat_of(member) else None
