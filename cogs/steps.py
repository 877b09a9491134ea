"""`/steps`: a member's climb, what is next, what they log, and the community's board."""

from dataclasses import replace
from typing import Annotated, Literal

from bot.accountability.goals import Goals
from bot.accountability.standings import Streaks
from bot.chat import (
    PRIVATE,
    BadInput,
    Button,
    Buttons,
    Card,
    Choice,
    Cog,
    Context,
    Form,
    Input,
    NotFound,
    Range,
    Reply,
    SelectInput,
    Suggest,
    Text,
    TextInput,
    Tone,
    act,
    action,
    command,
    esc,
    submit,
    suggest,
)
from bot.community.profiles import Profiles
from bot.steps.climb import LONGEST, Climb
from bot.steps.github import login_of
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Entry, Standing
from bot.steps.playbook import Playbook
from bot.steps.progress import counts_of, next_of, progress_of
from cogs.steps_board_words import board_cards
from cogs.steps_words import ASK, KINDS, climb_card, logged_card, next_card, undo_card
from cogs.wording import counted, web_link

_LAST = 20
"""Entries that `/steps undo` offers."""
_BY_HAND = {*KINDS, Kind.TASK}
"""What members write into the ledger themselves; the rest is undone where it was done."""

_GITHUB = TextInput("github", "Your name on GitHub", hint="It tells which commits are yours", max_length=60)


class Steps(Cog):
    """Your way up the six steps: what is done, what is next, and where the others are."""

    def __init__(self, climb: Climb, goals: Goals, streaks: Streaks, profiles: Profiles) -> None:
        self._climb = climb
        self._goals = goals
        self._streaks = streaks
        self._profiles = profiles

    @command(slow=True)
    async def overview(self, ctx: Context) -> Reply:
        """Show how far you are on each step, your streak, and what is next."""
        entries = await self._climb.of(ctx.member)
        streak = await self._streaks.of(ctx.member, ctx.zone)
        line = (
            f"{counted(streak.length, 'week')} in a row" if streak.length else "No streak yet; one check-in begins it"
        )
        name = (await self._profiles.of(ctx.member)).name
        card, file = await climb_card(name, progress_of(counts_of(entries)), (Text(f"{line}. `/goals streak`"),))
        cards = (card, next_card(next_of(Playbook.load(), entries, await self._wanted(ctx))))
        return Reply(cards=(*cards, *await self._question(ctx, entries)), files=(file,))

    @command()
    async def next(self, ctx: Context) -> Reply:
        """Show the one most useful thing to do now, and why it is that."""
        entries = await self._climb.of(ctx.member)
        return Reply(cards=(next_card(next_of(Playbook.load(), entries, await self._wanted(ctx))),))

    @command(opens_form=True)
    async def log(self, ctx: Context) -> Form:
        """Write down something that you did; a link to a project is looked at."""
        return await self.form(ctx)

    @action(opens_form=True)
    async def begin(self, ctx: Context) -> Form:
        """Ask what was done."""
        return await self.form(ctx)

    async def form(self, ctx: Context) -> Form:
        """Ask what was done, and once for the name on GitHub."""
        known = (await self._profiles.of(ctx.member)).github
        kinds = tuple(Choice(words, kind.value, f"step {step.value}") for kind, (step, words) in KINDS.items())
        inputs: list[Input] = [
            SelectInput("kind", "What is it?", kinds),
            TextInput("what", "What did you do?", hint="Its name, in a few words", max_length=LONGEST),
            TextInput("link", "Link", hint="A repository, a page, a post", required=False, max_length=300),
            TextInput("note", "A note to yourself", multiline=True, required=False, max_length=500),
        ]
        if not known:
            inputs.append(replace(_GITHUB, required=False))
        return Form("Log a step", act("steps.keep"), tuple(inputs), button="Write it down")

    @submit(form="form", slow=True)
    async def keep(
        self, ctx: Context, *, kind: str, what: str, link: str = "", github: str = "", note: str = ""
    ) -> Reply:
        """Write it down and look at the link."""
        chosen = next((each for each in KINDS if each.value == kind), None)
        if chosen is None:
            raise BadInput("Choose what it is from the list.", field="kind")
        url = web_link(link)
        if name := login_of(github):
            await self._profiles.keep(ctx.member, github=name)
        logged = await self._climb.log(ctx.member, Entry(KINDS[chosen][0], chosen, what, url, note.strip()))
        entries = await self._climb.of(ctx.member)
        return Reply(cards=(logged_card(logged), *await self._question(ctx, entries)), shows=PRIVATE)

    @command(slow=True)
    async def show(self, ctx: Context, member: Annotated[str, Suggest("shown")]) -> Reply:
        """Show the steps of a member who lets the community see them.

        member: whose
        """
        names = await self._climb.shown(ctx.community)
        wanted = " ".join(member.split()).casefold()
        found = [n for n, name in names.items() if str(n) == member or name.casefold() == wanted]
        if not found:
            raise NotFound("Nobody of that name shows their steps here. The list while you type has all who do.")
        steps = progress_of(counts_of(await self._climb.of(found[0])))
        card, file = await climb_card(names[found[0]], steps)
        return Reply(cards=(card,), files=(file,))

    @suggest
    async def shown(self, ctx: Context, typed: str) -> list[Choice]:
        """Name those who show their steps."""
        names = await self._climb.shown(ctx.community)
        return [Choice(name, str(n)) for n, name in names.items() if typed.casefold() in name.casefold()]

    @command(slow=True)
    async def board(self, ctx: Context, page: Annotated[int, Range(1, 10_000)] = 1) -> Reply:
        """Show where everybody is who shows it, as a map of members and steps.

        page: which page of it
        """
        cards, files = await board_cards(await self._climb.board(ctx.community), page)
        return Reply(cards=cards, files=files)

    @action(slow=True)
    async def turn(self, ctx: Context, page: int) -> Reply:
        """Turn the board's page."""
        cards, files = await board_cards(await self._climb.board(ctx.community), page)
        return Reply(cards=cards, files=files, shows=PRIVATE)

    @command()
    async def undo(self, ctx: Context) -> Reply:
        """Take back an entry of yours."""
        entries = [e for e in await self._climb.of(ctx.member) if e.kind in _BY_HAND]
        return Reply(cards=(undo_card(entries[: -_LAST - 1 : -1]),))

    @action()
    async def take_back(self, ctx: Context, entry: int) -> Reply:
        """Take that entry back."""
        mine = {e.id: e for e in await self._climb.of(ctx.member)}
        if entry in mine and mine[entry].kind not in _BY_HAND:
            raise NotFound("That entry was written by another room; undo it there.")
        found = await self._climb.undo(ctx.member, entry)
        text = f"**{esc(found.subject)}** no longer counts."
        return Reply(cards=(Card("Taken back", (Text(text),), tone=Tone.GOOD),), shows=PRIVATE)

    @action()
    async def go_on(self, ctx: Context) -> Reply:
        """Show what is next."""
        return (await self.next(ctx)).shown(PRIVATE)

    @action(opens_form=True)
    async def tell_name(self, ctx: Context) -> Form:
        """Ask for the name on GitHub."""
        known = (await self._profiles.of(ctx.member)).github
        hint = "It tells which commits are yours. Nobody else sees it; `/me profile` changes it."
        return Form("Your name on GitHub", act("steps.keep_name"), (replace(_GITHUB, value=known),), hint)

    @submit(form="tell_name", slow=True)
    async def keep_name(self, ctx: Context, *, github: str) -> Reply:
        """Keep the name on GitHub, and look again at what waited for it."""
        name = login_of(github)
        await self._profiles.keep(ctx.member, github=name)
        looked = await self._climb.look_at_nameless(ctx.member)
        kept = f"On GitHub you are **{esc(name)}**; only you see that here."
        return Reply(kept, tuple(logged_card(each) for each in looked), shows=PRIVATE)

    @command()
    async def share(self, ctx: Context) -> Reply:
        """Choose whether the others may see you by name."""
        told = await self._profiles.of(ctx.member)
        now = {
            True: f"Now the others see you by name, {'also' if told.shows_offers else 'but not'} with an offer.",
            False: "Now the others don't see you by name.",
            None: "",
        }
        return Reply(now[told.shows_steps], (ASK,))

    @action()
    async def choose(self, ctx: Context, shows: Literal["yes", "offers", "no"]) -> Reply:
        """Keep whether the others may see a member by name, and whether also with an offer."""
        await self._climb.show(ctx.member, shows=shows != "no", offers=shows == "offers")
        words = {
            "yes": "The others see you by name; an offer only counts.",
            "offers": "The others see you by name, also with an offer.",
            "no": "Your steps stay with you; the board counts them.",
        }
        buttons = Buttons((Button("See the board", act("steps.turn", 1)),))
        return Reply(cards=(Card(words[shows], (buttons,), tone=Tone.GOOD),), shows=PRIVATE, replaces=True)

    async def _question(self, ctx: Context, entries: list[Standing]) -> tuple[Card, ...]:
        """Return the question whether others may see the steps: asked once, when there is something to see."""
        return (ASK,) if entries and await self._climb.to_be_asked(ctx.member) else ()

    async def _wanted(self, ctx: Context) -> Step | None:
        """Return the step of a goal that is open this week."""
        weeks = await self._goals.open_weeks(ctx.member, ctx.zone)
        goals = (await self._goals.week(ctx.member, weeks[-1])).open
        return next((goal.step for goal in goals if goal.step is not Step.NONE), None)
