"""``runback rules``: every rule, its numbers, its studies."""

from __future__ import annotations

from tests.commands import run


def test_rules_lists_every_rule_of_the_rulebook():
    from rules import RULEBOOK

    out = run("rules").out

    assert [rule.name for rule in RULEBOOK if f"  {rule.name}: " not in out] == []


def test_lines_fit_eighty_columns():
    assert max(map(len, run("rules").out.splitlines())) <= 80


def test_limits_stand_before_wishes():
    out = run("rules").out

    assert out.index("Limits, always kept") < out.index("  session-cap:") < out.index("\nWishes")


def test_json_has_the_fields_of_the_contract():
    rules = {rule["name"]: rule for rule in run("rules", "--json").document["rules"]}
    cap = rules["session-cap"]

    assert set(cap) >= {"name", "title", "stage", "tier", "limits", "sources"}
    assert (cap["stage"], cap["tier"]) == ("dose", "limit")
    # evidence: 1.10 × or + 3 minutes on the longest of 30 days.
    assert cap["limits"]["mild"] == {"ratio_percent": 110, "floor_minutes": 3}
    assert cap["sources"][0]["id"] == "P1"
    assert cap["sources"][0]["grade"] == "B"


def test_one_rule_in_full_tells_its_study_and_how_good_it_is():
    out = " ".join(run("rules", "session-cap").out.split())

    assert "mild 110 %" in out
    assert "Frandsen et al., Br J Sports Med 2025 (one large cohort study), grade B" in out
    assert "Distance was studied, not minutes" in out


def test_one_rule_as_json_is_a_list_of_one():
    rules = run("rules", "run-days", "--json").document["rules"]

    assert [rule["name"] for rule in rules] == ["run-days"]


def test_numbers_of_a_group_are_told_apart():
    out = run("rules", "restart-dose").out

    # limits.toml: after up to 5 days, 75 % of the last run.
    assert "  band 1, days: returning 5 days\n" in out
    assert "  band 1, percent of the last run: returning 75 %\n" in out


def test_two_sources_in_one_read_as_a_sentence():
    out = " ".join(run("rules").out.split())

    assert "NHS and Crowell et al., Couch to 5K text and Trials 2023" in out


def test_an_unknown_rule_is_told_with_the_nearest():
    done = run("rules", "run-day")

    assert done.code == 3
    assert "Did you mean run-days?" in done.err


def test_stricter_numbers_are_shown(tmp_path):
    limits = tmp_path / "physio.toml"
    limits.write_text("[run-days.mild]\nmax_days = 2\n")
    rules = run("rules", "run-days", "--limits", limits, "--json").document["rules"]

    assert rules[0]["limits"]["mild"] == {"max_days": 2}
