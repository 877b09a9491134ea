"""The agreement of the rubric with people, as published: cross-validated with questions held out.

A quicker run than `python -m benchmarks.grading`: fewer parts, so that each grader has seen fewer questions.
"""

import pytest

from tests.support.shared import shared


def test_by_words_alone_the_rubric_agrees_with_people_on_questions_it_never_saw() -> None:
    pytest.importorskip("numpy", reason="numpy comes with the extra minilm")
    from benchmarks.grading import cross_validated, read

    found = cross_validated(read(shared("data/grading/short_answers_dev.csv")), "words", splits=1, parts=6)
    assert found.r >= 0.60
    assert found.rmse <= 0.90
