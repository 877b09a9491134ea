"""What a description says of the intern's own work, apart from what the company says of itself."""

import re
from typing import Final

from bot.leads.reading.words import fold

NEEDED: Final = 2
"""Points at which a description says plainly that the work is machine learning."""
_SURE_POINTS: Final = 2

_FIELD: Final = (
    r"(?:machine learning|deep learning|neural networks?|reinforcement learning|computer vision|data science|mlops"
    r"|natural language processing|nlp|llms?|(?:large |vision )*language models?|foundation models?"
    r"|generative (?:ai|models?)"
    r"|diffusion models?|recommend(?:er|ation) (?:systems?|models?)|speech recognition"
    r"|object detection|image segmentation"
    r"|ml|predictive models?|transformers?(?: models?)?|rag|neuronale[nr]? netze[sn]?"
    r"|maschinelle[sn]? lernens?|bildverarbeitung|apprentissage (?:automatique|profond)"
    r"|vision par ordinateur"
    r"|aprendizaje automatico|ciencia de datos)"
)
_NAMED: Final = rf"(?:{_FIELD}|ai|artificial intelligence)"
_BESIDE: Final = (
    rf"(?:(?:and|or|research|researcher|scien\w+|engineer\w*|software|developer|applied|phd|{_NAMED})[ /]+){{0,4}}"
)
_JOB: Final = (
    r"(?:internship|intern|traineeship|co ?op|working student|werkstudent\w*|praktik(?:um|ant)\w*"
    r"|trainee|thesis|stage)\b"
)
_DECLARED: Final = (
    # "as a machine learning engineer intern", and "Machine learning internship" where a sentence begins
    re.compile(
        r"(?:^|\b(?:this|it) is an? |\bas an? |\b(?:for|seeking|hiring|offer|offering|recruiting) an? "
        r"|\b(?:our|your) |\bals )"
        rf"(?:[\w-]+ ){{0,2}}?(?P<said>{_NAMED}[ /]+{_BESIDE}{_JOB})"
        r"(?! (?:experience|or |is an? |preferred|program manag))"
    ),
    # "internship in our computer vision team", "thesis on deep learning"
    re.compile(
        rf"(?<!previous )(?<!prior )(?P<said>(?:{_JOB}|interns)(?: (?:will be|is|takes place|focus(?:es"
        rf"|ed)|will focus))? "
        rf"(?:im bereich|zum thema|in|on|en|with|within|at) (?:our |the |the field of |the area of "
        rf"|ai and )*{_FIELD})\b(?!['’]|[ -]+(?:company|firm|start|platform|product))"
    ),
    re.compile(rf"^(?P<said>(?:your |the )?(?:topic|project|thema|subject|sujet)(?: is)?:? (?:an? )?{_FIELD})\b"),
)
_DENIED: Final = re.compile(rf"\b(?:not|no) (?:an? )?{_NAMED}\b")

_TRAINS: Final = r"(?:pre ?train|fine ?tun|train|trainier)"
_DOES: Final = (
    r"(?:build|develop|design|implement|evaluat|deploy|prototyp|research|improv|propos|investigat"
    r"|explor|optimi[sz]|apply"
    r"|extend|scal|work on|contribut(?:e|ing) to|benchmark|entwick|entwerf|implementier|developp|entrain)"
)
_ENDING: Final = r"(?:e|ing|el|el[ns]t|eln|en|st|ez|er|n|s?t)?\b"
_BETWEEN: Final = (
    r"(?: (?!(?:for|with|that|which|who|whose|on|of|about|using|to|by|from|how|in|at|around|as)\b)[\w,/&'’]+){0,6}?,?"
)
_THING: Final = (
    r"(?:model|network|algorithm|pipeline|system|method|architecture|approach|technique|solution|application|prototyp"
    r"|experiment|research|modell|infrastructure|platform|framework|training|inference|problem|project)"
)
_TASK: Final = re.compile(
    rf"\b(?P<verb>{_TRAINS}|{_DOES}){_ENDING}{_BETWEEN} "
    rf"(?:{_FIELD}(?: \w+)?? {_THING}\w*|llms?\b|(?:[\w]+ )?language models?\b|foundation models?\b|neural networks\b"
    rf"|(?:generative|diffusion|predictive) models?\b|neuronale netze|(?:new "
    rf"|novel )?{_THING}e?s? (?:for|in|of|de) {_FIELD}\b)"
)
_TRAINS_IT: Final = re.compile(
    rf"\b(?P<verb>{_TRAINS}){_ENDING}(?: and \w+)? (?:(?:the|an?|your|our|these|new) )?models?\b"
)
_APPLIES: Final = re.compile(rf"\b(?P<verb>apply|experiment with|entwicklung von)(?:ing)?{_BETWEEN} {_FIELD}\b")
_OWN: Final = re.compile(
    r"\b(?:you(?: will|'ll|’ll| are going to| get to)\b(?! have)|your (?:tasks|role|job|work|mission"
    r"|responsibilities|internship)"
    r"|(?:the|an?|our) (?:\w+ )?(?:interns?|trainee|student|candidate|thesis)(?: will)?\b"
    r"|deine aufgaben|ihre aufgaben|du\b|vous\b"
    r"|responsibilities|what you(?:'ll|’ll| will) do)"
)
_ELSEWHERE: Final = re.compile(r"\b(?:who|that|which|whose|how|we|they|where|lets?|alongside|experience)\b")
_TOOL: Final = re.compile(r"\b(?:pytorch|tensorflow|jax|keras|scikit learn|sklearn|hugging ?face|xgboost|vllm)\b")
_FIELDS: Final = re.compile(rf"\b{_FIELD}\b")
_BREAK: Final = re.compile(r"[.;!?\n•·]+(?=\s|$)|\n|(?:^|\s)[-*–—]\s|<[^>]*>")
_FIRST_VERB: Final = re.compile(rf"(?:{_TRAINS}|{_DOES}|apply)(?:e|ing)?\b")
_COMPANY: Final = re.compile(r"\b(?:we|our mission|our vision|our product)\b")


def own_learning(description: str, *, research: bool = False) -> str:
    """Return the words by which a description says that its reader would do machine learning, "" when it does not.

    Only what is said of the job counts: that it is "a machine learning internship", or what the intern does, with the
    tools and fields of it. What the company makes, and who else works there, does not.

    research: whether the title says research, which is half of an answer
    """
    text = fold(description).replace("’", "'")
    if not _FIELDS.search(text.replace("-", " ")) and "ai" not in text:
        return ""
    sentences = [" ".join(part.replace("-", " ").split()) for part in _BREAK.split(text)]
    if any(_DENIED.search(sentence) for sentence in sentences):
        return ""
    if said := next((found["said"] for sentence in sentences for p in _DECLARED if (found := p.search(sentence))), ""):
        return said
    own = [work for sentence in sentences if (work := _own(sentence))]
    tasks = {
        found[0]: found
        for work in own
        for found in (*_TASK.finditer(work), *_TRAINS_IT.finditer(work), *_APPLIES.finditer(work))
        if _is_own(work, found)
    }
    if not tasks:
        return ""
    points = sum(_weight(found) for found in tasks.values())
    points += any(_TOOL.search(sentence) for sentence in sentences)
    points += len({found for work in own for found in _FIELDS.findall(work)}) >= NEEDED
    return next(iter(tasks)) if points + research >= NEEDED else ""


def _own(sentence: str) -> str:
    """Return the part of a sentence that speaks of what the intern does, "" when it speaks of something else."""
    if _FIRST_VERB.match(sentence):
        return "" if _COMPANY.search(sentence) else sentence
    found = _OWN.search(sentence)
    return sentence[found.start() :] if found and not sentence.startswith("we ") else ""


def _weight(task: re.Match[str]) -> int:
    """Return the points of a task: to train is sure, and so is what stands alone, in no list of many things."""
    alone = "," not in task[0] and " or " not in task[0]
    return _SURE_POINTS if alone or re.fullmatch(_TRAINS, task["verb"]) else 1


def _is_own(work: str, found: re.Match[str]) -> bool:
    """Tell whether it is the intern who does it: not those "who train models", nor "how we train models"."""
    return not _ELSEWHERE.search(work[: found.start()])
