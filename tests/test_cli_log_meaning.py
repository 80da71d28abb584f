"""What ``runback log`` says follows from what was told: flares, set-backs, red flags."""

from __future__ import annotations

import pytest

from planner.history import Answer, Logged, LogKind
from planner.profile import Back
from tests.commands import MAYA, a_runner, run
from tests.logs import MONDAY, entries, history, log, maya, on, unwrapped


def test_pain_above_five_is_a_flare_and_names_the_next_command(tmp_path):
    file = maya(tmp_path)
    done = log(file, "--ran", "15", "--pain-during", "6")

    assert "This counts as a flare: pain of 6 is more" in unwrapped(done.out)
    assert f"runback flare {file} --pain 6" in unwrapped(done.out)


def test_a_flare_of_an_earlier_day_is_dated(tmp_path):
    file = maya(tmp_path)
    done = log(file, "2026-11-30", "--pain", "7.5", day=2)

    assert f"runback flare {file} --pain 7.5 --on 2026-11-30" in unwrapped(done.out)


def test_a_morning_far_above_the_usual_is_a_flare(tmp_path):
    """Usual pain is 1 (``pain_today`` of her file), so 4.5 is above it by more than two points."""
    file = maya(tmp_path)
    log(file, "--done", "--pain-during", "1")
    done = log(file, "yesterday", "--pain-morning", "4.5", day=1)

    assert (
        "the pain of that morning, 4.5, is well above your usual one (1): from 3 on it is one"
    ) in unwrapped(done.out)


def test_a_worse_back_asks_to_plan_again(tmp_path):
    file = maya(tmp_path, Logged(on=on(0), kind=LogKind.DAY, pain=1))
    done = log(file, "--pain", "4", day=1)

    assert (
        f"Your back counts as moderate now (before: mild). Plan again: runback replan {file}"
        in (unwrapped(done.out))
    )


def test_before_the_first_plan_the_file_says_how_the_back_is(tmp_path):
    file = a_runner(tmp_path, MAYA.replace("pain_today = 1.0", "pain_today = 4.0"))

    assert run("log", file, "--walked", "10", "--json").document["state"] == "moderate"


def test_a_morning_above_the_usual_is_a_set_back(tmp_path):
    """Usual pain is 1; 2 is above it, and not by the two points of a flare."""
    file = maya(tmp_path)
    log(file, "--done", "--pain-during", "1")
    done = log(file, "yesterday", "--pain-morning", "2", day=1)

    assert (
        "The run on Mon 30 Nov 2026 counts as a set-back: pain of 2 next morning (limit 1, your "
        f"usual). So the next ones have to be easier. Plan again: runback replan {file}"
    ) in unwrapped(done.out)


def test_a_set_back_that_makes_the_back_sore_says_once_to_plan_again(tmp_path):
    """Usual pain is 2: 2.5 is a set-back, and above 2 it is moderate."""
    file = maya(tmp_path, back=Back(pain_today=2.0))
    log(file, "--done", "--pain-during", "1")
    told = unwrapped(log(file, "yesterday", "--pain-morning", "2.5", day=1).out)

    assert "counts as a set-back: pain of 2.5 next morning (limit 2, your usual)." in told
    assert "So the next ones have to be easier." in told
    assert "Your back counts as moderate now (before: mild)." in told
    assert told.count("Plan again:") == 1
    assert told.count("runback replan") == 1


def test_a_limit_of_her_own_is_named_where_it_makes_the_flare(tmp_path):
    file = maya(tmp_path, back=Back(pain_today=1.0, stop_above=3))
    told = unwrapped(log(file, "--pain", "4").out)

    assert (
        "This counts as a flare: pain of 4 is above your own limit of 3 ([back] stop_above)."
        in told
    )


def test_pain_above_everybodys_limit_is_not_put_down_to_her_own(tmp_path):
    file = maya(tmp_path, back=Back(pain_today=1.0, stop_above=3))

    assert "more than running goes with" in unwrapped(log(file, "--pain", "6").out)


def test_an_ordinary_day_asks_for_nothing(tmp_path):
    done = log(maya(tmp_path), "--done", "--pain-during", "1")

    assert done.out.count("Logged for") == 2
    assert "replan" not in done.out
    assert "flare" not in done.out


def test_the_document_tells_the_same(tmp_path):
    file = maya(tmp_path, Logged(on=on(0), kind=LogKind.WALK, walk_minutes=10))
    document = log(file, "--walked", "20", "--pain", "4", "--json").document

    assert [(one["kind"], one["on"]) for one in document["logged"]] == [
        ("walk", "2026-11-30"),
        ("day", "2026-11-30"),
    ]
    assert [one["walk_minutes"] for one in document["replaced"]] == [10]
    assert (document["state"], document["triage"]) == ("moderate", "clear")
    assert any("replan" in sentence for sentence in document["advice"])


# --- red flags -----------------------------------------------------------------------------------


def test_an_emergency_answer_stores_nothing_but_itself(tmp_path):
    file = maya(tmp_path)
    done = log(file, "--ran", "15", "--red-flag", "RF1", day=1)

    assert (done.code, done.out) == (7, "")
    assert "What you told of your training was not stored." in done.err
    assert history(file).logged == ()
    assert history(file).answers[-1] == Answer(on=on(1), flags=("RF1",))


def test_another_flag_is_stored_with_the_entry_and_names_the_care(tmp_path):
    file = maya(tmp_path)
    done = log(file, "--ran", "15", "--red-flag", "rf10", day=1)

    assert done.code == 0
    assert (1, "run") in entries(file)
    assert history(file).answers[-1].flags == ("RF10",)
    assert "--cleared" in done.out


def test_while_the_plan_is_withdrawn_facts_are_kept_and_the_care_is_told(tmp_path):
    file = maya(tmp_path, answers=(Answer(on=MONDAY, flags=("RF1",)),))
    done = log(file, "--walked", "10", day=1)

    assert done.code == 0
    assert (1, "walk") in entries(file)
    assert "Your plan is withdrawn" in unwrapped(done.out)


@pytest.mark.parametrize("told", [("--done",), ("--pain", "7"), ("--pain", "4")])
def test_while_the_plan_is_withdrawn_no_command_is_named_that_would_be_refused(tmp_path, told):
    file = maya(tmp_path, answers=(Answer(on=MONDAY, flags=("RF1",)),))
    said = unwrapped(log(file, *told, day=2).out)

    assert said.startswith("Get help now")
    assert "runback replan" not in said
    assert "runback flare" not in said


def test_cleared_alone_is_stored_and_told(tmp_path):
    file = maya(tmp_path, answers=(Answer(on=MONDAY, flags=("RF1",)),))
    done = log(file, "--cleared", "2026-12-01", day=1)

    assert done.code == 0
    assert "Cleared of every red flag up to Tue 1 Dec 2026." in done.out
    assert history(file).answers[0].cleared_on == on(1)


@pytest.mark.parametrize(("day", "is_due"), [(6, False), (7, True)])
def test_questions_a_week_old_are_due(tmp_path, day, is_due):
    done = log(maya(tmp_path), "--ran", "5", day=day)

    assert done.code == 0
    assert ("When not to run" in unwrapped(done.out)) is is_due


def hints(file, *days: int) -> list[bool]:
    """On which of these days a walk that is logged brings the hint to the questions."""
    return ["When not to run" in unwrapped(log(file, "--walked", "10", day=n).out) for n in days]


def test_questions_that_are_due_are_told_of_once_a_week(tmp_path):
    """Answered on Monday: due from the next Monday on, told again on the one after."""
    assert hints(maya(tmp_path), 5, 7, 8, 13, 14, 15) == [False, True, False, False, True, False]


def test_questions_never_answered_are_told_of_once_a_week(tmp_path):
    assert hints(maya(tmp_path, answers=()), 2, 3, 6, 7, 8) == [True, False, False, True, False]


def test_an_older_day_logged_later_does_not_pass_for_told(tmp_path):
    """Nothing was typed since Monday last week: the hint of this week is still to come."""
    file = maya(tmp_path, Logged(on=on(6), kind=LogKind.WALK, walk_minutes=10))

    assert hints(file, 8, 9) == [True, False]


def test_risen_pain_makes_the_questions_due_whenever_they_were_told_of(tmp_path):
    file = maya(tmp_path, Logged(on=on(7), kind=LogKind.DAY, pain=2))

    assert "When not to run" in unwrapped(log(file, "--pain", "4", day=8).out)


@pytest.mark.parametrize(("pain", "is_due"), [("3", True), ("2", False)])
def test_a_rise_into_moderate_pain_makes_the_questions_due(tmp_path, pain, is_due):
    """Answered the day before; from 2 to 3 is a rise by one point, and above 2 is moderate."""
    file = maya(tmp_path, Logged(on=on(0), kind=LogKind.DAY, pain=2))
    done = log(file, "--pain", pain, day=1)

    assert ("When not to run" in unwrapped(done.out)) is is_due


# --- a number that is more likely misspelt --------------------------------------------------------

FAR_ABOVE = (
    "{ran} minutes are far above your longest run of the last 30 days ({longest}). If that is a typo, "
    "log the day again with the right number."
)


def a_run(day, minutes):
    return Logged(on=on(day), kind=LogKind.RUN, run_minutes=minutes)


@pytest.mark.parametrize(
    ("days_before", "ran", "is_far"),
    [(1, "71", True), (1, "70", False), (30, "71", True), (31, "70", True)],
)
def test_a_run_more_than_twice_the_longest_of_30_days_may_be_a_typo(
    tmp_path, days_before, ran, is_far
):
    """Twice 35 is 70; a run of 31 days before does not count, and the one of 20 minutes does."""
    file = maya(tmp_path, a_run(-days_before, 35), a_run(-2, 20))
    longest = 35 if days_before <= 30 else 20
    said = unwrapped(log(file, "--ran", ran).out)

    assert (FAR_ABOVE.format(ran=ran, longest=longest) in said) is is_far
    assert ("far above" in said) is is_far
    assert entries(file)[0, "run"].run_minutes == float(ran)


def test_the_longest_run_that_the_file_tells_of_counts(tmp_path):
    """Of ``longest_run_minutes = 30`` in [recent], before there is a plan."""
    file = a_runner(tmp_path)

    assert FAR_ABOVE.format(ran=350, longest=30) in unwrapped(log(file, "--ran", "350").out)


def test_up_to_half_an_hour_no_run_is_far_above_the_others(tmp_path):
    file = maya(tmp_path, a_run(-2, 5))

    assert "far above" not in log(file, "--ran", "30").out
    assert "far above" in unwrapped(log(file, "--ran", "31").out)


def test_a_stricter_number_of_hers_tells_of_a_likely_typo_sooner(tmp_path):
    """150 % of 20 minutes are 30; 31 are more, and no more than twice 20."""
    file = maya(tmp_path, a_run(-2, 20))
    limits = tmp_path / "physio.toml"
    limits.write_text("[likely-typo.every]\nabove_percent = 150\n", encoding="utf-8")

    assert "far above" not in log(file, "--ran", "31").out
    assert "far above" in unwrapped(log(file, "--ran", "31", "--limits", limits).out)


def test_the_same_run_told_twice_is_no_measure_of_itself(tmp_path):
    file = maya(tmp_path, a_run(-2, 35))
    log(file, "--ran", "350")

    assert "far above" in unwrapped(log(file, "--ran", "350").out)


# --- a red flag -----------------------------------------------------------------------------------


def test_a_red_flag_says_not_to_run_and_how_the_plan_follows(tmp_path):
    """The stored plan still has its runs, so nothing may say that it has none."""
    file = maya(tmp_path)
    said = unwrapped(log(file, "--red-flag", "RF13").out)

    assert "No running and no strength work until a clinician has cleared you." in said
    assert "planned" not in said
    assert f"so let it and your calendar follow: runback replan {file}" in said


def test_where_no_run_is_left_in_the_plan_a_red_flag_asks_for_no_other(tmp_path):
    file = maya(tmp_path)

    assert "runback replan" not in log(file, "--red-flag", "RF13", day=6).out


def test_how_to_say_that_she_was_cleared_has_a_day_that_clears(tmp_path):
    file = maya(tmp_path)
    first = unwrapped(log(file, "--red-flag", "RF13", day=2).out)
    later = unwrapped(log(file, "--pain", "1", day=3).out)

    assert f"--cleared {on(2)}" in first
    assert f"--cleared {on(3)}" in later
