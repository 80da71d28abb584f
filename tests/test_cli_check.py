"""``runback check``: one's own plan, and anybody's."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta

from tests.commands import MAYA, ROOT, a_runner, run

MONDAY = date(2026, 11, 30)


def a_table(folder, *runs):
    """A plan of any origin: (day from Monday, kind, minutes of running)."""
    lines = [f"{MONDAY + timedelta(days=day)},{kind},{minutes},0" for day, kind, minutes in runs]
    path = folder / "given.csv"
    path.write_text("\n".join(["date,kind,run_minutes,walk_minutes", *lines, ""]))
    return path


def rules_in(document) -> set[str]:
    return {breach["rule"] for breach in document["breaches"]}


def test_ones_own_plan_keeps_every_limit(tmp_path):
    file = a_runner(tmp_path)
    run("plan", file)
    done = run("check", file)

    assert (done.code, done.err) == (0, "")
    assert "Every limit is kept." in done.out


def test_check_of_ones_own_plan_as_json(tmp_path):
    file = a_runner(tmp_path)
    plan = run("plan", file, "--json").document
    document = run("check", file, "--json").document

    assert document["breaches"] == []
    assert (document["plan_id"], document["revision"]) == (plan["plan_id"], 1)


def test_a_run_too_long_is_told_with_its_day_and_numbers(tmp_path):
    # The longest run before is 30 minutes, so 33 are allowed: 10 % more, or 3 minutes.
    other = a_table(tmp_path, (0, "run", 33), (2, "run", 45))
    done = run("check", a_runner(tmp_path), "--plan", other)

    assert done.code == 6
    assert "session-cap" in done.out
    assert "45" in done.out
    assert "2 Dec" in " ".join(done.out.split())


def test_a_plan_that_keeps_the_limits_is_told_so(tmp_path):
    # 33 + 33 = 66 minutes in the week, under 75 + 20 %; no day in a row; both within 45 minutes.
    other = a_table(tmp_path, (0, "run", 33), (2, "run", 33))
    done = run("check", a_runner(tmp_path), "--plan", other, "--json")

    assert (done.code, done.document["breaches"]) == (0, [])


def test_a_limit_broken_names_its_days_in_json(tmp_path):
    other = a_table(tmp_path, (0, "run", 33), (2, "run", 45))
    document = run("check", a_runner(tmp_path), "--plan", other, "--json").document
    caps = [breach for breach in document["breaches"] if breach["rule"] == "session-cap"]

    assert [breach["days"] for breach in caps] == [["2026-12-02"]]
    assert set(caps[0]) == {"rule", "days", "reason", "week", "sources"}
    assert caps[0]["week"] == 1


def test_running_on_a_day_without_time_breaks_the_limit(tmp_path):
    # Tuesday has no minutes.
    other = a_table(tmp_path, (1, "run", 20))

    assert "closed-days" in rules_in(
        run("check", a_runner(tmp_path), "--plan", other, "--json").document
    )


def test_states_come_from_the_runners_file_not_from_the_plan(tmp_path):
    file = a_runner(tmp_path)
    plan = run("plan", file, "--json").document
    for day in plan["days"]:
        day["state"] = "healthy"
    other = tmp_path / "forged.json"
    other.write_text(json.dumps(plan))
    text = file.read_text().replace("pain_today = 1.0", "pain_today = 7.0")
    sore = a_runner(tmp_path, text, "sore.toml")
    document = run("check", sore, "--plan", other, "--json").document

    assert "flare-rest" in rules_in(document)


def test_hard_runs_of_our_own_json_hold_their_easy_parts(tmp_path):
    file = tmp_path / "half-marathon.toml"
    shutil.copy(ROOT / "samples" / file.name, file)
    planned = run("plan", file, "--json")
    other = tmp_path / "plan.json"
    other.write_bytes(planned.raw)
    steps = [p for day in planned.document["days"] for s in day["sessions"] for p in s["steps"]]

    assert [step for step in steps if step["easy_seconds"]] != []
    assert (run("check", file, "--plan", other).code, run("check", file).code) == (0, 0)


SIX_WEEKS = MAYA.replace("start = 2026-11-30\nweeks = 2", "weeks = 6")


def test_runs_before_a_flare_are_no_breach_after_planning_anew(tmp_path):
    file = a_runner(tmp_path, SIX_WEEKS.replace("pain_today = 1.0", "pain_today = 0.0"))
    run("plan", file, today="2026-11-23")
    a_runner(tmp_path, SIX_WEEKS.replace("pain_today = 1.0", "pain_today = 6.0"))
    after = run("plan", file, "--json", today="2026-12-10").document
    states = {day["date"]: day["state"] for day in after["days"]}
    done = run("check", file, "--json", today="2026-12-10")

    assert (after["revision"], states["2026-12-09"], states["2026-12-10"]) == (
        2,
        "healthy",
        "flare",
    )
    assert (done.code, done.document["breaches"]) == (0, [])
    assert run("check", file, today="2026-12-12").code == 0


def test_runs_of_the_next_days_are_judged_after_planning_anew(tmp_path):
    file = a_runner(tmp_path, SIX_WEEKS)
    run("plan", file, today="2026-11-23")
    a_runner(tmp_path, SIX_WEEKS.replace("runs = 3", "runs = 2"))
    plan = run("plan", file, "--json", today="2026-12-10").document
    ran = [day["date"] for day in plan["days"] if any(s["run_minutes"] for s in day["sessions"])]
    limits = tmp_path / "physio.toml"
    limits.write_text("[run-days.mild]\nmax_days = 1\n")
    broken = run("check", file, "--json", "--limits", limits, today="2026-12-10").document
    days = {day for breach in broken["breaches"] for day in breach["days"]}

    # Two runs a week are more than one, the first of them with those of the days before.
    assert max(day for day in ran if day < "2026-12-10") in days
    assert max(days) > "2026-12-17"
    assert {breach["rule"] for breach in broken["breaches"]} == {"run-days"}


def test_a_revision_that_only_words_entries_anew_is_judged_from_the_day_of_its_plan(tmp_path):
    growing = SIX_WEEKS.replace('"keep_running"', '"run_time"\nminutes = 45')
    file = a_runner(tmp_path, growing)
    run("plan", file, today="2026-11-23")
    a_runner(tmp_path, growing.replace("pain_today = 1.0", "pain_today = 1.0\nstop_above = 3"))
    again = run("plan", file, "--json", today="2026-12-16").document
    done = run("check", file, "--json", today="2026-12-16")

    # The runs have grown since 23 November: from 16 December alone they would seem too long.
    assert (again["revision"], again["made_on"]) == (2, "2026-12-16")
    assert (done.code, done.document["breaches"]) == (0, [])


def test_our_own_json_from_elsewhere_is_judged_like_any_plan(tmp_path):
    file = a_runner(tmp_path)
    other = tmp_path / "plan.json"
    other.write_bytes(run("plan", file, "--json").raw)

    assert run("check", file, "--plan", other).code == 0


def test_wishes_missed_are_remarks(tmp_path):
    # One run in a whole week where three were asked for.
    other = a_table(tmp_path, (0, "run", 30), (6, "rest", 0))
    document = run("check", a_runner(tmp_path), "--plan", other, "--json").document

    assert document["breaches"] == []
    assert "sessions-wanted" in {remark["rule"] for remark in document["remarks"]}


def test_stricter_numbers_judge_more_strictly(tmp_path):
    limits = tmp_path / "physio.toml"
    limits.write_text("[run-days.mild]\nmax_days = 1\n")
    other = a_table(tmp_path, (0, "run", 30), (2, "run", 30))
    done = run("check", a_runner(tmp_path), "--plan", other, "--limits", limits, "--json")

    assert rules_in(done.document) == {"run-days"}


def test_sports_that_are_not_judged_are_named(tmp_path):
    other = a_table(tmp_path, (0, "run", 30), (1, "cycling", 0))

    assert "cycling" in run("check", a_runner(tmp_path), "--plan", other).out


COUCH = """\
[runner]
name = "Jo"
time_zone = "Europe/London"
experience = "new"

[goal]
kind = "run_time"
minutes = 30

[week]
runs = 3

[week.minutes]
mon = 45
wed = 45
fri = 45

[back]
pain_today = 0.0
"""

COUCH_WEEKS = (
    # (running, walking) of Monday, Wednesday and Friday; made by hand after the pattern of many
    # beginners' plans: short bouts first, then 20 minutes without a break in week 5.
    *(((8, 12),) * 3, ((9, 11),) * 3, ((9, 9),) * 3, ((16, 9),) * 3),
    ((15, 6), (16, 5), (20, 0)),
    ((18, 6), (20, 3), (25, 0)),
    *(((25, 0),) * 3, ((28, 0),) * 3, ((30, 0),) * 3),
)


def a_beginners_plan(folder):
    rows = [
        f"{MONDAY + timedelta(days=7 * week + day)},{'run_walk' if walk else 'run'},{run_},{walk}"
        for week, sessions in enumerate(COUCH_WEEKS)
        for day, (run_, walk) in zip((0, 2, 4), sessions, strict=True)
    ]
    path = folder / "couch.csv"
    path.write_text("\n".join(["date,kind,run_minutes,walk_minutes", *rows, ""]))
    return path


def a_judged_beginners_plan(folder, *options):
    return run("check", a_runner(folder, COUCH), "--plan", a_beginners_plan(folder), *options)


def test_the_verdict_stands_at_the_top(tmp_path):
    done = a_judged_beginners_plan(tmp_path)
    top = " ".join(done.out.split("\n\n")[1].split())

    assert done.code == 6
    assert top.startswith("Breaks ")
    # Nobody who has not run for 30 days begins with 8 minutes: a healthy runner's first stage has 3,
    # which are 62.5 % less.
    assert "Mon 30 Nov in week 1 would have to be about 62 % shorter (session-cap)." in top


def test_breaches_stand_under_their_rule_with_week_and_study(tmp_path):
    out = " ".join(a_judged_beginners_plan(tmp_path).out.split())
    part = out.split("session-cap: ", 1)[1]

    assert "from Frandsen et al., Br J Sports Med 2025 (one large cohort study)" in part
    # Week 4: 16 minutes after 9 at the most, 77 % more.
    assert "- Week 4: 16 min of running on Mon 21 Dec is 78 % above" in part
    assert "- Week 5: 20 min of running on Fri 1 Jan is 25 % above" in part


def test_of_many_breaches_five_are_told_and_the_others_counted(tmp_path):
    out = a_judged_beginners_plan(tmp_path).out
    document = run(
        *("check", tmp_path / "maya.toml", "--plan", tmp_path / "couch.csv", "--json")
    ).document
    found = [breach for breach in document["breaches"] if breach["rule"] == "run-walk-only"]
    part = out.split("run-walk-only: ", 1)[1].split("\n\n")[0]

    assert part.count("- Week ") == 5
    assert f"  - and {len(found) - 5} more" in part


def test_the_documents_verdict_is_the_one_told(tmp_path):
    told = " ".join(a_judged_beginners_plan(tmp_path).out.split())
    document = a_judged_beginners_plan(tmp_path, "--json").document

    assert document["verdict"] in told
    assert set(document) == {
        *("breaches", "remarks", "plan_id", "revision", "verdict", "closest", "not_judged"),
        *("fits", "advice"),
    }


def test_a_run_at_its_limit_is_told_as_close(tmp_path):
    # 33 minutes are all that is allowed after 30, so one percent more breaks the cap in week 1. The
    # week has 66, where 90 are allowed: 75 + 20 %.
    other = a_table(tmp_path, (0, "run", 33), (2, "run", 33))
    done = run("check", a_runner(tmp_path), "--plan", other)
    document = run("check", tmp_path / "maya.toml", "--plan", other, "--json").document

    assert "- 1 %: session-cap, in week 1" in done.out
    assert [(one["rule"], one["percent"], one["weeks"]) for one in document["closest"]] == [
        ("session-cap", 1, [1])
    ]


def test_a_plan_far_from_every_limit_is_told_so(tmp_path):
    other = a_table(tmp_path, (0, "run", 25), (2, "run", 25))
    done = run("check", a_runner(tmp_path), "--plan", other)

    assert "could be 10 % longer without breaking another limit" in " ".join(done.out.split())


def test_what_check_tells_fits_eighty_columns(tmp_path):
    assert [
        one for one in a_judged_beginners_plan(tmp_path).out.splitlines() if len(one) > 80
    ] == []


def test_a_plan_of_any_origin_has_its_files_name_and_no_revision(tmp_path):
    other = a_table(tmp_path, (0, "run", 33), (2, "walk/run", 15))
    file = a_runner(tmp_path)
    done = run("check", file, "--plan", other)

    assert done.out.splitlines()[0] == f"{other.name}: Mon 30 Nov 2026 to Wed 2 Dec 2026"
    assert run("check", file, "--plan", other, "--json").document["revision"] is None


def test_our_own_json_keeps_its_name_and_revision(tmp_path):
    file = a_runner(tmp_path)
    other = tmp_path / "plan.json"
    other.write_bytes(run("plan", file, "--json").raw)
    done = run("check", file, "--plan", other)

    assert done.out.startswith("Maya's plan: ")
    assert "revision 1" in done.out.splitlines()[0]
    assert run("check", file, "--plan", other, "--json").document["revision"] == 1


def test_of_anothers_plan_the_first_few_missed_wishes_are_told(tmp_path):
    file = tmp_path / "half-marathon.toml"
    shutil.copy(ROOT / "samples" / file.name, file)
    other = a_table(tmp_path, *((day, "run", 37) for day in (0, 1, 3, 7, 8, 10, 14)))
    done = run("check", file, "--plan", other)
    document = run("check", file, "--plan", other, "--json").document
    told = done.out.split("Remarks: wishes, not limits.\n")[1]

    names = {one["rule"] for one in document["remarks"]}
    assert told.count("- ") == 5
    assert f"- and {len(names) - 4} more: --json has them all." in told


def test_sessions_of_anothers_plan_are_called_what_they_are(tmp_path):
    """Tuesday has no minutes."""
    other = a_table(tmp_path, (1, "run_walk", 20))
    done = run("check", a_runner(tmp_path), "--plan", other)

    assert "Run/walk 20 min is planned on Tue 1 Dec" in done.out
