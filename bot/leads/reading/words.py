"""A title as words: folded to plain lower-case letters, each with the part of the title that it stands in."""

import re
import unicodedata
from typing import NamedTuple

_ACCENTS = re.compile("[\u0300-\u036f]")
_ODD_SPELLINGS = re.compile(
    r"\ba\.\s?i\b\.?|\bm\.l\b\.?|\bph\.\s?d\b\.?|\bco ?-? ?ops?\b|\bco-operative\b|\br\s?&\s?d\b"
)
# Chinese, Japanese and Korean are written without spaces, so each sign is a word and a term is a run of signs.
_SIGN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_BREAK = r"[,;:|()\[\]{}–—•·]|(?<=\s)-|-(?=\s)"
_WORD = re.compile(rf"[{_SIGN}]|[^\W_{_SIGN}]+|{_BREAK}")


class Words(NamedTuple):
    """The words of a title and, of equal length, the number of the part (between dashes, commas, brackets) of each."""

    words: list[str]
    parts: list[int]


def fold(text: str) -> str:
    """Return text in lower case without accents, its abbreviations spelled one way ("A.I." is "ai", "co-op" "coop")."""
    if text.isascii():
        folded = text.lower()
    else:
        # NFKD takes Hangul and kana apart as well; NFC puts them together again once the Latin accents are gone.
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        folded = unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))
    return _ODD_SPELLINGS.sub(_one_spelling, folded)


def _one_spelling(match: re.Match[str]) -> str:
    letters = re.sub(r"[^a-z]", "", match[0])
    return letters.removesuffix("s") if letters.startswith("coop") else "rnd" if letters == "rd" else letters


def split_words(text: str) -> Words:
    """Split a title into words; a comma, colon, bracket, bar or spaced dash begins a new part."""
    words: list[str] = []
    parts: list[int] = []
    part = 0
    for token in _WORD.findall(fold(text)):
        if token.isalnum():
            words.append(token)
            parts.append(part)
        else:
            part += 1
    return Words(words, parts)
