"""Openings as members name them: by an address, or by a company and a role."""

from dataclasses import dataclass
from datetime import date

from bot.chat import BadInput
from bot.leads.names import company_key
from bot.leads.urls import canonical

LONGEST = 200
LONGEST_LINK = 1_000


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening that a member puts in by hand. `link` may be empty."""

    company: str
    role: str
    link: str = ""
    deadline: date | None = None


def tidy(opening: Opening) -> Opening:
    """Return it as it is kept. Raises BadInput for one without a name, or with a link that is no web address."""
    company, role = (" ".join(words.split()) for words in (opening.company, opening.role))
    for words, name, what in ((company, "company", "the company"), (role, "role", "the role")):
        if not words:
            raise BadInput(f"Name {what} too.", field=name)
        if len(words) > LONGEST:
            raise BadInput(f"That is long for {what}. {LONGEST} characters are the most.", field=name)
    link = opening.link.strip()
    if link:
        address_of(link)
    return Opening(company, role, link, opening.deadline)


def address_of(link: str) -> str:
    """Return the one form of a link, by which leads are known. Raises BadInput when it is no web address."""
    if len(link) > LONGEST_LINK:
        raise BadInput(f"That link is too long. {LONGEST_LINK:,} characters are the most.", field="link")
    try:
        return canonical(link).url
    except ValueError as error:
        raise BadInput(f"That is no link that I can keep: {error}", field="link") from None


def key_of(opening: Opening) -> str:
    """Return what two mentions of one opening have in common."""
    if opening.link:
        return address_of(opening.link)
    return f"{company_key(opening.company)}/{' '.join(opening.role.lower().split())}"
