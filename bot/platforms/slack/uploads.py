"""Files: pictures that a message shows, and what is offered for download.

Three calls bring a file to Slack (docs.slack.dev/messaging/working-with-files); a message may show it once Slack has
looked at it, which files.info tells.
"""

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable

from bot.chat.platform import DeliveryError
from bot.chat.reply import File, Picture, Reply
from bot.platforms.slack.api import Api, Json

log = logging.getLogger(__name__)
_PAUSES = (0.2, 0.4, 0.8, 1.6)
"""Seconds between looks whether a file is ready; after the last it is shown by its words."""
_MOST = 500


class Uploads:
    """Brings files to Slack; the same picture goes there once."""

    def __init__(self, api: Api, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self._api, self._sleep = api, sleep
        self._known: OrderedDict[tuple[str, str, str], str] = OrderedDict()

    async def pictures(self, team: str, reply: Reply) -> dict[str, str]:
        """Upload what the reply's pictures show; returns file ids by name.

        A picture that can't be brought to Slack is left out, for the words that stand for it are shown then.
        """
        found: dict[str, str] = {}
        for file in shown_files(reply):
            key = (team, file.name, hashlib.sha256(file.content).hexdigest())
            known = self._known.get(key)
            if known is None:
                try:
                    known = await self._ready(team, file)
                except DeliveryError as error:
                    log.warning("a picture could not be brought to Slack: %s", error)
            if known is not None:
                self._keep(key, known)
                found[file.name] = known
        return found

    async def share(self, team: str, files: Iterable[File], channel: str, thread: str = "") -> None:
        """Post files in a channel or a thread, for download. Raises PlaceGone, Forbidden or TryLater."""
        entries = [{"id": await self._bring(team, file), "title": file.name} for file in files]
        if entries:
            where: Json = {"channel_id": channel} | ({"thread_ts": thread} if thread else {})
            await self._api.call(team, "files.completeUploadExternal", files=entries, **where)

    def forget(self) -> None:
        """Forget what was uploaded: Slack refused a message that showed it."""
        self._known.clear()

    async def _bring(self, team: str, file: File) -> str:
        place = await self._api.call(
            team, "files.getUploadURLExternal", filename=file.name, length=str(len(file.content))
        )
        await self._api.upload(place["upload_url"], file.content)
        return str(place["file_id"])

    async def _ready(self, team: str, file: File) -> str | None:
        uploaded = await self._bring(team, file)
        entry = {"id": uploaded, "title": file.name}
        await self._api.call(team, "files.completeUploadExternal", files=[entry])
        for pause in _PAUSES:
            seen = await self._api.call(team, "files.info", file=uploaded)
            if seen["file"].get("mimetype"):
                return uploaded
            await self._sleep(pause)
        log.warning("Slack did not get ready with a picture of %d bytes", len(file.content))
        return None

    def _keep(self, key: tuple[str, str, str], file: str) -> None:
        self._known[key] = file
        self._known.move_to_end(key)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)


def shown_files(reply: Reply) -> list[File]:
    """Return the files that the reply's pictures show."""
    shown = {part.source for card in reply.cards for part in card.parts if isinstance(part, Picture)}
    return [file for file in reply.files if file.name in shown]


def offered_files(reply: Reply) -> list[File]:
    """Return the files that no picture shows."""
    shown = shown_files(reply)
    return [file for file in reply.files if file not in shown]
