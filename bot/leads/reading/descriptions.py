"""What a description and a list's own field may add where a title leaves a question open: a very plain yes."""

import re
from typing import Final

from bot.leads.reading.rules import LIKELY, PERMANENT, UNLIKELY, Belief, Title

SAID = 0.72
"""How far a description is trusted: with the least of a title's rules it still makes more than a half."""
READ = 6_000
"""Characters of a description that are read; the rest is benefits and law."""
_FIELDS_NEEDED = 4
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
_FIELDS: Final = re.compile(
    r"\b(?:machine learning|deep learning|neural networks?|reinforcement learning|computer vision"
    r"|natural language processing|nlp|llms?|large language models?|foundation models?|generative ai"
    r"|diffusion models?|transformers?|embeddings"
    r"|recommend(?:er|ation) systems?|speech recognition|object detection|model training|fine-?tuning|ml models?)\b"
)
_TOOLS: Final = re.compile(r"\b(?:pytorch|tensorflow|jax|keras|scikit-learn|sklearn|hugging ?face|xgboost|vllm)\b")
_TASK: Final = re.compile(
    r"\b(?:train|fine-?tun|build|develop|design|implement|evaluat|deploy|prototyp|research|improv)(?:e|ing)?\b[^.;\n]{0,60}?"
    r"\b(?:machine learning|deep learning|ml|neural|language|vision|learning|recommendation|generative)\b[\w -]{0,20}"
    r"\b(?:model|network|algorithm|pipeline|system)s?\b"
)
_OTHER_TRADES: Final = ("trade", "function", "business", "hardware", "other science")


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


def describe_learning(title: Title, belief: Belief, description: str) -> Belief:
    """Believe in machine learning that the title leaves open, where the description has its tasks, fields and tools.

    Open is a technical or research title that names no other trade: "Software Engineer Intern", "Research Intern".
    """
    if belief.confidence >= SAID or not title.first("technical", "research", "research scientist"):
        return belief
    if title.first(*_OTHER_TRADES) or (belief.confidence < UNLIKELY and title.first("field", "role", "ai")):
        return belief
    text = description[:READ].lower()
    tool = _TOOLS.search(text)
    if tool is None:
        return belief
    task, fields = _TASK.search(text), set(_FIELDS.findall(text))
    if task is None or len(fields) < _FIELDS_NEEDED:
        return belief
    named = ", ".join([*sorted(fields)[:3], tool[0]])
    return Belief(SAID, f'machine learning: description says "{" ".join(task[0].split())}" and names {named}')
