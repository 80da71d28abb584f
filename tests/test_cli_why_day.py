"""Why this on that day, as it is told of days ahead and of days outside the plan."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from planner.alternatives import Alternative
from planner.cli.why_day import REASONS_TOLD, tell_day, verdict
from planner.errors import InputError, PlannerError
from planner.rule import Breach
from tests.commands import MAYA, ROOT, TODAY, a_runner, run

MONDAY = "2026-11-30"


@pytest.fixture
def maya(tmp_path):
    """A file with its plan: runs on Monday, Wednesday, Friday or Sunday, from 30 November on."""
    file = a_runner(tmp_path, MAYA)
    assert run("plan", file, "--no-red-flags").code == 0
    return file


@pytest.fixture
def ask(maya, capsys):
    """What is told of a day, in words."""

    def asked(on: str, today: str = TODAY, *, as_json: bool = False) -> str:
        capsys.readouterr()
        tell_day(maya, date.fromisoformat(on), None, date.fromisoformat(today), as_json)
        return capsys.readouterr().out

    return asked


def document(text: str) -> Any:
    return json.loads(text)


def run_day(ask) -> tuple[str, dict[str, Any]]:
    """The first day of the plan with an easy run, and its session."""
    for number in range(30, 44):
        on = f"2026-11-{number}" if number == 30 else f"2026-12-{number - 30:02}"
        for session in document(ask(on, as_json=True))["sessions"]:
            if session["kind"] == "easy_run":
                return on, session
    raise AssertionError("a plan without an easy run")


def test_a_day_ahead_is_told_with_its_sessions(ask):
    on, session = run_day(ask)

    assert f"Planned: {session['title']}" in ask(on)


def test_the_document_has_the_keys_of_the_contract(ask):
    on, _ = run_day(ask)

    told = document(ask(on, as_json=True))

    assert told["date"] == on
    assert {"sessions", "alternatives", "done", "followed"} <= set(told)
    assert all(
        set(one)
        == {"instead", "forbidden_by", "not_placed", "elsewhere", "would_cost"}
        | {"without_race", "return_waits"}
        for one in told["alternatives"]
    )


def test_a_limit_is_told_with_its_number_and_its_study(ask):
    on, _ = run_day(ask)
    found = [
        breach
        for one in document(ask(on, as_json=True))["alternatives"]
        for breach in one["forbidden_by"][:REASONS_TOLD]
    ]
    text = " ".join(ask(on).split())

    assert found
    for breach in found:
        assert f"{breach['reason']} [{breach['rule']}]" in text
        assert f"{breach['rule']}: {breach['title']}. From: {breach['sources'][0]}" in text


def test_every_rule_named_can_be_looked_up(ask):
    on, _ = run_day(ask)
    named = {
        breach["rule"]
        for one in document(ask(on, as_json=True))["alternatives"]
        for breach in (*one["forbidden_by"], *one["elsewhere"], *one["would_cost"])
    }
    known = {rule["name"] for rule in run("rules", "--json", today=None).document["rules"]}

    assert named <= known


def test_a_runner_may_always_rest(ask):
    on, _ = run_day(ask)

    assert "You may rest on any day" in ask(on)


def test_what_is_logged_has_no_alternative(tmp_path):
    """On Tuesday a walk and mobility: the walk is done, and the mobility may still go elsewhere."""
    sample = (ROOT / "samples" / "race-10k.toml").read_text(encoding="utf-8")
    file = a_runner(tmp_path, sample)
    assert run("plan", file, "--no-red-flags").code == 0
    tuesday = "2026-12-01"
    held = run("why", file, tuesday, "--json", today=tuesday).document
    assert [one["kind"] for one in held["sessions"]] == ["walk", "mobility"]
    assert run("log", file, "--walked", 15, "--no-red-flags", today=tuesday).code == 0

    told = run("why", file, tuesday, "--json", today=tuesday).document
    text = run("why", file, tuesday, today=tuesday).out

    assert "Done: walk of 15 min" in text
    tried = [one["instead"] for one in told["alternatives"]]
    assert tried
    assert [one for one in tried if not one.startswith("Mobility")] == []
    assert "You may rest" not in text


def test_of_a_day_whose_only_session_is_logged_nothing_else_is_told(maya):
    walk_day = next(
        on
        for on in (f"2026-12-{number:02}" for number in range(1, 14))
        if [s["kind"] for s in run("why", maya, on, "--json").document["sessions"]] == ["walk"]
    )
    assert run("log", maya, "--walked", 15, "--no-red-flags", today=walk_day).code == 0

    told = run("why", maya, walk_day, today=walk_day).out

    assert "What else" not in told
    assert "You may rest" not in told


def test_of_a_day_that_was_skipped_nothing_else_is_told(maya):
    assert run("log", maya, "--skipped", "--no-red-flags", today="2026-12-02").code == 0

    assert "What else" not in run("why", maya, "2026-12-02", today="2026-12-02").out


def test_of_a_rest_day_it_is_not_said_that_she_may_rest(ask):
    assert "What else" in ask("2026-12-01")
    assert "You may rest" not in ask("2026-12-01")


def test_no_rest_or_shorter_session_is_told_to_break_a_limit(ask):
    for number in range(1, 14):
        told = " ".join(ask(f"2026-12-{number:02}").split())

        assert "Rest: it would break" not in told
        assert "shorter: it would break" not in told


def breaches(*names: str) -> tuple[Breach, ...]:
    return tuple(
        Breach(rule=name, days=(date(2026, 12, 1),), reason=f"Not {name}.") for name in names
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "nothing speaks against it."),
        ({"would_cost": breaches("c")}, "possible, but: Not c. [c]"),
        (
            {"elsewhere": breaches("e"), "would_cost": breaches("c", "d")},
            "possible, but the rest of the plan would have to change. "
            "Not e. [e] Not c. [c] (and 1 more)",
        ),
        (
            {"not_placed": "the plan puts no walk there.", "would_cost": breaches("c")},
            "the plan puts no walk there.",
        ),
        (
            {"forbidden_by": breaches("a", "b", "f", "g"), "would_cost": breaches("c")},
            "it would break a limit. Not a. [a] Not b. [b] (and 2 more)",
        ),
    ],
)
def test_an_alternative_is_told_by_what_counts_most_with_two_reasons_at_most(given, said):
    assert verdict(Alternative(instead="Rest", **given)) == f"Rest: {said}"


def test_only_the_rules_that_are_named_are_explained(ask):
    on, _ = run_day(ask)
    text = ask(on)
    alternatives, _, rules = text.partition("The rules behind it:")
    explained = re.findall(r"(?m)^- ([a-z-]+):", rules)

    assert explained
    assert set(explained) == set(re.findall(r"\[([a-z-]+)\]", alternatives))
    assert len(explained) == len(set(explained))


def test_dates_have_one_form(ask):
    for number in range(1, 10):
        told = ask(f"2026-12-0{number}")

        assert re.findall(r"\b0\d (?:Nov|Dec)|[a-z]  \d", told) == []


def test_every_line_fits_80_columns(ask):
    on, _ = run_day(ask)

    assert [line for line in ask(on).splitlines() if len(line) > 80] == []


def test_a_day_outside_the_plan_is_told_in_a_sentence(ask):
    with pytest.raises(
        InputError, match="is not in the plan: it goes from Mon 30 Nov 2026"
    ) as told:
        ask("2027-01-05")

    assert told.value.exit_code == 3


def test_without_a_plan_there_is_nothing_to_ask_about(tmp_path):
    with pytest.raises(InputError, match="There is no plan"):
        tell_day(a_runner(tmp_path), date(2026, 12, 1), None, date(2026, 12, 1), as_json=False)


def test_at_an_emergency_sign_the_plan_is_withdrawn(maya):
    sign = run("log", maya, "--red-flag", "RF1", today=MONDAY)
    assert sign.code == 7, sign

    with pytest.raises(PlannerError) as told:
        tell_day(maya, date(2026, 12, 1), None, date(2026, 12, 1), as_json=False)

    assert told.value.exit_code == 7


@pytest.mark.parametrize(
    ("word", "on"),
    [("yesterday", "2026-12-01"), ("Today", "2026-12-02"), ("tomorrow", "2026-12-03")],
)
def test_a_day_is_named_from_today(maya, word, on):
    done = run("why", maya, word, "--json", today="2026-12-02")

    assert done.document["date"] == on


@pytest.mark.parametrize("text", ["tomorow", "2026-12-32", "5 Dec", ""])
def test_what_is_no_day_is_told_with_what_would_be(maya, text):
    done = run("why", maya, text)

    assert done.code == 2
    assert f"{text!r} is no date" in done.err
    assert "today, yesterday, tomorrow" in done.err


def test_in_a_flare_a_run_is_forbidden_by_it(maya, ask):
    done = run("flare", maya, "--pain", 6, "--no-red-flags", "--yes", today="2026-12-02")
    assert done.code == 0, done

    told = document(ask("2026-12-03", "2026-12-02", as_json=True))
    run_there = next(one for one in told["alternatives"] if one["instead"].startswith("Easy run"))

    assert "flare-rest" in [breach["rule"] for breach in run_there["forbidden_by"]]


ASKING = """
import sys
from datetime import date
from pathlib import Path
from planner.cli.why_day import tell_day
tell_day(Path(sys.argv[1]), date(2026, 12, 2), None, date(2026, 12, 2), False)
print("loaded:", *[name for name in ("ortools", "icalendar", "numpy", "rich") if name in sys.modules])
"""


def test_asking_about_a_day_loads_no_solver(maya):
    done = subprocess.run(
        [sys.executable, "-c", ASKING, str(maya)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    assert "What else that day could hold" in done.stdout
    assert done.stdout.splitlines()[-1] == "loaded:"


@pytest.mark.parametrize("command", [["check"], ["show", "--changes"]], ids=" ".join)
def test_judging_and_showing_load_no_solver(maya, command):
    name, *options = command
    script = (
        "import sys\nfrom click.testing import CliRunner\nfrom planner.cli.main import main\n"
        "done = CliRunner().invoke(main, sys.argv[1:])\n"
        "print(done.exit_code, 'ortools' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, name, str(maya), *options, "--today", TODAY],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    assert done.stdout.split() == ["0", "False"]


def test_of_a_day_away_it_is_said_that_she_is_away(tmp_path):
    file = a_runner(tmp_path, f"{MAYA}\n[[away]]\nfrom = 2026-12-04\nto = 2026-12-06\n")
    assert run("plan", file, "--no-red-flags").code == 0
    told = " ".join(run("why", file, "2026-12-04").out.split())

    assert "you are away" in told
    assert "you gave this day" not in told


def test_a_number_of_her_own_is_not_credited_to_the_study_alone(tmp_path):
    limits = tmp_path / "clinic.toml"
    limits.write_text("[session-cap.mild]\nfloor_minutes = 0\n", encoding="utf-8")
    file = a_runner(tmp_path, MAYA)
    assert run("plan", file, "--no-red-flags", "--limits", limits).code == 0
    days = [f"2026-12-{number:02}" for number in range(1, 14)]

    told = "".join(run("why", file, on, "--limits", limits).out for on in days)
    plain = " ".join(told.split())

    _, behind = plain.split("- session-cap:", 1)
    assert "made stricter by numbers of your own (--limits)" in behind.split(" - ", 1)[0]
    _, other = plain.split("- time:", 1)
    assert "numbers of your own" not in other.split(" - ", 1)[0]


def test_of_what_a_red_flag_left_out_it_is_told_when_and_why(maya, ask):
    on, session = run_day(ask)
    assert run("replan", maya, "--red-flag", "RF13", today=MONDAY).code == 0

    told = " ".join(run("why", maya, on, today=MONDAY).out.split())

    assert (
        f"Left out on Mon 30 Nov: {session['title']}, no running after a red flag until you are cleared "
        "[cleared-first]"
    ) in told
