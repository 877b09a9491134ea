"""Private words about leads: to organisers who must decide, and to members who want to know what became of it."""

from sqlalchemy import Connection

from bot.chat import Card, Reply
from bot.community.directory import Directory
from bot.community.places import role_places
from bot.db import Database
from bot.leads.announce import ROLE
from bot.leads.shares import Shared
from bot.work.deliveries import Deliveries


class Notices:
    """Plans private messages about shares and places, each once."""

    def __init__(self, database: Database, deliveries: Deliveries, directory: Directory) -> None:
        self._database = database
        self._deliveries = deliveries
        self._directory = directory

    async def ask_organisers(self, share: Shared, card: Card) -> None:
        """Ask the organiser who set the leads up in the share's workspace; without one, `/leads shares` lists it."""

        def find(connection: Connection) -> list[int]:
            found = role_places(connection, ROLE, share.workspace)
            return [place.set_by for place in found if place.set_by is not None]

        for organiser in await self._database.read(find):
            await self.tell(f"leads.decide:{share.id}", organiser, share.community, Reply(cards=(card,)))

    async def tell_sharer(self, share: Shared, text: str) -> None:
        """Tell a member what became of their share."""
        await self.tell(f"leads.decided:{share.id}", share.member, share.community, Reply(text))

    async def tell(self, what: str, member: int, community: int, reply: Reply) -> None:
        """Say something to a member privately, once for what it is about; unheard when they have no account left."""
        address = await self._directory.address(member)
        if address is None:
            return
        await self._database.run(lambda c: self._deliveries.plan(c, what, [address], reply, community=community))
        self._deliveries.kick()
