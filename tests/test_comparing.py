"""Which session is which across revisions, and what a runner notices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.comparing import Touch, changes, keep_identities, same_content, touched_after
from planner.plan import Plan, SolverInfo, State, Step, TierResult
from tests.plans import MONDAY, a_day, a_plan, a_session, plan_of


def ids(plan: Plan) -> str:
    """The identities day by day, in the notation of the letters."""
    return " ".join(
        "+".join(session.id for session in day.sessions) or str(day.rest_id) for day in plan.days
    )


def named(letters: str) -> Plan:
    return keep_identities(plan_of(letters), None)


def test_a_first_plan_is_numbered_in_the_order_of_its_days():
    plan = keep_identities(plan_of("es . w . l . ."), None)

    assert ids(plan) == "1-001+1-002 1-r001 1-003 1-r002 1-004 1-r003 1-r004"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # The same plan again keeps all.
        ("e . w", "e . w", "1-001 1-r001 1-002"),
        # A run that moves a day keeps its name; the rest day goes the other way.
        ("e . w", ". e w", "1-r001 1-001 1-002"),
        # Another sort of session in its place is another session.
        ("e . w", "s . w", "2-001 1-r001 1-002"),
        # A run that became another kind of run is still that run, on its day or another.
        ("e . w", "r . w", "1-001 1-r001 1-002"),
        ("l . w", ". r w", "1-r001 1-001 1-002"),
        # The same kind comes first, also where it is further away; the other kind takes what is left.
        ("e l . .", "r . . e", "1-002 1-r002 1-r001 1-001"),
        # The nearest of several, as for runs of one kind.
        ("e . . l", ". . r .", "2-r001 1-r001 1-002 1-r002"),
        # A walk never becomes a run.
        ("w . .", "r . .", "2-001 1-r001 1-r002"),
        # The exact day comes before the nearest: the run of Wednesday stays what it is.
        ("e . e", ". e e", "1-r001 1-001 1-002"),
        # One of two is dropped: the one left is the nearer one. Tuesday's rest stays, Wednesday's
        # goes to Thursday (one day away) and not to Monday (two).
        ("e . . e", ". . e .", "2-r001 1-r001 1-002 1-r002"),
        # Equally near: the earlier one.
        ("e . e", ". e .", "1-r001 1-001 2-r001"),
        # An added run is new, whatever stands before it.
        (". e .", "e e .", "2-001 1-001 1-r002"),
        # Two of a kind on one day stay apart.
        ("ww .", "ww .", "1-001+1-002 1-r001"),
    ],
)
def test_sessions_keep_their_names(old, new, expected):
    kept = keep_identities(plan_of(new, revision=2), named(old))

    assert ids(kept) == expected


def test_a_run_that_moves_into_the_next_week_is_a_new_one():
    old = named(". . . . . . e . .")

    new = keep_identities(plan_of(". . . . . . . e .", revision=2), old)

    assert new.days[7].sessions[0].id == "2-001"


def test_a_past_session_keeps_its_name_against_a_nearer_number():
    """Monday's two easy runs of unlike length: the one that stays is known by its content."""
    short, long_ = a_session(minutes=20), a_session(minutes=40)
    old = keep_identities(a_plan(a_day(MONDAY, short, long_)), None)

    new = keep_identities(a_plan(a_day(MONDAY, old.days[0].sessions[1]), revision=2), old)

    assert ids(new) == "1-002"


def test_a_name_that_is_gone_never_comes_back():
    first = named("e . . . . . .")
    second = keep_identities(plan_of("w . . . . . .", revision=2), first)

    third = keep_identities(plan_of("e . . . . . .", revision=3), second)

    assert third.days[0].sessions[0].id == "3-001"


def test_a_day_that_gets_a_session_loses_its_rest_name():
    old = named("e .")
    day = old.days[1].model_copy(update={"sessions": (a_session(),)})

    new = keep_identities(a_plan(old.days[0], day, revision=2), old)

    assert new.days[1].rest_id is None


def test_a_revision_cannot_follow_itself():
    with pytest.raises(ValueError, match="revision 1 cannot follow revision 1"):
        keep_identities(plan_of("e"), named("e"))


def test_nothing_changed_is_no_change():
    old = named("es . w . l . .")

    assert changes(old, keep_identities(plan_of("es . w . l . .", revision=2), old)) == ()


def test_changes_are_told_in_the_order_of_the_days():
    old = named("e . w . . . .")
    new = keep_identities(plan_of(". e . s . . .", revision=2), old)

    found = [(change.date, change.what, change.session_id) for change in changes(old, new)]

    assert found == [
        (MONDAY + timedelta(days=1), "moved", "1-001"),
        (MONDAY + timedelta(days=2), "removed", "1-002"),
        (MONDAY + timedelta(days=3), "added", "2-001"),
    ]


def test_a_run_that_becomes_a_run_walk_is_changed_and_not_another():
    old = named("e . w")

    (change,) = changes(old, keep_identities(plan_of("r . w", revision=2), old))

    assert (change.what, change.session_id) == ("changed", "1-001")
    assert (change.before or "").startswith("Easy run 30 min")
    assert (change.after or "").startswith("Run walk 30 min")


def test_a_move_names_both_days():
    old = named("e .")

    (change,) = changes(old, keep_identities(plan_of(". e", revision=2), old))

    assert change.before == "Mon 23 Nov 2026: Easy run 30 min; 30 min run"
    assert change.after == "Tue 24 Nov 2026: Easy run 30 min; 30 min run"


@pytest.mark.parametrize(
    ("given", "after"),
    [
        ({"start": "07:00"}, "Easy run 30 min; 30 min run; at 07:00"),
        ({"steps": (Step(run_seconds=1500),)}, "Easy run 30 min; 25 min run"),
        ({"title": "Easy run"}, "Easy run; 30 min run"),
    ],
)
def test_a_change_in_place_is_told_with_what_it_is_now(given, after):
    old = named("e")
    new = keep_identities(a_plan(a_day(MONDAY, a_session(**given)), revision=2), old)

    (change,) = changes(old, new)

    assert (change.what, change.before) == ("changed", "Easy run 30 min; 30 min run")
    assert change.after == after


def test_how_a_plan_was_found_is_not_its_content():
    old = named("e . w")
    tier = TierResult(stage="place", name="sessions", cost=0, bound=0, proven=True)

    again = old.model_copy(
        update={
            "revision": 2,
            "made_on": date(2026, 12, 1),
            "solver": SolverInfo(version="9", work=1.5),
            "tiers": (tier,),
        }
    )

    assert same_content(old, again)


def test_when_the_red_flags_were_asked_is_not_its_content():
    old = named("e . w")

    again = old.model_copy(update={"triage": "clear", "triage_on": date(2026, 12, 1)})

    assert same_content(old, again)


@pytest.mark.parametrize(
    "update", [{"notes": ("Rest more.",)}, {"end": date(2027, 1, 1)}, {"time_zone": "Europe/Rome"}]
)
def test_anything_else_is_its_content(update):
    old = named("e . w")

    assert not same_content(old, old.model_copy(update=update))


def test_another_state_is_another_content():
    assert not same_content(a_plan(a_day(MONDAY)), a_plan(a_day(MONDAY, state=State.HEALTHY)))


OLD = {"a": Touch(revision=1, on=date(2026, 11, 22), print="x")}


def test_an_entry_that_looks_the_same_is_not_touched():
    new = plan_of("e", revision=2, made_on=date(2026, 12, 1))

    assert touched_after(OLD, new, {"a": "x"}) == OLD


def test_an_entry_that_looks_different_is_touched_by_the_new_revision():
    new = plan_of("e", revision=2, made_on=date(2026, 12, 1))

    found = touched_after(OLD, new, {"a": "y"})

    assert found == {"a": Touch(revision=2, on=date(2026, 12, 1), print="y")}


def test_a_touch_never_goes_back_in_time():
    """With --today in the past, a calendar program would take the change for old news."""
    new = plan_of("e", revision=2, made_on=date(2026, 11, 1))

    assert touched_after(OLD, new, {"a": "y"})["a"].on == date(2026, 11, 22)


def test_a_new_entry_is_touched_and_one_that_is_gone_is_forgotten():
    new = plan_of("e", revision=2, made_on=date(2026, 12, 1))

    assert list(touched_after(OLD, new, {"b": "x"})) == ["b"]


WORDS_OF_A_DAY = st.lists(
    st.sampled_from([".", "e", "r", "l", "es", "w", "ww", "wm"]), min_size=10, max_size=10
)


@given(revisions=st.lists(WORDS_OF_A_DAY, min_size=2, max_size=5))
@settings(max_examples=100, deadline=None)
def test_identities_over_many_revisions(revisions):
    """An identity is one sort of session in one week, is there once, and never comes back."""
    plan: Plan | None = None
    meaning: dict[str, tuple[str, int]] = {}
    gone: set[str] = set()
    for number, words in enumerate(revisions, start=1):
        plan = keep_identities(plan_of(" ".join(words), revision=number), plan)
        present = [
            (name, (sort, (day.date - MONDAY).days // 7))
            for day in plan.days
            for name, sort in [(s.id, "run" if s.kind.is_run else s.kind) for s in day.sessions]
            or [(str(day.rest_id), "rest")]
        ]

        names = [name for name, _ in present]
        assert len(set(names)) == len(names)
        assert not gone & set(names)
        assert all(meaning.get(name, what) == what for name, what in present)

        gone |= set(meaning) - set(names)
        meaning |= dict(present)
