"""Job boards: how each one writes the address of an opening, and the number that names it there."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


@dataclass(frozen=True, slots=True)
class OnBoard:
    """An opening on a board: the board's name, the opening's id there, and its address in one form."""

    board: str
    board_id: str
    url: str


Query = Mapping[str, str]
Rule = Callable[[str, str, Query], OnBoard | None]


def board_of(host: str, path: str, query: Query, fragment: str = "") -> OnBoard | None:
    """Return the opening that an address names on a board that we know; None for any other address.

    host: lower case, without www; path: without trailing slash; query: without trackers.
    """
    lower = {k.lower(): v for k, v in query.items()}
    for rule in _RULES:
        found = rule(host, path, lower)
        if found is not None:
            return found
    if host.endswith("taleo.net") and (job := lower.get("job")):
        return OnBoard("taleo", f"{host}/{job.lower()}", f"https://{host}{path}?job={job}")
    if in_fragment := re.search(r"gh_jid=(\d+)", fragment):
        return _greenhouse_id(in_fragment[1], f"https://{host}{path}?gh_jid={in_fragment[1]}")
    return None


def _greenhouse_id(number: str, url: str) -> OnBoard:
    # A Greenhouse job id is unique over all boards, so it names the opening wherever the company shows it.
    return OnBoard("greenhouse", number, url)


def _greenhouse(host: str, path: str, query: Query) -> OnBoard | None:
    if host.endswith("greenhouse.io"):
        if (found := re.fullmatch(r"/(?:embed/)?([^/]+)/jobs/(\d+)", path)) is not None:
            return _greenhouse_id(found[2], f"https://{_greenhouse_host(host)}/{found[1].lower()}/jobs/{found[2]}")
        if path == "/embed/job_app" and query.get("token", "").isdecimal():
            company, number = query.get("for", "").lower(), query["token"]
            if company:
                return _greenhouse_id(number, f"https://{_greenhouse_host(host)}/{company}/jobs/{number}")
            return _greenhouse_id(number, f"https://{host}{path}?token={number}")
    if query.get("gh_jid", "").isdecimal():
        return _greenhouse_id(query["gh_jid"], f"https://{host}{path}?gh_jid={query['gh_jid']}")
    return None


def _greenhouse_host(host: str) -> str:
    return "job-boards.eu.greenhouse.io" if ".eu." in host else "boards.greenhouse.io"


def _lever(host: str, path: str, query: Query) -> OnBoard | None:
    del query
    found = re.fullmatch(rf"/([^/]+)/({_UUID})", path, re.IGNORECASE)
    if host in {"jobs.lever.co", "jobs.eu.lever.co"} and found:
        return OnBoard("lever", found[2].lower(), f"https://{host}/{found[1].lower()}/{found[2].lower()}")
    return None


def _ashby(host: str, path: str, query: Query) -> OnBoard | None:
    found = re.fullmatch(rf"/([^/]+)/({_UUID})", path, re.IGNORECASE)
    if host == "jobs.ashbyhq.com" and found:
        return OnBoard("ashby", found[2].lower(), f"https://{host}/{found[1].lower()}/{found[2].lower()}")
    job = query.get("ashby_jid", "")
    if re.fullmatch(_UUID, job, re.IGNORECASE):
        return OnBoard("ashby", job.lower(), f"https://{host}{path}?ashby_jid={job.lower()}")
    return None


def _workday(host: str, path: str, query: Query) -> OnBoard | None:
    del query
    if "myworkdayjobs" not in host and "myworkdaysite" not in host:
        return None
    tenant = host.split(".", 1)[0]
    found = re.search(r"/job/(?:.*/)?([^/]+)$", path)
    requisition = re.search(r"_([A-Za-z0-9][A-Za-z0-9.\-_]*)$", found[1]) if found else None
    if found is None or requisition is None or not re.search(r"\d", requisition[1]):
        return None
    # The same requisition gets "-1", "-2" behind it when it is posted again.
    number = re.sub(r"-\d{1,2}$", "", requisition[1]).lower()
    short = re.sub(r"^/[a-z]{2}-[A-Za-z]{2}(?=/)", "", path)
    return OnBoard("workday", f"{tenant}/{number}", f"https://{host}{short}")


def _simple(board: str, hosts: str, pattern: str, url: str) -> Rule:
    """Return a rule: host and path match, the last group is the id; `url` is the one form, groups filled in."""

    def rule(host: str, path: str, query: Query) -> OnBoard | None:
        del query
        found = re.fullmatch(pattern, path, re.IGNORECASE) if re.fullmatch(hosts, host) else None
        if found is None:
            return None
        groups = [(g or "").lower() for g in found.groups()]
        site = host.split(".", 1)[0]
        number = groups[-1] if board in _GLOBAL_IDS else f"{site}/{groups[-1]}"
        return OnBoard(board, number, url.format(*groups, host=host))

    return rule


_GLOBAL_IDS = frozenset({"smartrecruiters", "workable", "linkedin", "simplify"})
"""Boards on which a number is unique without the company's name."""


def _by_parameter(board: str, hosts: str, name: str) -> Rule:
    """Return a rule for boards that name the opening by a parameter."""

    def rule(host: str, path: str, query: Query) -> OnBoard | None:
        value = query.get(name, "") if re.fullmatch(hosts, host) else ""
        if not value:
            return None
        number = value.lower() if board == "indeed" else f"{host.split('.', 1)[0]}/{value.lower()}"
        return OnBoard(board, number, f"https://{host}{path}?{name}={value}")

    return rule


_RULES: tuple[Rule, ...] = (
    _greenhouse,
    _lever,
    _ashby,
    _workday,
    _simple("smartrecruiters", r"jobs\.smartrecruiters\.com", r"/([^/]+)/(\d{6,})(?:-[^/]*)?", "https://{host}/{0}/{1}"),
    _simple("workable", r"apply\.workable\.com", r"/(?:[^/]+/)?j(?:obs)?/([0-9a-f]{8,})", "https://{host}/j/{0}"),
    _simple("icims", r".*\.icims\.com", r"/jobs/(\d+)(?:/.*)?", "https://{host}/jobs/{0}/job"),
    _simple("oracle", r".*\.oraclecloud\.com", r"(.*)/sites/([^/]+)/(?:[^/]+/)*job/(\d+)(?:/.*)?", "https://{host}{0}/sites/{1}/job/{2}"),
    _simple("bamboohr", r".*\.bamboohr\.com", r"/(?:careers|jobs)/(?:view/)?(\d+)(?:/detail)?", "https://{host}/careers/{0}"),
    _simple("recruitee", r".*\.recruitee\.com", r"/o/([^/]+)", "https://{host}/o/{0}"),
    _simple("personio", r".*\.jobs\.personio\.(?:de|com)", r"/job/(\d+)", "https://{host}/job/{0}"),
    _simple("jobvite", r"jobs\.jobvite\.com", r"/(?:careers/)?([^/]+)/job/([0-9a-z]+)", "https://{host}/{0}/job/{1}"),
    _simple("eightfold", r".*\.eightfold\.ai", r"/careers/job/(\d+)(?:-[^/]*)?", "https://{host}/careers/job/{0}"),
    _by_parameter("eightfold", r".*\.eightfold\.ai", "pid"),
    _simple("linkedin", r"(?:[a-z]+\.)?linkedin\.com", r"/jobs/view/(?:[^/]*-)?(\d+)", "https://linkedin.com/jobs/view/{0}"),
    _by_parameter("indeed", r"(?:[a-z]+\.)?indeed\.com", "jk"),
    _simple("simplify", r"simplify\.jobs", rf"/(?:p|jobs/click)/({_UUID})(?:/.*)?", "https://{host}/p/{0}"),
)  # fmt: skip
