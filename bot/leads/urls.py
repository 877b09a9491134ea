"""Addresses of openings: one canonical form, the board that an opening stands on, and links in chat messages."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from bot.leads.boards import board_of

_TRACKERS = re.compile(
    r"^(utm_.*|_?hs(enc|mi|ctatracking)|mc_[ce]id|[gf]bclid|gclid|gclsrc|dclid|msclkid|twclid|igshid|yclid|li_fat_id"
    r"|gh_src|lever-(source|origin).*|lever_source|source|src|sourceid|ref|referer|referrer|refsrc|reference|medium"
    r"|campaign|trk|trackingid|tracking|iis|iisn|iisp|mode|mobile|needsredirect|jan1offset|jun1offset|width|height|bga"
    r"|codes|ss|jobboard|jobboardsource|rx_.*|feedid|p_sid|p_uid|domain_source|in_iframe|hashed|sid|from|tm_.*|ittk"
    r"|ebp|recommendedflavor|refid|position|pagenum|originaltsubdomain|ccuid|share|channel|jobsite|bid|ats|lang|locale"
    r"|language|utmsource|simplify|et|hl|c_src|c_src2|jobpipeline|source_id|urlhash|apply|cmpid|jr_id)$",
    re.IGNORECASE,
)
"""Parameters that say where a visitor came from. None of them names the opening on any board that we know."""

_LINK = re.compile(r"https?://[^\s<>\"|`\\]+", re.IGNORECASE)
_TRAILING = ".,;:!?'»”*_~"
_FRONT = re.compile(
    r"^(search|all|index|home|login|apply|benefits|teams?|departments?|locations?|students?|internships?|culture|life"
    r"|open-positions|open-roles|job-search|results|opportunities|early-careers?|university|campus|faq|about)(\.\w+)?$"
)
_JOB_PATH = re.compile(
    r"(^|[-_/])(jobs?|careers?|positions?|openings?|vacanc(y|ies)|stellen\w*|karriere|offers?|emplois?|postings?"
    r"|requisitions?|roles?|job-?details?)([-_/.]|$)"
)
_WORDS_OF_A_TITLE = 3
_NEVER = ("github.com", "gitlab.com", "youtube.com", "youtu.be", "twitter.com", "x.com", "facebook.com",
          "instagram.com",
          "medium.com", "arxiv.org", "wikipedia.org", "stackoverflow.com", "reddit.com", "discord.com", "slack.com",
          "docs.google.com", "kaggle.com", "huggingface.co", "glassdoor.com")  # fmt: skip


@dataclass(frozen=True, slots=True)
class CanonicalUrl:
    """An address in its one form; `board` and `board_id` name the opening where we know the job board."""

    url: str
    board: str = ""
    board_id: str = ""


def canonical(url: str) -> CanonicalUrl:
    """Return the one form of an opening's address: https, no trackers, no "/apply", parameters in order.

    Canonical addresses are fixed points. Raises ValueError, in words for a person, when it is no web address.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        raise ValueError(_refusal(text)) from None
    if parts.scheme.lower() not in {"http", "https"} or "." not in host or " " in host:
        raise ValueError(_refusal(text))
    host = host.removeprefix("www.")
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=False) if not _TRACKERS.match(k)]
    found = board_of(host, _path(parts.path), dict(query), parts.fragment)
    if found is not None:
        return CanonicalUrl(found.url, found.board, found.board_id)
    netloc = host if port in {None, 80, 443} else f"{host}:{port}"
    fragment = parts.fragment if re.search(r"[/=!]", parts.fragment) and re.search(r"\d", parts.fragment) else ""
    return CanonicalUrl(urlunsplit(("https", netloc, _path(parts.path), urlencode(sorted(query)), fragment)))


_APPLY = re.compile(r"/(apply|application|apply-now|applymanually|login)/?$", re.IGNORECASE)


def _path(path: str) -> str:
    path = re.sub(r"/{2,}", "/", path)
    while True:
        shorter = re.sub(
            r"/(apply|application|apply-now|applymanually|login)/?$", "", path, flags=re.IGNORECASE
        ).rstrip("/")
        if shorter == path:
            return path
        path = shorter


def _refusal(text: str) -> str:
    shown = text if len(text) <= 80 else text[:79] + "…"  # noqa: PLR2004 - one line of a message
    return f"“{shown}” is no web address. Give one that begins with https://"


def is_job_link(url: str) -> bool:
    """Return whether a link looks like one opening: on a board we know, or a path of jobs with an id or a long name."""
    try:
        found = canonical(url)
    except ValueError:
        return False
    if found.board:
        return True
    parts = urlsplit(found.url)
    host, path = parts.hostname or "", unquote(parts.path).lower()
    if any(host == name or host.endswith("." + name) for name in _NEVER):
        return False
    on_jobs_host = host.split(".")[0] in {"jobs", "careers", "job", "career", "karriere", "apply", "hire"}
    last = path.rsplit("/", 1)[-1]
    if not (on_jobs_host or _JOB_PATH.search(path)) or _FRONT.match(last):
        return False
    if re.search(r"\d{3,}", path + "?" + parts.query):
        return True
    return len(re.findall(r"[a-z]+", last)) >= _WORDS_OF_A_TITLE


def find_links(text: str) -> list[str]:
    """Return the web addresses in a chat message, in order, without the punctuation that follows them."""
    links = []
    for found in _LINK.finditer(text):
        link = found[0].rstrip(_TRAILING)
        for opening, closing in (("(", ")"), ("[", "]")):
            while link.endswith(closing) and link.count(closing) > link.count(opening):
                link = link[:-1].rstrip(_TRAILING)
        if "](" in link:
            link = link.split("](")[0]
        links.append(link)
    return links
