"""Classify JSON lines: what `rung leads classify --json` reads and writes."""

from collections.abc import Iterable, Iterator

import msgspec

from bot.leads.reading.classify import classify

_EXAMPLE = '{"title": "Machine Learning Intern", "company": "Acme"}'


class _Asked(msgspec.Struct):
    title: str
    company: str | None = None
    description: str | None = None


def classify_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield a JSON object for every line of `{title, company, description?}`: internship, ml, score and why.

    A line that can't be read yields `{"error": …}` with its number, what is wrong and what to do, and the next goes on.
    """
    decoder = msgspec.json.Decoder(_Asked)
    for number, line in enumerate(lines, start=1):
        yield msgspec.json.encode(_answer(decoder, number, line)).decode()


def _answer(decoder: msgspec.json.Decoder[_Asked], number: int, line: str) -> dict[str, object]:
    if not line.strip():
        return {"error": f"line {number}: it is empty; write one JSON object a line, such as {_EXAMPLE}"}
    try:
        asked = decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeError) as problem:
        return {"error": f"line {number}: {problem}; write one JSON object a line, such as {_EXAMPLE}"}
    verdict = classify(asked.title, asked.company or "", asked.description or "")
    return {"internship": verdict.internship, "ml": verdict.ml, "score": verdict.score, "why": verdict.why}
