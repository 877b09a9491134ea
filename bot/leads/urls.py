"""Addresses of openings: one canonical form, the board that an opening stands on, and job links in chat messages."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from bot.leads.addresses import NAMED, one_fragment, one_path, split_address, without_locale
from bot.leads.board_table import UUID
from bot.leads.boards import board_of

_TRACKERS = re.compile(
    r"(utm_?\w*|_?hs(enc|mi|ctatracking)|mc_[ce]id|[gf]bclid|gclid|gclsrc|dclid|msclkid|twclid|igshid|yclid|li_fat_id"
    r"|lipi|lici|licu|_gl|_ga|gh_src|lever-(source|origin).*|lever_source|source(_?id)?|src|ref|referr?er|refsrc"
    r"|refid|medium|campaign|cmpid|cmp|trk\w*|trackingid|tracking|trid|iis|iisn|iisp|iss|rx_.*|tm_.*|feedid|rb"
    r"|p_[su]id|domain_source|ittk|ebp|recommendedflavor|originaltsubdomain|_?ccuid|_?ccid|jobpipeline|jobsource"
    r"|jobboard(source)?|utmsource|simplify|c_src2?|urlhash|eresc|s_eid|jclickid|publisher|dcr_ci|__jvs[td]|pvs|spread)",
    re.IGNORECASE,
)
"""Parameters that say where a visitor came from."""

_NAMES_A_JOB = re.compile(
    r"(gh_jid|ashby_jid|v?jk|.*job_?(id|code|no|nr|num|number|seq|ref|name)|jobs?|[jpr]?id|gni|token|r|j"
    r"|req|.*req_?(id|no|num|number)|.*requisition.*|opportunity_?id|posting_?id|position(_?id)?|vacancy.*|opening.*"
    r"|folderid|jl)",
    re.IGNORECASE,
)
"""Parameters that name the opening itself: never dropped."""

_CONTEXT = re.compile(
    r"(lang(uage)?|locale|previouslocale|rcm_site_locale|hl|mode|mobile|width|height|bga|needsredirect|j(an|un)1offset"
    r"|in_iframe|hub|hashed|q|query|search\w*|keywords?|sort\w*|order\w*|location.*|page(num(ber)?)?|start|offset|limit"
    r"|filter.*|domain|microsite|job_index|triggergobutton|workersubtype|redirect|from.*|_frompublish|tl|tags|codes?"
    r"|team|department|disciplines|jobfamil(y|ies)|tz|tzname|nl|fr|vs|ss|cid|jr_id|share|channel|apply|iframe|icims"
    r"|selected.*|last\w*facet|radius|distance|spa|back|return\w*|session.*|sid|t|s|rs|site|ats|bid|tid)",
    re.IGNORECASE,
)
"""Parameters of the page round the opening: dropped only where the rest of the address names the opening."""

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class CanonicalUrl:
    """An address in its one form; `board` and `board_id` name the opening where we know the job board."""

    url: str
    board: str = ""
    board_id: str = ""

    @property
    def key(self) -> str:
        """What two addresses of one opening have in common: the board's number, else the address itself."""
        return f"{self.board}:{self.board_id}" if self.board else self.url.lower()


@lru_cache(maxsize=20_000)
def canonical(url: str) -> CanonicalUrl:
    """Return the one form of an opening's address: https, no trackers, no "/apply", parameters in order.

    Canonical addresses are fixed points. Raises ValueError, in words for a person, when it is no web address.
    """
    host, path, query, fragment = split_address(url)
    path = one_path(path)
    pairs = _pairs(query) if query else []
    found = board_of(host, path, {k.lower(): v for k, v in pairs}, fragment)
    if found is not None:
        return CanonicalUrl(found.url, found.board, found.board_id)
    if pairs and (NAMED.search(path) or any(_NAMES_A_JOB.fullmatch(k) and _DIGIT.search(v) for k, v in pairs)):
        pairs = [(k, v) for k, v in pairs if not _CONTEXT.fullmatch(k) or (_NAMES_A_JOB.fullmatch(k) and v)]
    words = urlencode(sorted(pairs))
    kept = one_fragment(fragment, path + words) if fragment else ""
    short = without_locale(path)
    text = f"https://{host}{short}{'?' if words else ''}{words}{'#' if kept else ''}{kept}"
    # Without its language a path may be one that a board is told by.
    return CanonicalUrl(text) if short == path else canonical(text)


def _pairs(query: str) -> list[tuple[str, str]]:
    """Return the parameters but for trackers, each name once; without a value only where the name holds a number."""
    given: dict[str, tuple[str, str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if (value or NAMED.search(name)) and (_NAMES_A_JOB.fullmatch(name) or not _TRACKERS.fullmatch(name)):
            given.setdefault(name.lower(), (name, value))
    return list(given.values())


_NEVER = frozenset(
    {
        "github.com", "gitlab.com", "gist.github.com", "youtube.com", "youtu.be", "twitter.com", "x.com", "t.co",
        "facebook.com", "instagram.com", "tiktok.com", "medium.com", "substack.com", "arxiv.org", "wikipedia.org",
        "stackoverflow.com", "reddit.com", "docs.google.com", "drive.google.com", "forms.gle", "kaggle.com",
        "news.ycombinator.com", "coursera.org", "udemy.com", "leetcode.com", "hackerrank.com", "levels.fyi",
    }
)  # fmt: skip
"""Hosts whose pages are no openings, whatever their paths say; boards are told before this is asked."""
_JOBS_HOST = re.compile(
    r"(jobs?|careers?|karriere|apply|hiring|work|talent)\d*[.-]|[^.]*(jobs|careers)\.|[^/]+\.(jobs|careers)$"
)
_JOBS_PATH = re.compile(
    r"(^|[-_/])(jobs?|careers?|positions?|openings?|vacanc(y|ies)|stellen\w*|karriere|jobsuche|offres?(-emploi)?|emplois?"
    r"|postings?|requisitions?|roles?|job-?details?|internships?|opportunit(y|ies)|join-us|work-with-us|listings?)([-_/.]|$)"
)
_JOB_NUMBER = re.compile(
    rf"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{{4,}}|{UUID}|(?=[a-z0-9]*\d)(?=\d*[a-z])[a-z0-9]{{10,}}(?=[/?#]|$)|[_-][a-z]{{1,4}}-?\d{{3,}}"
)
"""A number that is no year, or a jumble of letters and digits."""
_TITLE = re.compile(
    r"\b(intern(ship)?|co-?op|praktik\w*|werkstudent\w*|trainee|thesis|stage|stagiaire|working-student)\b"
)
_LISTING = re.compile(r"(search|results|students?|internships?|events?|faq|page)([-/.?]|$)")
_WRITING = re.compile(r"/(blog|news|stories|articles?|insights)/")
_SHORT_LINKS = frozenset({"grnh.se", "wrkbl.ink"})
"""Hosts on which boards shorten the addresses of their openings."""
_NAMES_ONLY_A_JOB = re.compile(
    r"job_?(id|code|no|nr|num|number|seq|ref)|req(_?id)?|(opportunity|posting|vacancy)_?id", re.IGNORECASE
)


def is_job_link(url: str) -> bool:
    """Return whether a link looks like one opening: on a board that we know, or a path of jobs that names one."""
    try:
        found = canonical(url)
    except ValueError:
        return False
    parts = urlsplit(found.url)
    host, path = parts.hostname or "", unquote(parts.path).lower()
    if found.board or host in _SHORT_LINKS:
        return True
    if any(host == name or host.endswith("." + name) for name in _NEVER) or _WRITING.search(path):
        return False
    named = {k for k, v in parse_qsl(parts.query) if _NAMES_A_JOB.fullmatch(k) and re.search(r"\d{2}", v)}
    if not (_JOBS_HOST.match(host) or _JOBS_PATH.search(path)):
        return any(_NAMES_ONLY_A_JOB.fullmatch(k) for k in named)
    last = path.rsplit("/", 1)[-1]
    if _TITLE.search(last) and last.count("-") >= _DASHES_OF_A_TITLE:
        return True
    return bool(named) or (bool(_JOB_NUMBER.search(f"{path}#{parts.fragment}")) and not _LISTING.match(last))


_DASHES_OF_A_TITLE = 2
"""software-engineer-intern has two; "student-programs" has one."""

_LINK = re.compile(r"https?://[^\s<>\"|`\\^{}]{1,4096}", re.IGNORECASE)
_TRAILING = ".,;:!?'’»”“*_~…"


def find_links(text: str) -> list[str]:
    """Return the web addresses in a chat message, in order, each once, without the punctuation that follows them.

    Knows Slack's <address|label>, and Markdown's [label](address), where an address as label says nothing new.
    """
    links = []
    for found in _LINK.findall(text.replace("&amp;", "&")):
        for link in re.split(r",(?=https?://)", found):
            label, between, _ = link.partition("](")
            links.append(label if between else _without_punctuation(link))
    return list(dict.fromkeys(links))


def _without_punctuation(link: str) -> str:
    """Drop what ends the sentence, and brackets that were opened before the address."""
    while (shorter := link.rstrip(_TRAILING)) != link or _closes_more(link):
        link = shorter if shorter != link else link[:-1]
    return link


def _closes_more(link: str) -> bool:
    return any(link.endswith(end) and link.count(end) > link.count(begin) for begin, end in ("()", "[]"))
