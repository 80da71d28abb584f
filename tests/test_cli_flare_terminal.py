"""``runback flare`` on a terminal: what would change is shown, and she says yes or no to it."""

from __future__ import annotations

import pytest

from planner.history import Answer, Report
from planner.plan import State
from tests.commands import run
from tests.replans import Ann, days_of, said_by
from tests.terminal import answered

WEDNESDAY = "2026-12-09"
ANSWERED = ("--pain", "6", "--no-red-flags")


@pytest.fixture
def ann(tmp_path):
    """A runner with a plan of five weeks."""
    ann = Ann(tmp_path)
    ann.plan()
    return ann


def flares(ann, typed: str, *given: object, ahead: str = "") -> tuple[int, str]:
    """She tells a flare, and answers the question: exit code, and what is said."""
    asked = ("flare", ann.file, *ANSWERED, *given, "--today", WEDNESDAY)
    return answered(typed, *asked, ahead=ahead)


def test_on_a_terminal_the_changes_are_shown_and_a_no_keeps_what_she_told(ann):
    before = ann.kept()
    code, said = flares(ann, "n\n")
    now, day = ann.kept(), ann.now().day(WEDNESDAY).date

    assert code == 0
    assert "What would change:" in said
    assert "Change the plan like this? [Y/n]:" in said
    assert (now.calendar, now.plans, now.touched) == (before.calendar, before.plans, before.touched)
    assert now.history.reports == (Report(on=day, pain=6, told_on=day),)
    assert now.history.answers == (Answer(on=day),)


def test_keys_pressed_while_the_plan_was_made_are_no_answer(ann):
    """She leans on the keyboard: a no and two empty lines. Then she reads the question."""
    code, _ = flares(ann, "y\n", ahead="n\n\n\n")

    assert (code, ann.now().plan.revision) == (0, 2)


def test_after_a_no_it_is_said_that_the_plan_no_longer_fits(ann):
    _, said = flares(ann, "n\n")
    told = said_by([said])

    assert "Your report is kept; the plan is as it was, and no longer fits your back." in told
    assert f"runback replan {ann.file}" in told
    for name in ("show", "check"):
        assert "runback replan" in said_by([run(name, ann.file, today=WEDNESDAY).out])


def test_after_a_no_the_next_replan_follows_what_she_told(ann):
    flares(ann, "n\n")
    document = ann.replan(WEDNESDAY)

    assert (document["revision"], days_of(document, WEDNESDAY)[0]["state"]) == (2, "flare")


def test_a_flare_told_again_with_a_yes_is_taken_back_by_an_undo(ann):
    flares(ann, "n\n")
    flares(ann, "y\n")
    ann.undo(WEDNESDAY)

    assert ann.kept().history.reports == ()


def test_leaving_at_the_question_stores_nothing(ann):
    """Control-D, as Control-C: whoever told it by mistake is rid of it."""
    before = ann.kept()
    code, _ = flares(ann, "\x04")

    assert (code, ann.kept()) == (5, before)


def test_a_red_flag_is_kept_after_a_no_and_show_and_check_tell_of_it(ann):
    """RF10 stops running until she was cleared."""
    asked = ("replan", ann.file, "--red-flag", "RF10", "--today", WEDNESDAY)
    _, said = answered("n\n", *asked)

    assert "Your answers are kept; the plan is as it was" in said_by([said])
    assert ann.kept().history.answers[0].flags == ("RF10",)
    for name in ("show", "check"):
        assert "runback replan" in said_by([run(name, ann.file, today=WEDNESDAY).out])


@pytest.mark.parametrize(("typed", "given", "asks"), [("\n", (), True), ("", ("--yes",), False)])
def test_on_a_terminal_a_yes_changes_the_plan(ann, typed, given, asks):
    code, said = flares(ann, typed, *given)

    assert code == 0
    assert ("Change the plan like this?" in said) is asks
    assert ann.now().plan.revision == 2
    assert ann.now().day(WEDNESDAY).state is State.FLARE
