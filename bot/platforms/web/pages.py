"""The page's own files: read once, sent with what makes them safe and quick."""

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.platforms.web.security import FILE_POLICY
from bot.platforms.web.store import Entry

_FOLDER = Path(__file__).parent / "static"
_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"})
"""What a browser may show; anything else is only offered for download."""
_TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class _Asset:
    body: bytes
    media_type: str
    etag: str


class Assets:
    """The files of `static/`, in memory: there is no path to walk out of."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        self._files = {path.name: _read(path) for path in sorted(folder.iterdir()) if path.is_file()}
        marks = "".join(f"{name}{asset.etag}" for name, asset in self._files.items())
        self.release = hashlib.sha256(marks.encode()).hexdigest()[:12]
        """Changes whenever a file does."""

    def answer(self, request: web.Request, name: str) -> web.Response:
        """Send a file, or only say that the browser's copy is still good. Raises 404 for one that is not there."""
        asset = self._files.get(name)
        if asset is None:
            raise web.HTTPNotFound(text="There is no such file.")
        headers = {"ETag": f'"{asset.etag}"', "Cache-Control": "no-cache"}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        charset = None if asset.media_type.startswith("image/png") else "utf-8"
        return web.Response(body=asset.body, content_type=asset.media_type, charset=charset, headers=headers)


def _read(path: Path) -> _Asset:
    body = path.read_bytes()
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return _Asset(body, kind, hashlib.sha256(body).hexdigest()[:16])


def file_answer(entry: Entry, number: int) -> web.Response:
    """Send a file of a message. Raises 404 for one that is not there."""
    if number >= len(entry.body.files):
        raise web.HTTPNotFound(text="There is no such file (any more).")
    file = entry.body.files[number]
    shown = file.media_type in _SHOWN
    headers = {
        "Content-Type": file.media_type if shown else "application/octet-stream",
        "Content-Disposition": "inline" if shown else "attachment",
        "Content-Security-Policy": FILE_POLICY,
        "Cache-Control": "private, max-age=3600",
    }
    return web.Response(body=file.content, headers=headers)
