"""``runback care --for FILE``: what her own plan holds of each, or why it holds none."""

from __future__ import annotations

import pytest

from planner.profile import read_runner
from rules.loading import load_care
from tests.commands import MAYA, a_runner, run

TOPICS = load_care()


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """Maya's file with a plan of two weeks from Monday, 30 November, one walk a week."""
    file = a_runner(tmp_path_factory.mktemp("care"), MAYA)
    assert run("plan", file).code == 0
    return file


@pytest.mark.parametrize(
    ("today", "when", "first"),
    [
        ("2026-12-09", "this week", "2026-12-07"),
        ("2026-11-22", "in its first week, from Mon 30 Nov 2026", "2026-11-30"),
        ("2027-01-20", "in its last week, to Sun 13 Dec 2026", "2026-12-07"),
    ],
)
def test_her_plan_is_counted_in_the_week_of_today(planned, today, when, first):
    topic = run("care", "walks", "--for", planned, "--json", today=today).document["care"][0]
    out = " ".join(run("care", "walks", "--for", planned, today=today).out.split())

    assert topic["in_plan"]["sessions"] == 1  # walks = 1 in her file
    assert topic["in_plan"]["from"] == first
    assert f"Your plan has 1 walk {when}, " in out


def test_what_her_plan_lacks_says_how_to_ask_for_it(planned):
    out = " ".join(run("care", "strength", "--for", planned, today="2026-12-02").out.split())

    # Her file asks for no strength.
    assert "Your plan has no strength sessions this week; strength in [week] asks for some." in out


def test_every_key_that_asks_for_something_is_a_key_of_the_file(planned):
    week = read_runner(planned, stop_above_max=5.0).week

    assert [t.name for t in TOPICS if t.key and not hasattr(week, t.key)] == []


# --- what she lacks, and why ----------------------------------------------------------------------


STRONG = MAYA.replace("walks = 1", "walks = 1\nstrength = 1")


def lacks(file, name, today):
    """What is said of a topic that her plan does not hold."""
    topic = run("care", name, "--for", file, "--json", today=today).document["care"][0]
    assert topic["in_plan"]["sessions"] == 0
    return topic["in_plan"]["says"]


def test_a_walker_is_not_asked_to_ask_for_runs(tmp_path):
    walker = MAYA.replace("keep_running", "walking").replace("runs = 3", "runs = 0")
    file = a_runner(tmp_path, walker)
    assert run("plan", file).code == 0

    assert lacks(file, "running", "2026-12-02") == (
        "Your plan has no runs this week: your goal is walking."
    )


@pytest.mark.parametrize(
    ("name", "several"), [("running", "runs"), ("strength", "strength sessions")]
)
def test_in_a_flare_it_is_the_flare_that_forbids_it(tmp_path, name, several):
    file = a_runner(tmp_path, STRONG.replace("fri = 45\nsun = 60\n", ""))
    assert run("plan", file, today="2026-11-30").code == 0
    # A flare is taken to last 4 days at least (limits.toml, states): she has time on none after it.
    assert run("flare", file, "--pain", "7", "--no-red-flags", today="2026-11-30").code == 0

    assert lacks(file, name, "2026-11-30") == (
        f"Your plan has no {several} this week: on days of a flare there are none (rule flare-rest)."
    )


@pytest.mark.parametrize(
    ("name", "several"), [("running", "runs"), ("strength", "strength sessions")]
)
def test_after_a_sign_it_is_the_sign_that_forbids_it(tmp_path, name, several):
    file = a_runner(tmp_path, STRONG)
    assert run("plan", file, "--red-flag", "RF20", today="2026-11-30").code == 0

    assert lacks(file, name, "2026-11-30") == (
        f"Your plan has no {several} this week: a red flag of yours has to be looked at first "
        "(rule cleared-first)."
    )


def test_what_she_asks_for_and_does_not_get_is_not_offered_by_asking(tmp_path):
    away = "[[away]]\nfrom = 2026-11-30\nto = 2026-12-06\n"
    file = a_runner(tmp_path, f"{MAYA}\n{away}")
    assert run("plan", file).code == 0

    assert lacks(file, "running", "2026-12-02") == (
        "Your plan has no runs this week, though runs in [week] asks for 3."
    )


def test_of_a_file_that_cannot_be_read_nothing_is_said_of_what_it_asks_for(tmp_path):
    file = a_runner(tmp_path)
    assert run("plan", file).code == 0
    file.write_text("no toml [")

    assert lacks(file, "strength", "2026-12-02") == "Your plan has no strength sessions this week."


# --- a plan that no longer fits -------------------------------------------------------------------


def test_a_sign_told_since_the_plan_was_made_comes_first(tmp_path):
    file = a_runner(tmp_path)
    assert run("plan", file, today="2026-11-30").code == 0
    assert run("log", file, "--pain", "1", "--red-flag", "RF20", today="2026-11-30").code == 0
    given = ("care", "running", "--for", file)
    out = run(*given, today="2026-12-01").out
    document = run(*given, "--json", today="2026-12-01").document

    assert out.startswith("Do not run: a red flag of yours has to be looked at first.")
    assert document["fits"] is False
    assert document["advice"][0] == "Do not run: a red flag of yours has to be looked at first."
    assert len(document["advice"]) == len(set(document["advice"]))
    assert document["care"][0]["in_plan"]["says"].endswith(" This plan no longer fits.")


NO_RUN = "Do not run on Mon 30 Nov: by the log your back is in a flare."


def in_flare(tmp_path):
    file = a_runner(tmp_path)
    assert run("plan", file, today="2026-11-30").code == 0
    assert run("flare", file, "--pain", "7", "--no-red-flags", today="2026-11-30").code == 0
    return file


def test_a_flare_comes_first_though_the_plan_follows_it(tmp_path):
    file = in_flare(tmp_path)

    document = run("care", "--for", file, "--json", today="2026-11-30").document

    assert (document["fits"], document["advice"]) == (True, [NO_RUN])


def test_a_flare_comes_first_though_the_file_cannot_be_read(tmp_path):
    file = in_flare(tmp_path)
    file.write_text("no toml [")

    document = run("care", "--for", file, "--json", today="2026-11-30").document

    assert (document["fits"], document["advice"][0]) == (None, NO_RUN)
    assert "maya.toml, line 1" in document["advice"][1]


def test_a_file_that_has_changed_is_told_first(tmp_path):
    file = a_runner(tmp_path)
    assert run("plan", file, today="2026-11-30").code == 0
    file.write_text(MAYA.replace("walks = 1", "walks = 2"), encoding="utf-8")

    out = run("care", "--for", file, today="2026-11-30").out

    assert out.startswith("Your file has changed since the plan was made")


def test_a_plan_that_fits_says_nothing_before(planned):
    document = run("care", "walks", "--for", planned, "--json", today="2026-11-30").document

    assert (document["fits"], document["advice"]) == (True, [])


def test_without_a_plan_to_count_nothing_is_said_of_one_that_fits():
    document = run("care", "walks", "--json").document

    assert (document["fits"], document["advice"]) == (None, [])


def test_a_plan_made_with_stricter_limits_fits_with_them(tmp_path):
    file, stricter = a_runner(tmp_path), tmp_path / "hers.toml"
    stricter.write_text("[run-days.mild]\nmax_days = 3\n")
    assert run("plan", file, "--limits", stricter, today="2026-11-30").code == 0
    given = ("care", "walks", "--for", file, "--limits", stricter, "--json")

    assert run(*given, today="2026-11-30").document["fits"] is True


def test_without_a_plan_it_says_how_to_make_one(tmp_path):
    done = run("care", "--for", a_runner(tmp_path))

    assert done.code == 3
    assert "runback plan" in done.err


def test_an_emergency_sign_comes_before_all_counting(tmp_path):
    file = a_runner(tmp_path)
    assert run("plan", file).code == 0
    assert run("replan", file, "--red-flag", "RF2").code == 7

    done = run("care", "walks", "--for", file)

    assert done.code == 7
    assert done.out == ""
