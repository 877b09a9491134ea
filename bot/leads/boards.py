"""Job boards: the opening that an address names, its number there, and its address in one form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.leads.board_table import BOARDS, COMPANIES, FAMILIES, UUID, Rule


@dataclass(frozen=True, slots=True)
class OnBoard:
    """An opening on a board: the board's name, the opening's id there, and its address in one form."""

    board: str
    board_id: str
    url: str


Query = Mapping[str, str]
"""Parameters of an address, their names in lower case."""


def board_of(host: str, path: str, query: Query, fragment: str = "") -> OnBoard | None:
    """Return the opening that an address names on a board that we know; None for any other address.

    host: lower case, without www; path: without trailing slash and "/apply"; query: names in lower case.
    """
    for special in (_greenhouse, _workday):
        if found := special(host, path, query, fragment):
            return found
    for rule in _rules_of(host):
        if found := _apply(rule, host, path, query):
            return found
    if "ashby_jid" in query and re.fullmatch(UUID, query["ashby_jid"], re.IGNORECASE):
        number = query["ashby_jid"].lower()
        return OnBoard("ashby", number, f"https://{host}{path}?ashby_jid={number}")
    return None


def _by_domain() -> dict[str, list[Rule]]:
    table: dict[str, list[Rule]] = {}
    for rule in (*BOARDS, *COMPANIES):
        table.setdefault(_domain(rule.host), []).append(rule)
    return table


def _domain(host: str) -> str:
    return ".".join(host.rsplit(".", 2)[-2:])


_BY_DOMAIN = _by_domain()


@lru_cache(maxsize=4_000)
def _rules_of(host: str) -> tuple[Rule, ...]:
    of_host = _BY_DOMAIN.get(_domain(host), ())
    return (*(r for r in of_host if host == r.host or host.endswith("." + r.host)), *FAMILIES)


_VALUE = re.compile(r"[\w.~+-]{1,80}")


def _apply(rule: Rule, host: str, path: str, query: Query) -> OnBoard | None:
    match = rule.matches.fullmatch(path)
    if match is None:
        return None
    values = _Values(query)
    values |= {"host": host, "path": path, "site": host.split(".", 1)[0]}
    values |= {"lever": "jobs.eu.lever.co" if ".eu." in host else "jobs.lever.co"}
    values |= {name: value or "" for name, value in match.groupdict().items()}
    if rule.parameter:
        named = [query[name] for name in rule.parameter.split("|") if name in query]
        if not named or not re.fullmatch(rule.value, named[0]):
            return None
        values["id"] = named[0]
    if re.fullmatch(UUID, values["id"], re.IGNORECASE):
        values["id"] = values["id"].lower()
    return OnBoard(rule.board, rule.number.format_map(values).lower(), rule.url.format_map(values))


class _Values(dict[str, str]):
    """What fills a template in; a parameter that the address lacks, or that is no plain word, is empty."""

    def __init__(self, query: Query) -> None:
        super().__init__({name: value for name, value in query.items() if _VALUE.fullmatch(value)})

    def __missing__(self, name: str) -> str:
        return ""


_GREENHOUSE = re.compile(r"/(?:embed/|v1/boards/)?([^/]+)/jobs/(\d+)")


def _greenhouse(host: str, path: str, query: Query, fragment: str) -> OnBoard | None:
    """Read Greenhouse's own addresses, and the job id that a company's own site carries in gh_jid."""
    # A Greenhouse job id is unique over all companies, so it names the opening wherever it is shown.
    if host.endswith("greenhouse.io"):
        place = "job-boards.eu.greenhouse.io" if ".eu." in host else "boards.greenhouse.io"
        if found := _GREENHOUSE.fullmatch(path):
            return OnBoard("greenhouse", found[2], f"https://{place}/{found[1].lower()}/jobs/{found[2]}")
        token = query.get("token", "")
        if path == "/embed/job_app" and _number(token):
            company = query.get("for", "").lower()
            named = f"{company}/jobs/{token}" if re.fullmatch(r"[\w-]+", company) else f"embed/job_app?token={token}"
            return OnBoard("greenhouse", token, f"https://{place}/{named}")
    given = query.get("gh_jid", "").rstrip("/")
    if fragment and "gh_jid" not in query and (in_fragment := re.search(r"\bgh_jid=(\d+)", fragment)):
        given = in_fragment[1]
    if given and not _number(given) and (in_path := re.search(r"(?<!\d)(\d{7,10})$", path)):
        # Some lists overwrite every parameter with their own name; the path still has the number.
        given = in_path[1]
    return OnBoard("greenhouse", given, f"https://{host}{path}?gh_jid={given}") if _number(given) else None


def _number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


_LANGUAGE = re.compile(r"^/[a-z]{2}-[A-Za-z]{2}(?=/)")
_REQUISITION = re.compile(r"/(?:job|details)/(?:.*/)?[^/]*_([A-Za-z0-9.-]*\d{3}[A-Za-z0-9.-]*)$")
_AGAIN = re.compile(r"(?<=\d)-[1-9]$")


def _workday(host: str, path: str, query: Query, fragment: str) -> OnBoard | None:
    """Read Workday's addresses: …/job/Place/Title_R-12345, or …/details/…, with "-1" behind it when posted again."""
    del query, fragment
    if not host.endswith(("myworkdayjobs.com", "myworkdaysite.com")):
        return None
    short = _LANGUAGE.sub("", path)
    tenant = host.split(".", 1)[0]
    if found := re.match(r"/recruiting/([^/]+)/", short):
        tenant = found[1].lower()
    found = _REQUISITION.search(short)
    if found is None:
        return None
    number = _AGAIN.sub("", found[1]).lower()
    return OnBoard("workday", f"{tenant}/{number}", f"https://{host}{short}")
