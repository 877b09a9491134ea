"""The pipeline: `/tracker`, and what is said of applications without being asked."""

from bot.applications.luggage import Luggage
from bot.applications.reminders import Reminders, Words
from bot.applications.tracking import Tracker
from bot.wiring.kit import Kit, Room
from cogs import tracker_words
from cogs.tracker import TrackerBoard
from cogs.tracker_files import TrackerFiles
from cogs.tracker_moves import TrackerMoves


def wire(kit: Kit) -> Room:
    """Put the room together. That two members' applications become one is wired with `/me`."""
    tracker = Tracker(kit.database, kit.clock)
    words = Words(tracker_words.follow_up, tracker_words.deadline, tracker_words.closed, tracker_words.reminder)
    reminders = Reminders(kit.database, kit.deliveries, kit.teller, words, kit.clock)
    kit.moved.append(reminders.moved)
    kit.engine.every_minute(reminders.tick, reminders.next_due)
    return Room(
        cogs=(
            TrackerBoard(tracker, kit.teller),
            TrackerMoves(tracker, reminders, kit.teller),
            TrackerFiles(Luggage(kit.database, kit.clock)),
        ),
        hourly=(reminders.follow_leads,),
    )
