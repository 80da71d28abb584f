"""The plan as plain text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.plan import ADVISES_NOT_TO_START, Day, GoalResult, Kind, Plan, Session, State, Step
from planner.table import (
    WIDTH,
    long_date,
    plain_date,
    plan_lines,
    short_date,
    summary_lines,
    week_numbers,
    weeks_ahead,
    weeks_of,
    what_to_do,
    with_years,
)
from rules import sentences

MONDAY = date(2026, 11, 30)


def a_session(kind: Kind, minutes: float, title: str, steps: tuple[Step, ...] = ()) -> Session:
    run = sum(step.repeat * step.run_seconds for step in steps) / 60 if steps else minutes
    run = run if kind.is_run else 0.0
    walk = minutes - run if kind.is_run or kind is Kind.WALK else 0.0
    return Session(
        id=f"{kind}-{minutes}",
        kind=kind,
        title=title,
        minutes=minutes,
        run_minutes=run,
        walk_minutes=walk,
        steps=steps,
    )


def a_plan(start: date, sessions: dict[int, tuple[Session, ...]], days: int = 7) -> Plan:
    return Plan(
        plan_id="p",
        made_on=start,
        start=start,
        end=start + timedelta(days=days - 1),
        runner="Maya",
        time_zone="Europe/Zurich",
        goal=GoalResult(kind="keep_running", asked_minutes=0, planned_minutes=0, reached=True),
        days=tuple(
            Day(
                date=start + timedelta(days=day),
                state=State.MILD,
                sessions=sessions.get(day, ()),
            )
            for day in range(days)
        ),
    )


def text_of(plan: Plan) -> list[str]:
    return [line.text for line in plan_lines(plan, week_numbers(plan))]


RUN_WALK = a_session(
    Kind.RUN_WALK, 30, "Run/walk 30 min", (Step(repeat=5, run_seconds=180, walk_seconds=180),)
)


def test_week_shows_each_day_with_its_sessions_and_the_sums_in_its_heading():
    easy = a_session(Kind.EASY_RUN, 25, "Easy run 25 min")
    walk = a_session(Kind.WALK, 20, "Walk 20 min")
    strength = a_session(Kind.STRENGTH, 30, "Strength")

    lines = text_of(a_plan(MONDAY, {0: (RUN_WALK,), 2: (easy, strength), 3: (walk,)}))

    # 5 × 3 + 25 = 40 minutes of running; only the walk of its own counts as a walk.
    assert lines == [
        "Week 1 · 30 Nov – 6 Dec 2026          40 min running · 20 min walks · back: mild",
        "  Mon 30 Nov  Run/walk 30 min               5 × (3 min run, 3 min walk)",
        "  Tue  1 Dec  rest",
        "  Wed  2 Dec  Easy run 25 min",
        "              Strength, 30 min",
        "  Thu  3 Dec  Walk 20 min",
        "  Fri  4 Dec  rest",
        "  Sat  5 Dec  rest",
        "  Sun  6 Dec  rest",
    ]


def test_weeks_begin_on_monday_also_where_the_plan_begins_later():
    plan = a_plan(MONDAY + timedelta(days=3), {}, days=6)

    # Thursday to Sunday, then Monday and Tuesday.
    assert [len(days) for days in weeks_of(plan)] == [4, 2]


def test_one_week_can_be_shown_alone():
    plan = a_plan(MONDAY, {}, days=21)

    assert plan_lines(plan, [2])[0].text.startswith("Week 2 · 7 Dec – 13 Dec 2026")


def test_long_steps_go_to_lines_of_their_own_within_eighty_columns():
    steps = tuple(Step(repeat=4, run_seconds=90, walk_seconds=75) for _ in range(6))
    session = a_session(Kind.RUN_WALK, 66, "Run/walk 66 min", steps)

    lines = text_of(a_plan(MONDAY, {0: (session,)}, days=1))

    assert lines[1] == "  Mon 30 Nov  Run/walk 66 min"
    assert all(len(line) <= WIDTH for line in lines)
    assert " ".join(" ".join(lines).split()).count("1 min 30 s run") == 6


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # 21 November is a Saturday in 2026 and a Sunday in 2027.
        ("A race on Sun 21 Nov.", "A race on Sun 21 Nov 2027."),
        ("A run on Sat 21 Nov.", "A run on Sat 21 Nov."),
        ("A race on Sun 21 Nov 2027.", "A race on Sun 21 Nov 2027."),
        ("Sun  3 Jan and Sun 10 Jan", "Sun  3 Jan 2027 and Sun 10 Jan 2027"),
        # No year near has such a day.
        ("Mon 31 Feb", "Mon 31 Feb"),
    ],
)
def test_a_day_of_another_year_gets_its_year(text, told):
    assert with_years(text, date(2026, 11, 23)) == told


def test_a_race_not_to_start_says_so_beneath_it():
    race = a_session(Kind.RACE, 46.2, "Race 10 km")
    race = race.model_copy(update={"note": f"{ADVISES_NOT_TO_START}: choose another."})

    assert text_of(a_plan(MONDAY, {0: (race,)}))[1:3] == [
        "  Mon 30 Nov  Race 10 km, 46.2 min",
        "              The plan advises not to start this race.",
    ]


def test_a_session_with_a_start_shows_it():
    session = a_session(Kind.EASY_RUN, 25, "Easy run 25 min").model_copy(update={"start": "07:00"})

    assert text_of(a_plan(MONDAY, {0: (session,)}, days=1))[1].split("  ")[2] == (
        "07:00 Easy run 25 min"
    )


def test_a_week_with_several_states_names_them_and_marks_the_expected_one():
    plan = a_plan(MONDAY, {})
    states = (*[State.MILD] * 4, *[State.HEALTHY] * 3)
    days = tuple(
        day.model_copy(update={"state": state, "forecast": number > 0})
        for number, (day, state) in enumerate(zip(plan.days, states, strict=True))
    )

    heading = plan_lines(plan.model_copy(update={"days": days}), [1])[0].text

    assert heading.endswith("back: mild, then healthy (expected)")


def test_a_heading_too_long_for_its_line_goes_on_in_the_next():
    plan = a_plan(MONDAY, {0: (RUN_WALK,)})
    states = (State.HEALTHY, State.FLARE, State.MODERATE, State.RETURNING, *[State.MILD] * 3)
    days = tuple(
        day.model_copy(update={"state": state, "forecast": True})
        for day, state in zip(plan.days, states, strict=True)
    )

    lines = plan_lines(plan.model_copy(update={"days": days}), [1])

    assert lines[0].text == "Week 1 · 30 Nov – 6 Dec 2026"
    # Said in full, with each "then" and "(expected)", it would take 120 columns.
    assert lines[1].text.strip() == (
        "15 min running · back: healthy, flare, moderate, returning, mild (expected)"
    )
    assert max(len(line.text) for line in lines) <= WIDTH


def test_a_heading_with_many_numbers_and_states_keeps_to_its_line():
    run, walk = a_session(Kind.EASY_RUN, 32.25, "Run"), a_session(Kind.WALK, 120, "Walk")
    plan = a_plan(MONDAY, dict.fromkeys(range(7), (run, walk)))
    states = (State.HEALTHY, State.FLARE, State.MODERATE, State.RETURNING, *[State.MILD] * 3)
    days = tuple(
        day.model_copy(update={"state": state, "forecast": number > 0})
        for number, (day, state) in enumerate(zip(plan.days, states, strict=True))
    )

    lines = plan_lines(plan.model_copy(update={"days": days}), [1])

    # 7 × 32.25 and 7 × 120 minutes.
    assert lines[1].text.strip() == (
        "225.75 min running · 840 min walks · back: healthy … mild (expected)"
    )


def test_a_state_that_goes_on_is_said_once():
    plan = a_plan(MONDAY, {}, days=14)
    # Planned in week 1 as a forecast; planned anew on Thursday of week 2, with mild pain.
    states = (*[State.MODERATE] * 7, *[State.RETURNING] * 3, *[State.MILD] * 4)
    days = tuple(
        day.model_copy(update={"state": state, "forecast": number not in (0, 10)})
        for number, (day, state) in enumerate(zip(plan.days, states, strict=True))
    )

    heading = plan_lines(plan.model_copy(update={"days": days}), [2])[0].text

    assert heading.endswith("back: returning, then mild")


def test_the_weeks_ahead_are_this_one_and_the_next():
    plan = a_plan(MONDAY, {}, days=28)

    # 13 December is the second week's Sunday.
    assert list(weeks_ahead(plan, date(2026, 12, 13))) == [2, 3]
    assert list(weeks_ahead(plan, date(2026, 11, 1))) == [1, 2]
    assert list(weeks_ahead(plan, date(2027, 11, 1))) == [4]


def test_summary_has_a_line_for_each_week():
    easy = a_session(Kind.EASY_RUN, 25, "Easy run 25 min")
    walk = a_session(Kind.WALK, 20, "Walk 20 min")
    plan = a_plan(MONDAY, {0: (RUN_WALK,), 2: (easy,), 3: (walk,)}, days=14)

    assert [line.text.split() for line in summary_lines(plan)] == [
        ["Week", "Days", "Runs", "Running", "Longest", "Walks"],
        ["1", "30", "Nov", "–", "6", "Dec", "2", "40", "min", "25", "min", "20", "min"],
        ["2", "7", "Dec", "–", "13", "Dec", "0", "–", "–", "–"],
    ]


def test_a_run_of_one_piece_needs_no_steps_beside_its_title():
    easy = a_session(Kind.EASY_RUN, 25, "Easy run 25 min", (Step(run_seconds=1500),))

    assert what_to_do(easy) == ""


# --- dates and widths -------------------------------------------------------------------------------


def test_a_date_in_a_sentence_has_one_form_wherever_it_is_written():
    days = [MONDAY + timedelta(days=number) for number in range(366)]

    assert plain_date(date(2026, 12, 7)) == "Mon 7 Dec"
    assert long_date(date(2026, 12, 7)) == "Mon 7 Dec 2026"
    # The rules see nothing of the engine but its data, so they have the same words of their own.
    assert [sentences.plain_date(day) for day in days] == [plain_date(day) for day in days]


def test_in_a_column_every_date_has_ten_characters():
    days = [MONDAY + timedelta(days=number) for number in range(366)]

    assert {len(short_date(day)) for day in days} == {10}


STEPS = (
    Step(run_seconds=600),
    Step(repeat=12, run_seconds=195, walk_seconds=105),
    Step(repeat=4, run_seconds=90, easy_seconds=90, effort="hard"),
    Step(run_seconds=3605),
)
TITLES = ("Run/walk 30 min", "Ein sehr langer Titel von anderswo " * 3, "X" * 59, "5 × (3 min)")


@pytest.mark.parametrize("steps", [STEPS[:number] for number in range(5)], ids=len)
@pytest.mark.parametrize("name", TITLES)
@pytest.mark.parametrize("states", [tuple(State), (State.RETURNING,) * 5])
def test_no_line_is_wider_than_the_terminal(name, steps, states):
    """Columns, not bytes: ``·``, ``–`` and ``×`` take one each."""
    first = a_session(Kind.RUN_WALK, 1440.25, name, steps)
    walk = a_session(Kind.WALK, 1439.75, name)
    plan = a_plan(date(2026, 12, 24), {0: (first, walk), 4: (first,), 11: (walk, first)}, 30)
    days = tuple(
        day.model_copy(update={"state": states[number % 5], "forecast": number > 2})
        for number, day in enumerate(plan.days)
    )
    plan = plan.model_copy(update={"days": days})

    lines = [*text_of(plan), *(line.text for line in summary_lines(plan))]

    assert [line for line in lines if len(line) > WIDTH] == []
