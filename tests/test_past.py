"""The running before a plan, as the journal tells it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.flares import last_flare
from planner.history import History
from planner.past import (
    DAYS_KNOWN,
    first_told,
    ladder_session,
    past_runs,
    past_weeks,
    restart_after,
    run_in_first_week,
    told_anew,
)
from planner.plan import Kind, State, Step
from planner.profile import Back, parse_runner
from planner.request import Experience
from planner.resolving import build_request
from rules.loading import load_ladders
from tests.commands import MAYA
from tests.diaries import (
    LEG_SIGNS,
    LIMITS,
    MONDAY,
    clean_run,
    day,
    history,
    rated,
    report,
    run,
    through_the_gate,
    told,
    walk,
)

GENTLE = load_ladders()["gentle"]


def runner(text=MAYA):
    return parse_runner(text.encode(), "maya.toml", stop_above_max=5)


def in_past(facts, start=0):
    return past_runs(history(*facts), LIMITS, day(start), day(start), ())


def test_without_a_journal_the_file_is_what_is_known():
    known = first_told(runner(), MONDAY)

    assert [(one.on, one.recent, one.back) for one in known.told] == [
        (MONDAY, runner().recent, runner().back)
    ]
    assert past_weeks(known, MONDAY)[:5] == (7500, 7500, 7000, 7000, 0)


@pytest.mark.parametrize(
    ("text", "is_new"),
    [
        (MAYA, False),
        # Wishes are no facts.
        (MAYA.replace("runs = 3", "runs = 2"), False),
        (MAYA.replace("days_since_last_run = 2", "days_since_last_run = 4"), True),
        (MAYA.replace("pain_today = 1.0", "pain_today = 3.0"), True),
        (MAYA.replace("[back]\npain_today = 1.0\n", ""), True),
    ],
)
def test_what_the_file_says_anew_is_told_on_the_day_it_is_first_seen(text, is_new):
    known = first_told(runner(), MONDAY)
    later = told_anew(known, runner(text), day(9))

    assert (later is not None) is is_new
    assert later is None or (later.on, later.recent) == (day(9), runner(text).recent)


def test_the_first_file_is_new():
    assert told_anew(History(), runner(), MONDAY) is not None


def test_runs_stand_in_the_order_of_their_days_and_none_of_the_plan_itself():
    found = in_past([run(-3, 20), run(-10, 25), run(0, 30), run(2, 30)])

    assert [(one.day, one.run_hundredths) for one in found] == [(-10, 2500), (-3, 2000)]


def test_the_file_knows_one_run_and_the_log_the_others():
    found = in_past([told(0, longest_run_minutes=30, days_since_last_run=2), run(-5, 20)])

    assert [(one.day, one.run_hundredths) for one in found] == [(-5, 2000), (-2, 3000)]


def test_runs_longer_ago_than_any_rule_looks_are_left_out():
    found = in_past([run(-DAYS_KNOWN, 20), run(-DAYS_KNOWN - 1, 20)])

    assert [one.day for one in found] == [-DAYS_KNOWN]


def test_a_run_not_done_is_no_run():
    assert in_past([run(-3, 0), walk(-2, 30)]) == ()


def test_a_run_keeps_what_the_plan_had_there_and_whether_it_was_clean():
    steps = (Step(repeat=7, run_seconds=180, walk_seconds=60),)
    done = clean_run(-2, 21).model_copy(update={"session_kind": Kind.RUN_WALK, "steps": steps})
    (first, second) = in_past([run(-4, 21), done])

    assert (first.kind, first.steps, first.is_clean) == (None, (), False)
    assert (second.kind, second.steps, second.is_clean) == (Kind.RUN_WALK, steps, True)


def test_a_run_is_not_clean_before_its_next_morning_is_told():
    assert [one.is_clean for one in in_past([run(-2, during=0, after=0), clean_run(-4)])] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), (0, 0, 0)),
        ((run(-1, 20), run(-7, 10), run(-8, 30)), (3000, 3000, 0)),
        # The week of the plan's first day is none before it.
        ((run(1, 20),), (0, 0, 0)),
    ],
)
def test_weeks_before_the_first_monday_the_latest_first(facts, expected):
    # The plan starts on a Wednesday.
    assert past_weeks(history(*facts), day(2))[:3] == expected


def test_running_in_the_first_week_before_the_plan_is_what_is_logged():
    facts = history(told(0, longest_run_minutes=30), run(-1, 20), run(0, 15), run(1, 10), run(3, 9))

    # From Thursday on: Monday and Tuesday; not Sunday, and nothing of Thursday itself.
    assert run_in_first_week(facts, day(3)) == 2500


def test_a_run_that_the_file_tells_of_is_not_logged_running():
    facts = history(told(3, longest_run_minutes=30, days_since_last_run=2))

    assert run_in_first_week(facts, day(3)) == 0


def test_after_a_flare_what_was_run_before_it_counts():
    told_weeks = told(-30, run_minutes=(60.0, 60.0, 60.0, 60.0))
    runs = [run(ago, 30, during=pain) for ago, pain in ((-9, 1), (-7, 1), (-4, 4))]
    facts = history(told_weeks, *runs, report(-3), rated(-2, 0))
    flare = last_flare(facts, LIMITS, day(0), ())
    assert flare is not None

    found = restart_after(flare, day(2), facts, LIMITS, day(0))

    # The run four days ago hurt: the one before it was the last comfortable one.
    assert (found.day, found.last_run_hundredths) == (2, 3000)
    assert found.days_since_last_run == 4


def test_with_no_run_known_there_is_none_to_begin_again_from():
    facts = history(report(-3))
    flare = last_flare(facts, LIMITS, day(0), ())
    assert flare is not None

    found = restart_after(flare, day(2), facts, LIMITS, day(0))

    assert (found.last_run_hundredths, found.pre_flare_week_hundredths) == (0, 0)


def on_ladder(on, stage, **given):
    rung = GENTLE.stages[stage]
    step = Step(repeat=rung.repeats, run_seconds=rung.run_seconds, walk_seconds=rung.walk_seconds)
    fields = {"session_kind": Kind.RUN_WALK, "steps": (step,), "state": State.MILD, **given}
    return run(on, rung.run_hundredths / 100).model_copy(update=fields)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), None),
        ((run(-2),), None),
        ((on_ladder(-2, 3),), (3, 1)),
        ((on_ladder(-6, 2), on_ladder(-4, 3), on_ladder(-2, 3)), (3, 2)),
        # A run of her own between says nothing of the ladder; a planned easy run has left it.
        ((on_ladder(-4, 3), run(-2)), (3, 1)),
        ((on_ladder(-4, 3), run(-2, session_kind=Kind.EASY_RUN)), None),
        # The run/walks of a sore back are no ladder.
        ((on_ladder(-2, 3, state=State.RETURNING),), None),
        ((on_ladder(-2, 3, state=State.MODERATE),), None),
        # What lies ahead does not count.
        ((on_ladder(-2, 3), on_ladder(0, 4)), (3, 1)),
    ],
)
def test_where_she_is_on_the_ladder(facts, expected):
    assert ladder_session(history(*facts), GENTLE, day(0), LIMITS, Experience.RETURNING) == expected


@pytest.mark.parametrize(
    ("facts", "experience", "expected"),
    [
        # An easy run of 30 minutes six days before: run/walks of a sore back, whatever the day was.
        ((run(-8, 30), on_ladder(-2, 3)), Experience.RETURNING, None),
        (
            (run(-8, 30), on_ladder(-5, 3, state=State.MODERATE), on_ladder(-2, 3)),
            "returning",
            None,
        ),
        # Somebody new to running takes the ladder until a run of 30 minutes.
        ((run(-8, 29), on_ladder(-2, 3)), Experience.NEW, (3, 1)),
        ((run(-8, 30), on_ladder(-2, 3)), Experience.NEW, None),
        # 30 days without a run begin the ladder anew: from day -33 to -3 there are 30, from -34 31.
        ((run(-33, 30), on_ladder(-3, 3)), Experience.RETURNING, None),
        ((run(-34, 30), on_ladder(-3, 3)), Experience.RETURNING, (3, 1)),
        # Begun with a short run of her own: it is no reason to leave the ladder.
        ((run(-5, 4), on_ladder(-2, 0)), Experience.RETURNING, (0, 1)),
        # Once begun it goes on, though the first of its sessions now lies close before the latest.
        ((run(-40, 30), on_ladder(-5, 2), on_ladder(-2, 3)), Experience.RETURNING, (3, 1)),
    ],
)
def test_run_walks_are_on_a_ladder_that_was_begun(facts, experience, expected):
    found = ladder_session(history(*facts), GENTLE, day(0), LIMITS, Experience(experience))

    assert found == expected


def test_steps_of_another_ladder_are_no_stage_of_this_one():
    step = Step(repeat=3, run_seconds=61, walk_seconds=539)

    assert (
        ladder_session(
            history(on_ladder(-2, 3, steps=(step,))), GENTLE, day(0), LIMITS, Experience.RETURNING
        )
        is None
    )


def test_days_are_counted_from_the_plans_first_day():
    found = past_runs(history(run(0, 20)), LIMITS, day(5), day(5), ())

    assert [MONDAY + timedelta(days=5 + one.day) for one in found] == [MONDAY]


def test_a_bad_run_on_the_way_back_leads_a_stage_back_without_any_ladder():
    # The flare begins on day 3, its gate opens on day 7; the run of day 9 is clean, that of day 11 hurt.
    steps = (Step(repeat=12, run_seconds=60, walk_seconds=90),)
    kinds = {"session_kind": Kind.RUN_WALK, "steps": steps, "state": State.RETURNING}
    clean = run(9, 12, during=1, after=1, morning=1, **kinds)
    bad = run(11, 12, during=3, after=1, morning=1, **kinds)
    facts = history(told(0, Back(usual_pain=1)), *through_the_gate(3), clean, bad)
    runner = parse_runner(MAYA.encode(), "maya.toml", stop_above_max=5)

    request = build_request(
        runner,
        today=day(12),
        limits=LIMITS,
        ladders=load_ladders(),
        span=(day(12), 14),
        history=facts,
        leg_signs=LEG_SIGNS,
    )

    assert request.setback is not None
    assert request.setback.run_hundredths is not None
    assert request.setback.run_hundredths < 1200
