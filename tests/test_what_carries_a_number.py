"""A number is credited to a study as far as the study holds it, and no further."""

from __future__ import annotations

import pytest

from planner.cli.studies import from_words
from planner.sources import Carried
from rules.loading import (
    load_exercises,
    load_ladder_entries,
    load_numbers,
    load_sources,
    load_words,
)
from tests.commands import flat, look_up


def all_carried() -> list[tuple[str, Carried]]:
    """Everything that a study may carry: numbers, stages of a ladder, doses of exercises."""
    numbers = [
        (f"{rule}.{state}.{key}", number)
        for rule, states in load_numbers().items()
        for state, keys in states.items()
        for key, number in keys.items()
    ]
    stages = [
        (f"{name} {place}", stage)
        for name, ladder in load_ladder_entries().items()
        for place, stage in enumerate((ladder.sessions_each, *ladder.stages))
    ]
    return [*numbers, *stages, *((entry.id, entry.dose) for entry in load_exercises())]


def said(rule: str, state: str, key: str) -> str:
    return from_words(load_numbers()[rule][state][key])


def is_mixed(id_: str) -> bool:
    """Whether a source was read in one part and is reported by others in another."""
    return {"read", "secondary"} <= {*load_sources()[id_].status}


def test_a_number_of_a_study_read_in_part_says_how_far_it_was_checked_itself():
    silent = [
        place
        for place, carried in all_carried()
        if any(is_mixed(id_) for id_ in carried.source) != bool(carried.checked)
    ]

    assert silent == []


@pytest.mark.parametrize(
    ("rule", "state", "key", "expected"),
    [
        # evidence B18: the 2-point definition is secondary, the 2 hours were read.
        ("states", "flare", "rise_tenths", "From Costa et al. 2021 (reported by others)."),
        ("states", "flare", "rise_hours", "From Suri et al. 2018 (read)."),
        # evidence M1: the edges of the zones are recalled and secondary.
        ("pain-rule", "mild", "stop_above_tenths",
         "From Silbernagel et al. 2007 (reported by others)."),
        # evidence P1: the 30 days and the 10 % were read, one other number is secondary.
        ("session-cap", "every", "window_days", "From Frandsen et al. 2025 (read)."),
        # evidence M3: 2 of 10 during the run, of runners with sore knees.
        ("clean-run", "every", "during_max_tenths",
         "From Esculier et al. 2018 (reported by others)."),
        # evidence M5 has "at least twice"; M3 has no count.
        ("two-clean", "every", "sessions_min", "From Crowell et al. 2023 (read)."),
    ],
)  # fmt: skip
def test_a_number_that_its_study_gives(rule, state, key, expected):
    assert said(rule, state, key) == expected


@pytest.mark.parametrize(
    ("rule", "state", "key", "there"),
    [
        # limits.csv R00: edge 5.0 is our convention.
        ("states", "moderate", "max_tenths", "there the most pain to run on with"),
        # limits.csv R12 has no 2 for a healthy back.
        ("pain-rule", "healthy", "go_up_to_tenths", "not for a sound back"),
        # evidence G1, G2: no interval.
        ("triage", "every", "ask_again_days", "not given there"),
        # evidence I1: 77/3/20 was one of two groups, "no clear superiority".
        ("hard-runs", "healthy", "share_percent", "not a most"),
        # evidence M9: 40-60 % in week 2, where 65 is ours.
        ("restart-dose", "returning", "week_2_percent", "there 40 to 60 %"),
        # evidence M8a asks for no pain at all on the walk.
        ("restart-gate", "every", "walk_max_tenths", "there no pain at all"),
    ],
)
def test_a_number_of_ours_says_what_the_study_has_in_its_place(rule, state, key, there):
    assert said(rule, state, key).startswith("Ours, with ")
    assert said(rule, state, key).endswith(f"{there}.")


def test_each_limit_on_a_week_is_credited_to_the_study_that_has_it():
    # evidence P3: more than 30 % over two weeks; P4: 20 to 60 % from one week to the next.
    healthy, mild = (said("weekly-volume", state, "ratio_percent") for state in ("healthy", "mild"))

    assert healthy.startswith("From Nielsen et al. 2014 (read); there distance over two weeks")
    assert mild.startswith(
        "From Damsted et al. 2019 (read); there distance from one week to the next"
    )
    assert "Damsted" not in healthy


def test_days_off_shows_the_days_that_stand_under_step_back():
    # limits.toml: [step-back.moderate] days_off = 1, [step-back.returning] 2.
    assert "no running for (under step-back): moderate 1 day; returning 2 days." in flat(
        "rules", "days-off"
    )
    document = look_up("days-off")
    assert {number["rule"] for number in document["numbers"]} == {"step-back"}
    assert document["limits"] == {}


def test_numbers_told_elsewhere_exist_there():
    missing = [
        (name, other, key)
        for name, words in load_words().items()
        for other, keys in words.elsewhere.items()
        for key in keys
        if not any(key in numbers for numbers in load_numbers()[other].values())
    ]

    assert missing == []


def test_a_grade_for_the_use_here_stands_beside_that_of_the_study():
    # limits.csv R10: grade D, the trial found no difference; evidence I2: F for running.
    assert "(grade A; D as it is used here)" in flat("rules", "volume-or-intensity")
    assert "(grade D; for strength; F, custom, for running)" in flat("rules", "hard-days-apart")
    assert "(grade A-; D for back pain)" in flat("rules", "flare-rest")


def test_who_was_studied_is_told_apart_from_whom_it_was_written_for():
    assert "Studied in: novice runners" in flat("rules", "weekly-volume")
    assert "Written for: weight training of the arms" in flat("rules", "days-off")
    assert "Studied in: " not in flat("rules", "triage")


def test_a_title_that_is_none_is_not_called_checked():
    # evidence/sources.csv: title_status none.
    none = ["B2d", "M6a", "M8a", "M9", "P13b", "G5", "G6", "G12", "G13"]

    assert [id_ for id_ in none if load_sources()[id_].title_checked] == []
