"""Web addresses taken apart, each part in one spelling."""

import re
from urllib.parse import quote, unquote

from bot.leads.board_table import UUID

# The standard library's urlsplit does the same in four times the time, and an import has 20,000 addresses.
_ADDRESS = re.compile(
    r"(?i:https?)://(?:[^/?#@]*@)?(?P<host>[^/?#:@]+)(?::(?P<port>\d{0,5}))?(?P<path>(?:/[^?#]*)?)"
    r"(?:\?(?P<query>[^#]*))?(?:\#(?P<rest>.*))?"
)
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")
_WWW = re.compile(r"www\d?\.[^.]+\.")
_LAST_PORT = 65_535
_UNSEEN = dict.fromkeys((*range(32), 127, *range(0xD800, 0xE000)))
"""Signs that no address has: control characters, halves of pairs."""

NAMED = re.compile(rf"\d{{4,}}|{UUID}|[0-9a-f]{{10,}}", re.IGNORECASE)
"""What in a path may name one opening."""
_SLASHES = re.compile(r"/{2,}")
_APPLY = re.compile(r"/(apply|application|apply-?now|applymanually|apply/.{0,12}manually)/?$", re.IGNORECASE)
_LOCALE = re.compile(
    r"^/(?:(?:global|[a-z]{2})/(?=[a-z]{2}/))?(?:[a-z]{2}[-_][a-z]{2}|en|de|fr|es|nl)(?=/)", re.IGNORECASE
)
_KEPT = re.compile(r"%([0-9A-Fa-f]{2})?")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@")
_SHOWN = 80
_LONGEST = 4_096
"""Characters; no address of an opening is longer, and none can keep the patterns busy for long."""
_TRACKED = re.compile(r"[&?](utm_|ref=|source=|:~:).*")


def split_address(url: str) -> tuple[str, str, str, str]:
    """Return host (and its port), path, query and fragment. Raises ValueError for what is no web address."""
    text = url.strip()
    text = text if text.isprintable() else text.translate(_UNSEEN)
    found = _ADDRESS.fullmatch(text.replace("&amp;", "&")) if len(text) <= _LONGEST else None
    host = found["host"].lower().rstrip(".") if found else ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            host = ""
    if found is None or not _HOST.fullmatch(host) or int(found["port"] or 0) > _LAST_PORT:
        raise ValueError(_refusal(url))
    while _WWW.match(host):
        host = host.split(".", 1)[1]
    port = int(found["port"] or 0)
    return host if port in {0, 80, 443} else f"{host}:{port}", found["path"], found["query"] or "", found["rest"] or ""


def _refusal(url: str) -> str:
    text = re.sub(r"//[^/@]*@", "//", url.strip()).encode(errors="replace").decode()
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return f"“{shown}” is no web address. Give one that begins with https://"


def one_path(path: str) -> str:
    """Return a path with one slash between its parts, none at its end, escapes in one form, and no "/apply"."""
    path = _SLASHES.sub("/", _one_spelling(path)).rstrip("/")
    while (shorter := _APPLY.sub("", path).rstrip("/")) != path and (NAMED.search(shorter) or shorter.count("/") > 1):
        path = shorter
    return path


def _one_spelling(path: str) -> str:
    if "%" in path:
        path = _KEPT.sub(_one_escape, path)
    return path if path.isascii() and " " not in path else quote(path, safe="%/" + "".join(_PLAIN))


def _one_escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"
    sign = chr(int(match[1], 16))
    return sign if sign in _PLAIN else match[0].upper()


def without_locale(path: str) -> str:
    """Drop a leading language, "/en-US" or "/global/en", where a number behind it names the opening."""
    while (found := _LOCALE.match(path)) and NAMED.search(path, found.end()):
        path = path[found.end() :]
    return path


def one_fragment(fragment: str, rest: str) -> str:
    """Keep a fragment only where a page that runs in the browser names the opening in it, and nothing before does."""
    fragment = _TRACKED.sub("", fragment)
    found = NAMED.search(fragment)
    if found is None or found[0] in rest or not re.search(r"[/=!]", fragment) or fragment.startswith(":~:"):
        return ""
    return quote(unquote(fragment), safe="/=!&?:;,+@-._~")
