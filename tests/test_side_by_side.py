"""Two plans side by side: sums, the day a goal is reached, the days that differ."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.changed_days import changed_days, common_days, reasons_by_day
from planner.comparing import Change, keep_identities
from planner.plan import Exercise, GoalResult, Kind, Step
from planner.side_by_side import rows, side_of, week_lines
from tests.plans import MONDAY, a_day, a_plan, a_session, plan_of


def test_a_week_is_summed_up():
    # Two runs and a long run of 30 minutes, two walks of 30, one strength session.
    (week,) = side_of(plan_of("e w es . l w ."), MONDAY).weeks

    assert (week.monday, week.days, week.runs, week.walks, week.strength) == (MONDAY, 7, 3, 2, 1)
    assert (week.run_minutes, week.longest_run_minutes, week.walk_minutes) == (90, 30, 60)


def test_walking_breaks_are_no_walks():
    (week,) = side_of(plan_of("r . ."), MONDAY).weeks

    assert (week.run_minutes, week.walk_minutes) == (15, 0)


def test_weeks_gone_by_are_left_out():
    plan = plan_of("e . . . . . . e . . . . . . l . .")
    side = side_of(plan, MONDAY + timedelta(days=9))

    assert [week.monday for week in side.weeks] == [
        MONDAY + timedelta(days=7),
        MONDAY + timedelta(days=14),
    ]
    assert side.longest_run_on == MONDAY + timedelta(days=14)


def test_the_longest_run_is_the_first_of_that_length():
    plan = a_plan(
        *(
            a_day(MONDAY + timedelta(days=n), a_session(minutes=m))
            for n, m in enumerate((30, 40, 40))
        )
    )
    side = side_of(plan, MONDAY)

    assert (side.longest_run_minutes, side.longest_run_on) == (40, MONDAY + timedelta(days=1))


def test_a_goal_is_reached_by_a_run_without_walking_breaks():
    reached = GoalResult(kind="run_time", asked_minutes=30, planned_minutes=30, reached=True)
    days = (
        a_day(MONDAY, a_session(Kind.RUN_WALK, minutes=60)),
        a_day(MONDAY + timedelta(days=2), a_session(minutes=30)),
    )

    assert side_of(a_plan(*days, goal=reached), MONDAY).reached_on == date(2026, 11, 25)


def test_a_goal_that_is_missed_is_reached_on_no_day():
    missed = GoalResult(kind="run_time", asked_minutes=30, planned_minutes=29.9, reached=False)
    side = side_of(a_plan(a_day(MONDAY, a_session(minutes=29.9)), goal=missed), MONDAY)
    told = {row.label: row.what_if for row in rows(None, side)}

    assert side.reached_on is None
    # Rounded down: 30 of 30 would read as if it were reached.
    assert (told["Goal"], told["Reached on"]) == ("29 of 30 min", "–")


def test_days_differ_by_what_can_be_seen_alone():
    now = keep_identities(plan_of("e . w . ."), None)
    other = keep_identities(plan_of(". . w e", revision=2), plan_of("e . . . ."))
    ruled = other.model_copy(
        update={
            "days": tuple(
                day.model_copy(
                    update={
                        "sessions": tuple(
                            one.model_copy(update={"id": f"9-{one.id}", "rules": ("time",)})
                            for one in day.sessions
                        )
                    }
                )
                for day in other.days
            )
        }
    )
    changed = changed_days(now, ruled)

    # The walk of Wednesday is the same, whatever it is called; Friday is in one plan only.
    assert [one.date for one in changed] == [MONDAY, MONDAY + timedelta(days=3)]
    assert (changed[0].now, changed[0].what_if) == (("Easy run 30 min",), ())
    assert common_days(now, ruled) == 4


def test_sessions_a_week_are_those_of_most_whole_weeks():
    # Three, three and two runs; the last week is cut short.
    side = side_of(plan_of("e . e . e . . " * 2 + "e . e . . . . e"), MONDAY)

    assert {row.label: row.now for row in rows(side, side)}["Runs a week"] == "3 (2 to 3)"


def test_sorts_that_neither_plan_has_are_left_out():
    side = side_of(plan_of("e . ."), MONDAY)

    assert "Strength a week" not in [row.label for row in rows(side, side)]


def test_weeks_stand_beside_each_other_by_their_monday():
    now = side_of(plan_of("e . . . . . ."), MONDAY)
    later = side_of(plan_of("e e . . . . .", start=MONDAY + timedelta(days=7)), MONDAY)
    lines = list(week_lines(now, later))

    assert [line.split() for line in lines[2:]] == [
        ["23", "Nov", "2026", "30", "30"],
        ["30", "Nov", "2026", "60", "30"],
    ]
    # Minutes of the first plan stand left of those of the second.
    assert lines[2].rindex("30") < lines[3].rindex("30")


# What is done differently, and why.


def done_differently(was, now) -> str:
    """What is told of a day whose one session has the same title in both plans."""
    (day,) = changed_days(a_plan(a_day(MONDAY, was)), a_plan(a_day(MONDAY, now)))

    assert day.now == day.what_if
    return day.differs


def test_other_steps_are_told_beside_those_of_now():
    was = a_session(
        Kind.RUN_WALK, title="Run/walk 30 min", steps=(Step(repeat=5, run_seconds=180),)
    )
    now = was.model_copy(update={"steps": (Step(repeat=10, run_seconds=90),)})

    assert done_differently(was, now) == (
        "Run/walk 30 min: 10 × 1 min 30 s run instead of 5 × 3 min run"
    )


def exercise(name: str, sets: int = 3) -> Exercise:
    return Exercise(id=name, name=name, sets=sets, amount="10")


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (("A", "B"), ("A", "C"), "without B, with C"),
        (("A",), ("A2",), "A 2 × 10 instead of 3 × 10"),
        (("A", "B", "C", "D"), (), "without A, without B, and 2 more differences"),
    ],
)
def test_other_exercises_are_named_the_first_two_of_them(was, now, said):
    sessions = [
        a_session(
            Kind.STRENGTH,
            title="Strength",
            exercises=tuple(exercise(one[0], int(one[1:] or 3)) for one in names),
        )
        for names in (was, now)
    ]

    assert done_differently(*sessions) == f"Strength: {said}"


def test_minutes_that_the_title_does_not_tell_are_told():
    sessions = [a_session(Kind.STRENGTH, minutes, title="Strength") for minutes in (30, 20)]

    assert done_differently(*sessions) == "Strength: 20 min instead of 30"


def test_when_a_session_changed_last_makes_no_other_day():
    plan = plan_of("e . w")
    again = plan.model_copy(
        update={
            "days": tuple(
                day.model_copy(
                    update={
                        "sessions": tuple(
                            one.model_copy(update={"changed": "Changed on Mon 14 Dec."})
                            for one in day.sessions
                        )
                    }
                )
                for day in plan.days
            )
        }
    )

    assert changed_days(plan, again) == ()


def test_a_moved_session_gives_its_reasons_to_both_of_its_days():
    now = keep_identities(plan_of("e . w"), None)
    then = keep_identities(plan_of(". e w", revision=2), now)
    change = Change(
        date=MONDAY + timedelta(days=1),
        session_id=now.days[0].sessions[0].id,
        what="moved",
        because=("days-off",),
    )
    reasons = reasons_by_day([change, change], now, then)

    assert reasons == {MONDAY + timedelta(days=n): ("days-off",) for n in (0, 1)}
    assert [day.because for day in changed_days(now, then, reasons)] == [("days-off",)] * 2
