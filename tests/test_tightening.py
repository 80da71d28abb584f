"""Somebody else's numbers may make a limit stricter, never looser."""

import pytest

from planner.errors import InputError
from planner.plan import State
from rules.loading import load_limits, tighten


def tightened(tmp_path, text):
    path = tmp_path / "clinic.toml"
    path.write_text(text, encoding="utf-8")
    return tighten(load_limits(), path)


@pytest.mark.parametrize(
    ("text", "rule", "key", "expected"),
    [
        ("[run-days.mild]\nmax_days = 3", "run-days", "max_days", (6, 3, 3, 0, 3)),
        ("[rest-days.healthy]\nmin_days = 2", "rest-days", "min_days", (2, 1, 2, None, 2)),
        ("[hard-runs.healthy]\nmax_in_week = 1", "hard-runs", "max_in_week", (1, 1, 0, 0, 0)),
        # In every state that has the limit; moderate is stricter already.
        ("[session-cap.every]\nratio_percent = 105", "session-cap", "ratio_percent",
         (105, 105, 100, None, 105)),
        ("[two-clean.every]\nsessions_min = 4", "two-clean", "sessions_min", (4, 4, 4, 4, 4)),
        ("[two-clean.mild]\nsessions_min = 3", "two-clean", "sessions_min", (2, 3, 2, 2, 3)),
        ("[taper.mild]\ndays = 21", "taper", "days", (14, 21, None, None, None)),  # a wish
        ("\ufeff[run-days.mild]\nmax_days = 4", "run-days", "max_days", (6, 4, 3, 0, 3)),
    ],
)  # fmt: skip
def test_a_limit_can_be_tightened(tmp_path, text, rule, key, expected):
    limits = tightened(tmp_path, text)

    assert tuple(limits.get(rule, key, state) for state in State) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[run-days.mild]\nmax_days = 5", "allows at most 4"),
        ("[rest-days.moderate]\nmin_days = 1", "allows at least 2"),
        ("[session-cap.moderate]\nfloor_minutes = 1", "allows at most 0"),
        ("[session-cap.every]\nratio_percent = 111", "allows at most 110"),
        ("[run-days-apart.every]\ngap_days = 0", "allows at least 1"),
        ("[long-run-share.moderate]\nshare_floor_percent = 50", "allows at most 0"),
        ("[long-run-share.flare]\nshare_floor_percent = 50", "no such allowance"),
        ("[pain-rule.returning]\ngo_up_to_tenths = 50", "no such allowance"),
        ("[run-days.mild]\nwindow_days = 8", "can't differ from state to state"),
        ("[run-day.mild]\nmax_days = 3", "no rule called run-day"),
        ("[run-days.mld]\nmax_days = 3", "no state called mld"),
        ("[run-days.mild]\nmax_day = 3", "no key called max_day"),
        ("[run-days.mild]\nmax_days = 3.5", "not a whole number"),
        ("[run-days.mild]\nmax_days = true", "not a whole number"),
        ("[run-days.mild]\nmax_days = -1", "not a whole number"),
        ("[run-days.mild]\nmax_days = { value = 3 }", "not a whole number"),
        (f"[run-days.mild]\nmax_days = 0x{'f' * 9000}", "a huge number"),
        ("[session-cap.every]\nwindow_days = 0", "from 1 to"),
        ("[session-cap.mild]\nratio_percent = 0\nfloor_minutes = 0", "from 100 to"),
        ("[weekly-volume.mild]\nratio_percent = 99", "from 100 to"),
        ("[hard-runs.every]\nstep_1_repeats = 0", "from 1 to"),
        ("[hard-runs.every]\nstep_1_hard_seconds = 30", "allows at most 20"),
        ("[run-days]\nmild = 3", "where a table belongs"),
        ("run-days = 3", "where a table belongs"),
        ("[run-days.mild", "not a TOML file"),
    ],
)
def test_loosening_and_nonsense_are_refused(tmp_path, text, says):
    with pytest.raises(InputError) as refused:
        tightened(tmp_path, text)

    assert says in refused.value.message
    assert "clinic.toml" in refused.value.message
    assert refused.value.try_


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[rest-days.healthy]\nmin_days = 8", "[rest-days.healthy] min_days = 8 is more than"),
        ("[rest-days.every]\nmin_days = 8", "[rest-days.healthy] min_days = 8 is more than"),
        # Two rest days are asked for in moderate pain already.
        ("[rest-days.every]\nwindow_days = 1", "[rest-days.moderate] min_days = 2 is more than"),
        ("[ratings.every]\nusual_ratings_min = 8", "usual_ratings_min = 8 is more than"),
        ("[taper.mild]\ncut_min_percent = 90", "[taper.mild] cut_min_percent = 90 is more than"),
    ],
)
def test_more_than_there_can_be_is_refused(tmp_path, text, says):
    with pytest.raises(InputError) as refused:
        tightened(tmp_path, text)

    assert says in refused.value.message
    assert "clinic.toml" in refused.value.message
    assert refused.value.try_


def test_every_day_of_a_window_may_be_a_rest_day(tmp_path):
    limits = tightened(tmp_path, "[rest-days.mild]\nmin_days = 7")

    assert limits.get("rest-days", "min_days", State.MILD) == 7


def test_the_rulebook_itself_asks_for_nothing_that_can_not_be(tmp_path):
    assert tightened(tmp_path, "[rest-days]\n[taper]\n[ratings]") == load_limits()


def test_a_misspelt_rule_gets_the_nearest_name(tmp_path):
    with pytest.raises(InputError) as refused:
        tightened(tmp_path, "[run-dayz.mild]\nmax_days = 3")

    assert refused.value.try_ == "Did you mean run-days?"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"#" * 1_000_001])
def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path, content):
    path = tmp_path / "clinic.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(InputError, match=r"clinic\.toml"):
        tighten(load_limits(), path)


def test_tightening_leaves_the_rulebook_as_it_was(tmp_path):
    tightened(tmp_path, "[run-days.mild]\nmax_days = 1")

    assert load_limits().get("run-days", "max_days", State.MILD) == 4
