"""A community's own questions as YAML: written to a file, and read from what somebody pasted.

What is pasted is read question by question, so that a mistake in one costs none of the others; each mistake is told
with its line, and the lines that were not taken are handed back.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import msgspec
import yaml

from bot.interviews.bank import Question

_PATH = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.(?P<name>\w+)|\[(?P<number>\d+)\]")
_SAID = 120
"""Letters of a YAML error that are told; it repeats the text after that."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a question was not taken: the line of the mistake, counted from 1, and all its own lines."""

    line: int
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was read from a text."""

    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]


def write(questions: Collection[Question]) -> bytes:
    """Return questions as YAML, which `read` reads again."""
    listed = [msgspec.to_builtins(question) for question in questions]
    text: str = yaml.safe_dump({"questions": listed}, allow_unicode=True, sort_keys=False, width=118)
    return text.encode()


def read(text: str, topics: Collection[str], taken: Collection[str] = ()) -> Pasted:
    """Return the questions of a YAML text, a list of them or `questions:` with a list, and what is wrong with others.

    topics: the words that a question's topic can be; the text may name one for all, as the files of our bank do
    taken: ids that questions can't have
    """
    text = _straight(text)
    try:
        loader = yaml.CSafeLoader(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = f"This is no YAML: {getattr(error, 'problem', None) or str(error)[:_SAID]}."
        return Pasted((), (Problem(mark.line + 1 if mark else 1, why, text),))
    except (ValueError, RecursionError):  # a date that is none; lists in lists without end
        return Pasted((), (Problem(1, "This can't be read as YAML.", text),))
    topic = data.get("topic") if isinstance(data, dict) else None
    nodes, rows = _questions(node, data)
    if not rows:
        why = "There is no list of questions in it: each begins with `- id:`."
        return Pasted((), (Problem(1, why, text),))
    lines = text.splitlines()
    starts = [each.start_mark.line for each in nodes]
    found: dict[str, Question] = {}
    problems = []
    for each, row, end in zip(nodes, rows, [*starts[1:], len(lines)], strict=True):
        start = each.start_mark.line
        given = {"topic": topic, **row} if topic and isinstance(row, dict) else row
        question = _question(each, given, topics, {*taken, *found})
        if isinstance(question, Question):
            found[question.id] = question
        else:
            line, why = question
            problems.append(Problem(line + 1, why, "\n".join(lines[start : max(end, start + 1)])))
    return Pasted(tuple(found.values()), tuple(problems))


def _straight(text: str) -> str:
    """Return a text whose first line stands as far in as its list does: forms take the blanks before it away."""
    first, _, others = text.partition("\n")
    inner = len(others) - len(others.lstrip(" "))
    return f"{' ' * (inner - 2)}{text}" if first.startswith("- ") and inner > len("- ") else text


def _questions(node: Any, data: Any) -> tuple[list[Any], list[Any]]:
    """Return the nodes and the values of the questions, side by side; empty when there are none."""
    if isinstance(data, dict):
        inner = [value for key, value in node.value if key.value == "questions"]
        node, data = (inner[-1], data["questions"]) if inner else (None, None)
    return (node.value, data) if isinstance(data, list) else ([], [])


def _question(node: Any, row: Any, topics: Collection[str], taken: Collection[str]) -> Question | tuple[int, str]:
    """Return a question, or the line (from 0) of its mistake and what it is."""
    try:
        question = msgspec.convert(row, Question)
    except msgspec.ValidationError as error:
        return _explained(node, str(error))
    if question.topic not in topics:
        return _line(node, ".topic"), f"topic: choose one of {', '.join(topics)}."
    if question.id in taken:
        return _line(node, ".id"), f"id: “{question.id}” is taken; give it another id."
    return question


def _explained(node: Any, error: str) -> tuple[int, str]:
    found = _PATH.search(error)
    path = found["path"] if found else ""
    what = _PATH.sub("", error).replace("Object missing", "Missing").replace("Object contains", "There is an")
    return _line(node, path), f"{path.lstrip('.')}: {what}." if path else f"{what}."


def _line(node: Any, path: str) -> int:
    """Return the line of the value at a path such as `.points[1].weight`; where it is missing, of what lacks it."""
    for step in _STEP.finditer(path):
        inner = None
        if step["number"] is not None and isinstance(node, yaml.SequenceNode):
            inner = node.value[int(step["number"])] if int(step["number"]) < len(node.value) else None
        elif step["name"] and isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == step["name"]), None)
        if inner is None:
            break
        node = inner
    line: int = node.start_mark.line
    return line
