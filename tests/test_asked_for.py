"""A session that is left out because no more of its sort are asked for says so."""

from __future__ import annotations

from datetime import date

from planner.comparing import changes
from planner.plan import Kind
from planner.reasons import with_reasons
from planner.request import Wishes
from rules import RULEBOOK
from tests.plans import a_session
from tests.reasoning import GIVEN, reasons, with_sessions
from tests.requests import a_request


def test_a_run_that_is_left_out_since_fewer_are_asked_for_says_so():
    """Wednesday's walk is there now, and beside it no run may be; but two runs are asked for."""
    run, walk = a_session(Kind.EASY_RUN, 30), a_session(Kind.WALK, 20)
    before = {0: (run,), 2: (run,), 4: (run,)}
    found = reasons(before, {0: (run,), 2: (walk,), 4: (run,)}, wishes=Wishes(runs=2, walks=1))

    change = found[2, Kind.EASY_RUN]
    assert (change.because, change.says) == (("your-wishes",), "you ask for 2 runs a week now")


def test_where_less_than_asked_for_is_left_the_wish_is_not_why():
    """Two runs are asked for and one is left: the two on Wednesday and Friday are for the flare."""
    run = a_session(Kind.EASY_RUN, 30)
    before = {0: (run,), 2: (run,), 4: (run,)}
    found = reasons(before, {0: (run,)}, states="mffffff", wishes=Wishes(runs=2))

    assert all("flare-rest" in change.because for change in found.values())


def test_a_sort_that_is_asked_for_no_more_says_so():
    strength = a_session(Kind.STRENGTH, 30)
    (change,) = reasons({1: (strength,)}, {}, wishes=Wishes(runs=0, strength=0)).values()

    assert change.says == "you ask for no strength sessions now"


def test_a_day_that_the_file_closes_is_why_where_as_many_are_asked_for():
    run = a_session(Kind.EASY_RUN, 30)
    (change,) = reasons(
        {0: (run,), 3: (run,)}, {0: (run,)}, away=(3,), wishes=Wishes(runs=2)
    ).values()

    assert "closed-days" in change.because


def test_a_week_that_is_planned_anew_from_wednesday_on_has_its_share():
    """Five days of seven are left: of two walks a week, 10/7, so one."""
    walk = a_session(Kind.WALK, 20)
    given = {**GIVEN, "states": "m", "start": date(2026, 12, 2), "wishes": Wishes(runs=0, walks=2)}
    request = a_request(5, **given)
    old = with_sessions(request, {1: (walk,), 3: (walk,)})
    new = with_sessions(request, {1: (walk,)}, 2, old)

    (change,) = with_reasons(changes(old, new), old, new, request, RULEBOOK)

    assert change.because == ("sessions-wanted",)
    assert change.says == "the days left of this week have only a share of the walks you ask for"


def test_a_better_back_is_not_why_a_session_is_left_out():
    strength = a_session(Kind.STRENGTH, 30)
    request = a_request(7, **{**GIVEN, "states": "m"})
    old = with_sessions(a_request(7, **{**GIVEN, "states": "M"}), {2: (strength,)})
    new = with_sessions(request, {}, 2, old)

    (change,) = with_reasons(changes(old, new), old, new, request, RULEBOOK)

    assert "states" not in change.because


def test_two_that_swap_in_a_better_back_are_not_each_others_reason():
    """Either alone would overfill its day of 45 minutes; both back break nothing."""
    run, strength = a_session(Kind.EASY_RUN, 30), a_session(Kind.STRENGTH, 30)
    request = a_request(7, **{**GIVEN, "states": "m", "minutes": 45})
    before = a_request(7, **{**GIVEN, "states": "M", "minutes": 45})
    old = with_sessions(before, {0: (run,), 2: (strength,)})
    new = with_sessions(request, {0: (strength,), 2: (run,)}, 2, old)

    found = with_reasons(changes(old, new), old, new, request, RULEBOOK)

    assert [change.because for change in found] == [("states",), ("states",)]


def test_the_walks_of_a_flare_go_with_it():
    walk = a_session(Kind.WALK, 20)
    request = a_request(7, **{**GIVEN, "states": "r"})
    old = with_sessions(a_request(7, **{**GIVEN, "states": "f"}), {2: (walk,)})
    new = with_sessions(request, {}, 2, old)

    (change,) = with_reasons(changes(old, new), old, new, request, RULEBOOK)

    assert change.because == ("states",)
