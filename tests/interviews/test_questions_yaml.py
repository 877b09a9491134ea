"""A community's questions as YAML: what is written is read again, and each mistake is told with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.bank import Bank
from bot.interviews.questions_yaml import read, write
from tests.support.questions import YAML

OURS = Bank.load()
TOPICS = OURS.topics()
TWO = YAML + YAML.partition("\n")[2].replace("own-tea", "own-milk")


@given(st.sets(st.sampled_from(range(len(OURS.all()))), min_size=1, max_size=6))
def test_what_is_written_is_read_again(numbers: set[int]) -> None:
    questions = tuple(OURS.all()[number] for number in sorted(numbers))
    pasted = read(write(questions).decode(), TOPICS)
    assert (pasted.questions, pasted.problems) == (questions, ())


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#\n ?,%@", max_size=80))
def test_whatever_is_pasted_is_answered_and_nothing_of_it_is_lost(text: str) -> None:
    pasted = read(text, TOPICS)
    assert pasted.questions == ()
    assert pasted.problems
    assert all(0 < problem.line <= text.count("\n") + 2 for problem in pasted.problems)


@pytest.mark.parametrize(
    ("was", "is_now", "line", "says"),
    [
        ("weight: 2", "weight: 9", 10, "points[1].weight: Expected `int` <= 3"),
        ("kind: explain", "kind: sing", 5, "kind: Invalid enum value 'sing'"),
        ("  level: 1\n", "", 2, "Missing required field `level`"),
        ("  minutes: 2", "  minutes: 2\n  colour: red", 2, "There is an unknown field `colour`"),
        ("topic: research", "topic: tea", 3, "topic: choose one of behavioural,"),
        ("id: own-tea", "id: so-flaky", 2, "id: “so-flaky” is taken"),
        ("words: [bitter]", "words: bitter", 11, "points[2].words: Expected `array`, got `str`"),
    ],
)
def test_a_mistake_in_one_costs_none_of_the_others(was: str, is_now: str, line: int, says: str) -> None:
    wrong = TWO.replace(was, is_now, 1)
    pasted = read(wrong, TOPICS, ["so-flaky"])
    assert [question.id for question in pasted.questions] == ["own-milk"]
    [problem] = pasted.problems
    assert (problem.line, problem.why[: len(says)]) == (line, says)
    first = wrong.partition("\n")[2].partition("- id: own-milk")[0]
    assert problem.text == first.rstrip("\n")


def test_an_id_that_stands_twice_is_taken_once() -> None:
    pasted = read(TWO.replace("own-milk", "own-tea"), TOPICS)
    assert len(pasted.questions) == len(pasted.problems) == 1
    assert pasted.problems[0].line == 16


@pytest.mark.parametrize(
    "text", [YAML, YAML.partition("\n")[2], YAML.replace("questions:", "topic: research\nquestions:")]
)
def test_a_list_and_a_file_with_a_topic_for_all_are_read(text: str) -> None:
    assert [question.topic for question in read(text, TOPICS).questions] == ["research"]


def test_a_list_that_stands_further_in_is_read_though_the_form_took_its_first_blanks() -> None:
    listed = YAML.partition("\n")[2].replace("\n", "\n    ").strip()
    assert [question.id for question in read(listed, TOPICS).questions] == ["own-tea"]


def test_a_files_topic_goes_for_questions_without_one() -> None:
    text = YAML.replace("  topic: research\n", "").replace("questions:", "topic: vision\nquestions:")
    assert [question.topic for question in read(text, TOPICS).questions] == ["vision"]


@pytest.mark.parametrize("text", ["a: [", "!!python/object:os.system x", "2024-99-99", "- &a [*a]", "[" * 3_000, "7"])
def test_what_is_no_yaml_of_questions_is_told_and_never_run(text: str) -> None:
    [problem] = read(text, TOPICS).problems
    assert problem.text
    assert problem.why.endswith(".")
