"""What a description and a list's own field may add where a title leaves a question open: a plain yes."""

import re
from typing import Final

from bot.leads.reading.geography import CITIES
from bot.leads.reading.own_work import own_learning
from bot.leads.reading.rules import LIKELY, PERMANENT, UNLIKELY, Belief, Title
from bot.leads.reading.words import split_words

SAID = 0.72
"""How far a description is trusted: with the least of a title's rules it still makes more than a half."""
READ = 6_000
"""Characters of a description that are read; the rest is benefits and law."""
_WAYS_NEEDED = 2
"""Said in one way only it may be "an internship is a plus" in words that we do not know."""

_INTERNSHIP: Final = re.compile(
    r"\b(?:this|our|the|paid|summer|research|\d+[- ](?:week|month)s?(?:[- ]long)?)\s(?:paid\s|summer\s|research\s)?"
    r"(?:internship|co-?op)\b(?! experience| or | is a plus)"
    r"|\bas an? (?:\w+ )?intern\b|\b(?:the|our) interns? will\b|\binternship (?:duration|dates|start)"
    r"|\bdauer des praktikums|\b(?:dein|das|unser) praktikum\b|\bals (?:\w+ )?werkstudent|\bce stage\b|\bstage de \d"
)
_EMPLOYMENT: Final = re.compile(r"\bintern(?:s|ships?)?\b|\bco-?op\b|\bwerkstudent\b|\bworking student\b|\bpraktik\w+")
_INTERNSHIP_HINTS: Final = ("intern", "co-op", "coop", "praktik", "werkstudent", "stage")
_OTHER_TRADES: Final = ("trade", "function", "business", "hardware", "other science")
_SAYS_INTERNSHIP: Final = (
    "internship",
    "romance internship",
    "student",
    "stage",
    "placement",
    "summer",
    "not internship",
)
_WORDS_OF_TIME_AND_PLACE: Final = """
spring summer autumn fall winter january february march april may june july august september october november
december q1 q2 q3 q4 m w d f x all genders in at the a an for of and or to program programme opportunity
opportunities position role team paid remote hybrid onsite site on office part full time month months week
weeks year start cycle graduate undergraduate bachelor bachelors master masters msc bsc mba phd student
students assistant trainee junior technical technology technologies tech it rnd global general open early
career usa us uk eu canada germany europe
"""
_BARE: Final = frozenset(_WORDS_OF_TIME_AND_PLACE.split())


def employ_internship(title: Title, belief: Belief, employment: str) -> Belief:
    """Believe in an internship that the title does not name, where the list has it as the kind of employment."""
    if belief.confidence >= SAID or title.first("not internship") or not PERMANENT.isdisjoint(title.words):
        return belief
    kind = _EMPLOYMENT.search(employment.lower())
    return Belief(LIKELY, f'internship: employment is "{kind[0]}"') if kind else belief


def describe_internship(title: Title, belief: Belief, description: str) -> Belief:
    """Believe in an internship that the title does not name, where the description says so in two different ways."""
    if belief.confidence >= SAID or title.first("not internship") or not PERMANENT.isdisjoint(title.words):
        return belief
    text = description[:READ].lower()
    if not any(hint in text for hint in _INTERNSHIP_HINTS):
        return belief
    said = set(_INTERNSHIP.findall(text))
    if len(said) < _WAYS_NEEDED:
        return belief
    return Belief(SAID, f'internship: description says "{min(said)}"')


def describe_learning(title: Title, belief: Belief, company: str, description: str) -> Belief:
    """Believe in machine learning that the title leaves open, where the description says it of the intern's own work.

    Open is a technical or research title that names no other trade ("Software Engineer Intern", "Research Intern"), and
    one that names nothing at all ("Summer Internship 2025"). Of a belief that stays, it is said that the description
    was read.
    """
    research = title.first("research", "research scientist")
    if belief.confidence >= SAID or not (research or title.first("technical") or _is_bare(title, company)):
        return belief
    if title.first(*_OTHER_TRADES) or (belief.confidence < UNLIKELY and title.first("field", "role", "ai")):
        return belief
    said = own_learning(description[:READ], research=research is not None)
    if said:
        return Belief(SAID, f'machine learning: description says "{said}"')
    return belief._replace(why=f"{belief.why}; nor does the description")


def _is_bare(title: Title, company: str) -> bool:
    """Tell whether a title says only that it is an internship, when, where and with whom."""
    rest = set(title.words)
    for kind in _SAYS_INTERNSHIP:
        for found in title.all(kind):
            rest.difference_update(title.words[found.start : found.end])
    rest -= _BARE
    rest.difference_update(split_words(company).words)
    return all(word.isdigit() or word in CITIES for word in rest)
