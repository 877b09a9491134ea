"""`/me export` and `/me forget`: a member's data is theirs to take along, and to take away."""

from bot.chat import (
    PRIVATE,
    BadInput,
    Card,
    Cog,
    Context,
    File,
    Form,
    Reply,
    Text,
    TextInput,
    Tone,
    act,
    action,
    command,
    submit,
)
from bot.me.data import OwnData
from cogs.me_words import forget_card

WORD = "forget"


class MeData(Cog):
    """Your profile, what you are told, your accounts, and your data."""

    name = "me"

    def __init__(self, data: OwnData) -> None:
        self._data = data

    @command(slow=True)
    async def export(self, ctx: Context) -> Reply:
        """Get all that Rung keeps of you, as a file."""
        return await self.pack(ctx)

    @command()
    async def forget(self, ctx: Context) -> Reply:
        """Delete everything that Rung keeps of you."""
        del ctx
        return Reply(cards=(forget_card(),), shows=PRIVATE)

    @action(slow=True)
    async def pack(self, ctx: Context) -> Reply:
        """Hand a member all that is kept of them."""
        name = f"rung-{ctx.now:%Y-%m-%d}.zip"
        file = File(name, await self._data.export(ctx.member), "application/zip")
        text = "All that Rung keeps of you, as JSON and as CSV; README.txt in it says what is what."
        return Reply(text, files=(file,), shows=PRIVATE)

    @action(opens_form=True)
    async def ask_word(self, ctx: Context) -> Form:
        """Ask for the word that confirms it a second time."""
        del ctx
        typed = TextInput("word", f"Type the word {WORD}", hint=WORD, max_length=20)
        return Form("Forget everything", act("me.forget_all"), (typed,), "This can't be undone.", "Delete it all")

    @submit(form="ask_word", slow=True)
    async def forget_all(self, ctx: Context, *, word: str) -> Reply:
        """Forget a member who confirmed it twice."""
        if word.strip().strip('"“”').lower() != WORD:
            raise BadInput(f"Nothing was deleted. Type the word {WORD} to go on.", field="word")
        await self._data.forget(ctx.member)
        text = Text("You are forgotten. If you use Rung again, you begin anew.")
        return Reply(cards=(Card("Everything is deleted", (text,), tone=Tone.GOOD),), shows=PRIVATE)
