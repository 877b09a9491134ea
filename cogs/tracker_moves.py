"""`/tracker move`, `undo`, `note`, `remind`, `settings`: what one does with a single application."""

from typing import Annotated

from bot.applications.moments import in_words
from bot.applications.reminders import Reminders
from bot.applications.stages import Stage
from bot.applications.tracking import MOST_NOTE, Tracker
from bot.applications.views import ApplicationView
from bot.chat import (
    PRIVATE,
    Button,
    Buttons,
    Card,
    Choice,
    Cog,
    Context,
    Form,
    Reply,
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
from bot.community.telling import Notification, Teller
from cogs.tracker import check_stage
from cogs.tracker_words import move_card, moved_card

Mine = Annotated[str, Suggest("mine")]
TOLD = {
    Notification.FOLLOW_UPS: "a question 7 and 14 days after you applied, when nothing moved",
    Notification.DEADLINES: "a word 3 days and 1 day before something saved closes",
    Notification.CLOSED_LEADS: "a word when a saved lead closed",
}


class TrackerMoves(Cog):
    """Keep your applications together, from saved to the offer."""

    name = "tracker"

    def __init__(self, tracker: Tracker, reminders: Reminders, teller: Teller) -> None:
        self._tracker = tracker
        self._reminders = reminders
        self._teller = teller

    @suggest
    async def mine(self, ctx: Context, typed: str) -> list[Choice]:
        """Complete an application by those that are the member's own."""
        found = await self._tracker.mine(ctx.member, typed)
        return [Choice(view.name[:85], str(view.id), view.stage) for view in found]

    @command()
    async def move(self, ctx: Context, application: Mine, to: Stage) -> Reply:
        """Say where an application stands now.

        application: words of its name
        to: the stage
        """
        return await self._move(ctx, await self._tracker.find(ctx.member, application), to)

    @command()
    async def undo(self, ctx: Context, application: Mine) -> Reply:
        """Take the last move of an application back.

        application: words of its name
        """
        return await self.undo_move(ctx, (await self._tracker.find(ctx.member, application)).id, 0)

    @command()
    async def note(self, ctx: Context, application: Mine, words: str) -> Reply:
        """Keep a note on an application, in place of the one before.

        application: words of its name
        words: what to keep in mind
        """
        return await self.keep_note(ctx, (await self._tracker.find(ctx.member, application)).id, words=words)

    @command(slow=True)
    async def remind(self, ctx: Context, application: Mine, when: str) -> Reply:
        """Be reminded of an application.

        application: words of its name
        when: like "in 5 days", "Friday at 9:00" or 2026-12-31
        """
        return await self.keep_reminder(ctx, (await self._tracker.find(ctx.member, application)).id, when=when)

    @command()
    async def settings(self, ctx: Context) -> Reply:
        """Choose what you are told of your applications."""
        chosen = await self._teller.choices(ctx.member)
        lines = [f"- {'On' if chosen[kind] else 'Off'}: {words}" for kind, words in TOLD.items()]
        buttons = tuple(
            Button(
                f"{'Stop' if chosen[kind] else 'Start'} {kind.value.replace('_', ' ')}",
                act("tracker.tell", kind.value, "no" if chosen[kind] else "yes"),
            )
            for kind in TOLD
        )
        note = "All of it comes privately, at your hour (`/me profile`). Reminders that you ask for always come."
        return Reply(cards=(Card("What you are told", (Text("\n".join([*lines, "", note])), Buttons(buttons))),))

    @action()
    async def tell(self, ctx: Context, kind: Notification, wanted: bool) -> Reply:
        """Turn something on or off."""
        await self._teller.choose(ctx.member, kind, wanted=wanted)
        reply = await self.settings(ctx)
        return Reply(reply.text, reply.cards, PRIVATE, replaces=True)

    @action()
    async def ask_move(self, ctx: Context, application: int) -> Reply:
        """Ask where an application goes."""
        return Reply(cards=(move_card((await self._tracker.get(ctx.member, application)).view),), shows=PRIVATE)

    @action()
    async def move_to(self, ctx: Context, application: int, to: str) -> Reply:
        """Move an application to the stage that was picked."""
        view = (await self._tracker.get(ctx.member, application)).view
        return await self._move(ctx, view, check_stage(to))

    async def _move(self, ctx: Context, view: ApplicationView, to: Stage) -> Reply:
        moved = await self._tracker.move(ctx.member, view.id, to)
        after = (await self._tracker.get(ctx.member, view.id)).view
        asks = (await self._teller.choices(ctx.member))[Notification.FOLLOW_UPS]
        return Reply(cards=(moved_card(after, moved.event, asks=asks),), shows=PRIVATE)

    @action()
    async def undo_move(self, ctx: Context, application: int, event: int) -> Reply:
        """Take a move back, if it was the last."""
        view, stage = await self._tracker.undo(ctx.member, application, event)
        where = f"stands at “{stage}” again" if stage else "is out of your pipeline"
        return Reply(f"Taken back: **{esc(view.role)}** at {esc(view.company)} {where}.", shows=PRIVATE)

    @action(opens_form=True)
    async def write_note(self, ctx: Context, application: int) -> Form:
        """Ask for a note, with the one that is there."""
        view = (await self._tracker.get(ctx.member, application)).view
        words = TextInput("words", "Note", view.note, required=False, multiline=True, max_length=MOST_NOTE)
        return Form("A note", act("tracker.keep_note", application), (words,), f"{view.role} at {view.company}"[:300])

    @submit(form="write_note")
    async def keep_note(self, ctx: Context, application: int, *, words: str = "") -> Reply:
        """Keep a note."""
        view = await self._tracker.note(ctx.member, application, words)
        done = "Noted on" if view.note else "The note is gone from"
        return Reply(f"{done} **{esc(view.role)}** at {esc(view.company)}.", shows=PRIVATE)

    @action(opens_form=True)
    async def ask_when(self, ctx: Context, application: int) -> Form:
        """Ask when to be reminded."""
        view = (await self._tracker.get(ctx.member, application)).view
        when = TextInput("when", "When", hint="in 5 days, Friday at 9:00, 2026-12-31", max_length=80)
        intro = f"{view.role} at {view.company}"[:300]
        return Form("A reminder", act("tracker.keep_reminder", application), (when,), intro, "Remind me")

    @submit(form="ask_when", slow=True)
    async def keep_reminder(self, ctx: Context, application: int, *, when: str) -> Reply:
        """Keep a reminder."""
        view, asked = await self._reminders.remind(ctx.member, application, when)
        exact = esc(in_words(asked.at, view.clock.zone))
        text = Text(f"I will remind you of **{esc(view.role)}** at {esc(view.company)} on {exact}.")
        drop = Button("Drop its reminders", act("tracker.drop_reminders", application))
        return Reply(cards=(Card(parts=(text, Buttons((drop,))), tone=Tone.GOOD),), shows=PRIVATE)

    @action()
    async def drop_reminders(self, ctx: Context, application: int) -> Reply:
        """Take the reminders of an application back."""
        count = await self._reminders.forget(ctx.member, application)
        return Reply("No reminder waits any more." if count else "There was none to drop.", shows=PRIVATE)
