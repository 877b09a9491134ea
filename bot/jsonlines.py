"""JSON lines from any program: bytes in, one answer out for every line that is not blank, in their order."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")
_BOM = b"\xef\xbb\xbf"


class JsonLines(Generic[T]):
    """Reads each line as one object of a shape; a line that can't be read is answered too, and the next goes on."""

    def __init__(
        self,
        shape: type[T],
        example: str,
        refused: Mapping[str, object],
        reasons: Callable[[str], object] = lambda why: [why],
    ) -> None:
        """Take the shape of a line, one as an example, and what an answer to a line that can't be read begins with.

        reasons: how the other answers write their `why`: as a list of reasons, or as a sentence
        """
        self._decoder = msgspec.json.Decoder(shape)
        self._example = example
        self._refused = refused
        self._reasons = reasons
        self.bad = 0
        """Lines that could not be read."""

    def answers(self, lines: Iterable[bytes], answer: Callable[[T], Mapping[str, object]]) -> Iterator[str]:
        """Yield an answer as JSON for every line that is not blank; lines are counted from 1, blank ones too.

        A line that can't be read is answered by `refused`, `why`, `error` and `line`, its number. `answer` may raise
        ValueError with what is wrong with a line.
        """
        for number, line in enumerate(lines, start=1):
            content = (line.removeprefix(_BOM) if number == 1 else line).strip()
            if content:
                yield msgspec.json.encode(self._answer(number, content, answer)).decode()

    def _answer(self, number: int, line: bytes, answer: Callable[[T], Mapping[str, object]]) -> Mapping[str, object]:
        try:
            return answer(self._decoder.decode(line))
        except UnicodeError:
            problem = "it is not written in UTF-8"
        except ValueError as error:  # msgspec's errors are ValueErrors too
            problem = str(error)
        self.bad += 1
        why = f"line {number}: {problem}; write one JSON object a line, such as {self._example}"
        return {**self._refused, "why": self._reasons(why), "error": why, "line": number}
