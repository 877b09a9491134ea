"""Rounds: mock interviews with several people, in pairs, and every week."""

from bot.interviews.questions import Questions
from bot.interviews.rounds import Rounds
from bot.interviews.rounds_answers import Answers
from bot.interviews.rounds_grading import Grading
from bot.interviews.rounds_joining import Joining
from bot.interviews.rounds_machine import Pace
from bot.interviews.rounds_merges import merge_rounds
from bot.interviews.rounds_pairs import Pairs
from bot.interviews.rounds_peers import Peers
from bot.interviews.rounds_plans import BEGIN, REMIND, SIGN_UP, Plans
from bot.interviews.rounds_timers import BRING, GRADE, RESCUE, TURN, Timers
from bot.interviews.rounds_turns import Turns, TurnWords
from bot.interviews.rounds_weekly import Weekly
from bot.wiring.grading import graders
from bot.wiring.kit import Kit, Room
from cogs import interview_feedback_words as private
from cogs import interview_rounds_words as public
from cogs.interview_pairs import InterviewPairs, invitation
from cogs.interview_rounds import InterviewRounds
from cogs.interview_scores import InterviewScores
from cogs.interview_setup import InterviewSetup
from cogs.interview_weekly import WORDS as WEEKLY
from cogs.interview_weekly import InterviewWeekly

WORDS = TurnWords(
    public.opener,
    public.question,
    public.call,
    public.model_answer,
    private.notice_of_sheet,
    private.scored,
    private.board,
    private.well,
    public.called_off,
)


def wire(kit: Kit) -> Room:
    """Put the room together."""
    database, deliveries, clock = kit.database, kit.deliveries, kit.clock
    timers = Timers(database, kit.engine, clock, Pace())
    turns = Turns(database, deliveries, kit.teller, timers=timers, words=WORDS, clock=clock)
    rounds = Rounds(database, deliveries, timers, Questions(database), WORDS, clock)
    joining = Joining(database, deliveries, timers, WORDS, clock)
    answers = Answers(database, deliveries, timers, kit.platforms, clock)
    peers = Peers(database, timers, clock)
    grading = Grading(
        database, deliveries, kit.teller, timers=timers, graders=graders(kit), words=private.feedback, clock=clock
    )
    pairs = Pairs(database, deliveries, kit.teller, timers=timers, rounds=rounds, invitation=invitation, clock=clock)
    plans = Plans(database, deliveries, kit.schedules, teller=kit.teller, rounds=rounds, words=WEEKLY, clock=clock)
    weekly = Weekly(
        database, deliveries, kit.teller, plans=plans, rounds=rounds, timers=timers, words=WEEKLY, clock=clock
    )
    kit.merges.append(merge_rounds)
    kit.engine.every_minute(timers.sweep, timers.next_sweep)
    return Room(
        cogs=(
            InterviewRounds(rounds, joining, answers),
            InterviewScores(grading, peers),
            InterviewPairs(pairs),
            InterviewWeekly(plans),
            InterviewSetup(rounds, plans),
        ),
        jobs={
            TURN: turns.turn,
            GRADE: grading.grade,
            RESCUE: timers.rescue,
            BRING: turns.bring,
            SIGN_UP: weekly.sign_up,
            REMIND: weekly.remind,
            BEGIN: weekly.begin,
        },
    )
