"""What the question bank must hold to, beyond its shape: `python -m bot.interviews.bank_lint`, `rung interviews lint`.

Nothing missing, nothing twice, no slips of the pen, and nothing that can't be answered: the rubric must find every key
point in the model answer, and must not find them in the question.
"""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

import msgspec
from rapidfuzz import fuzz, process

from bot.interviews.bank import KINDS, Bank, Question, Topic, read_topic
from bot.interviews.grading.grades import Verdict
from bot.interviews.grading.points import Points
from bot.interviews.grading.rubric import RubricGrader, verdict_of
from bot.interviews.grading.text import content

PLANNED: Mapping[str, int] = {
    "ml_foundations": 40, "statistics": 36, "deep_learning": 34, "language": 30, "vision": 26,
    "rl_and_recommendation": 28, "data_and_sql": 28, "python": 28, "system_design": 26, "software": 40,
    "research": 24, "behavioural": 28, "company": 20,
}  # fmt: skip
"""How many questions a topic has at least."""
_LEVELS, _EACH_LEVEL = (1, 2, 3), 2
_KINDS, _KINDS_OF_TALK, _TALK = 4, 2, frozenset({"behavioural"})
"""How many kinds a topic has; one about oneself is mostly told."""
_SENTENCES = range(2, 9)
_ALIKE_ANSWERS, _ALIKE_QUESTIONS = 70, 80
"""From which likeness (rapidfuzz, sets of stems, 0 to 100) two are one.

Measured: of the 37,000 pairs of the first 272 questions one in a thousand answers is alike by more than 58, and the
most alike, of different questions, by 67. An answer in which three words of ten are others and all stand in another
order is alike to itself by 72 or more in 99 of 100 cases. Questions are shorter and scatter more, so they are compared
only where both say enough.
"""
_SAYS_ENOUGH = 6
"""Different stems from which a question is compared."""
_GIVEN_AWAY = 0.5
"""The share of the weight of all points that a question must not already say. The 272 have at most 0.44."""
_DIGIT = re.compile(r"\d")
_END = re.compile(r"[.!?:](?=\s|$)")
_KNOWN_WORDS = "rouge,fpr"
"""Terms of the trade that codespell takes for slips."""


def faults(bank: Bank) -> list[str]:
    """Return what is wrong with a bank, a line each; spelling is `misspelt`."""
    questions = bank.all()
    own = [f"{q.topic}: {q.id}: {fault}" for q in questions for fault in unanswerable(q)]
    return [*gaps(bank), *duplicates(questions), *own]


def gaps(bank: Bank) -> Iterator[str]:
    """Tell which topics lack questions, levels or kinds."""
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


def duplicates(questions: Sequence[Question]) -> Iterator[str]:
    """Tell which questions, or which answers, are nearly the same."""
    for what, texts, least, enough in (
        ("answers", [q.answer for q in questions], _ALIKE_ANSWERS, 1),
        ("questions", [q.question for q in questions], _ALIKE_QUESTIONS, _SAYS_ENOUGH),
    ):
        stems = [content(text) for text in texts]
        said = {n: " ".join(s) for n, s in enumerate(stems) if len(set(s)) >= enough}
        for number, text in said.items():
            later = {n: other for n, other in said.items() if n > number}
            for _, alike, other in process.extract(
                text, later, scorer=fuzz.token_set_ratio, score_cutoff=least, limit=None
            ):
                yield (
                    f"{questions[number].topic}: {questions[number].id}: its {what[:-1]} is nearly that of "
                    f"{questions[other].id} ({alike:.0f} of 100)"
                )


def unanswerable(question: Question) -> list[str]:
    """Return why a question can't be answered, or not be graded; empty where it can."""
    found = []
    sentences = len(_END.findall(question.answer))
    if sentences not in _SENTENCES:
        found.append(f"the model answer has {sentences} sentences; 2 to 8 can be read out")
    if question.kind == "compute" and not _is_computed(question):
        found.append("is computed, so its model answer and a key point need a number")
    texts = [point.point.lower() for point in question.points]
    found += [f"the key point “{text}” stands twice" for text, n in Counter(texts).items() if n > 1]
    return found + _not_in_answer(question) + _given_away(question)


def _is_computed(question: Question) -> bool:
    points = " ".join(" ".join((point.point, *point.words)) for point in question.points)
    return bool(_DIGIT.search(question.answer) and _DIGIT.search(points))


def _not_in_answer(question: Question) -> list[str]:
    """Return the key points that the rubric does not even partly find, by words alone, in the model answer."""
    by_words = RubricGrader(lambda: None)
    graded = by_words.grade(question, question.answer)
    if not graded.points:
        return [f"the model answer would be turned away: {graded.note}"]
    missed = [question.points[given.point].point for given in graded.points if given.verdict == Verdict.MISSING]
    return [f"the key point “{point}” is not found in the model answer" for point in missed]


def _given_away(question: Question) -> list[str]:
    unasked = msgspec.structs.replace(question, question="")  # else what the question says would not count
    points = Points(unasked, question.question, None)
    said = [p for p in question.points if verdict_of(0, points.find((p.point,))).verdict == Verdict.MET]
    share = sum(p.weight for p in said) / sum(p.weight for p in question.points)
    if share < _GIVEN_AWAY:
        return []
    return [f"the question already says “{'”, “'.join(p.point for p in said)}”"]


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
        wrong += faults(bank)
        print(table(bank))  # noqa: T201 - a program of the command line
    for line in wrong:
        print(line, file=sys.stderr)  # noqa: T201 - a program of the command line
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
