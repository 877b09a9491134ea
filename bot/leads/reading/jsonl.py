"""Classify JSON lines: what `rung leads classify --json` reads and writes."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from bot.jsonlines import JsonLines
from bot.leads.reading.classify import classify


class _Asked(msgspec.Struct):
    title: str
    company: str | None = None
    description: str | None = None


class LineClassifier:
    """Classifies lines of `{title, company, description?}`."""

    def __init__(self) -> None:
        example = '{"title": "Machine Learning Intern", "company": "Acme"}'
        self._reader = JsonLines(_Asked, example, {"internship": False, "ml": False, "score": 0})

    @property
    def bad(self) -> int:
        """Lines that could not be read."""
        return self._reader.bad

    def lines(self, lines: Iterable[bytes]) -> Iterator[str]:
        """Yield a JSON object for every line that is not blank: internship, ml, score (0 to 1) and why.

        A line that can't be read is no ML internship; `why` and `error` tell what is wrong and what to do.
        """
        return self._reader.answers(lines, _answer)


def _answer(asked: _Asked) -> Mapping[str, object]:
    verdict = classify(asked.title, asked.company or "", asked.description or "")
    return {"internship": verdict.internship, "ml": verdict.ml, "score": verdict.score, "why": verdict.why}
