"""``runback why FILE``: what stands in the way of a goal, said in sentences and as JSON."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

import planner.explaining
from tests.askings import story
from tests.commands import MAYA, a_runner, names_in, run

SOON = MAYA.replace(
    'kind = "keep_running"', 'kind = "race"\ndistance_km = 10\npace = "5:00"\non = 2026-12-20'
).replace("weeks = 2\n", "")
"""A race of 50 minutes in three weeks for somebody who runs 30."""


@pytest.fixture(scope="module")
def missed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a runner whose race is too soon, before any plan."""
    return a_runner(tmp_path_factory.mktemp("why"), SOON)


@pytest.fixture(scope="module")
def document(missed: Path) -> dict:
    return run("why", missed, "--json").document


def test_the_document_says_what_the_contract_asks_for_and_how_certain_it_is(document):
    assert set(document) == {
        *("reached", "asked_minutes", "planned_minutes", "conflict", "earliest_date"),
        *("most_minutes", "would_do", "all_tried", "wherever", "fits", "advice"),
    }
    assert {frozenset(one) for one in document["conflict"]} == {
        frozenset(("demand", "kind", "says", "sure"))
    }
    assert {one["kind"] for one in document["conflict"]} <= {"rule", "line"}


def test_a_missed_race_tells_how_far_the_plan_gets(document):
    # 10 km × 5:00 = 50 minutes.
    assert (document["reached"], document["asked_minutes"]) == (False, 50)
    assert 30 < document["planned_minutes"] == document["most_minutes"] < 50


def test_the_earliest_date_is_a_later_one_of_the_same_weekday(tmp_path):
    # The race of story() is on the third Sunday; for it the week before is proven out of reach.
    document = run("why", a_runner(tmp_path, story()), "--json").document
    earliest, asked = date.fromisoformat(document["earliest_date"]), date(2026, 12, 20)

    assert earliest > asked
    assert (earliest - asked) % timedelta(weeks=1) == timedelta(0)
    assert [said for said in document["would_do"] if ", the earliest, tried week by week." in said]


def test_the_line_of_the_file_and_the_limit_are_named(document):
    demands = [one["demand"] for one in document["conflict"]]

    assert "[goal] on = 2026-12-20" in demands
    assert "session-cap: No run much longer than the longest of the 30 days before" in demands


def test_a_limit_says_its_number_and_its_study(document):
    said = {one["demand"].partition(":")[0]: one["says"] for one in document["conflict"]}

    assert "% above the longest of the 30 days before" in said["session-cap"]
    assert said["session-cap"].endswith("(Frandsen et al. 2025)")


def test_what_no_number_tells_is_named_and_no_more(document, missed):
    said = {one["demand"]: one["says"] for one in document["conflict"]}
    told = run("why", missed).out

    assert "have to give way" not in told
    assert "Strength or mobility more than once" not in told
    assert all(says.endswith((")", ".", "")) for says in said.values())


def test_what_it_rests_on_is_one_line(missed):
    assert run("why", missed).out.count("What it rests on") == 1


def test_the_sentences_fit_into_80_columns_and_point_to_the_rules(missed):
    done = run("why", missed)

    assert done.code == 0
    assert max(len(line) for line in done.out.splitlines()) <= 80
    assert "runback rules session-cap" in done.out
    assert "What would do" in done.out


def test_nothing_is_stored(missed):
    run("why", missed)

    assert names_in(missed.parent) == ["maya.toml"]


def test_the_same_question_has_the_same_answer(missed):
    assert run("why", missed, "--json").raw == run("why", missed, "--json").raw


def test_a_missed_goal_points_from_the_plan_to_why(tmp_path):
    file = a_runner(tmp_path, SOON)

    assert f"runback why {file}" in " ".join(run("plan", file).out.split())


def test_a_reached_goal_does_not(tmp_path):
    assert "runback why" not in run("plan", a_runner(tmp_path)).out


def test_a_goal_that_is_reached_says_so_with_the_limits_that_stand_close(tmp_path):
    file = a_runner(tmp_path, SOON.replace("2026-12-20", "2027-02-14"))
    run("plan", file)
    told, document = run("why", file), run("why", file, "--json").document

    assert "The plan gets there." in told.out
    assert "[session-cap]" in told.out
    assert (document["reached"], document["conflict"], document["most_minutes"]) == (True, [], None)


def test_a_goal_that_is_reached_tells_by_when_at_the_latest_or_the_earliest_day(
    tmp_path, monkeypatch
):
    on = date(2027, 2, 14)
    known = a_runner(tmp_path, story(goal={"on": on}))
    told, document = run("why", known).out, run("why", known, "--json").document
    # Without any work for it nothing is known of the weeks before.
    monkeypatch.setattr(planner.explaining, "WORK_OFFERS", 0.0)
    vague, vague_document = run("why", known).out, run("why", known, "--json").document

    assert "The earliest day for it, tried week by week" in told
    assert date.fromisoformat(document["earliest_date"]) <= on
    assert "It is in reach by" in vague
    assert vague_document["earliest_date"] is None


def test_a_race_beyond_the_longest_plan_is_told_to_be_planned_later(tmp_path):
    told = run("why", a_runner(tmp_path, SOON.replace("2026-12-20", "2028-03-19"))).out

    assert "A plan has 52 weeks at the most: plan again when its day is nearer." in told
    assert "No change of your own lines" not in told


def test_to_keep_running_has_no_earliest_date(tmp_path):
    document = run("why", a_runner(tmp_path), "--json").document

    assert (document["reached"], document["earliest_date"]) == (True, None)


def install(folder: Path, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that brings a rule by the entry point."""
    info = folder / "theirs-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[runback.rules]\nx = tests.askings:{rule}\n")
    monkeypatch.syspath_prepend(str(folder))


def test_a_rule_of_an_installed_package_explains_itself(tmp_path, monkeypatch):
    install(tmp_path, "MostTwenty", monkeypatch)
    document = run("why", a_runner(tmp_path), "--json").document
    said = {one["demand"]: one["says"] for one in document["conflict"]}

    assert "and twenty are the most." in said["most-twenty: No run above twenty minutes"]


def test_where_no_plan_is_possible_it_says_what_can_not_hold_together(tmp_path, monkeypatch):
    install(tmp_path, "MondayMobility", monkeypatch)
    # Mobility is wanted once a week, and on Mondays there is no time.
    text = MAYA.replace("walks = 1", "walks = 1\nmobility = 1").replace("mon = 45\n", "")
    file = a_runner(tmp_path, text)
    refused, document = run("plan", file), run("why", file, "--json").document
    demands = [one["demand"] for one in document["conflict"]]

    assert refused.code == 4
    assert f"runback why {file}" in refused.err
    assert document["reached"] is False
    assert "monday-mobility: Mobility on every Monday" in demands
    assert "[week.minutes] no time on mon, tue, thu and sat" in demands


def test_a_date_that_is_none_is_refused(tmp_path):
    done = run("why", a_runner(tmp_path), "next week")

    assert done.code == 2
    assert "write it like 2026-11-30" in done.err


def test_without_a_journal_the_answer_is_json_in_utf_8(missed):
    assert json.loads(run("why", missed, "--json").raw.decode("utf-8"))["would_do"]
