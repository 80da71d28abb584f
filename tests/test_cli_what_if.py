"""``runback what-if``: two plans side by side, and nothing stored."""

from __future__ import annotations

import shutil

import pytest

from tests.commands import MAYA, ROOT, a_runner, names_in, run

RUN_TIME = MAYA.replace('"keep_running"', '"run_time"\nminutes = 40')


def test_without_a_plan_both_are_made_and_nothing_is_stored(tmp_path):
    file = a_runner(tmp_path)
    done = run("what-if", file, "--set", "week.runs=2")

    assert (done.code, done.err) == (0, "")
    assert names_in(tmp_path) == ["maya.toml"]
    assert file.read_text() == MAYA


def test_with_a_plan_no_file_changes(tmp_path):
    file = a_runner(tmp_path)
    run("plan", file)
    before = {name: (tmp_path / name).read_bytes() for name in names_in(tmp_path)}
    run("what-if", file, "--set", "week.runs=2", "--weeks", "3")

    assert {name: (tmp_path / name).read_bytes() for name in names_in(tmp_path)} == before


def test_the_first_plan_is_the_stored_one_and_the_second_what_plan_would_make(tmp_path):
    file = a_runner(tmp_path)
    stored = run("plan", file, "--json").document
    document = run("what-if", file, "--set", "week.runs=2", "--json").document
    a_runner(tmp_path, MAYA.replace("runs = 3", "runs = 2"))
    planned = run("plan", file, "--json").document

    def week_sums(plan):
        days = [sum(s["run_minutes"] for s in day["sessions"]) for day in plan["days"]]
        return [sum(days[:7]), sum(days[7:])]

    def told(side):
        return [week["run_minutes"] for week in side["weeks"]]

    assert told(document["now"]) == week_sums(stored)
    assert told(document["what_if"]) == week_sums(planned)
    assert [week["runs"] for week in document["now"]["weeks"]] == [3, 3]
    assert [week["runs"] for week in document["what_if"]["weeks"]] == [2, 2]


def test_changed_days_are_those_whose_sessions_differ(tmp_path):
    file = a_runner(tmp_path)
    before = {day["date"]: day for day in run("plan", file, "--json").document["days"]}
    changed = run("what-if", file, "--set", "week.runs=2", "--json").document["changed_days"]
    a_runner(tmp_path, MAYA.replace("runs = 3", "runs = 2"))
    after = {day["date"]: day for day in run("plan", file, "--json").document["days"]}

    def seen(day):
        return [{**one, "id": "", "rules": [], "changed": ""} for one in day["sessions"]]

    assert [one["date"] for one in changed] == [
        when for when in after if seen(after[when]) != seen(before[when])
    ]
    assert changed != []


@pytest.mark.parametrize("is_stored", [True, False])
def test_a_changed_day_carries_the_rule_behind_it(tmp_path, is_stored):
    """Judged against the stored plan, and where none is stored against the one just made."""
    file = a_runner(tmp_path)
    if is_stored:
        run("plan", file)
    asked = ("what-if", file, "--set", "week.minutes.wed=0")
    changed = run(*asked, "--json").document["changed_days"]
    out = " ".join(run(*asked).out.split())

    # Wednesday has no time any more; what was there breaks the rule that says so.
    (wednesday,) = (day for day in changed if day["date"] == "2026-12-02")
    assert "closed-days" in wednesday["because"]
    assert "- Wed 2 Dec: now Easy run" in out
    assert "[closed-days" in out
    assert "In brackets: the rules that would speak against the day as it is now." in out


def test_the_same_wishes_change_nothing(tmp_path):
    file = a_runner(tmp_path)
    run("plan", file)
    done = run("what-if", file, "--set", "week.runs=3")

    assert "No day that both plans have would change." in done.out


def test_the_day_the_goal_is_reached_is_that_of_its_first_run(tmp_path):
    file = a_runner(tmp_path, RUN_TIME.replace("weeks = 2", "weeks = 8"))
    days = run("plan", file, "--json").document["days"]
    reached = [day["date"] for day in days if any(s["run_minutes"] >= 40 for s in day["sessions"])]
    document = run("what-if", file, "--set", "goal.minutes=35", "--json").document

    assert document["now"]["reached_on"] == reached[0]
    assert document["what_if"]["reached_on"] <= reached[0]


def test_a_goal_out_of_reach_is_told_by_how_far(tmp_path):
    shutil.copy(ROOT / "samples" / "out-of-reach.toml", tmp_path)
    done = run("what-if", tmp_path / "out-of-reach.toml", "--set", "goal.distance_km=10")
    goal = next(line for line in done.out.splitlines() if line.startswith("Goal"))

    # A marathon at 6:30 takes 274 minutes, 10 km 65.
    assert " of 274 min " in goal
    assert goal.endswith("65 min, reached")


def test_more_weeks_lengthen_the_second_plan_only(tmp_path):
    document = run("what-if", a_runner(tmp_path), "--weeks", "3", "--json").document

    assert (document["now"]["end"], document["what_if"]["end"]) == ("2026-12-13", "2026-12-20")


@pytest.mark.parametrize("sample", ["race-10k", "zero-to-thirty"])
def test_every_line_fits_eighty_columns(tmp_path, sample):
    shutil.copy(ROOT / "samples" / f"{sample}.toml", tmp_path)
    done = run("what-if", tmp_path / f"{sample}.toml", "--set", "week.runs=2", "--weeks", "10")

    # Lines with the file's own long name aside.
    assert [one for one in done.out.splitlines() if len(one) > 80 and "toml" not in one] == []
    assert "\x1b" not in done.out


def test_a_misspelt_key_is_told_like_one_of_the_file(tmp_path):
    done = run("what-if", a_runner(tmp_path), "--set", "week.rns=4", "--json")

    assert done.code == 3
    assert "did you mean week.runs?" in done.document["error"]["message"]
    assert "maya.toml with --set" in done.err


def test_nothing_to_change_is_wrong_usage(tmp_path):
    done = run("what-if", a_runner(tmp_path))

    assert done.code == 2
    assert "--set week.runs=4" in done.err


def test_news_since_the_plan_was_made_is_named(tmp_path):
    file = a_runner(tmp_path)
    run("plan", file)
    a_runner(tmp_path, MAYA.replace("walks = 1", "walks = 2"))
    done = run("what-if", file, "--set", "week.runs=2")
    document = run("what-if", file, "--set", "week.runs=2", "--json").document

    # The plan that she has, not the one that her file would give by now.
    assert [week["walks"] for week in document["now"]["weeks"]] == [1, 1]
    assert [week["walks"] for week in document["what_if"]["weeks"]] == [2, 2]
    assert "something that the plan does not know yet" in " ".join(done.out.split())


def test_pain_that_is_only_supposed_leaves_no_trace(tmp_path):
    file = a_runner(tmp_path)
    before = run("plan", file, "--json").document
    supposed = run("what-if", file, "--set", "back.pain_today=7", "--json").document

    # A flare: no running in the first days.
    assert supposed["what_if"]["weeks"][0]["run_minutes"] < 60
    assert run("plan", file, "--json").document == before


def test_a_withdrawn_plan_is_not_compared(tmp_path):
    file = a_runner(tmp_path)
    run("plan", file)
    run("flare", file, "--pain", "8", "--red-flag", "RF5")

    assert run("what-if", file, "--set", "week.runs=2").code == 7


def test_days_away_are_told_as_they_were_given(tmp_path):
    given = "away=[{from=2026-12-02, to=2026-12-04}]"
    out = run("what-if", a_runner(tmp_path), "--set", given).out

    assert out.startswith("What if away = [{from=2026-12-02, to=2026-12-04}]?\n")
