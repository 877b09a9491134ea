"""Companies and institutes where bare "research" means machine learning; what else they are is not for here."""

import re
from functools import lru_cache
from typing import Final

from bot.leads.reading.words import split_words

_NAMES: Final = """
openai | anthropic | deepmind | google deepmind | google | google research | cohere | cohere labs | mistral
huggingface | hugging face
mila | vector institute | amii | idsia | stability | inflection | adept | runway | midjourney | eleutherai | imbue
reka
fair | meta fundamental research | bytedance seed | bytedance | tiktok | samsung research | microsoft research
baidu research | naver labs
sony research | adobe research | nvidia research | perplexity | character | xai | deepseek | moonshot | zhipu
sakana | liquid
thinking machines | thinking machines lab | safe superintelligence | reflection | physical intelligence | skild
institute of foundation models
inria | max planck institute for intelligent systems | amazon science | salesforce research | scale | surge
contextual | waabi | wayve
"""
_LABS: Final = frozenset(name.strip() for line in _NAMES.splitlines() for name in line.split("|") if name.strip())
_AI_SUFFIX: Final = re.compile(r"[a-z]AI\b")


@lru_cache(maxsize=4096)
def is_lab(company: str) -> bool:
    """Tell whether a company is known for machine-learning research, by its name or because "AI" is part of it."""
    words = split_words(company).words
    name = " ".join(words)
    return (
        name in _LABS
        or "ai" in words
        or _AI_SUFFIX.search(company) is not None
        or "artificial intelligence" in name
        or "machine learning" in name
    )
