"""Why this on that day, as it is told: of days ahead, of days gone by, of days outside the plan."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from planner.alternatives import Alternative
from planner.cli.why_day import tell_day, verdict
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
        set(one) == {"instead", "forbidden_by", "elsewhere", "would_cost"}
        for one in told["alternatives"]
    )


def test_a_limit_is_told_with_its_number_and_its_study(ask):
    on, _ = run_day(ask)
    found = [
        breach
        for one in document(ask(on, as_json=True))["alternatives"]
        for breach in one["forbidden_by"]
    ]
    text = ask(on)

    assert found
    for breach in found:
        assert breach["reason"] in " ".join(text.split())
        assert f"[{breach['rule']}]" in text
        assert breach["sources"][0] in " ".join(text.split())


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


def test_no_rest_or_shorter_session_is_told_to_break_a_limit(ask):
    for number in range(1, 14):
        told = " ".join(ask(f"2026-12-{number:02}").split())

        assert "Rest: it would break" not in told
        assert "shorter: it would break" not in told


def test_what_would_change_elsewhere_is_told_after_that_no_limit_is_against_it():
    around = Breach(rule="one-a-day", days=(date(2026, 11, 30),), reason="Room on Tue 01 Dec.")
    rest = Alternative(instead="Rest", elsewhere=(around,))

    assert verdict(rest) == (
        "Rest: no limit against it. The days around it would then change: "
        "Room on Tue 01 Dec. [one-a-day]"
    )


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


def test_a_day_gone_by_has_no_alternatives(ask):
    told = document(ask(MONDAY, "2026-12-02", as_json=True))

    assert told["alternatives"] == []
    assert "nothing is logged for that day" in ask(MONDAY, "2026-12-02")


def test_a_day_gone_by_tells_what_was_done_and_the_morning_after(maya, ask):
    on, _ = run_day(ask)
    log = ("log", maya, on, "--ran", 20, "--pain-during", 1, "--pain-morning", 2)
    assert run(*log, "--no-red-flags", today="2026-12-07").code == 0

    text = ask(on, "2026-12-07")

    assert "Done: run with 20 min of running; pain 1 during it." in text
    assert "Followed: pain 2 next morning." in text


def test_today_counts_as_gone_by_once_its_run_is_logged(maya, ask):
    on, _ = run_day(ask)
    assert document(ask(on, on, as_json=True))["alternatives"] != []

    assert run("log", maya, on, "--ran", 25, "--no-red-flags", today=on).code == 0

    assert document(ask(on, on, as_json=True))["alternatives"] == []


@pytest.fixture
def flared(maya):
    """A flare on Wednesday of the first week."""
    done = run("flare", maya, "--pain", 6, "--no-red-flags", "--yes", today="2026-12-02")
    assert done.code == 0, done
    return maya


def test_what_followed_names_the_flare_and_the_revision(flared, ask):
    text = " ".join(ask("2026-12-01", "2026-12-03").split())

    assert "Followed: a flare on Wed 2 Dec 2026, with pain 6." in text
    assert "revision 2, made on Wed 2 Dec 2026" in text
    assert "--changes 2" in text


def test_a_flare_of_a_week_later_did_not_follow(flared, ask):
    told = document(ask(MONDAY, "2026-12-12", as_json=True))["followed"]
    assert told["flare"] is not None

    again = run("flare", flared, "--pain", 6, "--no-red-flags", "--yes", today="2026-12-11")
    assert again.code == 0, again

    followed = document(ask("2026-12-04", "2026-12-12", as_json=True))["followed"]
    assert followed["flare"] is None


def test_in_a_flare_a_run_is_forbidden_by_it(flared, ask):
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
