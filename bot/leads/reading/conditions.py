"""The conditions of an opening: degree, pay, place of work, hours, who may work there. None and "" are "not said"."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

DEGREES: Final = ("bachelor", "master", "phd")


class Saying(NamedTuple):
    """A pattern over lower-case text that is only tried where one of its hints stands: most texts have none."""

    hints: tuple[str, ...]
    pattern: re.Pattern[str]

    def within(self, text: str) -> bool:
        """Tell whether a text says it."""
        for hint in self.hints:  # a loop is twice as fast as any() here, and nearly every call ends in it
            if hint in text:
                return self.pattern.search(text) is not None
        return False


def _saying(hints: str, *alternatives: str) -> Saying:
    return Saying(tuple(hints.split("|")), re.compile("|".join(alternatives)))


_TITLE_DEGREES: Final = {
    "bachelor": re.compile(
        r"\b(?:[Bb]achelor(?:['’]?s)?|BACHELORS?|[Uu]ndergrad\w*|UNDERGRAD\w*|BSc?|B\.S\.|Licence)(?!\w)",
    ),
    "master": re.compile(r"\b(?:[Mm]aster(?:['’]?s)?(?! [Dd]ata)|MASTERS?|(?<!, )MSc?|M\.S\.|MEng|MBA)(?!\w)"),
    "phd": re.compile(r"\b(?:P[Hh]\.?\s?[Dd]s?|[Dd]octora\w+)\b"),
}
_STUDY: Final = re.compile(
    r"(?:pursuing|enrolled|studying|student|candidate|working toward|degree (?:program|in)|studium)[^.\n;]{0,120}"
)
_STUDY_DEGREES: Final = {
    "bachelor": re.compile(r"\b(?:bachelor|undergraduate|b\.?sc?\b|bs/|licence)"),
    "master": re.compile(r"\b(?:master|m\.?sc\b|ms/|ms or|graduate (?:student|degree))"),
    "phd": re.compile(r"\b(?:ph\.?\s?d|doctora)"),
}

_UNPAID: Final = _saying(
    "unpaid|non-paid|nonpaid|unbezahlt|rémunér|remunerad|volunteer|academic credit",
    r"\bunpaid\b(?! (?:leave|time|break|overtime|parental))|\bnon-?paid\b|\bunbezahlt|\bnon rémunér|\bno remunerad",
    r"\bvolunteer(?:ing)? (?:position|role|internship)|\bfor academic credit only\b",
)
_AMOUNT: Final = r"[$€£]\s?\d[\d,.]*\s?k?\s?"
_PAID: Final = (
    _saying(
        "$|€|£",
        _AMOUNT + rf"(?:(?:[-–—]|to)\s?(?:{_AMOUNT}|\d[\d,.]*\s?k?\s?))?(?:usd |eur |cad |gbp )?"
        r"(?:/|per |an? )\s?(?:hour|hr|h\b|month|mo\b|year|yr|week|annum)",
    ),
    _saying(
        "paid ",
        r"(?<!un)(?<!non-)\bpaid (?:\w+ ){0,2}(?:internship|co-?op|position|placement|role|program)|\bfully paid\b",
    ),
    _saying("paid", r"\(paid\)|[-–] paid\b"),
    _saying("hourly|base|monthly", r"\b(?:hourly|base|monthly) (?:pay|rate|salary|wage|compensation)"),
    _saying(" range", r"\b(?:salary|pay|compensation) range\b"),
    _saying(
        "stipend|vergüt|gratification|rémunéré", r"\bstipend\b|\bvergütet|\bvergütung|\bgratification\b|\brémunéré"
    ),
)

_REMOTE: Final = _saying(
    "remote|wfh|from home|télétravail",
    r"\bremote(?:ly)?\b(?! (?:sensing|sensor|control|monitoring|diagnos|access|start))"
    r"|\bfrom home\b|\bwfh\b|\btélétravail",
)
_HYBRID: Final = _saying(
    "hybrid",
    r"\bhybrid\b(?! (?:cloud|model(?:s|l?ing)|electric|vehicle|power|bond|quantum|search|system|it\b))",
)
_ON_SITE: Final = _saying(
    "on-site|onsite|on site|office|person|vor ort", r"\bon[- ]?site\b|\bin[- ](?:office|person)\b|\bvor ort\b"
)
_MODES_IN_PROSE: Final = (
    (
        "hybrid",
        _saying(
            "hybrid|week in", r"\bhybrid (?:role|position|work|schedule|internship|model|environment|office)",
            r"\b\d days? (?:a|per) week in (?:the|our) office",
        ),
    ),
    (
        "remote",
        _saying(
            "remote", r"\b(?:fully|100 ?%|completely|entirely|is|be|working|work) remote(?:ly)?\b",
            r"\bremote (?:role|position|internship|opportunity|job|first)\b",
        ),
    ),
    (
        "on-site",
        _saying(
            "on-site|onsite|in-person|in person", r"\b(?:on-?site|in-person) (?:role|position|internship)",
            r"\b(?:is|be) (?:fully |100% )?(?:on-?site|in[- ]person)\b",
        ),
    ),
)  # fmt: skip

_PART_TIME: Final = _saying(
    "part|teilzeit|partiel|deeltijd|parcial|media jornada|werkstud|working stud|hour|hrs|stunden",
    r"\bpart[-_ ]?time\b|\bteilzeit\b|\btemps partiel\b|\bdeeltijd\b|\btiempo parcial\b|\bmedia jornada\b",
    r"\bwerkstud|\bworking student",
    r"\b(?:[5-9]|1\d|2[0-5])\s?(?:hours?|hrs?|h|stunden)[ /](?:a |per |pro |each )?(?:week|wk|woche)",
)
_FULL_TIME: Final = _saying(
    "full|vollzeit|plein|hour|stunden",
    r"\bfull[-_ ]?time\b|\bvollzeit\b|\btemps plein\b",
    r"\b(?:3[5-9]|40)\s?(?:hours?|hrs?|h|stunden)[ /](?:a |per |pro )?(?:week|wk|woche)",
)
_PART_TIME_IN_PROSE: Final = _saying(
    "part-time|part time|teilzeit",
    r"\bpart[- ]time (?:role|position|internship|basis|work|job|during|intern|student|opportunit)|\bteilzeit",
)

_AMERICAN: Final = r"(?:u\.?\s?s\.?|united states)"
_CITIZENS: Final = _saying(
    "citizen|clearance|🇺🇸",
    rf"🇺🇸|\b{_AMERICAN} citizen(?:ship)?(?:s| is| status)? (?:only|required|is required|is a must)|\bcitizens only\b",
    rf"\bmust be (?:an? )?{_AMERICAN} citizen|\bcitizenship is required|\brequires? {_AMERICAN} citizenship",
    r"\b(?:obtain|hold|maintain|active|eligible for)[^.\n]{0,40}\bsecurity clearance",
    r"\bsecurity clearance (?:is )?required",
)
_NO_VISA: Final = _saying(
    "sponsor|🛂",
    r"🛂|\b(?:no|not|cannot|can't|can’t|unable|won't|won’t|without|neither|nor|doesn't)\b[^.\n]{0,60}\bsponsor",
    r"\bsponsorship (?:is )?(?:not|un)\s?available|\bnot eligible for (?:\w+ )?sponsorship",
)
_VISA: Final = _saying(
    "sponsor",
    r"\boffers? (?:\w+ )?sponsorship|\b(?:we|will|can|do|happy to) (?:\w+ )?sponsor\b|\bvisa sponsorship: yes",
    r"\bsponsorship (?:is )?(?:available|offered|provided|possible)",
)
_SPONSORSHIPS: Final = (("citizens only", _CITIZENS), ("no", _NO_VISA), ("yes", _VISA))


def read_degrees(title: str, degrees: Iterable[str], description: str) -> tuple[str, ...]:
    """Return the degrees that are asked for, of bachelor, master and phd: from the list, else the title, else prose."""
    listed = " ".join(degrees).lower().replace("ph.d", "phd").replace("doctor", "phd")
    found = {level for level in DEGREES if level in listed}
    found |= {"bachelor"} if "undergrad" in listed or "associate" in listed else set()
    if not found:
        found = {level for level, pattern in _TITLE_DEGREES.items() if pattern.search(title)}
    if not found and description:
        sentences = " ".join(_STUDY.findall(description))
        found = {level for level, pattern in _STUDY_DEGREES.items() if pattern.search(sentences)}
    return tuple(level for level in DEGREES if level in found)


def read_paid(text: str, salary: str, description: str) -> bool | None:
    """Tell whether an opening is paid: it is when a salary is named and nothing says "unpaid"."""
    texts = [part for part in (text, salary.lower(), description) if part]
    if any(_UNPAID.within(part) for part in texts):
        return False
    paid = any(c.isdigit() for c in salary) or any(saying.within(part) for part in texts for saying in _PAID)
    return True if paid else None


def read_mode(text: str, description: str, *, remote: bool | None) -> str:
    """Return remote, hybrid, on-site or "". Where both are offered the freer one counts; a list's own field decides.

    `text` is what names the job and its places: a word is enough there. A description has to say it of the job.
    """
    if remote or (remote is None and _REMOTE.within(text)):
        return "remote"
    if _HYBRID.within(text):
        return "hybrid"
    if remote is False or _ON_SITE.within(text):
        return "on-site"
    return next((mode for mode, saying in _MODES_IN_PROSE if saying.within(description)), "")


def read_part_time(text: str, description: str) -> bool | None:
    """Tell whether an opening may be done part-time, as one may that can be either."""
    if _PART_TIME.within(text):
        return True
    if _FULL_TIME.within(text):
        return False
    return True if _PART_TIME_IN_PROSE.within(description) else None


def read_sponsorship(stated: str, text: str, description: str) -> str:
    """Return "yes", "no", "citizens only" or "": what a list states in its own field goes before what is written."""
    for words in (stated.lower(), text, description):
        for answer, saying in _SPONSORSHIPS:
            if saying.within(words):
                return answer
    return ""
