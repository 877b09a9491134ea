"""Rounds: mock interviews with several people, in pairs, and every week."""

from bot.interviews.bank import Bank
from bot.interviews.rounds import Rounds
from bot.interviews.rounds_answers import Answers
from bot.interviews.rounds_grading import Grading
from bot.interviews.rounds_joining import Joining
from bot.interviews.rounds_machine import Pace
from bot.interviews.rounds_merges import merge_rounds
from bot.interviews.rounds_pairs import Pairs
from bot.interviews.rounds_peers import Peers
from bot.interviews.rounds_turns import GRADE, TURN, Turns, TurnWords
from bot.wiring.grading import graders
from bot.wiring.kit import Kit, Room
from cogs import interview_feedback_words as private
from cogs import interview_rounds_words as public
from cogs.interview_pairs import InterviewPairs, invitation
from cogs.interview_rounds import InterviewRounds
from cogs.interview_scores import InterviewScores

WORDS = TurnWords(
    public.opener,
    public.question,
    public.call,
    public.model_answer,
    private.notice_of_sheet,
    private.board,
    private.well,
    public.called_off,
)


def wire(kit: Kit) -> Room:
    """Put the room together."""
    database, deliveries, clock = kit.database, kit.deliveries, kit.clock
    turns = Turns(database, kit.engine, deliveries, kit.teller, words=WORDS, clock=clock, pace=Pace())
    rounds = Rounds(database, deliveries, turns, Bank.load(), WORDS, clock)
    joining = Joining(database, deliveries, turns, WORDS, clock)
    answers = Answers(database, deliveries, turns, kit.platforms, clock)
    peers = Peers(database, turns, clock)
    grading = Grading(
        database, deliveries, kit.teller, turns=turns, graders=graders(kit), words=private.feedback, clock=clock
    )
    pairs = Pairs(database, deliveries, kit.teller, turns=turns, rounds=rounds, invitation=invitation, clock=clock)
    kit.merges.append(merge_rounds)
    kit.engine.every_minute(turns.sweep, turns.next_sweep)
    return Room(
        cogs=(InterviewRounds(rounds, joining, answers), InterviewScores(grading, peers), InterviewPairs(pairs)),
        jobs={TURN: turns.turn, GRADE: grading.grade},
    )
