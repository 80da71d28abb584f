"""Every change carries the rules behind it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest

from planner.causes import OTHERS, Cause
from planner.checking import limits_broken
from planner.comparing import Change, changes
from planner.plan import Kind, Plan, Session, State
from planner.reasons import with_reasons
from planner.request import Before, OwnDay, WeekWish, Wishes
from planner.rule import Breach, Tier
from rules import RULEBOOK
from tests.plans import a_session
from tests.reasoning import GIVEN, because, plan_as, reasons, told, with_sessions
from tests.requests import MONDAY, a_request


def test_no_change_has_no_reason():
    assert told("e . . w . . .", "e . . w . . .") == []


def test_a_run_left_out_in_a_flare_carries_the_flares_rule():
    [(what, names)] = because("e . . . e . .", "e . . . . . .", states="mmmmfff")

    assert what == "removed"
    assert "flare-rest" in names


def test_the_rules_stand_in_the_order_of_the_rulebook():
    order = [rule.name for rule in RULEBOOK]
    [(_, names)] = because("e . . . e . .", "e . . . . . .", states="mmmmfff")

    assert len(names) > 1
    assert sorted(names, key=order.index) == list(names)


def test_a_day_away_carries_closed_days():
    found = because("e . . . w . .", "e . . w . . .", away=(4,))

    assert found == [("moved", ("closed-days",))]


def test_where_no_rule_says_anything_the_state_of_the_day_does():
    """A walk that nobody asked for, on a day of the flare: no rule speaks for it or against it."""
    found = because("e . . . . . .", "e . . . w . .", states="mmmmfff")

    assert found == [("added", ("states",))]


def test_other_exercises_in_another_state_are_put_down_to_the_state_alone():
    """Which exercises a session holds is no rule's business, least of all that of the first run."""
    request = a_request(7, **{**GIVEN, "states": "r"})
    old = plan_as(a_request(7, **{**GIVEN, "states": "m"}), "e . . s . . .")
    easier = tuple(
        day.model_copy(
            update={
                "state": State.RETURNING,
                "sessions": tuple(
                    one.model_copy(update={"exercises": one.exercises[:-1]}) for one in day.sessions
                ),
            }
        )
        for day in old.days
    )
    new = old.model_copy(update={"revision": 2, "days": easier})

    (change,) = with_reasons(changes(old, new), old, new, request, RULEBOOK)

    assert (change.what, change.because) == ("changed", ("states",))


def test_strength_that_a_flare_forbids_carries_the_flares_rule_and_not_that_of_the_first_run():
    found = because("e . . . s . .", "e . . . . . .", states="mmmmffr")

    assert found == [("removed", ("flare-rest",))]


def test_a_walk_that_made_way_for_a_run_carries_the_rule_that_keeps_them_apart():
    """The old week alone tells nothing: the run was not there."""
    found = dict(because("e . w . . . .", "e . r . . . .", states="mmrrrrr"))

    assert found["removed"] == ("one-a-day",)


def test_two_runs_that_change_places_are_not_put_on_one_day():
    """Monday's and Thursday's run change places: neither stands beside the other at any time.

    Both are alike, so nothing at all speaks against the week as it was.
    """
    request = a_request(7, **{**GIVEN, "states": "m"})
    old = plan_as(request, "e . . e . . .")
    first, second = (day.sessions[0] for day in old.days if day.sessions)
    swapped = {old.days[0].date: (second,), old.days[3].date: (first,)}
    days = tuple(
        day.model_copy(update={"sessions": swapped.get(day.date, day.sessions)}) for day in old.days
    )
    new = old.model_copy(update={"revision": 2, "days": days})

    found = with_reasons(changes(old, new), old, new, request, RULEBOOK)

    assert [(change.what, change.because[0]) for change in found] == [("moved", OTHERS)] * 2


def test_of_the_wishes_behind_a_change_the_one_that_decides_is_told():
    """Wednesday is neither the day that she chose nor a usual one; her choice comes first."""
    usual = (("run",), (), (), ("run",), (), (), ())
    given = {"usual_week": usual, "own_days": (OwnDay(day=3, kind=Kind.EASY_RUN),)}

    assert because("e . e . . . .", "e . . e . . .", **given) == [("moved", ("own-days",))]
    assert because("e . e . . . .", "e . . e . . .", usual_week=usual) == [
        ("moved", ("usual-week",))
    ]


def test_where_no_limit_asks_for_it_the_wish_does():
    """Two runs wanted and one placed: the second is for the sessions wanted."""
    found = because("e . . . . . .", "e . . e . . .", wishes=Wishes(runs=2))

    assert found == [("added", ("sessions-wanted",))]


def test_what_shifts_within_its_day_says_what_the_run_before_it_did():
    request = a_request(7, **{**GIVEN, "states": "fmmmmmm"})
    letters = "ws . . . . . ."
    old = plan_as(request, letters)
    day = old.days[0]
    run = a_session(Kind.EASY_RUN, 30, start="07:00")
    strength = next(one for one in day.sessions if one.kind is Kind.STRENGTH)
    before = (
        run.model_copy(update={"id": "1-009"}),
        strength.model_copy(update={"start": "07:30"}),
    )
    now = (strength.model_copy(update={"start": "07:00"}),)
    old = old.model_copy(
        update={"days": (day.model_copy(update={"sessions": before}), *old.days[1:])}
    )
    new = old.model_copy(
        update={
            "revision": 2,
            "days": (day.model_copy(update={"sessions": now}), *old.days[1:]),
        }
    )

    found = {one.what: one for one in with_reasons(changes(old, new), old, new, request, RULEBOOK)}

    assert "flare-rest" in found["removed"].because
    assert found["changed"].because == ("after-the-run",)
    assert found["changed"].says == "there is no run before it any more"


@pytest.mark.parametrize(("minutes", "how"), [(40, "longer"), (25, "shorter")])
def test_what_begins_at_another_time_says_whether_the_run_is_longer_or_shorter(minutes, how):
    """Friday has no part in it, whatever asked for the other length of the run."""
    run, other = (a_session(Kind.EASY_RUN, long, start="18:30") for long in (30, minutes))
    first, then = (a_session(Kind.MOBILITY, 10, start=at) for at in ("19:00", "19:10"))

    found = reasons({1: (run, first)}, {1: (other, then)})

    change = found[1, Kind.MOBILITY]
    assert (change.because, change.says) == (("after-the-run",), f"the run before it is {how} now")


def test_a_session_that_moved_says_which_day_its_limit_is_of():
    """Monday is in a flare, Wednesday is not: the flare's rule on a run of Wednesday reads as false."""
    run = a_session(Kind.EASY_RUN, 30)
    (change,) = reasons({0: (run,)}, {2: (run,)}, states="fmmmmmm").values()

    assert "flare-rest" in change.because
    assert change.of_day == MONDAY


# --- put back with what changed together with it ----------------------------------------------------


def test_a_longer_run_that_a_later_one_needs_says_for_which_day():
    """Thirty minutes were the longest: Wednesday may have 33, so Friday's 36 need Wednesday's 33."""
    run, later = (a_session(Kind.EASY_RUN, minutes) for minutes in (33, 36))
    found = reasons({2: (a_session(Kind.EASY_RUN, 30),), 4: (later,)}, {2: (run,), 4: (later,)})

    (change,) = found.values()

    assert (change.because, change.needed_on) == (("session-cap",), date(2026, 12, 4))


def test_two_sessions_that_change_places_for_nothing_blame_no_rule():
    """Either back alone would overfill its day of 45 minutes; both back break nothing."""
    run, strength = a_session(Kind.EASY_RUN, 30), a_session(Kind.STRENGTH, 30)
    found = reasons({0: (run,), 2: (strength,)}, {0: (strength,), 2: (run,)}, minutes=45)

    assert [change.because[0] for change in found.values()] == [OTHERS, OTHERS]


def test_a_session_that_made_way_for_one_that_had_to_move_names_the_limit_between_them():
    """Monday is closed now: its run goes to Wednesday, whose 45 minutes leave no room for strength."""
    run, strength = a_session(Kind.EASY_RUN, 30), a_session(Kind.STRENGTH, 30)
    found = reasons(
        {0: (run,), 2: (strength,)},
        {2: (run,), 4: (strength,)},
        minutes=(0, 45, 45, 45, 45, 45, 45),
    )

    assert found[2, Kind.EASY_RUN].because == ("closed-days", "time")
    assert found[4, Kind.STRENGTH].because == ("time",)


def test_a_swap_beside_a_session_that_had_to_move_blames_no_rule():
    """Friday closes, and its walk joins Wednesday's strength; run and strength had no need to swap.

    Either of the two back alone would overfill its day of 55 minutes (30 + 30 on Monday, 80 on
    Wednesday); with both back Wednesday holds strength and the walk, 50, and Monday the run.
    """
    run, strength, walk = (
        a_session(kind, minutes)
        for kind, minutes in ((Kind.EASY_RUN, 30), (Kind.STRENGTH, 30), (Kind.WALK, 20))
    )
    found = reasons(
        {0: (run,), 2: (strength,), 4: (walk,)},
        {0: (strength,), 2: (run, walk)},
        minutes=(55, 55, 55, 55, 0, 55, 55),
    )

    assert found[2, Kind.WALK].because == ("closed-days", "time")
    assert "time" not in found[0, Kind.STRENGTH].because
    assert "time" not in found[2, Kind.EASY_RUN].because


def test_a_wish_that_costs_less_with_the_old_session_put_back_is_no_reason():
    """Fifteen minutes of walking are wanted: with the old walk back nothing is missed any more."""
    old, new = a_session(Kind.WALK, 15), a_session(Kind.WALK, 10)
    found = reasons({2: (old,)}, {2: (new,)}, wish=WeekWish(easy_minutes=30, walk_minutes=15))

    assert found[2, Kind.WALK].because[0] == OTHERS


def test_the_walk_beside_a_run_is_not_why_the_run_is_shorter():
    """The week wants 20 minutes of it by now; the walk takes what that leaves, and not the other way."""
    before = (a_session(Kind.EASY_RUN, 30), a_session(Kind.WALK, 15))
    now = (a_session(Kind.EASY_RUN, 20), a_session(Kind.WALK, 25))
    lighter = WeekWish(easy_minutes=20, walk_minutes=25)
    found = reasons({0: before}, {0: now}, minutes=45, wish=lighter)

    assert found[0, Kind.EASY_RUN].because == ("smooth-ramp",)
    assert found[0, Kind.WALK].because == ("walking-growth",)


# --- facts ------------------------------------------------------------------------------------------


def test_after_an_undo_the_undo_is_all_there_is():
    request = a_request(7, **{**GIVEN, "states": "mmmmfff"})
    old = plan_as(request, "e . . . . . .")
    new = plan_as(request, "e . w . e . .", 2, old)

    found = with_reasons(changes(old, new), old, new, request, RULEBOOK, Cause("undo"))

    assert {change.because for change in found} == {("undo",)}


def test_what_comes_back_once_she_is_cleared_is_down_to_the_clinician():
    request = a_request(7, **{**GIVEN, "states": "m"})
    old = plan_as(request, ". . w . . . .").model_copy(update={"triage": "stopped"})
    new = plan_as(request, "e . w . s . .", 2, old)

    found = with_reasons(changes(old, new), old, new, request, RULEBOOK)

    assert {change.because for change in found} == {("cleared-first",)}
    assert {change.says for change in found} == {"a clinician has cleared you"}


def test_a_planned_walk_that_becomes_the_test_walk_is_a_change_with_its_reason():
    walk = a_session(Kind.WALK, 30)
    test_walk = walk.model_copy(update={"note": "Test walk: in one go."})
    (change,) = reasons({3: (walk,)}, {3: (test_walk,)}, gate_walk_day=3).values()

    assert (change.what, change.because) == ("changed", ("restart-gate",))
    assert change.after == f"{change.before}; the test walk"
    assert change.says == "it is the test walk now"


def test_a_walk_that_is_no_longer_the_test_walk_says_so():
    """It is shorter, too: that is not for walks that grow."""
    test_walk = a_session(Kind.WALK, 30, note="Test walk: in one go.")
    (change,) = reasons({3: (test_walk,)}, {3: (a_session(Kind.WALK, 20),)}).values()

    assert (change.because, change.says) == (("restart-gate",), "it is not the test walk any more")


def test_a_session_that_left_a_day_of_the_flare_tells_of_that_day():
    """Mobility may stay in a flare, so no limit speaks; Wednesday is in mild pain as before."""
    mobility = a_session(Kind.MOBILITY, 10)
    old = with_sessions(a_request(7, **{**GIVEN, "states": "m"}), {0: (mobility,)})
    request = a_request(7, **{**GIVEN, "states": "fmmmmmm"})
    new = with_sessions(request, {2: (mobility,)}, 2, old)

    (change,) = with_reasons(changes(old, new), old, new, request, RULEBOOK)

    assert (change.because, change.says) == (("states",), "for a flare on Mon 30 Nov")


def test_what_goes_with_other_changes_says_what_these_were_made_for():
    """Monday's flare asks nothing of Friday's and Saturday's mobility, which change places."""
    long, short = a_session(Kind.MOBILITY, 20), a_session(Kind.MOBILITY, 10)
    given = {**GIVEN, "states": "fmmmmmm", "before": (Before(),) * 7}
    request = a_request(7, **given)
    old = with_sessions(a_request(7, **{**GIVEN, "states": "m"}), {4: (long,), 5: (short,)})
    new = with_sessions(request, {4: (short,), 5: (long,)}, 2, old)

    found = with_reasons(changes(old, new), old, new, request, RULEBOOK)

    assert {change.because for change in found} == {(OTHERS, "states")}
    assert {change.says for change in found} == {"it goes with other changes, made for a flare"}


def test_states_are_those_of_the_new_plan():
    [change] = told("e . . . e . .", "e . . . . . .", was="h", states="mmmmfff")

    assert change.date == MONDAY.replace(month=12, day=4)
    assert State.FLARE.value in "".join(change.because)


# --- whatever the plans -----------------------------------------------------------------------------

LIMITS = tuple(rule for rule in RULEBOOK if rule.tier is Tier.LIMIT)


def broken_by(request, plan: Plan) -> set[Breach]:
    return set(limits_broken(request, plan, LIMITS))


def with_days(plan: Plan, sessions: dict[date, tuple[Session, ...]]) -> Plan:
    days = (
        day.model_copy(update={"sessions": sessions.get(day.date, day.sessions)})
        for day in plan.days
    )
    return plan.model_copy(update={"days": tuple(days)})


def put_back(old: Plan, new: Plan, change: Change) -> Iterator[Plan]:
    """The new plan with the week of a change as it was; with its session back; with the two runs,
    or two sessions of one kind, that would meet there changing places."""
    week = {
        day.date: day.sessions
        for day in old.days
        if day.date.isocalendar()[:2] == change.date.isocalendar()[:2]
    }
    yield with_days(new, week)
    without = {
        day.date: tuple(one for one in day.sessions if one.id != change.session_id)
        for day in new.days
    }
    was = [(d.date, s) for d in old.days for s in d.sessions if s.id == change.session_id]
    for on, session in was:
        yield with_days(new, {**without, on: (*without[on], session)})
        others = tuple(one for one in without[on] if one.kind.is_run != session.kind.is_run)
        mates = tuple(one for one in without[on] if one not in others)
        swapped = {**without, change.date: (*without[change.date], *mates)}
        yield with_days(new, {**swapped, on: (*others, session)})
    if not was:
        yield with_days(new, without)


@pytest.mark.parametrize("seed", range(12))
def test_no_limit_is_named_that_the_day_as_it_was_does_not_break(seed):
    """Plans and states at random: a limit is named only where putting something back breaks it."""
    dice = random.Random(seed)
    menu = (".", ".", "e", "w", "s", "r", "l", "es", "m")
    before, now = (" ".join(dice.choice(menu) for _ in range(14)) for _ in range(2))
    request = a_request(14, **{**GIVEN, "states": "".join(dice.choice("mMfr") for _ in range(14))})
    old = plan_as(a_request(14, **{**GIVEN, "states": "m"}), before)
    new = plan_as(request, now, 2, old)

    found = with_reasons(changes(old, new), old, new, request, RULEBOOK)

    names = {rule.name for rule in LIMITS}
    before_it = broken_by(request, new)
    assert found
    for change in found:
        told = [broken_by(request, plan) - before_it for plan in put_back(old, new, change)]
        broken = {breach.rule for one in told for breach in one}
        assert set(change.because) & names <= broken
