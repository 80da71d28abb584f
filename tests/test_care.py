"""``runback care``: what helps a sore back, with its evidence and its place in the plan."""

from __future__ import annotations

import re
from datetime import date

import pytest

from planner.care import held
from planner.cli.rulebook import rulebook
from planner.plan import Day, Exercise, Kind, Session, State
from planner.profile import read_runner
from planner.table import wrapped
from rules.loading import load_care, load_limits, load_sources, load_triage
from tests.commands import MAYA, a_runner, flat, run

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
    assert evidence["short-walks"] == "one randomised trial (Pocovi et al. 2024); the rest is ours"


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

    assert [t.name for t in TOPICS.values() if t.key and not hasattr(week, t.key)] == []


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
