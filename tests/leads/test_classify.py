"""Is it a machine-learning internship? On titles and descriptions that we wrote."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.reading.classify import THRESHOLD, Verdict, classify
from bot.leads.reading.jsonl import LineClassifier
from bot.leads.reading.phrases import Vocabulary
from bot.leads.reading.words import fold, split_words

WRITTEN = [
    line.split(" ", 1)
    for line in (Path(__file__).parent / "data" / "written_titles.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
DESCRIBED = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "descriptions.jsonl").read_text(encoding="utf-8").splitlines()
]
TRAINING = (
    "You will train deep learning models for ranking, fine-tune LLMs with PyTorch and evaluate computer vision. "
    "Machine learning is at the heart of the team; neural networks serve every request."
)


@pytest.mark.parametrize(("answers", "title"), WRITTEN, ids=[title for _, title in WRITTEN])
def test_titles_that_we_wrote(answers: str, title: str) -> None:
    verdict = classify(title)
    assert (verdict.internship, verdict.ml) == (answers[0] == "1", answers[1] == "1"), verdict.why


@pytest.mark.parametrize("case", DESCRIBED, ids=[f"{case['title']}: {case['description'][:60]}" for case in DESCRIBED])
def test_descriptions_that_we_wrote(case: dict[str, Any]) -> None:
    verdict = classify(case["title"], case["company"], case["description"])
    assert (verdict.internship, verdict.ml) == (bool(case["internship"]), bool(case["ml"])), verdict.why


def test_descriptions_were_written_both_ways() -> None:
    assert sum(case["ml"] for case in DESCRIBED) >= 30
    assert sum(not case["ml"] for case in DESCRIBED) >= 30


def test_it_is_said_that_the_description_was_read() -> None:
    because = classify("Summer Internship 2025", "Acme", "You will plan deliveries.").why[1]
    assert because == "not machine learning: no word of the title says so; nor does the description"
    assert "nor does" not in classify("Sales Intern", "Acme", "You will plan deliveries.").why[1]


def test_why_names_the_words_and_the_rule() -> None:
    assert classify("Computer Vision Co-op", "Acme").why == (
        'internship: title says "coop"',
        'machine learning: title says "computer vision"',
    )
    assert classify("AI Marketing Intern").why[1] == (
        'not machine learning: title says "ai", but the job is "marketing intern"'
    )
    assert classify("Internal Auditor").why == (
        "not an internship: no word of the title says so",
        "not machine learning: no word of the title says so",
    )


def test_the_company_only_tells_what_bare_research_means() -> None:
    assert classify("Research Intern", "Samaya AI").ml
    assert classify("Research Intern", "OpenAI").ml
    assert classify("Research Intern", "PlusAI").ml
    assert not classify("Research Intern", "Sunwater Capital").ml
    assert not classify("UX Research Intern", "OpenAI").ml
    assert not classify("Sales Intern", "OpenAI").ml
    assert classify("Research Scientist Intern", "Acme").ml
    assert not classify("Quantum Research Scientist Intern", "Acme").ml


def test_a_description_settles_what_a_title_leaves_open() -> None:
    assert not classify("Software Engineer Intern", "Acme").ml
    verdict = classify("Software Engineer Intern", "Acme", TRAINING)
    assert verdict.ml_internship
    assert verdict.why[1] == 'machine learning: description says "train deep learning models"'


@pytest.mark.parametrize(
    ("title", "description"),
    [
        (
            "Software Engineer Intern",
            "We are an AI company. Machine learning, LLMs and deep learning are in our blood.",
        ),
        ("Marketing Intern", TRAINING),
        ("Hardware Engineer Intern", TRAINING),
        ("Product Manager Intern, AI", TRAINING),
        ("Receptionist Intern", TRAINING),
    ],
)
def test_a_description_is_believed_only_when_it_is_plain(title: str, description: str) -> None:
    assert not classify(title, "Acme", description).ml


def test_a_description_may_say_that_it_is_an_internship() -> None:
    says = "During this internship you will ship a model. As an intern you will have a mentor."
    assert classify("Data Scientist", "Acme", says).ml_internship
    assert not classify("Senior Data Scientist", "Acme", says).internship
    assert not classify("Data Scientist", "Acme", "Prior internship experience is a plus.").internship
    assert not classify("Data Scientist", "Acme", "This internship experience counts.").internship
    assert not classify("Data Scientist", "Acme", "A job for the ambitious.").internship


def test_the_kind_of_employment_counts_where_the_title_is_silent() -> None:
    verdict = classify("Machine Learning Engineer", "Acme", employment="Intern")
    assert verdict.ml_internship
    assert verdict.why[0] == 'internship: employment is "intern"'
    assert not classify("Senior Machine Learning Engineer", "Acme", employment="Intern").internship
    assert not classify("Machine Learning Engineer", "Acme", employment="FULL_TIME").internship
    assert classify("Machine Learning Intern", "Acme", employment="FULL_TIME").internship


@given(st.text(max_size=80), st.text(max_size=20), st.text(max_size=300))
def test_any_text_gets_a_verdict_that_agrees_with_its_score(title: str, company: str, description: str) -> None:
    verdict = classify(title, company, description)
    assert verdict == classify(title, company, description)
    assert 0 <= verdict.score <= 1
    assert (verdict.score >= THRESHOLD) is verdict.ml_internship
    assert len(verdict.why) == 2


@given(st.sampled_from([title for _, title in WRITTEN]))
def test_case_and_surrounding_space_make_no_difference(title: str) -> None:
    assert _answers(classify(f"  {title.upper()} ")) == _answers(classify(title.lower()))


def _answers(verdict: Verdict) -> tuple[bool, bool]:
    return verdict.internship, verdict.ml


def test_words_are_folded_and_parted() -> None:
    assert fold("Été – A.I. Co-Op, Ph.D.") == "ete – ai coop, phd"
    assert split_words("AI/ML Intern - R&D (Köln)") == (["ai", "ml", "intern", "rnd", "koln"], [0, 0, 0, 1, 2])
    assert split_words("機械学習 인턴").words == ["機", "械", "学", "習", "인", "턴"]
    assert split_words("") == ([], [])


def test_a_vocabulary_refuses_what_it_could_not_answer() -> None:
    with pytest.raises(ValueError, match="stands under both 'a' and 'b'"):
        Vocabulary({"a": ["data entry"], "b": ["data entry"]})
    with pytest.raises(ValueError, match="shorter than 4 letters"):
        Vocabulary({"a": ["ai*"]})


def test_the_longest_phrase_of_a_part_counts() -> None:
    vocabulary = Vocabulary(
        {"short": ["data", "learn*"], "long": ["data science"], "mask": ["old data"]}, hides=frozenset({"mask"})
    )
    found = vocabulary.find(split_words("Data Science, learning old data - data"))
    assert [(f.kind, f.text) for f in found] == [
        ("long", "data science"),
        ("short", "learning"),
        ("mask", "old data"),
        ("short", "data"),
    ]
    assert [f.kind for f in vocabulary.find(split_words("data, science"))] == ["short"]


def test_lines_in_lines_out() -> None:
    lines = [
        b'\xef\xbb\xbf{"title": "Machine Learning Intern", "company": "Acme", "link": "ignored"}\n',
        b'{"title": "Software Engineer Intern", "company": null, "description": '
        + json.dumps(TRAINING).encode()
        + b"}",
        b"{not json",
        b" \t\r\n",
        b'{"company": "Acme"}',
        b'{"title": "\xff"}',
        b'{"title": "\\ud800"}',
    ]
    classifier = LineClassifier()
    out = [json.loads(line) for line in classifier.lines(lines)]
    assert out[0] == {
        "internship": True,
        "ml": True,
        "score": 0.96,
        "why": ['internship: title says "intern"', 'machine learning: title says "machine learning"'],
    }
    assert (out[1]["ml"], set(out[1])) == (True, {"internship", "ml", "score", "why"})
    assert [answer["line"] for answer in out[2:]] == [3, 5, 6, 7]
    assert classifier.bad == 4
    for answer in out[2:]:
        assert (answer["internship"], answer["ml"], answer["score"]) == (False, False, 0)
        assert answer["why"] == [answer["error"]]
        assert answer["error"].startswith(f"line {answer['line']}: ")
        assert answer["error"].endswith('such as {"title": "Machine Learning Intern", "company": "Acme"}')
    assert "title" in out[3]["error"]
    assert "not written in UTF-8" in out[4]["error"]


@given(st.lists(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)), max_size=8))
def test_every_line_gets_one_answer(lines: list[bytes]) -> None:
    classifier = LineClassifier()
    out = [json.loads(line) for line in classifier.lines(lines)]
    assert len(out) <= len(lines)
    assert all({"internship", "ml", "score", "why"} <= set(answer) for answer in out)
    assert classifier.bad == sum("error" in answer for answer in out)
