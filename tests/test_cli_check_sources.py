"""``check`` names what carries the numbers that are broken, in the state of those days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.cli.rule_numbers import numbers_of
from planner.cli.rulebook import limits_in_force, rulebook
from planner.cli.studies import OURS, OWN_NUMBERS, cited, cited_for, in_short, known
from planner.plan import State
from planner.request import Limits
from planner.rule import Rule
from tests.commands import MAYA, a_runner, run

MONDAY = date(2026, 11, 30)
EVERY_DAY = MAYA.replace(
    "mon = 45\n", "".join(f"{day} = 60\n" for day in ("mon", "tue", "thu", "sat"))
)


def rule_called(name: str) -> Rule:
    return next(rule for rule in rulebook() if rule.name == name)


def carried(name: str, *states: State) -> tuple[str, ...]:
    return cited_for(rule_called(name), limits_in_force(None), states)


def ids_of(name: str, state: State, key: str) -> tuple[str, ...]:
    """What limits.toml says to carry a number in a state."""
    told = numbers_of(name, limits_in_force(None))
    (found,) = [one for one in told if (one.state, one.key) == (state, key)]
    return tuple(found.document()["sources"])


def test_a_study_that_gives_the_number_is_cited_for_its_state():
    (id_,) = ids_of("weekly-volume", State.MILD, "ratio_percent")
    found = carried("weekly-volume", State.MILD)

    assert found[0] == in_short(known([id_])[0])


def test_a_number_of_ours_is_called_ours_and_no_study_stands_for_it():
    assert ids_of("run-days", State.HEALTHY, "max_days") == (OURS,)
    assert carried("run-days", State.HEALTHY) == ("our convention",)


def test_a_study_that_only_points_that_way_is_told_so():
    ids = ids_of("rest-days", State.MILD, "min_days")
    (study,) = [one for one in known(ids) if one.id != OURS]

    assert OURS in ids
    assert carried("rest-days", State.MILD) == (f"our convention, with {study.short()} in mind",)


def test_each_state_has_what_carries_its_own_numbers():
    assert carried("run-days", State.MILD) != carried("run-days", State.MODERATE)


def test_states_together_have_what_carries_the_numbers_of_each():
    both = carried("run-days", State.MILD, State.MODERATE)

    assert set(both) == {*carried("run-days", State.MILD), *carried("run-days", State.MODERATE)}


def test_a_rule_without_numbers_names_its_own_sources():
    rule = rule_called("cleared-first")

    assert carried("cleared-first", State.MILD) == cited(rule)


def test_a_number_of_her_own_is_not_credited_to_a_study():
    by_rule = {**limits_in_force(None).by_rule, "run-days": {"mild": {"max_days": 1}}}

    assert cited_for(rule_called("run-days"), Limits(by_rule=by_rule), [State.MILD]) == (
        OWN_NUMBERS,
    )


@pytest.mark.parametrize("state", State)
def test_what_carries_a_rule_is_told_for_each_limit_and_state(state):
    limits = limits_in_force(None)

    assert [rule.name for rule in rulebook() if not cited_for(rule, limits, [state])] == []


def seven_days(folder, days=7):
    rows = [f"{MONDAY + timedelta(days=day)},easy,10,0\n" for day in range(days)]
    path = folder / "given.csv"
    path.write_text("date,kind,run_minutes,walk_minutes\n" + "".join(rows))
    return path


def test_seven_days_of_a_healthy_back_break_a_number_of_ours(tmp_path):
    file = a_runner(tmp_path, EVERY_DAY.replace("pain_today = 1.0", "pain_today = 0.0"))
    other = seven_days(tmp_path)
    document = run("check", file, "--plan", other, "--json").document
    out = run("check", file, "--plan", other).out
    (found,) = [one for one in document["breaches"] if one["rule"] == "run-days"]

    assert found["sources"] == ["our convention"]
    assert "  from our convention\n  - Week 1: 7 running days" in out


def test_where_states_differ_what_carries_their_numbers_is_told_for_each(tmp_path):
    """Moderate for a week, mild from then on."""
    file = a_runner(tmp_path, EVERY_DAY.replace("pain_today = 1.0", "pain_today = 4.0"))
    out = run("check", file, "--plan", seven_days(tmp_path, 14)).out
    part = " ".join(out.split("run-days: ")[1].split("\n\n")[0].split())

    assert "(moderate) from " in part
    assert "(mild) - Week 1: " in part
