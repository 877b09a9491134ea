"""The state machine of an application: what random moves come to."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.applications.figures import figures_of
from bot.applications.stages import ENDS, EVIDENCE, OPEN, Course, Move, Stage, can_move, course_of, moves_from
from bot.steps.kinds import Kind

T = datetime(2026, 3, 1, tzinfo=UTC)


def course(*stages: str, days: int = 1) -> Course:
    return course_of(moves(*stages, days=days))


def moves(*stages: str, days: int = 1) -> list[Move]:
    before = ["", *stages]
    return [Move(n, before[n - 1], after, T + timedelta(days=n * days)) for n, after in enumerate(stages, start=1)]


def kinds(found: Course) -> set[Kind]:
    return {EVIDENCE[stage] for stage in found.reached if stage in EVIDENCE}


@pytest.mark.parametrize(
    ("stages", "wanted"),
    [
        (["saved"], set()),
        (["saved", "applied"], {Kind.APPLIED}),
        (["interview"], {Kind.APPLIED, Kind.INTERVIEW}),
        (["applied", "interview", "offer", "accepted"], {Kind.APPLIED, Kind.INTERVIEW, Kind.OFFER}),
        (["applied", "interview", "applied"], {Kind.APPLIED}),
        (["applied", "interview", "assessment"], {Kind.APPLIED, Kind.INTERVIEW}),
        (["applied", "offer", "rejected"], {Kind.APPLIED, Kind.OFFER}),
        (["applied", "interview", "saved"], set()),
        (["saved", "declined"], set()),
        (["saved", "declined", "applied", "no answer"], {Kind.APPLIED}),
        (["mrkz"], set()),
    ],
)
def test_what_moves_are_evidence_of(stages: list[str], wanted: set[Kind]) -> None:
    assert kinds(course(*stages)) == wanted


def test_an_undone_move_never_was() -> None:
    row = moves("saved", "applied", "offer")
    undone = [*row, Move(9, "offer", "applied", T + timedelta(days=9), undoes=3)]
    assert course_of(undone) == course_of(row[:2])
    nothing = [Move(1, "", "saved", T), Move(2, "saved", "", T, undoes=1)]
    assert course_of(nothing).stage == ""


def test_an_entry_never_takes_back() -> None:
    row = [Move(1, "", "applied", T), Move(2, "", "saved", T + timedelta(days=1))]
    assert course_of(row).stage == "applied"
    row = [Move(1, "", "saved", T), Move(2, "", "applied", T + timedelta(days=1))]
    assert course_of(row).stage == "applied"
    assert course_of([Move(1, "", "rejected", T), Move(2, "", "offer", T)]).stage == "rejected"


def test_which_moves_make_sense() -> None:
    assert not can_move("saved", Stage.SAVED)
    assert not can_move("saved", Stage.ACCEPTED)
    assert not can_move("saved", Stage.NO_ANSWER)
    assert can_move("saved", Stage.DECLINED)
    assert can_move("offer", Stage.APPLIED), "corrections go back"
    assert can_move("declined", Stage.ACCEPTED), "one changes one's mind"
    assert Stage.NO_ANSWER not in moves_from("offer")
    assert all(can_move("", stage) for stage in Stage)


@given(st.lists(st.integers(0, 10), max_size=14))
def test_random_pipelines_keep_their_invariants(choices: list[int]) -> None:
    row: list[Move] = []
    for number, choice in enumerate(choices, start=1):
        now = course_of(row)
        at = T + timedelta(hours=number)
        if choice == 10 and now.last is not None:
            row.append(Move(number, now.stage, now.last.before, at, undoes=now.last.id))
            assert course_of(row) == course_of([m for m in row if m.id not in {number, now.last.id}])
            continue
        options = moves_from(now.stage)
        after = options[choice % len(options)]
        row.append(Move(number, now.stage, after, at))
        found = course_of(row)
        assert found.stage == after
        assert found.moved_at == at
    found = course_of(row)
    assert course_of(reversed(row)) == found, "in whatever order they are read"
    assert (found.stage == "") == (found.last is None)
    if kinds(found) & {Kind.INTERVIEW, Kind.OFFER}:
        assert Kind.APPLIED in kinds(found), "no answer without an application"
    if found.stage == "accepted":
        assert Kind.OFFER in kinds(found)
    if found.stage == "saved":
        assert not found.reached


@given(st.lists(st.lists(st.sampled_from([*Stage]), min_size=1, max_size=5), max_size=12))
def test_figures_lose_nobody(rows: list[list[Stage]]) -> None:
    found = figures_of(course(*row) for row in rows)
    starts = sum(n for (start, _), n in found.links.items() if start == "all")
    ends = {*map(str, ENDS), "waiting", "to decide", "only saved"}
    assert starts == sum(n for (_, to), n in found.links.items() if to in ends) == found.total == len(rows)
    assert found.timed <= found.answered <= found.applied <= found.total


def test_the_median_stands_on_answers_with_a_date() -> None:
    waits = [course("applied", "interview", days=4), course("saved", "applied", "rejected", days=10), course("offer")]
    found = figures_of([*waits, course("applied"), course("applied", "no answer")])
    assert (found.applied, found.answered, found.timed, found.median_days) == (5, 3, 2, 7.0)
    assert found.response_rate == pytest.approx(0.6)
    assert figures_of([]).response_rate is None
    assert len(OPEN) + len(ENDS) == len(Stage)
