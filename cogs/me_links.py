"""`/me link`: two accounts of one person; `/community`: two workspaces of one community."""

from bot.chat import PRIVATE, Card, Cog, Context, Reply, Text, Tone, action, command, esc
from bot.me.communities import Communities
from bot.me.linking import Linking
from cogs.me_words import code_card, community_code_card, offer_card, union_card

_APART = Reply("Nothing was joined, and the code has ended.", shows=PRIVATE, replaces=True)


class MeLinks(Cog):
    """Your profile, what you are told, your accounts, and your data."""

    name = "me"

    def __init__(self, linking: Linking) -> None:
        self._linking = linking

    @command()
    async def link(self, ctx: Context, code: str = "") -> Reply:
        """Link your accounts on Discord, Slack and the web, so that you are one member.

        code: the one that your other account was shown; leave it out to get one
        """
        if not code:
            made = await self._linking.begin(ctx.member, ctx.workspace)
            return Reply(cards=(code_card(made),), shows=PRIVATE)
        offer = await self._linking.enter(ctx.member, ctx.community, code)
        return Reply(cards=(offer_card(offer),), shows=PRIVATE)

    @action(slow=True)
    async def join(self, ctx: Context, number: int) -> Reply:
        """Join two accounts, once who entered the code has confirmed it."""
        one = await self._linking.join(ctx.member, number)
        text = Text(f"Both accounts are **{esc(one.name)}** now: {one.holds}. The other account is told as well.")
        card = Card("Your accounts are linked", (text,), tone=Tone.GOOD)
        return Reply(cards=(card,), shows=PRIVATE, replaces=True)

    @action()
    async def stay_apart(self, ctx: Context, number: int) -> Reply:
        """End a code without joining anything."""
        await self._linking.stay_apart(ctx.member, number)
        return _APART


class Community(Cog):
    """Bring workspaces together into one community."""

    def __init__(self, communities: Communities) -> None:
        self._communities = communities

    @command(organisers=True)
    async def code(self, ctx: Context) -> Reply:
        """Get a code with which another workspace joins this community."""
        made = await self._communities.begin(ctx.member, ctx.workspace)
        return Reply(cards=(community_code_card(made),), shows=PRIVATE)

    @command(organisers=True)
    async def join(self, ctx: Context, code: str) -> Reply:
        """Join this workspace to the community of another one.

        code: the one that an organiser there got from `/community code`
        """
        union = await self._communities.enter(ctx.member, ctx.community, code)
        return Reply(cards=(union_card(union),), shows=PRIVATE)

    @action(organisers=True, slow=True)
    async def unite(self, ctx: Context, number: int) -> Reply:
        """Join two communities, once an organiser of each has said so."""
        group = await self._communities.join(ctx.member, ctx.community, number)
        names = ", ".join(f"**{esc(name)}**" for name in group.workspaces)
        text = Text(f"One community now: {names}, {group.members} members. `/me link` links accounts across them.")
        return Reply(cards=(Card("The communities are joined", (text,), tone=Tone.GOOD),), shows=PRIVATE, replaces=True)

    @action(organisers=True)
    async def stay_apart(self, ctx: Context, number: int) -> Reply:
        """End a code without joining anything."""
        await self._communities.stay_apart(ctx.member, number)
        return _APART
