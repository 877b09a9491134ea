"""The figures of docs/quality.md: the labels are what they claim, and the classifier keeps what is promised of it."""

import hashlib
import math
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.reading.quality import QUESTIONS, Label, Score, main, measure, read_labels, table, wilson, wrong

LABELS = Path(__file__).parent / "data" / "titles.jsonl"
PROBE = LABELS.with_name("probe.jsonl")
DOCS = Path(__file__).resolve().parents[2] / "docs" / "quality.md"
PROMISE = 0.95


@pytest.fixture(scope="module")
def labels() -> list[Label]:
    return read_labels(LABELS)


@pytest.mark.parametrize("split", ["dev", "test", "fresh"])
def test_machine_learning_internships_are_told_as_promised(labels: list[Label], split: str) -> None:
    score = measure(label for label in labels if label.split == split)["ML internship"]
    assert score.precision >= PROMISE
    assert score.recall >= PROMISE


def test_titles_of_the_probe_are_told_as_promised_and_the_documentation_shows_it(labels: list[Label]) -> None:
    probe = read_labels(PROBE)
    assert {label.title.casefold() for label in probe}.isdisjoint(label.title.casefold() for label in labels)
    score = measure(probe)["ML internship"]
    assert min(score.precision, score.recall) >= PROMISE
    assert table(probe) in DOCS.read_text(encoding="utf-8")


def test_the_labels_are_many_and_balanced(labels: list[Label]) -> None:
    assert len(labels) >= 600
    assert len({label.title.casefold() for label in labels}) == len(labels)
    kinds = Counter((label.internship, label.ml) for label in labels)
    assert kinds[1, 1] >= 200
    assert kinds[1, 0] >= 100
    assert kinds[0, 1] >= 40
    assert sum(label.split == "test" for label in labels) >= 250


def test_a_titles_split_is_fixed_by_the_title(labels: list[Label]) -> None:
    for label in labels:
        digest = hashlib.sha256(label.title.casefold().encode()).hexdigest()
        assert (int(digest[:8], 16) % 10 < 4) is (label.split != "dev"), label.title


def test_the_documentation_shows_the_figures_of_today(labels: list[Label]) -> None:
    shown = DOCS.read_text(encoding="utf-8")
    assert table(labels) in shown, "run the command in docs/quality.md and put its table there"


def test_precision_recall_and_f1() -> None:
    score = Score(hits=8, false_alarms=2, misses=4)
    assert score.precision == pytest.approx(0.8)
    assert score.recall == pytest.approx(2 / 3)
    assert score.f1 == pytest.approx(2 * 0.8 * (2 / 3) / (0.8 + 2 / 3))
    assert all(math.isnan(share) for share in (Score().precision, Score().recall, Score().f1))


def test_wilson_gives_the_published_interval() -> None:
    # 81 of 263: Newcombe (1998), Statistics in Medicine 17, table I, method 3
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 0) == (0.0, 1.0)
    with pytest.raises(ValueError, match="can't be more than trials"):
        wilson(2, 1)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share(trial: tuple[int, int]) -> None:
    successes, total = trial
    low, high = wilson(successes, total)
    assert 0 <= low <= successes / total + 1e-12
    assert successes / total - 1e-12 <= high <= 1


def test_the_table_and_the_list_of_mistakes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(
        '{"title": "ML Intern", "company": "A", "internship": 1, "ml": 1, "source": "x", "split": "one"}\n'
        '{"title": "Sales Intern", "company": "B", "internship": 1, "ml": 1, "source": "x", "split": "one"}\n'
        '{"title": "AI Intern", "company": "C", "internship": 0, "ml": 0, "source": "x", "split": "two"}\n',
        encoding="utf-8",
    )
    assert main([str(path)]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) == 2 + 2 * len(QUESTIONS)
    assert rows[4] == "| one | 2 | ML internship | 2 | 100.0 (20.7–100.0) | 50.0 (9.5–90.5) | 66.7 |"
    assert main([str(path), "--wrong", "one"]) == 0
    (mistake,) = capsys.readouterr().out.splitlines()
    assert re.match(
        r"Sales Intern \| B: wrong on machine learning, ML internship \(internship: .*; not machine", mistake
    )
    assert wrong([]) == []


def test_unreadable_labels_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.jsonl")]) == 1
    path = tmp_path / "labels.jsonl"
    path.write_text('{"title": 1}\n', encoding="utf-8")
    assert main([str(path)]) == 1
    assert capsys.readouterr().err.count("Can't read the labels") == 2
