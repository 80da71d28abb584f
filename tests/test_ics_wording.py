"""What an event says: what to do, when to stop, and nothing about health in its title."""

from __future__ import annotations

import pytest

from planner.notes import session_note
from planner.plan import ADVISES_NOT_TO_START, Exercise, Kind, State, Step
from planner.request import Limits
from planner.wording import (
    DESCRIPTION_BYTES,
    PainRule,
    clean_line,
    clean_text,
    describe_steps,
    description,
    pain_rules,
    rest_description,
    stop_rule,
    title,
)
from tests.plans import PAIN_RULES, a_session
from tests.requests import a_request

UP_TO_5 = (
    "Pain in back or legs, from 0 to 10: up to 2 carry on. Above 2 and up to 5 walk, and stop if "
    "it is not back to 2 or less within 5 minutes. Above 5 stop."
)


def text_of(state: State = State.MILD, **given: object) -> list[str]:
    return description(a_session(**given), state, PAIN_RULES.get(state)).split("\n")


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        ([Step(repeat=5, run_seconds=180, walk_seconds=180)], "5 × (3 min run, 3 min walk)"),
        ([Step(repeat=13, run_seconds=15, walk_seconds=60)], "13 × (15 s run, 1 min walk)"),
        ([Step(run_seconds=90)], "1 min 30 s run"),
        ([Step(run_seconds=1800)], "30 min run"),
        ([Step(repeat=4, run_seconds=60, effort="hard")], "4 × 1 min hard run"),
        ([Step(run_seconds=60, walk_seconds=60)], "1 min run, 1 min walk"),
        (
            [Step(repeat=4, run_seconds=20, easy_seconds=100, effort="hard")],
            "4 × (20 s hard run, 1 min 40 s easy run)",
        ),
        (
            [
                Step(walk_seconds=300),
                Step(repeat=6, run_seconds=120, walk_seconds=60),
                Step(walk_seconds=300),
            ],
            "5 min walk, then 6 × (2 min run, 1 min walk), then 5 min walk",
        ),
        ([Step(), Step(run_seconds=60), Step(repeat=0, run_seconds=60)], "1 min run"),
        ([], ""),
    ],
)
def test_steps_in_words(steps, text):
    assert describe_steps(steps) == text


def test_a_run_walk_session():
    assert text_of(kind=Kind.RUN_WALK) == [
        "5 × (3 min run, 3 min walk).",
        "Run easily: you can talk in whole sentences.",
        UP_TO_5,
        "30 min in total: 15 min running, 15 min walking.",
    ]


def test_an_easy_run():
    assert text_of() == [
        "30 min run, easy: you can talk in whole sentences.",
        UP_TO_5,
        "30 min in total.",
    ]


def test_a_run_without_steps_says_its_minutes():
    assert text_of(steps=())[0] == "30 min run, easy: you can talk in whole sentences."


def test_a_long_run():
    assert text_of(kind=Kind.LONG_RUN, minutes=75)[:2] == [
        "Long run: 75 min run.",
        "Slow and easy: you can talk in whole sentences.",
    ]


def test_a_hard_run_has_three_parts():
    steps = (
        Step(run_seconds=600),
        Step(repeat=4, run_seconds=180, walk_seconds=120, effort="hard"),
        Step(run_seconds=300),
        Step(walk_seconds=120),
    )

    found = text_of(State.HEALTHY, kind=Kind.HARD_RUN, minutes=35, steps=steps)

    assert found[:4] == [
        "Warm up: 10 min run.",
        "Hard part: 4 × (3 min hard run, 2 min walk).",
        "Cool down: 5 min run, then 2 min walk.",
        "Hard means you can say only a few words at a time; the rest is easy.",
    ]


def test_easy_running_between_hard_parts_belongs_to_the_hard_part():
    steps = (
        Step(run_seconds=600),
        Step(run_seconds=300, effort="hard"),
        Step(run_seconds=120),
        Step(run_seconds=300, effort="hard"),
    )

    found = text_of(kind=Kind.HARD_RUN, steps=steps)

    assert found[:2] == [
        "Warm up: 10 min run.",
        "Hard part: 5 min hard run, then 2 min run, then 5 min hard run.",
    ]


def test_a_hard_run_without_a_hard_step_says_its_minutes():
    assert text_of(kind=Kind.HARD_RUN)[0] == "30 min run, hard."


def test_a_race():
    assert text_of(kind=Kind.RACE, minutes=68)[:2] == [
        "Race: 68 min run.",
        "Start slower than feels natural, then run steadily.",
    ]


def test_a_race_of_which_the_plan_gets_to_a_part_is_told_as_the_most():
    said = text_of(kind=Kind.RACE, minutes=50, note="Run no more than 50 minutes of it.")

    assert "Race: at most 50 min run." in said


def test_a_race_not_to_start_is_no_task():
    said = text_of(kind=Kind.RACE, minutes=50, note=f"{ADVISES_NOT_TO_START}: choose another.")

    assert said[:2] == [
        "The plan advises not to start this race: choose another.",
        "If you start it all the same: at most 50 min run, then walk.",
    ]


def test_a_walk_asks_for_no_number():
    assert text_of(kind=Kind.WALK, minutes=20) == [
        "20 min walk at a pace that feels comfortable.",
        "You may split it into shorter walks. If pain rises, go slower or cut it short.",
        "20 min in total.",
    ]


def test_a_test_walk_is_not_to_be_split():
    note = session_note(a_request(1, gate_walk_day=0), Kind.WALK, 0, 0)
    text = "\n".join(text_of(State.FLARE, kind=Kind.WALK, minutes=30, note=note))

    assert "30 minutes in one go" in text
    assert "split" not in text
    assert "If pain rises, go slower or cut it short." in text


@pytest.mark.parametrize("state", State)
def test_a_walk_is_allowed_in_every_state(state):
    assert "walk" in text_of(state, kind=Kind.WALK)[0]


def test_strength_lists_its_exercises():
    exercises = (
        Exercise(id="E03", name="Bird dog", sets=3, amount="10 seconds hold", per_side=True),
        Exercise(id="E07", name="Calf raise", sets=2, amount="8–12 repetitions"),
    )

    assert text_of(kind=Kind.STRENGTH, minutes=20, exercises=exercises) == [
        "20 min in total.",
        "Leave out what makes your back or legs hurt more.",
        "- Bird dog: 3 × 10 seconds hold, each side",
        "- Calf raise: 2 × 8–12 repetitions",
    ]


@pytest.mark.parametrize("state", [State.MODERATE, State.RETURNING])
def test_strength_is_lighter_while_the_back_is_sore(state):
    assert "Use clearly less weight than usual." in text_of(state, kind=Kind.STRENGTH)


@pytest.mark.parametrize(
    ("state", "rule", "text"),
    [
        (State.MILD, PAIN_RULES[State.MILD], UP_TO_5),
        (
            State.HEALTHY,
            PAIN_RULES[State.HEALTHY],
            "Pain in back or legs, from 0 to 10: up to 5 carry on. Above 5 stop.",
        ),
        (
            State.MODERATE,
            PAIN_RULES[State.MODERATE],
            "Before you start, rate the pain in your back and legs from 0 to 10. Stop when it is "
            "2 points above that, or above 5.",
        ),
        (
            State.RETURNING,
            PAIN_RULES[State.RETURNING],
            "Pain in back or legs, from 0 to 10: up to 2 carry on. Above 2 stop.",
        ),
        (State.FLARE, None, "Do not run while your back is flared up."),
        # A runner's own limit below the pain up to which others carry on.
        (
            State.MILD,
            PainRule(stop_above=1.5, go_up_to=2, settle_minutes=5),
            "Pain in back or legs, from 0 to 10: up to 1.5 carry on. Above 1.5 stop.",
        ),
        # After a flare there is no walking it off, whatever else the rule says.
        (
            State.RETURNING,
            PainRule(stop_above=5, go_up_to=2, settle_minutes=5),
            "Pain in back or legs, from 0 to 10: up to 2 carry on. Above 2 stop.",
        ),
    ],
)
def test_the_stop_rule_in_words(state, rule, text):
    assert stop_rule(state, rule) == text


@pytest.mark.parametrize(
    ("state", "rule"),
    [
        (State.MILD, None),
        (State.MODERATE, PainRule(stop_above=5)),
        (State.MILD, PainRule(stop_above=5, go_up_to=2)),
    ],
)
def test_a_run_never_goes_out_without_its_stop_rule(state, rule):
    with pytest.raises(ValueError, match=r"pain rule"):
        description(a_session(), state, rule)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind.is_run])
@pytest.mark.parametrize("state", PAIN_RULES)
def test_every_run_says_when_to_stop(kind, state):
    assert stop_rule(state, PAIN_RULES[state]) in text_of(state, kind=kind)


LIMITS = Limits(
    by_rule={
        "pain-rule": {
            "healthy": {"stop_above_tenths": 50},
            "mild": {"go_up_to_tenths": 20, "stop_above_tenths": 50, "settle_minutes": 5},
            "moderate": {"stop_above_tenths": 50, "stop_rise_tenths": 20},
            "returning": {"stop_above_tenths": 20},
        }
    }
)


def test_pain_rules_come_from_the_rulebook():
    assert pain_rules(LIMITS) == PAIN_RULES


@pytest.mark.parametrize(("own", "stops"), [(3, [3, 3, 3, 2]), (9, [5, 5, 5, 2])])
def test_a_runner_lowers_the_limit_and_never_raises_it(own, stops):
    rules = pain_rules(LIMITS, stop_above=own)

    states = (State.HEALTHY, State.MILD, State.MODERATE, State.RETURNING)
    assert [rules[state].stop_above for state in states] == stops


def test_a_rest_day_names_the_longest_walk():
    assert rest_description(30) == (
        "No running and no strength work today. A walk of up to 30 minutes and some mobility are "
        "welcome."
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Easy run 30 min", "Easy run 30 min"),
        ("Easy\nrun\t 30", "Easy run 30"),
        ("x" * 61, "x" * 59 + "…"),
        ("x" * 60, "x" * 60),
        ("word " * 20, "word word word word word word word word word word word word…"),
        ("", "Easy run"),
    ],
)
def test_a_title_is_one_short_line(given, expected):
    assert title(a_session(title=given)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("bell\x07 null\x00 del\x7f", "bell null del"),
        ("half \ud83c a pair", "half  a pair"),
        ("line\u2028line\x85line", "line\nline\nline"),
        ("tab\there", "tab\there"),
        ("\ufffe\uffff", ""),
    ],
)
def test_text_keeps_nothing_that_programs_choke_on(given, expected):
    assert clean_text(given) == expected


def test_a_line_has_no_newline_of_any_sort():
    assert clean_line("a\r\nb\u2029c\vd") == "a b c d"


def test_a_long_description_is_cut_after_a_whole_line_and_its_beginning_stays():
    exercise = Exercise(id="E", name="Übung " * 8, sets=3, amount="10 repetitions")

    text = description(
        a_session(Kind.STRENGTH, exercises=(exercise,) * 200), State.MILD, PAIN_RULES[State.MILD]
    )

    assert DESCRIPTION_BYTES - 100 < len(text.encode()) <= DESCRIPTION_BYTES
    assert text.startswith("30 min in total.\nLeave out")
    assert text.endswith("repetitions\n…")


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("state", PAIN_RULES)
def test_no_title_speaks_of_health(kind, state):
    session = a_session(kind)

    assert not any(word in title(session).lower() for word in ("pain", "back", state.value))


def test_an_exercise_keeps_its_warning_at_the_end_of_a_long_name():
    roll = "foam roll of buttocks, upper back and thighs, not the lower back"
    exercise = Exercise(id="E40", name=roll, sets=1, amount="60 seconds each")

    assert f"- {roll}: 1 × 60 seconds each" in text_of(
        kind=Kind.MOBILITY, minutes=10, exercises=(exercise,)
    )


@pytest.mark.parametrize("kind", [Kind.RUN_WALK, Kind.WALK, Kind.STRENGTH])
def test_a_note_stands_before_all_else(kind):
    note = "Only if the pain is 2 of 10 or less by now."
    lines = text_of(kind=kind, note=note)

    assert lines == [note, *text_of(kind=kind)]
