"""Planning with a plan before it: what may change, what is known of it, what asks for another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.comparing import keep_identities
from planner.history import History, Logged, LogKind, Move, News, Report, with_news
from planner.past import first_told
from planner.plan import Kind, State
from planner.profile import parse_runner
from planner.replanning import (
    after_plan,
    first_open_day,
    is_forced,
    may_have_race_again,
    skipped_days,
    with_known_times,
)
from planner.request import Before
from rules import RULEBOOK
from rules.loading import load_limits
from tests.commands import MAYA
from tests.histories import planner_for
from tests.plans import a_day, a_plan, a_session, plan_of
from tests.requests import MONDAY, a_request


def on(day: int) -> date:
    return MONDAY + timedelta(days=day)


def stored(letters: str, start: int = 0):
    """A plan before, with names: the sessions are 1-001, 1-002, …"""
    return keep_identities(plan_of(letters, start=on(start)), None)


def logged(day: int, kind: LogKind = LogKind.RUN, minutes: float = 30, **given) -> Logged:
    return Logged(on=on(day), kind=kind, run_minutes=minutes, **given)


# --- the days that may change ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ((), 3),
        ((logged(3),), 4),
        ((logged(3, LogKind.STRENGTH, 0, session_kind=Kind.STRENGTH),), 4),
        # Longer than the 30 minutes that a rest day may hold.
        ((logged(3, LogKind.WALK, 0, walk_minutes=31),), 4),
        # A run of yesterday, a short walk of today and what did not come about leave today open.
        ((logged(2),), 3),
        ((logged(3, LogKind.WALK, 0, walk_minutes=30),), 3),
        ((logged(3, minutes=0),), 3),
        ((logged(3, LogKind.STRENGTH, 0),), 3),
    ],
)
def test_today_may_change_until_a_session_of_it_is_done(facts, first):
    assert first_open_day(History(logged=facts), on(3), load_limits()) == on(first)


# --- the plan before -------------------------------------------------------------------------------


def test_each_day_says_what_the_plan_before_had():
    request = after_plan(a_request(4), stored("ew . s"), History())

    assert request.before == (
        Before(kinds=(Kind.EASY_RUN, Kind.WALK), run_hundredths=3000, walk_minutes=30),
        Before(),
        Before(kinds=(Kind.STRENGTH,)),
        None,
    )


def test_the_walking_breaks_of_a_run_are_no_walk():
    request = after_plan(a_request(1), stored("r"), History())

    # 30 minutes, half of them walking.
    assert request.before == (Before(kinds=(Kind.RUN_WALK,), run_hundredths=1500, walk_minutes=0),)


def test_planned_runs_before_the_request_may_have_been_done():
    """They ask for a rest day after them, and allow nothing."""
    request = after_plan(a_request(2), stored("e . w e .", start=-3), History())

    assert [(run.day, run.run_hundredths) for run in request.past_runs] == [(-3, 0)]


def test_a_planned_run_that_was_skipped_was_not_done():
    history = History(logged=(Logged(on=on(-3), kind=LogKind.DAY, skipped=True),))
    request = after_plan(a_request(2), stored("e e . w e .", start=-4), history)

    assert skipped_days(history) == {on(-3)}
    assert [run.day for run in request.past_runs] == [-4]


def test_a_session_she_moved_ahead_is_wanted_on_its_new_day():
    history = History(moves=(Move(session_id="1-002", to=on(4)),))
    request = after_plan(a_request(5), stored("e . w . ."), history)

    assert [(one.day, one.kind) for one in request.own_days] == [(4, Kind.WALK)]


@pytest.mark.parametrize(
    ("name", "to"),
    [
        # To a day gone by; beyond the plan; a session that is gone; one of a day gone by.
        ("1-002", -1),
        ("1-002", 5),
        ("1-009", 3),
        ("1-001", 3),
    ],
)
def test_a_move_that_no_plan_can_follow_is_passed_over(name, to):
    history = History(moves=(Move(session_id=name, to=on(to)),))

    assert after_plan(a_request(5), stored("e . w . .", start=-1), history).own_days == ()


# --- what asks for another plan --------------------------------------------------------------------

QUIET = "e . . w . . ."


def forced(plan, *moves: Move, **given) -> bool:
    known = {"states": "m", "past_runs": {-2: 30, -4: 30}, "past_week_hundredths": (6000,)}
    request = after_plan(a_request(7, **{**known, **given}), plan, History(moves=moves))
    return is_forced(request, plan, RULEBOOK)


def test_a_plan_that_keeps_all_is_left_as_it_is():
    assert not forced(stored(QUIET))


def test_another_state_asks_for_another_plan():
    assert forced(stored(QUIET), states="mmmmmmh")


def test_a_limit_asks_for_another_plan():
    # Thursday away: the walk can't be.
    assert forced(stored(QUIET), away=(3,))


def test_days_beyond_the_plan_before_ask_for_another():
    assert forced(stored("e . . w . ."))


def test_a_race_that_was_left_out_asks_for_another_plan_only_where_it_finds_a_place():
    """Only planning tells whether it does, so that alone does not force one."""
    assert not forced(stored(QUIET), race_on=6)
    assert may_have_race_again(a_request(7, race_on=6), stored(QUIET))
    assert not may_have_race_again(a_request(7, race_on=6, race_possible=False), stored(QUIET))
    assert not may_have_race_again(a_request(7), stored(QUIET))


@pytest.mark.parametrize(
    ("triage", "stopped", "expected"),
    [
        ("stopped", (), True),
        # Still waiting; and never stopped.
        ("stopped", (Kind.LONG_RUN,), False),
        ("clear", (), False),
        ("unanswered", (), False),
    ],
)
def test_being_cleared_asks_for_another_plan(triage, stopped, expected):
    plan = stored(QUIET).model_copy(update={"triage": triage})

    assert forced(plan, stopped=stopped) is expected


# --- times of day ----------------------------------------------------------------------------------


def timed(*sessions):
    day = a_day(on(0), *sessions)
    return keep_identities(a_plan(day), None)


def starts(plan):
    return [session.start for session in plan.days[0].sessions]


def test_a_time_she_gave_in_her_calendar_is_kept():
    plan = timed(a_session(start="07:00"), a_session(Kind.WALK, start="08:00"))
    history = History(moves=(Move(session_id="1-002", to=on(0), start="19:30"),))

    assert starts(with_known_times(plan, plan, history)) == ["07:00", "19:30"]


def test_a_time_for_another_day_is_none():
    plan = timed(a_session(start="07:00"))
    history = History(moves=(Move(session_id="1-001", to=on(1), start="19:30"),))

    assert starts(with_known_times(plan, plan, history)) == ["07:00"]


def test_a_session_stays_at_its_time_when_the_one_before_it_became_shorter():
    before = timed(a_session(minutes=60, start="07:00"), a_session(Kind.WALK, start="08:00"))
    plan = timed(a_session(minutes=20, start="07:00"), a_session(Kind.WALK, start="07:20"))

    assert starts(with_known_times(plan, before, History())) == ["07:00", "08:00"]


def test_a_session_begins_later_when_the_one_before_it_lasts_longer():
    before = timed(a_session(minutes=20, start="07:00"), a_session(Kind.WALK, start="07:20"))
    plan = timed(a_session(minutes=60, start="07:00"), a_session(Kind.WALK, start="08:00"))

    assert starts(with_known_times(plan, before, History())) == ["07:00", "08:00"]


def test_without_times_there_are_none():
    plan = timed(a_session(), a_session(Kind.WALK))

    assert starts(with_known_times(plan, plan, History())) == [None, None]


# --- the past never changes ------------------------------------------------------------------------

RUNNERS = (
    MAYA.replace("weeks = 2", "weeks = 3"),
    MAYA.replace("weeks = 2", "weeks = 3").replace("pain_today = 1.0", "pain_today = 4.0"),
    # On the ladder, with strength.
    MAYA.replace("weeks = 2", "weeks = 4")
    .replace("walks = 1", "walks = 2\nstrength = 1")
    .replace("run_minutes = [70, 70, 75, 75]\nlongest_run_minutes = 30\n", ""),
)

DAYS = st.integers(0, 20)
POINTS = st.sampled_from((0.0, 1.0, 2.0, 3.5, 5.5))


@st.composite
def news(draw: st.DrawFn) -> tuple[int, News]:
    """Something that happens on a day, told the same day."""
    day = draw(DAYS)
    kinds = ("ran", "walked", "walked long", "strength", "rated", "skipped", "flare")
    what = draw(st.sampled_from(kinds))
    if what == "flare":
        return day, News(report=Report(on=on(day), pain=draw(POINTS), told_on=on(day)))
    fields = {
        "ran": {"kind": LogKind.RUN, "run_minutes": 20, "pain_morning": draw(POINTS)},
        "walked": {"kind": LogKind.WALK, "walk_minutes": 30, "pain_during": draw(POINTS)},
        "walked long": {"kind": LogKind.WALK, "walk_minutes": 40, "pain_during": draw(POINTS)},
        "strength": {
            "kind": LogKind.STRENGTH,
            "session_kind": Kind.STRENGTH,
            "pain_during": draw(POINTS),
        },
        "rated": {"kind": LogKind.DAY, "pain": draw(POINTS)},
        "skipped": {"kind": LogKind.DAY, "skipped": True},
    }[what]
    return day, News(logged=(Logged(on=on(day), **fields),))


@settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    text=st.sampled_from(RUNNERS),
    told=st.lists(news(), min_size=2, max_size=5, unique_by=lambda one: one[0]),
    mornings=st.integers(0, 1),
)
def test_days_gone_by_never_change_and_the_same_facts_change_nothing(text, told, mornings):
    """Told in the evening, planned again the same evening or next morning."""
    runner = parse_runner(text.encode(), "maya.toml", stop_above_max=5)
    history = first_told(runner, MONDAY)
    plan = planner_for(runner, None, history).afresh(MONDAY).plan
    for day, happened in sorted(told, key=lambda one: one[0]):
        history = with_news(history, happened)
        today = on(day + mornings)
        if today > plan.end:
            break
        made = planner_for(runner, plan, history).again(today).plan
        assert past(made, today) == past(plan, today)
        again = planner_for(runner, made, history).again(today)
        assert (again.plan, again.changes) == (made, ())
        plan = made


def past(plan, today):
    return [day for day in plan.days if day.date < today]


def test_a_story_that_changes_the_plan_leaves_its_past_alone():
    """The test above would say nothing if no story changed a plan."""
    runner = parse_runner(RUNNERS[0].encode(), "maya.toml", stop_above_max=5)
    known = first_told(runner, MONDAY)
    plan = planner_for(runner, None, known).afresh(MONDAY).plan
    flare = with_news(known, News(report=Report(on=on(9), pain=6, told_on=on(9))))

    made = planner_for(runner, plan, flare).again(on(9)).plan

    assert made.days[9].state is State.FLARE
    assert past(made, on(9)) == past(plan, on(9))
    assert made.days[9:] != plan.days[9:]
