"""``runback publish`` of a plan that no longer fits the log: she hears of it before she runs by it."""

from __future__ import annotations

import json

import pytest

from tests.replans import Ann

WEDNESDAY = "2026-12-09"
"""A day with a run, in the second week."""


@pytest.fixture
def ann(tmp_path):
    """A runner with a plan of five weeks, in her calendar."""
    ann = Ann(tmp_path)
    ann.plan()
    publish(ann, "2026-12-08")
    return ann


def publish(ann, today, *given):
    return ann.types("publish", "--vdir", ann.folder / "there", *given, today=today)


def told(done):
    """What was said beside the result, in one line."""
    return " ".join(done.err.split())


@pytest.mark.parametrize(
    ("logged", "why", "command"),
    [
        (
            ("--red-flag", "RF13"),
            "Do not run: a red flag of yours has to be looked at first.",
            "runback replan {file}",
        ),
        (("--pain", "7"), "Do not run on Wed 9 Dec", "runback flare {file} --pain 7"),
    ],
)
def test_a_plan_that_no_longer_fits_is_published_with_a_warning(ann, logged, why, command):
    ann.logs(WEDNESDAY, *logged)
    done = publish(ann, WEDNESDAY)

    assert why in told(done)
    # The command that log named, too.
    assert command.format(file=ann.file) in told(done)
    assert told(done).endswith("publish again.")
    assert done.out.startswith("0 put, 0 changed, 0 removed, ")


def test_once_the_plan_has_followed_nothing_speaks_against_it(ann):
    ann.logs(WEDNESDAY, "--red-flag", "RF13")
    ann.replan(WEDNESDAY)
    done = publish(ann, WEDNESDAY, "--json")

    assert done.err == ""
    assert (done.document["fits"], done.document["advice"]) == (True, [])
    assert done.document["removed"]


def test_json_says_whether_the_plan_fits_and_what_to_do(ann):
    ann.logs(WEDNESDAY, "--pain", "7")
    done = publish(ann, WEDNESDAY, "--json")
    document = json.loads(done.out)

    assert document["fits"] is False
    assert document["advice"][0].startswith("Do not run on Wed 9 Dec")
    assert any("runback flare" in one for one in document["advice"])
    assert document["advice"][0] in told(done)


def test_a_flare_before_the_plan_begins_is_told_of_its_first_day(tmp_path):
    """Pain of 7 on Sunday: running waits three days at least, and the plan begins on Monday."""
    ann = Ann(tmp_path)
    ann.plan(today="2026-11-28")
    ann.logs("2026-11-29", "--pain", "7")
    done = publish(ann, "2026-11-29")

    assert f"runback flare {ann.file} --pain 7" in told(done)
