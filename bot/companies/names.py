"""When two names mean the same company."""

import re
import unicodedata

_LEGAL_FORMS = frozenset({
    "ab", "ag", "aps", "as", "bv", "co", "company", "corp", "corporation", "gmbh", "holding", "holdings", "inc",
    "incorporated", "kft", "kg", "kk", "limited", "llc", "llp", "lp", "ltd", "mbh", "nv", "oy", "oyj", "pbc", "plc",
    "pte", "pty", "pvt", "sa", "sarl", "sas", "se", "spa", "srl", "ug",
})  # fmt: skip
_DOTTED = re.compile(r"\b((?:[a-z]\.){2,}(?:[a-z]\b)?)|(?<=\b[a-z])/(?=[a-z]\b)")
_ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_NOT_A_WORD = re.compile(r"[^\w]+|_")


def normal_name(name: str) -> str:
    """Return a company's name as it is compared: plain lower-case words, without legal form, article or asides.

    "The Foo-Bär Co., Ltd. (YC S21)" becomes "foo bar".
    """
    # Upper case first: a dotless i has no other way back to the i that its company's capitals stand for.
    plain = unicodedata.normalize("NFKD", name.upper()).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    without_asides = _ASIDE.sub(" ", plain)
    joined = _DOTTED.sub(lambda dotted: dotted.group().replace(".", "").replace("/", ""), without_asides)
    words = _NOT_A_WORD.sub(
        " ", joined.replace("&", " and ").replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    ).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)
