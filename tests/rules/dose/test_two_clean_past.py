"""Two clean sessions at a stage: those done before the plan count with what was felt."""

from __future__ import annotations

from datetime import date

import pytest

from planner.plan import Kind, Step
from planner.request import PastRun
from tests.dose_agreement import assert_same_doses_allowed, breaches, every_dose
from tests.requests import limits_with
from tests.rules.dose.test_two_clean import (
    BLAKE,
    GENTLE,
    RULE,
    broken,
    few,
    on_ladder,
    said_about,
)

SUNDAY = date(2026, 12, 6)


def done(request, *past, ladder=GENTLE, last_day=-2):
    """The request after run/walk sessions at these stages, one each other day; "3!" was not clean."""
    runs = []
    for place, what in enumerate(reversed(past)):
        number, is_clean = (int(str(what).rstrip("!")), not str(what).endswith("!"))
        stage = ladder.stages[number - 1]
        runs.append(
            PastRun(
                day=last_day - 2 * place,
                run_hundredths=stage.run_hundredths,
                kind=Kind.RUN_WALK,
                steps=(
                    Step(
                        repeat=stage.repeats,
                        run_seconds=stage.run_seconds,
                        walk_seconds=stage.walk_seconds,
                    ),
                ),
                is_clean=is_clean,
            )
        )
    return request.model_copy(update={"past_runs": tuple(runs)})


@pytest.mark.parametrize(
    ("states", "past", "stages", "expected"),
    [
        ("m", (3, 3), (4,), []),
        ("m", (3,), (4,), [0]),
        ("m", (3,), (3, 4), []),  # one was done, one is planned
        ("m", (2, 3), (4,), [0]),
        ("m", (3, 2, 3), (4,), [0]),  # only those in a row
        ("m", (3, 3), (5,), [0]),  # one stage at a time
        ("m", (3, 3), (4, 5), [1]),
        ("m", (5,), (4, 4, 5), []),  # down as one likes
        ("m", (5,), (1,), []),
        # Sessions that were not clean.
        ("m", (3, "3!"), (4,), [0]),
        ("m", ("3!", 3), (4,), [0]),
        ("m", ("3!", 3, 3), (4,), []),
        ("m", (3, "3!", 3), (4,), [0]),
        ("m", (3, 3, "3!"), (4,), [0]),
        ("m", (3, 3, "3!"), (3, 4), [1]),
        ("m", ("3!",), (3, 3, 4), []),  # those of the plan are taken to become clean
        ("m", ("3!",), (3, 4), [1]),
        ("m", ("3!",), (2, 2, 3), []),
        ("h", (3, "3!"), (4,), [0]),
        # After a flare: three at the stage, the last two of them clean.
        ("r", (3, 3, 3), (4,), []),
        ("r", (3, 3), (4,), [0]),
        ("r", ("3!", 3, 3), (4,), []),
        ("r", (3, "3!", 3), (4,), [0]),
        ("r", (3, 3, "3!"), (4,), [0]),
        ("r", ("3!", 3), (3, 4), []),
        ("r", (3, "3!"), (3, 4), [1]),
        ("r", (3, "3!"), (3, 3, 4), []),
        ("r", ("2!", 3, 3), (4,), [0]),
        # No step up in moderate pain, whatever was done.
        ("M", (3, 3, 3), (4,), [0]),
        ("M", (3,), (3, 2), []),
        # The state of the day of the step.
        ("mr", (3,), (3, 4), [1]),
    ],
)
def test_sessions_before_the_plan_count(states, past, stages, expected):
    # On the pattern, stages 1 to 8 of which are those of gentle.
    request = done(on_ladder(len(stages), states=states, weeks=()), *past)

    assert broken(request, *stages) == expected


@pytest.mark.parametrize(
    ("past", "expected"),
    [((2, 2, 2), []), ((2, 2), [0]), (("2!", 2, 2), []), ((2, "2!", 2), [0])],
)
def test_a_ladder_that_stays_longer_counts_what_was_done(past, expected):
    # Three at each level of this one, the last two clean.
    request = done(on_ladder(1, states="h", ladder=BLAKE), *past, ladder=BLAKE)

    assert broken(request, 3) == expected


def test_a_stricter_number_asks_for_as_many_clean_ones():
    limits = limits_with({"two-clean": {"sessions_min": 3}}, "mild")

    assert broken(done(on_ladder(1, limits=limits), "3!", 3, 3), 4) == [0]
    assert broken(done(on_ladder(1, limits=limits), 3, 3, 3), 4) == []


@pytest.mark.parametrize(
    "between",
    [
        PastRun(day=-1, run_hundredths=2000, kind=Kind.EASY_RUN, steps=(Step(run_seconds=1200),)),
        PastRun(day=-1, run_hundredths=2000),
        # No stage is known of a session that was done otherwise.
        PastRun(day=-1, run_hundredths=500, kind=Kind.RUN_WALK),
    ],
)
def test_other_runs_before_the_plan_are_passed_over(between):
    request = done(on_ladder(1), 3, 3)
    request = request.model_copy(update={"past_runs": (*request.past_runs, between)})

    assert broken(request, 4) == []
    assert broken(request, 5) == [0]


def test_the_days_decide_which_session_was_the_last():
    request = done(on_ladder(1), 4, 3, 3)
    backwards = request.model_copy(update={"past_runs": request.past_runs[::-1]})

    assert broken(request, 4) == broken(backwards, 4) == []


def test_where_a_ladder_begins_is_never_a_step_up():
    # Blake's first level has 3 minutes of running, stage 1 of gentle 3.25: she may begin there.
    request = done(on_ladder(2, states="M"), 1, ladder=BLAKE)

    assert broken(request, 1, 1) == []
    assert broken(request, 1, 2) == [1]


def test_the_reason_tells_of_what_was_not_clean():
    found = said_about(done(on_ladder(1), 3, "3!"), 4)

    assert [breach.reason for breach in found] == [
        "A step up the ladder on Mon 30 Nov; the last 2 sessions at the stage before were not all "
        "clean."
    ]


PAST = [
    (1,),
    (2, 2),
    (3, "3!", 3),
    ("2!", 2, 2),
    (4,),
    (2, 2, "2!"),
    ("1!", "1!"),
    (3, 2),
    (2, 3, 3, 3),
]


@pytest.mark.parametrize("past", PAST)
@pytest.mark.parametrize("states", ["m", "r", "M", "mmr", "rrm", "Mm"])
def test_solver_and_checker_allow_the_same_after_sessions_done(states, past):
    request = done(on_ladder(3, states=states, ladder=few(GENTLE, 1, 2, 3, 4)), *past)

    assert_same_doses_allowed(RULE, request, "r r r")


@pytest.mark.parametrize("past", [(1,), (2, 2, 2), ("1!", 1, 1), (3, 3), (2, "2!", 2)])
@pytest.mark.parametrize("states", ["h", "r"])
def test_solver_and_checker_allow_the_same_on_a_ladder_that_stays_longer(states, past):
    request = done(on_ladder(4, states=states, ladder=few(BLAKE, 1, 2, 3, 4)), *past, ladder=BLAKE)

    assert_same_doses_allowed(RULE, request, "r r r r")


@pytest.mark.parametrize("past", [(1,), (2, 2), (3, 3, 3), (4, 4), (9, 9)])
@pytest.mark.parametrize("states", ["h", "m", "M"])
@pytest.mark.parametrize(("from_ladder", "to_ladder"), [(BLAKE, GENTLE), (GENTLE, BLAKE)])
def test_solver_and_checker_allow_the_same_after_another_ladder(
    from_ladder, to_ladder, states, past
):
    request = done(
        on_ladder(2, states=states, ladder=few(to_ladder, 1, 2, 3, 4, 9)), *past, ladder=from_ladder
    )

    assert_same_doses_allowed(RULE, request, "r r", settles=None)


@pytest.mark.parametrize("past", [(7, 7), (8, 8), ("8!", 8), (1,)])
@pytest.mark.parametrize("weeks", [(0,), (1,)])
def test_solver_and_checker_allow_the_same_over_both_ladders(weeks, past):
    # From a Sunday: one day on the ladder, one on the pattern.
    request = done(on_ladder(2, weeks=weeks, minutes=44, start=SUNDAY), *past)

    assert_same_doses_allowed(RULE, request, "r r")


@pytest.mark.parametrize("past", [(1,), (1, "1!"), (2, 2), (3,)])
@pytest.mark.parametrize("states", ["m", "r", "M"])
def test_after_sessions_done_a_session_left_out_allows_nothing_more(states, past):
    request = done(on_ladder(3, states=states, ladder=few(GENTLE, 1, 2, 3)), *past)

    found = every_dose(request, "r r r", rules=[RULE], may_drop=True)

    assert [dose for dose in found if breaches(RULE, request, "r r r", dose)] == []
    # Stage -1 is a session left out.
    assert -1 in {dose[0].stage for dose in found}


@pytest.mark.parametrize("past", [(1,), ("1!",), (2, "2!"), (8,)])
@pytest.mark.parametrize("states", ["h", "m", "M", "r"])
@pytest.mark.parametrize("ladder", [GENTLE, BLAKE])
def test_whatever_was_done_a_first_session_is_possible(ladder, states, past):
    request = done(on_ladder(1, states=states), *past, ladder=ladder)

    found = every_dose(request, "r", rules=[RULE])

    assert 0 in {dose[0].stage for dose in found}
