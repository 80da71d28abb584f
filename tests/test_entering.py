"""From what was typed after a session to entries of the log."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.entering import Typed, enter, enter_days_done, lacks_morning
from planner.errors import InputError
from planner.history import History, Logged, LogKind, News, with_news
from planner.logged_words import in_words
from planner.plan import Kind, Plan, Session, State, Step
from tests.plans import a_day, a_plan, a_session

MONDAY = date(2026, 11, 30)
STEPS = (Step(repeat=5, run_seconds=180, walk_seconds=180),)


RUN_WALK = a_session(Kind.RUN_WALK, 30)
WALK = a_session(Kind.WALK, 20)
STRENGTH = a_session(Kind.STRENGTH)
MOBILITY = a_session(Kind.MOBILITY)
SHORT = a_session(Kind.RUN_WALK, 29.25, run_minutes=3.25, walk_minutes=26.0, steps=STEPS)


def plan_with(*days: tuple[Session, ...]) -> Plan:
    """A plan from Monday 30 November, with these sessions day by day."""
    return a_plan(*(a_day(MONDAY + timedelta(days=n), *given) for n, given in enumerate(days)))


def entries(typed: Typed, *sessions: Session, history: History | None = None) -> list[Logged]:
    """What is stored on Monday, whose plan holds these sessions."""
    return list(enter(typed, MONDAY, plan_with(sessions), history or History()).logged)


def after(*typed: Typed, plan: Plan | None = None) -> dict[LogKind, Logged]:
    """Monday's entries after one command after the other."""
    history = History()
    for one in typed:
        news = News(logged=enter(one, MONDAY, plan, history).logged)
        history = with_news(history, news)
    return {one.kind: one for one in history.logged}


@pytest.mark.parametrize(
    ("typed", "planned"),
    [
        (Typed(ran=15), RUN_WALK),  # the running alone
        (Typed(ran=30), RUN_WALK),  # the whole session, breaks included
        (Typed(ran=15, walked=15), RUN_WALK),
        (Typed(done=True), RUN_WALK),
        # 3.25 minutes of running, 29.25 in all: nobody types seconds.
        (Typed(ran=3), SHORT),
        (Typed(ran=29), SHORT),
        (Typed(ran=40), a_session(Kind.LONG_RUN, 40, steps=STEPS)),
    ],
)
def test_the_planned_minutes_are_the_session_as_planned(typed, planned):
    (run,) = entries(typed, planned)

    assert (run.kind, run.session_kind, run.steps) == (LogKind.RUN, planned.kind, STEPS)
    assert (run.run_minutes, run.walk_minutes) == (planned.run_minutes, planned.walk_minutes)
    assert run.state is State.MILD


@pytest.mark.parametrize(
    ("typed", "run", "walk"),
    [
        (Typed(ran=12), 12, 0),
        (Typed(ran=20), 20, 0),
        (Typed(ran=15, walked=5), 15, 5),  # shorter breaks are another stage
        (Typed(ran=30, walked=0), 30, 0),  # without a break
        (Typed(ran=14.5), 14.5, 0),  # half a minute is no rounding when halves are typed
    ],
)
def test_other_minutes_are_the_planned_kind_without_its_steps(typed, run, walk):
    (entry,) = entries(typed, RUN_WALK)

    assert (entry.run_minutes, entry.walk_minutes) == (run, walk)
    assert (entry.session_kind, entry.steps, entry.state) == (Kind.RUN_WALK, (), None)


def test_the_whole_session_taken_for_the_running_is_said():
    said = enter(Typed(ran=30), MONDAY, plan_with((RUN_WALK,)), History()).sentences

    assert any("counts as done as planned, with 15 min of running" in one for one in said)
    assert any("--ran 30 --walked 0" in one for one in said)


def test_a_run_nobody_planned_has_no_kind():
    (entry,) = entries(Typed(ran=25), WALK)

    assert (entry.run_minutes, entry.session_kind, entry.steps) == (25, None, ())


@pytest.mark.parametrize(
    ("sessions", "breaks", "walk"),
    [
        ((RUN_WALK,), 15, None),  # no walk planned: the breaks
        ((RUN_WALK, WALK), 15, 20),  # both planned: --walked is the walk
        ((), 0, 20),
        ((a_session(Kind.EASY_RUN, 15),), 0, 20),  # a run without breaks
    ],
)
def test_walking_told_with_a_run_is_its_breaks_or_a_walk(sessions, breaks, walk):
    walked = walk or breaks
    found = {one.kind: one for one in entries(Typed(ran=15, walked=walked), *sessions)}

    assert found[LogKind.RUN].walk_minutes == breaks
    assert (LogKind.WALK in found) is bool(walk)


def test_a_walk_told_alone_is_a_walk_also_on_a_run_walk_day():
    """The gate after a flare asks for a walk of its own."""
    (walk,) = entries(Typed(walked=30), RUN_WALK)

    assert (walk.kind, walk.walk_minutes) == (LogKind.WALK, 30)


def test_everything_planned_but_mobility_is_done():
    found = entries(Typed(done=True), RUN_WALK, WALK, STRENGTH, MOBILITY)

    assert [one.kind for one in found] == [LogKind.RUN, LogKind.WALK, LogKind.STRENGTH]
    assert {one.state for one in found} == {State.MILD}


@pytest.mark.parametrize("sessions", [(), (MOBILITY,)])
def test_done_where_nothing_was_planned_is_refused(sessions):
    with pytest.raises(InputError, match="Nothing that could be logged is planned on Mon 30 Nov"):
        entries(Typed(done=True), *sessions)


@pytest.mark.parametrize(
    ("typed", "owner"),
    [
        (Typed(ran=15, walked=20, strength=True, pain_during=1), LogKind.RUN),
        (Typed(walked=20, strength=True, pain_during=1), LogKind.WALK),
        (Typed(strength=True, pain_during=1), LogKind.STRENGTH),
        (Typed(pain_during=1), LogKind.DAY),
    ],
)
def test_pain_belongs_to_the_hardest_session_of_the_command(typed, owner):
    rated = [one.kind for one in entries(typed) if one.pain_during == 1]

    assert rated == [owner]


def test_pain_told_later_is_added_to_the_run_and_keeps_the_rest():
    plan = plan_with((RUN_WALK,))
    run = after(
        Typed(done=True, pain_during=1, note="wet"),
        Typed(walked=20),
        Typed(pain_after=0.5, rpe=4),
        Typed(pain_morning=2),
        plan=plan,
    )[LogKind.RUN]

    assert (run.pain_during, run.pain_after, run.pain_morning, run.rpe) == (1, 0.5, 2, 4)
    assert (run.run_minutes, run.steps, run.note) == (15, STEPS, "wet")


def test_adding_pain_replaces_nothing():
    history = History(logged=(Logged(on=MONDAY, kind=LogKind.RUN, run_minutes=20),))

    assert enter(Typed(pain_during=1), MONDAY, None, history).replaced == ()


def test_the_worst_of_the_day_stands_by_itself():
    found = after(Typed(ran=20), Typed(pain=4), Typed(pain_morning=1))

    assert (found[LogKind.DAY].pain, found[LogKind.RUN].pain) == (4, None)
    assert found[LogKind.RUN].pain_morning == 1


def test_another_rating_replaces_the_old_one_and_says_so():
    history = History(logged=(Logged(on=MONDAY, kind=LogKind.RUN, run_minutes=20, pain_during=4),))
    entered = enter(Typed(pain_during=1), MONDAY, None, history)

    assert [one.pain_during for one in entered.replaced] == [4]
    assert "Replaced: run with 20 min of running; pain 4 during it." in entered.sentences


def test_the_same_session_again_replaces_it_with_its_ratings():
    history = History(logged=(Logged(on=MONDAY, kind=LogKind.RUN, run_minutes=20, pain_during=4),))
    entered = enter(Typed(ran=22), MONDAY, None, history)

    assert entered.logged == (Logged(on=MONDAY, kind=LogKind.RUN, run_minutes=22),)
    assert "give them again if they hold" in entered.sentences[-1]


def test_the_very_same_again_is_said_to_replace_too():
    history = History(logged=(Logged(on=MONDAY, kind=LogKind.RUN, run_minutes=20),))

    assert enter(Typed(ran=20), MONDAY, None, history).replaced == history.logged


def test_pain_after_a_run_was_taken_back_is_the_days():
    found = after(Typed(ran=20), Typed(skipped=True), Typed(pain_after=3))

    assert found[LogKind.RUN] == Logged(on=MONDAY, kind=LogKind.RUN)
    assert found[LogKind.DAY].pain_after == 3


def test_a_skipped_day_keeps_its_pain():
    found = after(Typed(pain=3), Typed(skipped=True, note="ill"))

    assert found == {
        LogKind.DAY: Logged(on=MONDAY, kind=LogKind.DAY, pain=3, skipped=True, note="ill")
    }


def test_skipping_takes_back_what_was_logged_by_mistake():
    found = after(
        Typed(ran=60, walked=20, strength=True, pain_during=1),
        Typed(skipped=True),
    )

    assert found[LogKind.RUN] == Logged(on=MONDAY, kind=LogKind.RUN)
    assert found[LogKind.WALK] == Logged(on=MONDAY, kind=LogKind.WALK)
    assert found[LogKind.STRENGTH] == Logged(on=MONDAY, kind=LogKind.STRENGTH)
    assert found[LogKind.DAY].skipped


@pytest.mark.parametrize(
    ("typed", "pain", "morning"),
    [
        (Typed(skipped=True), 6, 2),
        (Typed(skipped=True, pain=1), 1, 2),
        (Typed(skipped=True, pain_morning=0), 6, 0),
    ],
)
def test_pain_of_a_session_taken_back_stays_the_pain_of_the_day(typed, pain, morning):
    """Unless told anew: a bad rating must not go with a run that was logged on the wrong day."""
    run = Typed(ran=15, pain_during=4, pain_after=6, pain_morning=2)
    day = after(Typed(pain=3), run, typed)[LogKind.DAY]

    assert (day.pain, day.pain_morning) == (pain, morning)


def test_a_session_of_a_skipped_day_ends_the_skipping():
    found = after(Typed(skipped=True, pain=2), Typed(ran=10))

    assert found[LogKind.DAY] == Logged(on=MONDAY, kind=LogKind.DAY, pain=2)


def test_days_done_leave_days_with_entries_alone():
    plan = plan_with((RUN_WALK,), (WALK,), (), (STRENGTH,), (MOBILITY,), (RUN_WALK,))
    tuesday, saturday = date(2026, 12, 1), date(2026, 12, 5)
    history = History(
        logged=(
            Logged(on=MONDAY, kind=LogKind.DAY, pain=1),  # tells nothing of sessions
            Logged(on=tuesday, kind=LogKind.DAY, skipped=True),
        )
    )
    entered = enter_days_done(MONDAY, saturday, plan, history)

    # Monday's run/walk, Thursday's strength and Saturday's run/walk; Tuesday was skipped.
    assert [(one.on.day, one.kind) for one in entered.logged] == [
        (30, LogKind.RUN),
        (3, LogKind.STRENGTH),
        (5, LogKind.RUN),
    ]
    assert entered.sentences == (
        "Logged as planned: 3 days from Mon 30 Nov 2026 to Sat 5 Dec 2026.",
    )


def test_days_done_twice_adds_nothing():
    plan = plan_with((RUN_WALK,), (WALK,))
    history = with_news(
        History(), News(logged=enter_days_done(MONDAY, date(2026, 12, 1), plan, History()).logged)
    )
    again = enter_days_done(MONDAY, date(2026, 12, 1), plan, history)

    assert again.logged == ()
    assert "Nothing to add" in again.sentences[0]


@pytest.mark.parametrize(
    ("logged", "kind"),
    [
        ((), None),
        ((Logged(on=MONDAY, kind=LogKind.DAY, pain=2),), None),
        ((Logged(on=MONDAY, kind=LogKind.RUN),), None),  # taken back
        ((Logged(on=MONDAY, kind=LogKind.RUN, run_minutes=5, pain_morning=0),), None),
        ((Logged(on=MONDAY, kind=LogKind.WALK, walk_minutes=30),), LogKind.WALK),
        (
            (
                Logged(on=MONDAY, kind=LogKind.WALK, walk_minutes=30),
                Logged(on=MONDAY, kind=LogKind.RUN, run_minutes=5),
            ),
            LogKind.RUN,
        ),
    ],
)
def test_which_session_lacks_its_morning(logged, kind):
    found = lacks_morning(History(logged=logged), MONDAY)

    assert (found.kind if found else None) == kind


def test_an_entry_in_words():
    one = Logged(
        on=MONDAY,
        kind=LogKind.RUN,
        run_minutes=15,
        walk_minutes=15,
        pain_during=1.5,
        pain_after=1,
        pain_morning=0,
        rpe=4,
        note="wet",
        session_kind=Kind.RUN_WALK,
        state=State.MILD,
    )

    assert in_words(one) == (
        "run/walk with 15 min of running and 15 min of walking, as planned; pain 1.5 during it; "
        "pain 1 within the hour after it; pain 0 next morning; effort 4 of 10; note: wet"
    )
