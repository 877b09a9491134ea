"""What the code puts on buttons, menus and forms is known to the registry, also where no test shows the card."""

import ast
from collections.abc import Iterator

from bot.chat.router import RETRY, RUN
from bot.pages import ROOT, registry

CLICKED = {"Button", "Choices"}


def tokens() -> Iterator[tuple[str, str, bool]]:
    """Yield where an action is named, its name, and whether it stands on a button or a menu."""
    for path in [*sorted((ROOT / "cogs").rglob("*.py")), *sorted((ROOT / "bot").rglob("*.py"))]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        clicked = {id(inner) for node in ast.walk(tree) if _called(node) in CLICKED for inner in ast.walk(node)}
        for node in ast.walk(tree):
            if _called(node) in {"act", "Action"} and isinstance(node, ast.Call) and node.args:
                match node.args[0]:
                    case ast.Constant(value=str(named)):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", named, id(node) in clicked


def _called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def test_every_action_that_the_code_names_has_a_handler() -> None:
    known = registry()
    every = known.actions.keys() | known.submits.keys() | {RETRY, RUN}
    found = list(tokens())
    assert len(found) > 20
    assert [f"{where}: {named}" for where, named, _ in found if named not in every] == []
    assert [f"{where}: {named}" for where, named, click in found if click and named not in known.actions] == []


def test_every_action_can_be_reached() -> None:
    named = {name for _, name, _ in tokens()}
    assert [name for name in registry().actions if name not in named] == []
