"""Private words about leads: to organisers who must decide, and to members who want to know what became of it."""

from sqlalchemy import Connection

from bot.chat import Card, Reply
from bot.community.places import role_places
from bot.community.telling import Teller
from bot.db import Database
from bot.leads.announce import ROLE
from bot.leads.shares import Shared


class Notices:
    """Plans private messages about shares, each once."""

    def __init__(self, database: Database, teller: Teller) -> None:
        self._database = database
        self._teller = teller

    async def ask_organisers(self, share: Shared, card: Card) -> None:
        """Ask the organiser who set the leads up in the share's workspace; without one, `/leads shares` lists it."""

        def find(connection: Connection) -> list[int]:
            found = role_places(connection, ROLE, share.workspace)
            return [place.set_by for place in found if place.set_by is not None]

        for organiser in await self._database.read(find):
            await self._teller.tell(f"leads.decide:{share.id}", organiser, Reply(cards=(card,)))

    async def tell_sharer(self, share: Shared, text: str) -> None:
        """Tell a member what became of their share."""
        await self._teller.tell(f"leads.decided:{share.id}", share.member, Reply(text))
