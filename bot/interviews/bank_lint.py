"""What the question bank must hold to, beyond its shape: `python -m bot.interviews.bank_lint`, `rung interviews lint`.

Nothing missing, nothing twice, no slips of the pen, and nothing that can't be answered: the rubric must find every key
point in the model answer, and must not find them in the question.
"""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from pathlib import Path

from bot.interviews.bank import KINDS, Bank, Topic, read_topic
from bot.interviews.bank_checks import duplicates, unanswerable

PLANNED: Mapping[str, int] = {
    "ml_foundations": 40, "statistics": 36, "deep_learning": 34, "language": 30, "vision": 26,
    "rl_and_recommendation": 28, "data_and_sql": 28, "python": 28, "system_design": 26, "software": 40,
    "research": 24, "behavioural": 28, "company": 20,
}  # fmt: skip
"""How many questions a topic has at least."""
_LEVELS, _EACH_LEVEL = (1, 2, 3), 2
_KINDS, _KINDS_OF_TALK, _TALK = 4, 2, frozenset({"behavioural"})
"""How many kinds a topic has; one about oneself is mostly told."""
_KNOWN_WORDS = "als,mape,rouge,fpr"
"""Terms of the trade that codespell takes for slips."""


def faults(bank: Bank, told: Callable[[int], object] = lambda _: None) -> list[str]:
    """Return what is wrong with a bank, a line each; spelling is `misspelt`.

    told: hears, after each question, how many were looked at: of 400 it takes some ten seconds
    """
    questions, own = bank.all(), []
    for number, question in enumerate(questions, start=1):
        own += [f"{question.topic}: {question.id}: {fault}" for fault in unanswerable(question)]
        told(number)
    return [*gaps(bank), *duplicates(questions), *own]


def gaps(bank: Bank) -> Iterator[str]:
    """Tell which topics lack questions, levels, kinds or what to read."""
    for topic in (*PLANNED, *(t for t in bank.topics() if t not in PLANNED)):
        of_topic = [q for q in bank.all() if q.topic == topic]
        if len(of_topic) < PLANNED.get(topic, 1):
            yield f"{topic}: has {len(of_topic)} questions of {PLANNED.get(topic, 1)}"
        levels = Counter(q.level for q in of_topic)
        for level in _LEVELS:
            if levels[level] < _EACH_LEVEL:
                yield f"{topic}: has {levels[level]} questions of level {level}; {_EACH_LEVEL} is the least"
        kinds, least = {q.kind for q in of_topic}, _KINDS_OF_TALK if topic in _TALK else _KINDS
        if len(kinds) < least:
            yield f"{topic}: has only the kinds {', '.join(sorted(kinds))}; {least} is the least"
        if not bank.reading(topic):
            yield f"{topic}: says nowhere what to read"


def misspelt(folder: Path) -> list[str]:
    """Return the slips that codespell finds in the files of a folder; a line that says so where it isn't installed."""
    call = [sys.executable, "-m", "codespell_lib", "-L", _KNOWN_WORDS, str(folder)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if "No module named" in done.stderr:
        return ["spelling was not checked: codespell is not installed (it is among the developers' packages)"]
    return [line.removeprefix(f"{folder}/") for line in (done.stdout + done.stderr).splitlines()]


def table(bank: Bank) -> str:
    """Return counts by topic, level and kind, as a Markdown table."""
    rows = [("topic", "all", *(f"level {n}" for n in _LEVELS), *KINDS), ("---",) * (2 + len(_LEVELS) + len(KINDS))]
    for topic, of_topic in [
        *((t, [q for q in bank.all() if q.topic == t]) for t in bank.topics()),
        ("all", bank.all()),
    ]:
        levels, kinds = Counter(q.level for q in of_topic), Counter(q.kind for q in of_topic)
        counts = (len(of_topic), *(levels[n] for n in _LEVELS), *(kinds[k] for k in KINDS))
        rows.append((topic, *(str(count) for count in counts)))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _read(folder: Path) -> tuple[list[Topic], list[str]]:
    """Return the files that can be read, and what is wrong with the others."""
    topics, wrong = [], []
    for path in sorted(folder.glob("*.yaml")):
        try:
            topics.append(read_topic(path.read_text(encoding="utf-8"), path.name))
        except ValueError as error:
            wrong.append(str(error))
    return topics, wrong


def _progress(count: int) -> Callable[[int], object]:
    """Return what shows, on a terminal alone, how far it is."""

    def show(number: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if number == count else ""
            print(f"\r{number} of {count} questions", end=end, file=sys.stderr, flush=True)  # noqa: T201 - a program

    return show


def main(folder: Path | None = None) -> int:
    """Check the files of a folder, our own without one; print what is wrong and a table; return the exit code."""
    with resources.as_file(resources.files("bot.content") / "questions") as ours:
        where = folder or ours
        topics, wrong = _read(where)
        wrong += misspelt(where)
    try:
        bank = Bank(topics)
    except ValueError as error:
        wrong.append(str(error))
    else:
        wrong += faults(bank, _progress(len(bank.all())))
        print(table(bank))  # noqa: T201 - a program of the command line
    for line in wrong:
        print(line, file=sys.stderr)  # noqa: T201 - a program of the command line
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
