"""Asking the model for an answer in a given shape. Whoever asks must know what to do when it has none."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from bot.llm.budget import Budget, Spender

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types.chat import ParsedChatCompletion

log = logging.getLogger(__name__)
T = TypeVar("T", bound=BaseModel)

RETRIES = 2
"""After a time-out, a 429 or a fault of the server: with a growing pause, as the library does it."""
WRITTEN_MOST = 1_200
REST = 60.0
"""Seconds for which a model that failed is left alone: who waits for a grade shall not wait for each try."""
_LETTERS_PER_TOKEN = 3
"""On the careful side: English has about four letters in a token."""


class ModelSilent(Exception):
    """The model gave no answer that can be used; the words say why, fit to be shown."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the model is: its name, the key ("" for a server that wants none), the base address ("" for OpenAI's).

    seconds: for one try
    """

    name: str
    key: str = field(default="", repr=False)
    base_url: str = ""
    seconds: float = 30.0


@dataclass(slots=True)
class _Taken:
    """Tokens that a call took, as far as they are known."""

    read: int = 0
    written: int = 0


class Model:
    """A language model behind OpenAI's interface: OpenAI's own, or a local server (Ollama, vLLM)."""

    def __init__(self, reach: Reach, budget: Budget, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._reach = reach
        self._budget = budget
        self._monotonic = monotonic
        self._rests_until = 0.0
        self._client: AsyncOpenAI | None = None
        self._options: dict[str, Any] = {"max_completion_tokens": WRITTEN_MOST, "temperature": 0}
        """What is asked of a server beside the answer, as far as it takes it."""

    @property
    def wanted(self) -> bool:
        """Whether a model is set up at all."""
        return bool(self._reach.name and (self._reach.key or self._reach.base_url))

    async def ask(self, schema: type[T], task: str, data: str, spender: Spender) -> T:
        """Return the model's answer in the shape of `schema`.

        task: what is to be done; data: what it is done to, which the task must tell the model to treat as data only.
        Raises ModelSilent when there is no model, no budget, no answer in time, or none of that shape.
        """
        if not self.wanted:
            raise ModelSilent("no model is set up")
        if self._monotonic() < self._rests_until:
            raise ModelSilent("the model failed a moment ago")
        estimate = (len(task) + len(data)) // _LETTERS_PER_TOKEN
        reserved = await self._budget.reserve(spender, estimate + WRITTEN_MOST)
        if isinstance(reserved, str):
            raise ModelSilent(reserved)
        taken = _Taken(read=estimate)
        try:
            return await self._ask(schema, task, data, taken)
        finally:
            await self._budget.settle(reserved, taken.read, taken.written)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.close()

    async def _ask(self, schema: type[T], task: str, data: str, taken: _Taken) -> T:
        import openai  # half a second to import: only where a model is set up

        try:
            async with asyncio.timeout(self._reach.seconds * (RETRIES + 1)):
                done = await self._parse(schema, task, data)
        except (openai.APITimeoutError, TimeoutError) as error:
            raise self._failed("the model did not answer in time") from error
        except openai.LengthFinishReasonError as error:
            raise ModelSilent("the model's answer was too long") from error
        except openai.BadRequestError as error:
            # Not a fault that passes: the next answer is asked for all the same, since it may be this one's alone.
            taken.read = 0
            raise ModelSilent("the model's server refused the request") from error
        except openai.APIStatusError as error:
            taken.read = 0
            raise self._failed(f"the model's server answered {error.status_code}") from error
        except openai.APIConnectionError as error:
            taken.read = 0
            raise self._failed("the model could not be reached") from error
        except (openai.OpenAIError, ValueError) as error:  # not the JSON that was asked for
            raise ModelSilent("the model's answer had not the shape that was asked for") from error
        if done.usage:
            taken.read, taken.written = done.usage.prompt_tokens, done.usage.completion_tokens
        parsed = done.choices[0].message.parsed if done.choices else None
        if parsed is None:
            raise ModelSilent("the model declined to answer")
        return parsed

    async def _parse(self, schema: type[T], task: str, data: str) -> ParsedChatCompletion[T]:
        """Ask once; and anew without what the server refuses to know, which is remembered.

        Newer models of OpenAI take no temperature and no `max_tokens`, older servers no `max_completion_tokens`: each
        answers 400 and names it.
        """
        import openai

        while True:
            try:
                return await self._opened().chat.completions.parse(
                    model=self._reach.name,
                    messages=[{"role": "system", "content": task}, {"role": "user", "content": data}],
                    response_format=schema,
                    **self._options,
                )
            except openai.BadRequestError as error:
                refused = next((name for name in self._options if name in str(error)), "")
                if not refused:
                    raise
                del self._options[refused]
                if refused == "max_completion_tokens":
                    self._options["max_tokens"] = WRITTEN_MOST
                log.info("the model's server takes no %s", refused)

    def _failed(self, why: str) -> ModelSilent:
        self._rests_until = self._monotonic() + REST
        log.warning("%s; it is left alone for %d s", why, REST)
        return ModelSilent(why)

    def _opened(self) -> AsyncOpenAI:
        if self._client is None:
            from openai import AsyncOpenAI

            self._client = AsyncOpenAI(
                api_key=self._reach.key or "none",  # a local server wants none, the library wants one
                base_url=self._reach.base_url or "https://api.openai.com/v1",
                timeout=self._reach.seconds,
                max_retries=RETRIES,
            )
        return self._client
