"""``runback care``: what helps a sore back, with its evidence and its place in the plan."""

from __future__ import annotations

import re
from datetime import date

import pytest

from planner.care import held
from planner.cli.rulebook import rulebook
from planner.plan import Day, Exercise, Kind, Session, State
from planner.table import wrapped
from rules.loading import load_care, load_limits, load_sources, load_triage
from tests.commands import flat, look_up, run

TOPICS = {topic.name: topic for topic in load_care()}

# Issue 4, deliverable 5: word by word.
ASKED_FOR = [
    *("intensity", "duration", "frequency", "bed-rest", "walks", "stop-early"),
    *("hip", "legs", "trunk", "flexion", "extension", "rotation", "foam-rolling", "massage"),
    *("heat", "tens", "belts", "insoles", "wall-check", "doctor", "physiotherapist"),
]


def numbers_in(text):
    return re.findall(r"\d+(?:\.\d+)?", text)


@pytest.mark.parametrize("word", ASKED_FOR)
def test_every_topic_of_the_issue_is_found_by_its_word(word):
    assert run("care", word).code == 0


def test_no_word_means_two_topics():
    words = [word for topic in TOPICS.values() for word in (topic.name, *topic.also)]

    assert sorted(set(words)) == sorted(words)


def test_every_source_exists_and_may_be_cited():
    named = [(name, id_) for name, topic in TOPICS.items() for id_ in topic.source]
    sources = load_sources()

    assert [one for one in named if one[1] not in sources] == []
    assert [one for one in named if one[1] != "ours" and not sources[one[1]].citable] == []


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_no_number_is_told_that_its_sources_did_not_show(topic):
    """Nor one that is only from memory: `showed` holds what was read or is reported by others."""
    shown = {n for id_ in topic.source for n in numbers_in(load_sources()[id_].showed)}

    assert [number for number in numbers_in(topic.says) if number not in shown] == []


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_each_is_told_in_two_lines(topic):
    assert len(wrapped(topic.says, "  ", "  ").splitlines()) <= 2
    assert len(wrapped(f"In the plan: {topic.place}", "  ", "  ").splitlines()) == 1


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_the_evidence_is_told_in_few_lines(topic):
    out = run("care", topic.name).out
    evidence = out[out.index("  Evidence: ") : out.index("  In the plan: ")]

    assert len(evidence.splitlines()) <= 3


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_every_name_it_gives_can_be_looked_up(topic):
    names = {rule.name for rule in rulebook()} | set(load_limits().by_rule)

    assert [name for name in topic.rules if name not in names] == []


def test_the_numbers_of_the_plan_are_those_of_the_rulebook():
    need = load_limits().need
    walks, runs = numbers_in(TOPICS["short-walks"].place), numbers_in(TOPICS["less-running"].place)

    assert walks == [
        str(need("walking-growth", key, State.MILD)) for key in ("start_minutes", "growth_minutes")
    ]
    assert runs == [str(need("run-days", "max_days", State.MODERATE))]
    assert need("hard-runs", "max_in_week", State.MODERATE) == 0


def test_what_others_report_and_what_is_ours_is_marked():
    evidence = {one["name"]: one["evidence"] for one in run("care", "--json").document["care"]}

    # sources.toml: B8 is secondary, B4a read.
    assert evidence["walking-in-the-day"] == (
        "a cohort study (Haddadj et al. 2025, as reported by others); the rest is ours"
    )
    assert evidence["short-walks"] == (
        "one randomised trial (Pocovi et al. 2024); a review of 19 trials (Pocovi et al. 2022); "
        "the rest is ours"
    )
    # B13 is read and secondary.
    assert evidence["staying-active"].endswith("(NICE NG59 2016, in part as reported by others)")


def test_where_no_study_was_read_none_is_claimed():
    assert [name for name, topic in TOPICS.items() if not topic.source] == ["wall-check"]
    assert "Evidence: no study read for this project." in flat("care", "posture")


def test_guidelines_advise_against_tens_belts_and_insoles():
    out = flat("care", "tens")

    assert "Guidelines advise against them" in out
    assert "In the plan: Never planned." in out
    # B13 and B15: what the guidelines say.
    assert "No belts, corsets, foot orthotics" in out
    assert "against traction, ultrasound, TENS, braces and belts" in out


def test_run_walks_are_not_called_untested_in_backs():
    """ASTEROID (B2a) tested them."""
    assert "B2a" in TOPICS["less-running"].source
    assert "In backs one small trial tested run/walks." in flat("care", "running")


def test_the_walks_that_kept_back_pain_away_came_with_education():
    assert "and education put off the next back pain" in flat("care", "walks")


def test_that_the_roller_spares_the_lower_back_is_told_as_custom():
    out = flat("care", "foam-rolling")

    assert "not the lower back (custom)" in out
    assert "Rolling the lower back 12 times in 4 weeks" in out  # B21b, the trial that did


def test_a_review_of_cohorts_is_not_called_a_cohort_study():
    assert look_up("care-advice")["sources"][1]["strength"] == "a review of 33 cohort studies"


def test_the_wall_check_is_a_look_and_no_measurement():
    assert "is a look at how you stand. It is not a measurement" in flat("care", "wall")


def test_all_red_flags_are_told_most_urgent_first():
    out = flat("care", "getting-help")
    places = [out.find(f"{question.sign} ({question.id})") for question in load_triage()]

    assert -1 not in places
    emergencies = [
        place for place, q in zip(places, load_triage(), strict=True) if q.care.is_emergency
    ]
    assert sorted(places)[: len(emergencies)] == sorted(emergencies)
    assert out.index("call your local emergency number") < min(places)


LESS_THAN_READ = [one for one in load_triage() if one.status != ("read",)]


def test_signs_that_are_less_than_read_are_those_of_the_evidence():
    # triage.csv, column status: RF9 recalled; RF17 in part; RF15, 16, 21 secondary; RF10, 12 in part.
    ids = [one.id for one in LESS_THAN_READ]

    assert ids == ["RF9", "RF10", "RF12", "RF15", "RF16", "RF17", "RF21"]


@pytest.mark.parametrize("question", load_triage(), ids=lambda question: question.id)
def test_a_sign_that_is_less_than_read_says_so_as_rules_does(question):
    checked = look_up(question.id)["checked"]
    told = f"({question.id}) Checked: {checked}." in flat("care", "getting-help")

    assert told is (question in LESS_THAN_READ)


def test_the_document_has_each_sign_with_how_far_it_was_checked_and_its_own_sources():
    flags = run("care", "getting-help", "--json").document["care"][0]["red_flags"]
    told = {one["id"]: (one["checked"], one["sources"]) for one in flags}

    assert told == {
        one.id: (look_up(one.id)["checked"], look_up(one.id)["sources"]) for one in load_triage()
    }


@pytest.mark.parametrize(
    ("sign", "rests_on"),
    [
        ("RF9", "nothing that was checked."),
        ("RF15", "NHS, national health information page (as reported by others)."),
        ("RF20", "Authors not recorded, Sports Health 2019; "),
        ("RF21", "NICE NG65, NICE guideline (as reported by others)."),
    ],
)
def test_each_sign_has_its_own_sources(sign, rests_on):
    assert f" {sign}: {rests_on}" in flat("care", "getting-help")


@pytest.mark.parametrize(
    "says",
    [
        # limits.toml, care-advice: 14 days; 3 flares in 56 days; 42 days above 10 tenths; and
        # step-back: 2 set-backs in 14 days.
        "A flare that after 14 days has not settled enough to run: see a physiotherapist or a doctor "
        "(GP). Ours, from no study.",
        "3 flares in 56 days: see a physiotherapist. Ours, from no study.",
        "Pain above 1 of 10 that has not come down in 42 days: see a doctor (GP). 42 days: Ours, "
        "with Menezes Costa et al. 2012 (read) and Henschke et al. 2008 (read) in mind; there how back "
        "pain usually goes, not when to see somebody. 1 of 10: Ours, from no study.",
        "2 set-backs after runs in 14 days: see a physiotherapist before you build up again. Ours, "
        "from no study.",
    ],
)
def test_when_to_see_somebody_without_a_sign_is_told_with_what_carries_the_numbers(says):
    assert says in flat("care", "getting-help")


def test_stricter_numbers_of_her_own_say_when_to_see_somebody(tmp_path):
    stricter = tmp_path / "hers.toml"
    stricter.write_text("[care-advice.every]\ngate_shut_days = 7\n")
    found = run("care", "getting-help", "--limits", stricter, "--json").document["care"][0]

    assert found["without_a_sign"][0]["says"].startswith("A flare that after 7 days")
    assert found["without_a_sign"][0]["from"] == ("Yours, from --limits; the rulebook has 14 days.")


def test_getting_help_comes_first():
    assert run("care").out.startswith("getting-help: ")


def test_the_list_says_where_all_signs_are_and_they_do_not_point_to_themselves():
    assert "All signs: runback care getting-help" in flat("care")
    assert "runback care getting-help" not in flat("care", "getting-help")


def test_the_rules_behind_one_are_named_with_how_to_read_them():
    out = flat("care", "short-walks")

    assert "Its rules: walking-growth. One in full: runback rules NAME." in out


def test_it_fits_eighty_columns(tmp_path):
    outs = [run("care").out, *(run("care", name).out for name in TOPICS)]

    assert max(len(line) for out in outs for line in out.splitlines()) <= 80


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_name_is_told_as_such(name):
    done = run("care", name)

    assert done.code == 3
    assert done.err.startswith("The NAME is empty. Leave it out to read of all. There is: getting-")


def test_an_unknown_word_is_told_with_the_nearest():
    done = run("care", "mobilty")

    assert done.code == 3
    assert "Did you mean mobility?" in done.err


def test_json_has_sources_in_full_and_nothing_from_memory():
    document = run("care", "mobility", "--json").document["care"][0]

    assert [one["id"] for one in document["sources"]] == ["S6", "S2"]
    assert document["sources"][0]["doi"] == "10.1097/01.brs.0000146464.23007.2a"
    assert document["sources"][0]["did_not_show"]
    assert "unverified" not in document["sources"][0]
    assert document["in_plan"] is None


def a_session(kind, minutes, run_minutes=0.0, exercises=()):
    done = [Exercise(id=id_, name=id_, sets=1, amount="a few") for id_ in exercises]
    return Session(
        id=f"{kind}-{minutes}",
        kind=kind,
        title=kind.value,
        minutes=minutes,
        run_minutes=run_minutes,
        exercises=tuple(done),
    )


def some_days(*days):
    return [
        Day(date=date(2026, 11, 30 - number), state=State.MILD, sessions=sessions)
        for number, sessions in enumerate(days)
    ]


DAYS = some_days(
    (a_session(Kind.RUN_WALK, 30, run_minutes=12), a_session(Kind.MOBILITY, 10, exercises=["E14"])),
    (a_session(Kind.WALK, 20), a_session(Kind.STRENGTH, 30)),
    (a_session(Kind.WALK, 15), a_session(Kind.MOBILITY, 15, exercises=["E11"])),
    (),
)


@pytest.mark.parametrize(
    ("name", "sessions", "minutes"),
    [
        ("less-running", 1, 12),  # the running of a run/walk alone
        ("short-walks", 2, 35),  # 20 + 15; walking breaks are no walks
        ("strength", 1, 30),
        ("mobility", 2, 25),  # 10 + 15
        ("foam-rolling", 1, 10),  # one of the two holds E14
    ],
)
def test_what_a_week_holds(name, sessions, minutes):
    found = held(TOPICS[name], DAYS, {"E14"})

    assert found is not None
    assert (found.sessions, found.minutes) == (sessions, minutes)


def test_what_no_plan_holds_is_not_counted():
    assert held(TOPICS["heat"], DAYS, {"E14"}) is None
