"""The places of the web chat: channels, the threads under their messages, and each member's conversation with Rung."""

from dataclasses import dataclass

from bot.chat.context import Place

WORKSPACE = "local"
WORKSPACE_NAME = "Local chat"
DIRECT = "direct:"


@dataclass(frozen=True, slots=True)
class Example:
    """A line that a newcomer may try with one click, and what it does."""

    line: str
    does: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as the page shows it. `title` and `about` greet whoever comes for the first time."""

    id: str
    topic: str
    title: str
    about: str
    examples: tuple[Example, ...] = ()

    @property
    def place(self) -> Place:
        """The channel in the words of the conversation."""
        return Place(self.id, self.id)


_TODAY = Example("/leads today", "See the internships that are new today")
_SEARCH = Example("/leads search vision", "Search all open ones: words, city, season, remote")
_HELP = Example("/help", "Everything that Rung can do, in one card")
_SETUP = Example("/setup", "Choose where and when new leads are announced")

CHANNELS = (
    Channel(
        "leads",
        "New machine-learning internships, every day",
        "Your first ML internship starts here",
        "Rung finds open machine-learning internships and posts the new ones here, once a day. "
        "Save those you like, note where you applied, and talk about them in threads.",
        (_TODAY, _SEARCH, _HELP, _SETUP),
    ),
    Channel(
        "interviews",
        "Mock interviews with peers",
        "Practise with peers",
        "The place to find somebody for a mock interview and to talk about real ones. Write a message to begin.",
        (Example("/interviews practice", "Answer a question, get it graded"), _HELP),
    ),
    Channel(
        "accountability",
        "Goals, check-ins, and a push when you need one",
        "Say it, then do it",
        "Tell the others what you will get done this week. They will ask you about it.",
        (Example("/goals set", "Set a goal for the week"), _HELP),
    ),
    Channel(
        "showcase",
        "Projects you are proud of",
        "Show what you have made",
        "A notebook, a repository, a demo: share it here and hear what others think.",
        (_HELP,),
    ),
)


def direct_channel(user: str) -> Channel:
    """Return a member's conversation with Rung."""
    return Channel(
        DIRECT + user,
        "Between you and Rung; nobody else reads it",
        "Only you and Rung",
        "What Rung has for you alone arrives here: matches of the searches that you follow, and news of what you "
        "shared. Commands work here as everywhere.",
        (Example("/leads follow vision", "Get new matches of a search as a message"), _TODAY, _HELP),
    )


def direct_owner(place: str) -> str:
    """Return whose conversation with Rung that is; empty when it is none."""
    return place.removeprefix(DIRECT) if place.startswith(DIRECT) else ""


def thread_root(place: str) -> tuple[str, int] | None:
    """Return the place and the entry under which a thread stands: `leads/42` is ("leads", 42). None for no thread."""
    parent, slash, number = place.rpartition("/")
    if not slash or not number.isascii() or not number.isdecimal() or len(number) > 18:  # noqa: PLR2004 - a 64-bit id
        return None
    return parent, int(number)
