"""The figures on duplicates: the pairs are what they claim, and the rules keep what is promised of them."""

from collections import Counter
from pathlib import Path

import pytest

from bot.leads.dedupe_quality import Pair, main, measure, read_pairs, table, wrong
from bot.leads.reading.quality import Score

PAIRS = Path(__file__).parent / "data" / "pairs.jsonl"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "quality_dedupe.md"
PRECISION, RECALL = 0.99, 0.98


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return read_pairs(PAIRS)


def test_duplicates_are_told_as_promised(pairs: list[Pair]) -> None:
    score = measure(pair for pair in pairs if pair.split != "dev")
    assert score.precision >= PRECISION
    assert score.recall >= RECALL


def test_the_pairs_are_many_and_balanced(pairs: list[Pair]) -> None:
    assert len(pairs) >= 900
    assert len({frozenset(((p.a.url, p.a.title), (p.b.url, p.b.title))) for p in pairs}) >= len(pairs) - 40
    kinds = Counter((pair.same, pair.share_an_address) for pair in pairs)
    assert kinds[True, True] >= 200
    assert kinds[True, False] >= 200
    assert kinds[False, False] >= 400
    assert kinds[False, True] >= 4, "one address, two openings"
    assert {pair.split for pair in pairs} == {"dev", "test", "fresh"}


def test_the_documentation_shows_the_figures_of_today(pairs: list[Pair]) -> None:
    shown = DOCS.read_text(encoding="utf-8")
    assert table(pairs) in shown, "run the command in docs/quality_dedupe.md and put its table there"


def test_what_is_wrong_is_listed_with_the_reason(pairs: list[Pair]) -> None:
    good = next(pair for pair in pairs if pair.same)
    mistaken = Pair(same=False, split="dev", a=good.a, b=good.b)
    assert measure([mistaken]) == Score(0, 1, 0)
    (line,) = wrong([mistaken])
    assert line.startswith("not one: ")
    assert good.a.title in line
    apart = next(pair for pair in pairs if not pair.same)
    missed = Pair(same=True, split="dev", a=apart.a, b=apart.b)
    assert measure([missed, apart]) == Score(0, 0, 1)
    assert wrong([missed])[0].endswith("(no match)")


def test_the_command(pairs: list[Pair], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([str(PAIRS)]) == 0
    assert capsys.readouterr().out == table(pairs) + "\n"
    assert main([str(PAIRS), "--wrong", "fresh"]) == 0
    assert len(capsys.readouterr().out.splitlines()) < 20
    assert main([str(tmp_path / "none.jsonl")]) == 1
    assert "Can't read the pairs" in capsys.readouterr().err
    (tmp_path / "odd.jsonl").write_text('{"same": 3}\n')
    assert main([str(tmp_path / "odd.jsonl")]) == 1
