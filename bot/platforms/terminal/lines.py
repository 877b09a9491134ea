"""What an operator types: a command, `!leads.save:4` for a click, `!leads.open 4` for a pick, `!!setup.keep hour=9`."""

import json
import shlex

from bot.chat.action import Action
from bot.chat.codec import encode
from bot.chat.command import Answer
from bot.chat.context import Caller
from bot.chat.fallback import form_text, text_of
from bot.chat.form import Form
from bot.chat.router import Router


async def answer_line(router: Router, caller: Caller, line: str) -> Answer:
    """Say a line as somebody and return the answer."""
    return await _answer(router, caller, line.strip())


def shown(answer: Answer, *, as_json: bool = False) -> str:
    """Return an answer as text, or as JSON of the neutral model."""
    if as_json:
        return json.dumps(encode(answer), ensure_ascii=False)
    return form_text(answer) + _hint(answer) if isinstance(answer, Form) else text_of(answer)


async def _answer(router: Router, caller: Caller, line: str) -> Answer:
    if line.startswith("!!"):
        token, *values = shlex.split(line[2:])
        return await router.submit(caller, token, dict(value.split("=", 1) for value in values if "=" in value))
    if line.startswith("!"):
        token, _, picked = line[1:].partition(" ")
        return await router.action(caller, token, picked or None)
    return await router.text(caller, line)


def _hint(form: Form) -> str:
    name = next((item.name for item in form.inputs), "name")
    return f"\nFill it in with: !!{Action.parse(form.submit).token} {name}=…"
