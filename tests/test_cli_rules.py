"""``runback rules``: every rule, its numbers, its studies."""

from __future__ import annotations

import itertools

import pytest

from rules.loading import load_limits, load_numbers, load_sources, load_triage, load_words
from tests.commands import flat, look_up, run


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

    assert "healthy, mild, returning 110 %. From Frandsen et al. 2025 (read); there distance" in out
    assert "Frandsen JSB, Nielsen RØ, et al. (2025): Br J Sports Med 59(17):1203-1210." in out
    assert "How good: one large cohort study (grade B)" in out
    assert "Did not show: That the risk rises steadily with the spike" in out
    assert "Distance was studied, not minutes" in out
    assert "doi: 10.1136/bjsports-2024-109380" in out


def test_one_rule_as_json_is_a_list_of_one():
    rules = run("rules", "run-days", "--json").document["rules"]

    assert [rule["name"] for rule in rules] == ["run-days"]


def test_numbers_of_a_group_are_told_apart():
    out = flat("rules", "restart-dose")

    # limits.toml: after up to 5 days, 75 % of the last run.
    assert "a short stop lasts up to: 5 days." in out
    assert "the first run after it has, of the last comfortable one, at most: 75 %." in out
    # After more than 14 days no later stage than 5, after more than 28 the first.
    assert "and it is at most this stage of the run/walk ladder (rules ladder): 5." in out
    assert "after an even longer stop the first run is this stage: 1." in out


def test_two_sources_of_one_number_are_named_each_once():
    # limits.toml: the day between runs has C1 (NHS), M5 (Crowell) and M6a (Delaware).
    out = flat("rules", "run-days-apart").split("What it rests on")[0]

    assert "From NHS (read) and Crowell et al. 2023 (read) and University of Delaware" in out
    assert out.count("Crowell") == 1


def test_an_unknown_rule_is_told_with_the_nearest():
    done = run("rules", "run-day")

    assert done.code == 3
    assert "Did you mean run-days or " in done.err


@pytest.mark.parametrize(
    ("name", "hint"),
    [("nonsense", "runback rules lists them."), ("care", "Did you mean care-advice?")],
)
def test_an_unknown_rule_is_told_without_the_whole_list(name, hint):
    done = run("rules", name)

    assert (done.code, hint in done.err) == (3, True)
    assert len(done.err) < 100


def test_stricter_numbers_are_shown(tmp_path):
    limits = tmp_path / "physio.toml"
    limits.write_text("[run-days.mild]\nmax_days = 2\n")
    rules = run("rules", "run-days", "--limits", limits, "--json").document["rules"]

    assert rules[0]["limits"]["mild"] == {"max_days": 2}


def test_a_stricter_number_is_hers_and_no_study_of_ours_carries_it(tmp_path):
    limits = tmp_path / "physio.toml"
    limits.write_text("[run-days.mild]\nmax_days = 2\n")
    rule = run("rules", "run-days", "--limits", limits, "--json").document["rules"][0]
    number = next(one for one in rule["numbers"] if one["state"] == "mild")

    assert number["sources"] == []
    assert number["rulebook_value"] == 4
    assert number["from"] == "Yours, from --limits; the rulebook has 4 days."


@pytest.mark.parametrize("name", [*load_limits().by_rule])
def test_every_name_with_numbers_can_be_looked_up(name):
    found = look_up(name)

    assert found["name"] == name
    assert found["title"]
    assert found["limits"] == load_limits().by_rule[name]


@pytest.mark.parametrize("name", ["undo", "your-wishes", "your-log", "other-changes"])
def test_what_is_behind_a_change_and_no_rule_can_be_looked_up(name):
    found = look_up(name)

    assert (found["title"], found["says"]) == (load_words()[name].title, load_words()[name].says)
    assert found["limits"] == {}


@pytest.mark.parametrize(
    "name",
    [
        "undo",
        "states",
        "RF5",
        "session-cap",
        "step-back",
        "restart-gate",
        "ladder",
        "exercises",
        "E03",
    ],
)
def test_a_name_in_full_fits_eighty_columns(name):
    assert max(map(len, run("rules", name).out.splitlines())) <= 80


def test_every_number_has_words_and_no_words_are_left_over():
    numbers = {
        name: {key for keys in states.values() for key in keys}
        for name, states in load_numbers().items()
    }

    told = {name: set(words.numbers) for name, words in load_words().items() if words.numbers}
    assert told == numbers


def test_what_is_no_rule_says_what_it_means():
    from rules import RULEBOOK

    others = load_words().keys() - {rule.name for rule in RULEBOOK}

    assert [
        name for name in others if not (load_words()[name].title and load_words()[name].says)
    ] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("states", "the most pain: mild 2 of 10."),  # 20 tenths
        ("states", "in a flare pain is above usual by at least: 2 points."),
        ("states", "a flare stays so for at least: 2 hours."),
        ("step-back", "from a rise of: 1 point."),  # 10 tenths
        ("run-days-apart", "between two runs: 1 day."),
        ("hard-runs", "first step, hard: 20 s."),
        ("flare-rest", "the most running in a flare: 0 min."),
        ("two-clean", "the most steps up: moderate 0."),
        ("rest-days", "the longest walk on a rest day: 30 min."),
    ],
)
def test_numbers_are_told_with_their_unit(name, text):
    assert text in flat("rules", name)


def test_a_percent_sign_stays_with_its_number():
    for name in ("session-cap", "weekly-volume", "smooth-ramp", "restart-dose"):
        lines = run("rules", name).out.splitlines()

        assert [line for line in lines if line.lstrip().startswith("%")] == []


def test_no_line_of_the_list_ends_between_a_number_and_its_unit():
    lines = run("rules").out.splitlines()

    begun = [two[1].split() for two in itertools.pairwise(lines) if two[0][-1:].isdigit()]
    assert [
        words for words in begun if words and words[0].strip(".;") in ("%", "min", "days")
    ] == []


def test_each_study_of_the_json_is_told_with_all_that_is_known():
    rules = run("rules", "--json").document["rules"]
    studies = {one["id"]: one for rule in rules for one in rule["sources"] if one["citable"]}

    for study in studies.values():
        assert {"authors", "year", "journal", "doi", "grade", "strength", "did_not_show"} <= set(
            study
        )
        assert study["strength"]
        assert study["checked"]
    assert studies["P1"]["doi"] == "10.1136/bjsports-2024-109380"
    assert studies["P1"]["strength"] == "one large cohort study"
    assert studies["P1"]["did_not_show"].startswith("That the risk rises steadily")


def test_our_own_number_is_called_ours():
    # limits.toml: 6 running days of a healthy back rest on no study.
    assert "the most days with running: healthy 6 days. Ours, from no study." in flat(
        "rules", "run-days"
    )


def test_a_study_that_does_not_give_the_number_is_told_apart_from_ours():
    # limits.toml: moderate ratio_percent has P1 beside "ours".
    cap = look_up("session-cap")
    moderate = next(n for n in cap["numbers"] if (n["state"], n["value"]) == ("moderate", 100))

    assert moderate["sources"] == ["P1", "ours"]
    assert moderate["from"].startswith("Ours, with Frandsen et al. 2025")


def test_what_is_from_memory_is_never_told_as_a_fact():
    """A source that is only remembered shows its name and that it was not checked."""
    out = run("rules", "--json").out
    remembered = [s for s in load_sources().values() if s.unverified or s.doi_unchecked]

    assert len(remembered) > 10
    assert [s.id for s in remembered if s.unverified and s.unverified in out] == []
    assert [s.id for s in remembered if s.doi_unchecked and s.doi_unchecked in out] == []


def test_the_list_names_no_remembered_source():
    assert "Thomeé" not in flat("rules")


@pytest.mark.parametrize("name", ["states", "pain-rule"])
def test_a_study_from_memory_only_carries_no_number(name):
    """limits.toml has M1a (Thomeé 1997, recalled) as unverified for both."""
    out = run("rules", name).out + run("rules", name, "--json").out

    assert "Thome" not in out
    assert "M1a" not in out
    assert "From memory" not in out


def test_no_heading_of_a_number_has_a_second_colon():
    words = [one for told in load_words().values() for one in told.numbers.values()]

    assert [one for one in words if ":" in one.partition("(")[0]] == []


@pytest.mark.parametrize("name", ["cut-back-week", "long-run-share", "restart-dose"])
def test_custom_is_called_folklore(name):
    # sources.toml: P13b, I5 and M9 have grade F.
    assert "Folklore: custom that no study here backs." in flat("rules", name)


def test_the_ten_percent_rule_is_called_folklore():
    # evidence P5: X as an injury preventer.
    assert "the 10 % rule, which is folklore: a trial found no protection by it" in flat(
        "rules", "smooth-ramp"
    )


def test_what_data_contradict_is_called_folklore():
    sources = load_sources()

    assert sources["P7"].folklore_words == "Folklore: data contradict it."
    assert sources["M10"].folklore_words == "Folklore: custom that no study here backs."
    assert sources["ours"].folklore_words == ""
    assert sources["P1"].folklore_words == ""


@pytest.mark.parametrize("question", load_triage(), ids=lambda question: question.id)
def test_every_red_flag_question_can_be_looked_up(question):
    out = flat("rules", question.id.lower())

    assert question.question in out
    assert "until a clinician has cleared you" in out
    # A yes says who should look at it, never what somebody has.
    assert "may_point_to" not in look_up(question.id)


def test_an_emergency_sign_is_no_false_alarm_to_wait_for():
    assert "false alarm" not in flat("rules", "RF5")
    assert "Your plan is withdrawn" in flat("rules", "RF5")
    assert "false alarm" in flat("rules", "RF13")


def test_a_question_from_memory_shows_no_source():
    # triage.toml: RF9 is recalled.
    assert look_up("RF9")["sources"] == []
    assert "from memory only, so there is no source to show" in flat("rules", "RF9")


def test_the_list_says_what_else_can_be_looked_up():
    out = flat("rules")

    assert "Other names and their numbers easy-runs: " in out
    assert "Red flag questions: RF1 to RF22." in out


def test_upper_and_lower_case_are_the_same():
    assert look_up("Session-Cap")["name"] == "session-cap"
