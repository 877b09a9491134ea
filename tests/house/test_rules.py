"""The house's rules as tests: sizes, docstrings, nothing of one machine, containers that can be built."""

import ast
import hashlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.pages import ROOT
from tests.support.shared import shared

LONG_FILES: dict[str, str] = {}
"""Files that may be longer than 250 lines (400 in tests), each with its reason."""
LONG_FUNCTIONS: dict[str, str] = {
    "bot/app.py:build": "the one place where everything is put together reads best from top to bottom",
    "bot/platforms/slack/manifest.py:manifest": "a document, not a computation",
}
"""Functions that may be longer than 40 lines, each with its reason."""
_MACHINE = re.compile(r"(?<![\w.])/(?:work|farm)/|/tmp/agent" "s")
_INDEX = ("pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "--index-" + "url ", "--extra-" + "index")


def tracked() -> list[Path]:
    """Every file that git knows."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S607
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_files_are_short() -> None:
    most = {"bot": 250, "cogs": 250, "tests": 400}
    long = [
        f"{name(path)}: {lines}"
        for folder, limit in most.items()
        for path in sources(folder)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > limit and name(path) not in LONG_FILES
    ]
    assert long == []


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield f"{name(path)}:{node.name}", node


def test_functions_are_short() -> None:
    long = []
    for path in sources("bot", "cogs"):
        for where, node in functions(path):
            if isinstance(node, ast.ClassDef) or where in LONG_FUNCTIONS:
                continue
            lines = (node.end_lineno or 0) - node.lineno + 1
            if ast.get_docstring(node):
                first = node.body[0]
                lines -= (first.end_lineno or 0) - first.lineno + 1
            if lines > 40:
                long.append(f"{where}: {lines}")
    assert long == []


def test_what_is_public_says_what_it_does() -> None:
    silent = [
        f"{name(path)}:{node.name}"
        for path in sources("bot", "cogs")
        for node in public(ast.parse(path.read_text(encoding="utf-8")))
        if not ast.get_docstring(node)
    ]
    assert silent == []


def public(node: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Yield what others may use: public functions and classes, and of these what is public in turn."""
    for inner in node.body:
        if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not inner.name.startswith("_"):
            yield inner
            if isinstance(inner, ast.ClassDef):
                yield from public(inner)


def test_nothing_of_one_machine_or_of_an_index_is_in_the_repository() -> None:
    found = []
    for path in tracked():
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [f"{name(path)}: {word}" for word in (*_INDEX, *_MACHINE.findall(text)) if word in text]
    assert found == []


def test_no_recorded_file_was_copied() -> None:
    recorded = shared("data")
    ours = {
        hashlib.sha256(path.read_bytes()).hexdigest(): name(path) for path in tracked() if path.stat().st_size > 200
    }
    theirs = (path for path in recorded.parent.rglob("*") if path.is_file())
    copied = [ours[digest] for p in theirs if (digest := hashlib.sha256(p.read_bytes()).hexdigest()) in ours]
    assert copied == []


def test_the_image_is_small_unprivileged_and_whole() -> None:
    lines = [line for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines() if line[:1].isupper()]
    words = [line.split()[0] for line in lines]
    known = "FROM RUN COPY WORKDIR ENV USER EXPOSE VOLUME HEALTHCHECK CMD ENTRYPOINT"
    assert set(words) <= set(known.split())
    assert words.count("FROM") == 2
    user = [line.split()[1] for line in lines if line.startswith("USER")]
    assert user
    assert user[-1] not in {"root", "0"}
    assert "HEALTHCHECK" in words
    for line in lines:
        if line.startswith("COPY") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert source.startswith("--") or (ROOT / source).exists(), source


def test_compose_brings_the_bot_and_a_database() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    assert len(compose["services"]) == 2
    [needed] = compose["services"]["bot"]["depends_on"].values()
    assert needed["condition"] == "service_healthy"
    used = {v.split(":")[0] for s in compose["services"].values() for v in s.get("volumes", [])}
    assert used <= set(compose["volumes"])


PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *(f"docs/{p.name}" for p in sorted((ROOT / "docs").glob("*.md"))),
]


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    path = ROOT / page
    targets = [t for t in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")) if not t.startswith("http")]
    assert [t for t in targets if not _leads_somewhere(path, t)] == []


def _leads_somewhere(page: Path, target: str) -> bool:
    """Whether a page's link has an end: a file, and in it the heading of that name."""
    file, _, heading = target.partition("#")
    end = page.parent / file if file else page
    if not heading or not end.exists():
        return end.exists()
    headings = re.findall(r"^#+ (.+)$", end.read_text(encoding="utf-8"), re.MULTILINE)
    return heading in {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
