"""Pairs and pods."""

from bot.accountability.pods_merges import merge_pods
from bot.accountability.pods_questions import PodQuestions
from bot.accountability.pods_rounds import MATCH, PodRounds
from bot.accountability.pods_stats import PodStats
from bot.accountability.pods_views import PodWords
from bot.accountability.pods_wishes import PodWishes
from bot.community.profiles import Profiles
from bot.wiring.kit import Kit, Room
from cogs import pods_words
from cogs.pods import Pods
from cogs.pods_setup import PodSetup


def wire(kit: Kit) -> Room:
    """Put the room together."""
    words = PodWords(
        pods_words.opening,
        pods_words.talk,
        pods_words.private,
        pods_words.alone,
        pods_words.ask,
        pods_words.told,
    )
    rounds = PodRounds(
        kit.database,
        kit.deliveries,
        kit.schedules,
        kit.teller,
        words,
        offload=kit.offload,
        clock=kit.clock,
    )
    questions = PodQuestions(kit.database, kit.deliveries, kit.teller, words, kit.clock)
    kit.engine.every_minute(questions.ask_due, questions.next_due)
    kit.merges.append(merge_pods)
    wishes, stats = PodWishes(kit.database, kit.clock), PodStats(kit.database, kit.clock)
    return Room(
        cogs=(Pods(wishes, questions, Profiles(kit.database)), PodSetup(rounds, stats)),
        jobs={MATCH: rounds.match},
    )
