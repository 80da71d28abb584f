"""``runback plan --anew``: from the wishes alone, though nothing in the file has changed."""

from __future__ import annotations

import pytest

from tests.commands import MAYA, a_runner, run
from tests.replans import FIRST, Ann

WEDNESDAY = "2026-12-09"


@pytest.fixture
def ann(tmp_path):
    """A runner with a plan of five weeks."""
    ann = Ann(tmp_path)
    ann.plan()
    return ann


def test_a_plan_just_made_is_the_same_anew(ann):
    before = ann.kept()
    document = ann.types("plan", "--anew", "--json", today=FIRST).document

    assert document["revision"] == 1
    assert ann.kept() == before


def test_after_a_flare_the_days_gone_by_stay(ann):
    ann.flare(WEDNESDAY)
    before = ann.types("show", "--json", today=WEDNESDAY).document
    document = ann.types("plan", "--anew", "--json", today="2026-12-16").document

    assert [day for day in document["days"] if day["date"] < "2026-12-16"] == [
        day for day in before["days"] if day["date"] < "2026-12-16"
    ]


def test_after_a_flare_the_plan_made_anew_keeps_every_limit(ann):
    ann.flare(WEDNESDAY)
    ann.types("plan", "--anew", today="2026-12-16")

    assert ann.types("check", today="2026-12-16").code == 0


def test_pain_that_stays_is_answered_with_where_help_is(tmp_path):
    text = MAYA[: MAYA.index("[back]")] + "[back]\nusual_pain = 3\n" + "[plan]\nweeks = 2\n"
    out = " ".join(run("plan", a_runner(tmp_path, text)).out.split())

    assert "A physiotherapist or a GP can help to bring it down: runback care getting-help" in out


def test_after_a_flare_the_coming_days_are_planned_from_the_wishes_alone(ann):
    ann.flare(WEDNESDAY)
    near = ann.types("plan", "--json", today="2026-12-16").document
    anew = ann.types("plan", "--anew", "--json", today="2026-12-16").document

    assert (near["revision"], anew["revision"]) == (2, 3)
