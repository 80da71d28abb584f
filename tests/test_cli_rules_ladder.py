"""``runback rules ladder`` and ``runback rules exercises``: stages and doses, and whose they are."""

from __future__ import annotations

import pytest

from rules.loading import load_exercises, load_ladders
from tests.commands import flat, look_up, run

GENTLE, BLAKE, PATTERN = range(3)


def ladders():
    return look_up("ladder")["ladders"]


def test_every_ladder_is_told_with_every_stage():
    told = {one["name"]: len(one["stages"]) for one in ladders()}

    assert told == {name: len(one.stages) for name, one in load_ladders().items()}


def test_a_stage_has_its_bouts_breaks_and_minutes():
    first = ladders()[GENTLE]["stages"][0]

    assert (first["repeats"], first["run_seconds"], first["walk_seconds"]) == (13, 15, 120)
    # 13 x 15 s = 195 s; with 13 x 120 s of walking 1755 s.
    assert (first["run_minutes"], first["minutes"]) == (3.25, 29.25)


@pytest.mark.parametrize(
    ("stage", "sourced"),
    # evidence 5.2: stages 2 to 7 are interpolated, no source goes beyond stage 8.
    [(1, "secondary"), (2, "interpolated"), (7, "interpolated"), (8, "secondary"), (9, "ours")],
)
def test_a_stage_says_whether_a_source_has_it(stage, sourced):
    assert ladders()[GENTLE]["stages"][stage - 1]["sourced"] == sourced


def test_stages_are_printed_with_what_carries_them():
    out = flat("rules", "ladder")

    assert "1 13 times 15 s running, 2 min walking 3.25 min 29.25 min" in out
    assert "5 10 times 1 min 30 s running, 1 min 30 s walking 15 min 30 min" in out
    assert "Stage 1: From Neason et al. 2024 (reported by others)" in out
    assert "Stages 2 to 7: Ours, put between what the sources give." in out
    assert "Stages 9 to 12: Ours; no source gives it." in out
    assert "Stages 1 to 9: From Blake 2010 (reported by others)." in out
    assert "ASTEROID randomised controlled trial" in out


def test_the_ladder_after_a_flare_tells_only_what_it_adds():
    # 8 to 60 times 3 minutes: 24 to 180 minutes of running.
    assert "Stages 1 to 8: those of gentle. Stages 9 to 61: 8, 9 and so on to 60 times" in flat(
        "rules", "ladder"
    )


@pytest.mark.parametrize("exercise", load_exercises(), ids=lambda exercise: exercise.id)
def test_every_exercise_can_be_looked_up_with_its_dose(exercise):
    out = flat("rules", exercise.id.lower())

    assert f"{exercise.id}: {exercise.name}" in out
    assert exercise.amount in out
    assert look_up(exercise.id)["dose_from"] in out


def test_a_dose_says_how_sure_it_is():
    # evidence S4: holds of at most 10 s are secondary, the sets recalled; B21: 45 s to 15 min.
    out = flat("rules", "exercises")

    assert "10 seconds hold. From McGill (reported by others); the 3 sets are ours." in out
    assert "8–12 repetitions. From Garber et al. 2011 (reported by others)" in out
    assert "45–60 seconds. Ours, with Santos et al. 2023 (read) in mind; there 45 s" in out
    assert "1 set of 10 repetitions. Ours, from no study." in out


def test_the_list_says_where_stages_and_doses_stand():
    out = flat("rules")

    assert "Exercises and their doses: exercises, or E01 to E14." in out
    assert "Stages of the run/walk ladder: ladder." in out


def test_a_name_close_to_exercises_is_led_there():
    assert "Did you mean exercises" in run("rules", "exercise").err
