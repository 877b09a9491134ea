"""Numbers on buttons: one that no row can have, of an old or forged button, is answered like any that is not there."""

import pytest

from bot.chat import BadInput
from bot.chat.options import Option
from bot.chat.router import RETRY
from tests.support.stage import Stage, words

BEYOND = (-1, 2**31, 2**63, 99999999999999999999)


def tokens(actions: dict[str, tuple[Option, ...]], number: int) -> list[str]:
    """Tokens with this number in place of every whole number, and something fitting for the rest."""
    found = []
    for name, params in actions.items():
        given = []
        for param in params:
            rest = param.choices[0].value if param.choices else {"flag": "yes", "text": "x"}.get(param.kind, "1")
            given.append(str(number) if param.kind == "whole" else rest)
        if any(param.kind == "whole" for param in params):
            found.append(f"{name}:{'/'.join(given)}")
    return found


@pytest.mark.parametrize("number", BEYOND)
async def test_a_number_that_nothing_has_is_no_incident(stage: Stage, number: int) -> None:
    registry = stage.app.router.registry
    failed = []
    for token in tokens({name: spec.params for name, spec in registry.actions.items()}, number):
        said = words(await stage.click(token, "olga", organiser=True))
        if "Something went wrong" in said:
            failed.append(token)
    for token in tokens({name: spec.params for name, spec in registry.submits.items()}, number):
        values = {item.name: "1" for item in registry.submits[token.partition(":")[0]].inputs}
        caller = stage.caller("olga", organiser=True)
        if "Something went wrong" in words(await stage.app.router.submit(caller, token, values)):
            failed.append(token)
    retry = words(await stage.click(f"{RETRY}:{number}"))
    assert "Something went wrong" not in retry
    assert failed == []


async def test_a_number_beyond_all_is_said_not_to_be_there(stage: Stage) -> None:
    said = words(await stage.click("interview.answer:99999999999999999999/1"))
    assert said == "There is no such number (any more)."
    assert "from 1 to 10, not 9999999" in await stage.read(f"/interview start questions:{'9' * 400}")
    with pytest.raises(BadInput):
        Option("ratio", "number").convert("nan")
