"""`/me profile`, `/me zone`, `/me notifications`: what a member tells of themselves, and what they want to be told."""

from bot.chat import (
    PRIVATE,
    BadInput,
    Choice,
    Cog,
    Context,
    Form,
    Reply,
    SelectInput,
    TextInput,
    act,
    action,
    command,
    submit,
)
from bot.community.profiles import Profiles
from bot.community.telling import Notification, Teller
from bot.me.moving import Moving
from bot.steps.github import login_of
from cogs.clocks import HOURS, check_hour, known_zone
from cogs.me_words import KINDS, notification_card, profile_card
from cogs.wording import word_list

_SHOWS = {"yes": (True, False), "offers": (True, True), "no": (False, False), "later": (None, False)}
"""Whether others see the steps by name, and whether also an offer."""
_LONGEST_NAME = 60
_EARLIEST, _AHEAD = 1950, 15
"""Years in which a degree ends: any past one, and as far ahead as a doctorate."""


class Me(Cog):
    """Your profile, what you are told, your accounts, and your data."""

    def __init__(self, profiles: Profiles, moving: Moving, teller: Teller) -> None:
        self._profiles = profiles
        self._moving = moving
        self._teller = teller

    @command()
    async def profile(self, ctx: Context) -> Reply:
        """Show what you told of yourself, and change it."""
        return await self._card(ctx)

    @command()
    async def zone(self, ctx: Context, zone: str = "") -> Reply:
        """Say where you live, so that everything comes at your own hours.

        zone: a city or a time zone: Berlin, America/New_York
        """
        if zone:
            await self._moving.to_zone(ctx.member, known_zone(zone))
        return await self._card(ctx)

    @command()
    async def notifications(self, ctx: Context) -> Reply:
        """Choose what Rung tells you privately."""
        return Reply(cards=(notification_card(await self._teller.choices(ctx.member)),))

    @action()
    async def notify(self, ctx: Context, kind: Notification, wanted: bool) -> Reply:
        """Turn a kind of private message on or off."""
        await self._teller.choose(ctx.member, kind, wanted=wanted)
        text = f"{'On' if wanted else 'Off'}: {KINDS[kind].lower()}."
        card = notification_card(await self._teller.choices(ctx.member))
        return Reply(text, (card,), shows=PRIVATE, replaces=True)

    @action()
    async def confirm_zone(self, ctx: Context) -> Reply:
        """Keep that the guessed zone is right."""
        told = await self._profiles.of(ctx.member)
        await self._moving.to_zone(ctx.member, told.zone)
        return await self._card(ctx, replaces=True)

    @action(opens_form=True)
    async def edit(self, ctx: Context) -> Form:
        """Ask for what others may see."""
        told = await self._profiles.of(ctx.member)
        topics, places = ", ".join(told.topics), ", ".join(told.places)
        inputs = (
            TextInput("name", "Name that is shown", told.name, max_length=_LONGEST_NAME),
            TextInput("degree", "Degree", told.degree, "BSc Computer Science", required=False, max_length=120),
            TextInput("year", "Year in which it ends", str(told.year or ""), "2028", required=False, max_length=4),
            TextInput("topics", "Topics, with commas", topics, "vision, diffusion", required=False),
            TextInput("places", "Where you look", places, "Berlin, remote", required=False),
        )
        return Form("About you", act("me.keep"), inputs)

    @submit(form="edit")
    async def keep(
        self, ctx: Context, *, name: str, degree: str = "", year: int | None = None, topics: str = "", places: str = ""
    ) -> Reply:
        """Keep what others may see."""
        name = " ".join(name.split())
        if not any(letter.isalnum() for letter in name) or len(name) > _LONGEST_NAME:
            raise BadInput(f"A name has a letter or a number, and at most {_LONGEST_NAME} characters.", field="name")
        if year is not None and not _EARLIEST <= year <= ctx.now.year + _AHEAD:
            raise BadInput(f"The year is from {_EARLIEST} to {ctx.now.year + _AHEAD}.", field="year")
        told = {"degree": " ".join(degree.split()), "year": year}
        lists = {"topics": word_list(topics, "topics"), "places": word_list(places, "places")}
        await self._profiles.keep(ctx.member, name=name, **told, **lists)
        return await self._card(ctx)

    @action(opens_form=True)
    async def edit_private(self, ctx: Context) -> Form:
        """Ask for what is private."""
        told = await self._profiles.of(ctx.member)
        shows = next(
            w for w, s in _SHOWS.items() if s == (told.shows_steps, bool(told.shows_steps) and told.shows_offers)
        )
        choices = (
            Choice("Yes, by name", "yes"),
            Choice("Yes, and my offers too", "offers"),
            Choice("No, only in counts", "no"),
            Choice("Decide later: no for now", "later"),
        )
        inputs = (
            TextInput("zone", "Time zone", told.zone, "Europe/Berlin", max_length=60),
            SelectInput("hour", "Private messages at", HOURS, str(told.hour)),
            SelectInput("shows", "May others see you by name?", choices, shows),
            TextInput("github", "Your name on GitHub", told.github, "ada-l", required=False, max_length=60),
            TextInput("permit", "Work permit notes", told.permit_notes, required=False, multiline=True, max_length=600),
        )
        return Form("Private", act("me.keep_private"), inputs, "Nobody but you sees your name on GitHub and the notes.")

    @submit(form="edit_private")
    async def keep_private(
        self, ctx: Context, *, zone: str, hour: int, shows: str, github: str = "", permit: str = ""
    ) -> Reply:
        """Keep what is private."""
        zone = known_zone(zone)
        check_hour(hour, "hour")
        if shows not in _SHOWS:
            raise BadInput(f"Choose one of: {', '.join(_SHOWS)}.", field="shows")
        steps, offers = _SHOWS[shows]
        told = {"shows_steps": steps, "shows_offers": offers, "github": login_of(github), "permit_notes": permit}
        await self._profiles.keep(ctx.member, hour=hour, **told)
        await self._moving.to_zone(ctx.member, zone)
        return await self._card(ctx)

    async def _card(self, ctx: Context, *, replaces: bool = False) -> Reply:
        told = await self._profiles.of(ctx.member)
        return Reply(cards=(profile_card(told, ctx.now),), shows=PRIVATE, replaces=replaces)
