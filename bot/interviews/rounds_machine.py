"""Where a round stands and what comes next: pure rules. Rows hold the state, a timer takes the next turn.

    gathering → asking → (scoring) → reading → asking … → closing → over

A turn may be taken at any moment, by any process, and more than once: only what is due happens.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LATE = timedelta(seconds=30)
"""A question whose end comes so much too late was cut off by an outage: then it stays open for a while longer."""
EXTRA = timedelta(seconds=60)
FEWEST_TO_SCORE = 2
"""Answers from which on participants score each other's."""
_MINUTE = timedelta(minutes=1)


class Phase(StrEnum):
    """What a round does."""

    GATHERING = "gathering"
    ASKING = "asking"
    SCORING = "scoring"
    READING = "reading"
    CLOSING = "closing"
    OVER = "over"
    CALLED_OFF = "called_off"


ENDED = (Phase.OVER, Phase.CALLED_OFF)


class Event(StrEnum):
    """What a turn does, besides moving on."""

    NOTHING = "nothing"
    ASK = "ask"
    COUNT_DOWN = "count_down"
    EXTEND = "extend"
    CLOSE = "close"
    SCORED = "scored"
    END = "end"
    CALL_OFF = "call_off"


@dataclass(frozen=True, slots=True)
class Pace:
    """How long each part takes, besides the questions themselves."""

    lobby: timedelta = timedelta(minutes=2)
    grace: timedelta = timedelta(seconds=5)
    """An answer so much after the deadline still counts."""
    quiet: timedelta = timedelta(seconds=20)
    """After the last message, when everybody has answered openly: somebody may be writing on."""
    scoring: timedelta = timedelta(minutes=3)
    reading: timedelta = timedelta(seconds=30)
    closing: timedelta = timedelta(minutes=2)
    """How long grades are waited for at the end."""


@dataclass(frozen=True, slots=True)
class State:
    """All that decides what comes next."""

    phase: Phase
    position: int
    questions: int
    seconds: int
    asked_at: datetime | None
    """When the question under way was asked."""
    closes_at: datetime
    """When the phase ends."""
    due_at: datetime
    """When the next turn was to be taken."""
    seated: int = 0
    answered: int = 0
    last_answer: datetime | None = None
    is_open: bool = False
    open_reviews: int = 0
    """Reviews of the question under way that were handed out and not done."""
    peers: bool = False
    ungraded: int = 0

    @property
    def is_last(self) -> bool:
        """Whether no question comes after this one."""
        return self.position >= self.questions

    @property
    def duration(self) -> timedelta:
        """The time for a question."""
        return timedelta(seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class Move:
    """The next state: what happens, and when the turn after it is due (None at the end)."""

    event: Event
    phase: Phase
    position: int
    closes_at: datetime
    due_at: datetime | None


def next_move(state: State, now: datetime, pace: Pace) -> Move:
    """Return what is to happen now; `Event.NOTHING` moves nothing but the moment of the next turn."""
    match state.phase:
        case Phase.GATHERING if now >= state.closes_at:
            return _ask(state, now) if state.seated else _end(state, Event.CALL_OFF, Phase.CALLED_OFF)
        case Phase.ASKING:
            return _asking(state, now, pace)
        case Phase.SCORING if now >= state.closes_at or not state.open_reviews:
            return _after_question(state, Event.SCORED, now, pace)
        case Phase.READING if now >= state.closes_at:
            return _ask(state, now)
        case Phase.CLOSING if now >= state.closes_at or not state.ungraded:
            return _end(state, Event.END, Phase.OVER)
        case Phase.CALLED_OFF:
            return _end(state, Event.CALL_OFF, Phase.CALLED_OFF)
        case _:
            return _wait(state, state.closes_at)


def accepts(state: State, now: datetime, pace: Pace) -> bool:
    """Whether an answer that comes now is taken: the server's clock counts, with a little grace."""
    return state.phase is Phase.ASKING and now <= state.closes_at + pace.grace


def may_join(phase: Phase, position: int, questions: int) -> bool:
    """Whether somebody may still come in: up to the last question but one, or before the first."""
    return phase is Phase.GATHERING or (phase not in {*ENDED, Phase.CLOSING} and position < questions)


def marks(asked_at: datetime, closes_at: datetime) -> list[datetime]:
    """Return when the time left is shown anew: at the half, and, of long questions, when the last minute begins."""
    length = closes_at - asked_at
    found = [asked_at + length / 2]
    if length > 2 * _MINUTE:
        found.append(closes_at - _MINUTE)
    return found


def _asking(state: State, now: datetime, pace: Pace) -> Move:
    end = state.closes_at + pace.grace
    everybody = 0 < state.seated <= state.answered
    if everybody:
        quiet = pace.quiet if state.is_open else timedelta(0)
        end = min(end, (state.last_answer or now) + quiet)
    asked_at = state.asked_at or now
    if now < end:
        coming = [mark for mark in marks(asked_at, state.closes_at) if mark > now]
        passed = any(state.due_at <= mark <= now for mark in marks(asked_at, state.closes_at))
        event = Event.COUNT_DOWN if passed else Event.NOTHING
        return Move(event, state.phase, state.position, state.closes_at, min([*coming, end]))
    if not everybody and now > end + LATE and state.closes_at <= asked_at + state.duration:
        until = now + min(EXTRA, state.duration)
        return Move(Event.EXTEND, state.phase, state.position, until, until + pace.grace)
    if state.peers and state.answered >= FEWEST_TO_SCORE:
        until = now + pace.scoring
        return Move(Event.CLOSE, Phase.SCORING, state.position, until, until)
    return _after_question(state, Event.CLOSE, now, pace)


def _after_question(state: State, event: Event, now: datetime, pace: Pace) -> Move:
    phase, wait = (Phase.CLOSING, pace.closing) if state.is_last else (Phase.READING, pace.reading)
    return Move(event, phase, state.position, now + wait, now if state.is_last and not state.ungraded else now + wait)


def _ask(state: State, now: datetime) -> Move:
    until = now + state.duration
    return Move(Event.ASK, Phase.ASKING, state.position + 1, until, marks(now, until)[0])


def _end(state: State, event: Event, phase: Phase) -> Move:
    return Move(event, phase, state.position, state.closes_at, None)


def _wait(state: State, until: datetime) -> Move:
    return Move(Event.NOTHING, state.phase, state.position, state.closes_at, until)
