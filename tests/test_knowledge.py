"""The knowledge files say what the contract and the evidence say, and no more."""

import tomllib
from importlib.resources import files
from itertools import chain, combinations, pairwise, product

import pytest

from planner.exercises import exercises_for
from planner.plan import State
from rules.loading import (
    load_directions,
    load_exercises,
    load_ladders,
    load_limits,
    load_numbers,
    load_sources,
    load_triage,
)

HEALTHY, MILD, MODERATE, FLARE, RETURNING = State
SPINAL = ("flexion", "extension", "rotation")

# contract.md, "Limits a plan keeps, in every state", one line for each number it gives.
CONTRACT = [
    ("the larger of 1.10 ×", "session-cap", "ratio_percent", (110, 110, 100, None, 110)),
    ("and + 3 minutes; moderate no floor", "session-cap", "floor_minutes", (3, 3, 0, None, 3)),
    ("of the 30 days before it", "session-cap", "window_days", 30),
    ("1.30 × or 1.20 ×; moderate the week before", "weekly-volume", "ratio_percent",
     (130, 120, 100, None, 130)),
    ("and + 15 minutes", "weekly-volume", "floor_minutes", (15, 15, 0, None, 15)),
    ("the highest of the four weeks before it; moderate the week before", "weekly-volume",
     "reference_weeks", (4, 4, 1, 4, 4)),
    ("and ≤ pre-flare", "weekly-volume", "pre_flare_percent", (None, None, None, None, 100)),
    ("at most 6 / 4 / 3 / 0 / 3 days", "run-days", "max_days", (6, 4, 3, 0, 3)),
    ("in any 7 days", "run-days", "window_days", 7),
    ("at least 1 rest day; 2 in moderate and returning", "rest-days", "min_days",
     (1, 1, 2, None, 2)),
    ("in any 7 days", "rest-days", "window_days", 7),
    ("a walk of up to 30 minutes on a rest day", "rest-days", "walk_minutes", 30),
    ("never running on two days in a row", "run-days-apart", "gap_days", 1),
    ("at least 48 hours apart", "hard-days-apart", "gap_days", 1),
    ("none in moderate, flare, returning; one in mild", "hard-runs", "max_in_week",
     (None, 1, 0, 0, 0)),
    ("at least 48 hours apart", "strength-apart", "gap_days", 1),
    ("no running in flare", "flare-rest", "run_minutes", (None, None, None, 0, None)),
    ("at least two sessions at a stage, three in returning", "two-clean", "sessions_min",
     (2, 2, 2, 2, 3)),
]  # fmt: skip

# evidence/limits.csv, where the contract is silent.
EVIDENCE = [
    ("R02", "smooth-ramp", "growth_target_percent", (10, 10, None, None, None)),
    ("R05", "cut-back-week", "every_weeks", (4, 4, 4, None, 4)),
    ("R05", "cut-back-week", "cut_min_percent", (20, 20, 20, None, 20)),
    ("R05", "cut-back-week", "cut_max_percent", (30, 30, 30, None, 30)),
    ("R09", "hard-runs", "share_percent", (20, 20, None, None, None)),
    ("R10", "volume-or-intensity", "rises_max", (None, 1, None, None, 1)),
    ("R11", "long-run-share", "share_floor_percent", (30, 30, 0, None, 0)),
    ("R11", "long-run-share", "above_equal_points", (10, 10, 5, None, 5)),
    ("R12", "pain-rule", "stop_above_tenths", (50, 50, 50, None, 20)),
    # Healthy walks above 2 as well: stricter than R12, which stops above 5 alone.
    ("R12", "pain-rule", "go_up_to_tenths", (20, 20, None, None, None)),
    ("R12", "pain-rule", "settle_minutes", (5, 5, None, None, None)),
    ("R12", "pain-rule", "stop_rise_tenths", (None, None, 20, None, None)),
    ("R13", "two-clean", "steps_max", (None, None, 0, None, None)),
    ("R16", "walking-growth", "target_walks", (3, 5, 5, None, 5)),
    ("R21", "taper", "days", (14, 14, None, None, None)),
    ("R21", "taper", "cut_min_percent", (41, 41, None, None, None)),
    ("R21", "taper", "cut_max_percent", (60, 60, None, None, None)),
    ("R00", "states", "max_tenths", (None, 20, 50, None, None)),
    ("R00", "states", "rise_tenths", (None, None, None, 20, None)),
    ("R00", "states", "rise_hours", (None, None, None, 2, None)),
    ("R00", "states", "pain_free_days", (28, None, None, None, None)),
    ("R16", "walking-growth", "bouts", (None, None, None, 2, None)),
    ("R16", "walking-growth", "bout_minutes_min", (None, None, None, 5, None)),
    ("R16", "walking-growth", "bout_minutes_max", (None, None, None, 10, None)),
    ("R16", "walking-growth", "target_minutes", 30),
    ("R16", "walking-growth", "growth_minutes", 5),
]

# A02, after a flare only.
RESTART = {
    **{"band_1_days": 5, "band_2_days": 14, "band_3_days": 28},
    **{"band_1_percent": 75, "band_2_percent": 50},
    **{"band_3_percent": 50, "band_3_stage": 5, "band_4_stage": 1},
    **{"week_1_percent": 50, "week_2_percent": 65, "week_3_percent": 80, "week_4_percent": 100},
}


def numbers():
    for rule, states in load_numbers().items():
        for state, keys in states.items():
            for key, number in keys.items():
                yield f"{rule}.{state}.{key}", number


def ids_of(value):
    return (value,) if isinstance(value, str) else tuple(value)


def ladder_source_ids():
    text = files("rules").joinpath("ladders.toml").read_text(encoding="utf-8")
    for ladder in tomllib.loads(text).values():
        yield from ids_of(ladder["sessions_each"]["source"])
        for stage in ladder.get("stages", []):
            yield from ids_of(stage["source"])


def run_minutes(name):
    return [stage.run_hundredths / 100 for stage in load_ladders()[name].stages]


def chosen(kind, state, worse=(), better=(), **pain):
    found = exercises_for(kind, state, worse, better, load_exercises(), **pain)
    return [exercise.id for exercise in found]


@pytest.mark.parametrize(("sentence", "rule", "key", "expected"), CONTRACT + EVIDENCE)
def test_limits_are_those_of_contract_and_evidence(sentence, rule, key, expected):
    if isinstance(expected, int):
        assert load_limits().need(rule, key) == expected, sentence
        expected = (expected,) * len(State)

    assert tuple(load_limits().get(rule, key, state) for state in State) == expected, sentence


def test_the_restart_after_a_flare_is_that_of_the_evidence():
    assert load_limits().by_rule["restart-dose"] == {"returning": RESTART}


def test_every_source_that_is_named_exists():
    named = chain(
        chain.from_iterable((*number.source, *number.unverified) for _, number in numbers()),
        ladder_source_ids(),
        chain.from_iterable((*entry.source, *entry.dose.source) for entry in load_exercises()),
        chain.from_iterable(question.source for question in load_triage()),
    )

    assert [id_ for id_ in named if id_ not in load_sources()] == []


def test_no_number_rests_on_memory_alone():
    uncited = [
        (place, id_)
        for place, number in numbers()
        for id_ in number.source
        if id_ != "ours" and not load_sources()[id_].citable
    ]

    assert uncited == []
    assert [place for place, number in numbers() if not number.source] == []


def test_a_number_is_not_verified_and_unverified_by_one_source():
    assert [p for p, number in numbers() if {*number.source} & {*number.unverified}] == []


def test_only_what_was_read_or_reported_is_citable():
    for source in load_sources().values():
        assert source.citable == ("read" in source.status or "secondary" in source.status)
        assert source.citable == bool(source.showed), source.id
        assert ("recalled" in source.status) == bool(source.unverified), source.id


def test_memory_alone_is_cited_as_not_verified():
    recalled = [s for s in load_sources().values() if s.status == ("recalled",)]

    assert {s.id for s in recalled} >= {"M1a", "M10", "I1c", "B4b", "X1"}
    assert all(s.cite().endswith("(not verified)") for s in recalled)
    assert {s.strength_words for s in recalled} == {"not verified"}


def test_what_others_report_says_so_in_what_it_showed():
    silent = [
        source.id
        for source in load_sources().values()
        if "secondary" in source.status and "reported" not in source.showed
    ]

    assert silent == []


@pytest.mark.parametrize(
    ("id_", "cited", "strength"),
    [
        ("P1", "Frandsen et al., Br J Sports Med 2025", "one large cohort study"),
        ("M9", "Pribut, website (as reported by others)", "a podiatrist's custom"),
        ("B17b", "Henschke et al., BMJ 2008", "a cohort study"),  # words of its grade
        ("ours", "our convention", "our convention"),
    ],
)
def test_a_source_says_what_and_how_strong_it_is(id_, cited, strength):
    source = load_sources()[id_]

    assert (source.cite(), source.strength_words) == (cited, strength)


def test_a_doi_from_memory_is_kept_apart():
    # evidence/sources.csv: the doi of P1 was read, that of P3 is recalled.
    assert load_sources()["P1"].doi == "10.1136/bjsports-2024-109380"
    assert load_sources()["P3"].doi is None
    assert load_sources()["P3"].doi_unchecked == "10.2519/jospt.2014.5164"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # 13 × 15 s = 3.25 min … 7 × 180 s = 21 min, then 6 × 4, 4 × 6, 3 × 8 and 3 × 9 min.
        ("gentle", [3.25, 6, 9, 12, 15, 18, 20, 21, 24, 24, 24, 27]),
        ("blake", [3, 6, 9, 12, 15, 18, 21, 24, 27]),  # 3 × 1 min … 3 × 9 min
        # The first eight of gentle, then 8 … 60 times 3 min.
        ("pattern", [3.25, 6, 9, 12, 15, 18, 20, 21, *range(24, 181, 3)]),
    ],
)
def test_running_minutes_of_a_ladder(name, expected):
    assert run_minutes(name) == expected


@pytest.mark.parametrize("name", ["gentle", "blake", "pattern"])
def test_no_step_of_a_ladder_breaks_the_session_cap(name):
    floor = load_limits().need("session-cap", "floor_minutes", MILD)

    assert all(after - before <= floor for before, after in pairwise(run_minutes(name)))


def test_the_end_of_a_ladder_is_one_step_from_running_on():
    done = load_limits().need("ladder", "continuous_minutes")

    assert done - run_minutes("gentle")[-1] == 3
    assert done - run_minutes("blake")[-1] == 3


def test_sessions_at_each_stage():
    # R13: two clean runs; Blake's own minimum is three.
    each = {name: ladder.sessions_each for name, ladder in load_ladders().items()}

    assert each == {"gentle": 2, "blake": 3, "pattern": 2}


@pytest.mark.parametrize(
    ("worse", "strength", "mobility"),
    [
        ("flexion", "E01 E02 E03 E04 E05 E06 E07", "E09 E12 E13 E14"),
        ("extension", "E01 E02 E03 E05 E06 E07 E08", "E10 E12 E13 E14"),
        ("rotation", "E01 E02 E03 E04 E05 E06 E07 E08", "E09 E10 E11 E13 E14"),
        ("sitting", "E01 E02 E03 E04 E05 E06 E07 E08", "E09 E10 E11 E12 E13 E14"),
    ],
)
def test_nothing_in_a_direction_that_hurts(worse, strength, mobility):
    assert chosen("strength", MILD, [worse], SPINAL) == strength.split()
    assert chosen("mobility", MILD, [worse], SPINAL) == mobility.split()


def test_a_direction_of_the_spine_always_counts_when_it_hurts():
    loose = [
        entry.id
        for entry in load_exercises()
        if {*entry.directions} & {*SPINAL} != {*entry.not_if_worse}
    ]

    assert loose == []


def test_press_up_and_knees_to_chest_only_where_they_ease():
    assert chosen("mobility", MILD) == ["E11", "E12", "E13", "E14"]
    assert chosen("mobility", MILD, better=["extension"])[0] == "E09"


@pytest.mark.parametrize(
    ("better", "expected"),
    [
        ([], "E13 E14"),
        (["extension"], "E09 E11 E13 E14"),
        (["rotation"], "E12 E13 E14"),
    ],
)
def test_in_a_flare_only_the_direction_that_eases(better, expected):
    assert chosen("mobility", FLARE, better=better) == expected.split()


@pytest.mark.parametrize(("pain", "expected"), [(20, "E01 E02 E03"), (25, ""), (None, "")])
def test_in_a_flare_core_work_only_with_little_pain(pain, expected):
    assert chosen("strength", FLARE, better=SPINAL, pain_tenths=pain) == expected.split()


@pytest.mark.parametrize("state", [MODERATE, RETURNING])
def test_no_bending_under_load_and_lighter_squats_while_the_back_is_sore(state):
    session = {e.id: e for e in exercises_for("strength", state, (), (), load_exercises())}

    assert "E08" not in session
    assert "30–50 % less load" in session["E06"].amount


def test_mobility_always_has_something_to_do():
    subsets = list(chain.from_iterable(combinations(SPINAL, size) for size in range(4)))

    for state, worse, better in product(State, subsets, subsets):
        assert chosen("mobility", state, worse, better), (state, worse, better)


def test_sets_are_within_their_range():
    assert [
        e.id for e in load_exercises() if not e.sets_range[0] <= e.sets <= e.sets_range[1]
    ] == []


def test_all_red_flag_questions_in_order():
    questions = load_triage()

    assert [q.id for q in questions] == [f"RF{number}" for number in range(1, 23)]
    emergencies = [q.id for q in questions if q.urgency == "EMERGENCY_999_AE"]
    assert emergencies == [f"RF{number}" for number in range(1, 10)]
    assert [q.id for q in questions if q.status == ("recalled",)] == ["RF9"]
    assert questions[8].source == ("ours",)


def test_every_number_has_a_direction_and_every_direction_a_number():
    with_number = {(p.split(".")[0], p.split(".")[2]) for p, _ in numbers()}
    with_direction = {(r, key) for r, keys in load_directions().items() for key in keys}

    assert with_number == with_direction
