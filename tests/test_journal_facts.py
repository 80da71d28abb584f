"""The journal keeps facts: the log, reports, answers, what was told, moves."""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import InputError
from planner.history import (
    Answer,
    History,
    Logged,
    LogKind,
    Move,
    News,
    Report,
    Told,
    with_news,
)
from planner.plan import Kind, State, Step
from planner.profile import Back, Recent
from tests.journals import EVERYTHING, MONDAY, RUN, TUESDAY, a_journal, a_revision
from tests.plans import plan_of


def test_before_the_first_fact_there_are_none_and_no_file(tmp_path):
    journal = a_journal(tmp_path)

    found = (journal.history(), journal.published("vdir"), journal.places())

    assert found == (History(), {}, ())
    assert (journal.made_from(), journal.undo_target()) == (None, None)
    assert list(tmp_path.iterdir()) == []


def test_no_news_make_no_file(tmp_path):
    a_journal(tmp_path, News())

    assert list(tmp_path.iterdir()) == []


def test_every_fact_comes_back_as_it_was(tmp_path):
    history = a_journal(tmp_path, EVERYTHING).history()

    # A RUN entry comes after the DAY entry: by the names of their kinds.
    assert history == History(
        logged=(EVERYTHING.logged[1], RUN),
        reports=(EVERYTHING.report,),
        answers=(EVERYTHING.answer,),
        told=(EVERYTHING.told,),
        moves=EVERYTHING.moves,
    )


def test_facts_come_with_a_revision_in_one_go(tmp_path):
    journal = a_journal(tmp_path)

    journal.save(a_revision(1), {}, EVERYTHING)

    assert journal.latest() == a_revision(1)
    assert journal.history() == with_news(History(), EVERYTHING)


def test_a_revision_that_is_refused_takes_its_facts_with_it(tmp_path):
    journal = a_journal(tmp_path)
    twice = plan_of("e e")  # both sessions have the empty identity, which is refused

    with pytest.raises(InputError):
        journal.save(twice, {}, EVERYTHING)

    assert (journal.latest(), journal.history()) == (None, History())


def test_facts_that_cannot_be_stored_take_their_revision_with_them(tmp_path):
    """The text of a broken terminal is no Unicode; SQLite refuses it."""
    journal = a_journal(tmp_path)
    broken = News(logged=(RUN, RUN.model_copy(update={"on": TUESDAY, "note": "sore \udc80"})))

    with pytest.raises(InputError, match=r"cannot keep this text: 'sore \\udc80'"):
        journal.save(a_revision(1), {}, broken)

    assert (journal.latest(), journal.history()) == (None, History())


def test_pain_that_she_did_not_tell_is_not_told_after_reading_either(tmp_path):
    """0 by default is no rating; only a written 0 is one."""
    days = [MONDAY, TUESDAY]
    backs = [Back(usual_pain=1), Back(usual_pain=1, pain_today=0)]
    news = [
        News(told=Told(on=on, recent=Recent(), back=back))
        for on, back in zip(days, backs, strict=True)
    ]

    told = a_journal(tmp_path, *news).history().told

    assert [one.back and one.back.pain_today_given for one in told] == [False, True]


def test_a_back_she_said_nothing_of_stays_unsaid(tmp_path):
    news = News(told=Told(on=MONDAY, recent=Recent(walk_minutes=30)))

    told = a_journal(tmp_path, news).history().told

    assert told == (Told(on=MONDAY, recent=Recent(walk_minutes=30), back=None),)


DAYS = st.dates(MONDAY, MONDAY + timedelta(3))
PAIN = st.integers(0, 20).map(lambda halves: halves / 2)
MINUTES = st.floats(0, 600)
LOGGED = st.builds(
    Logged,
    on=DAYS,
    kind=st.sampled_from(LogKind),
    run_minutes=MINUTES,
    walk_minutes=MINUTES,
    pain_during=st.none() | PAIN,
    pain_after=st.none() | PAIN,
    pain_morning=st.none() | PAIN,
    pain=st.none() | PAIN,
    rpe=st.none() | PAIN,
    skipped=st.booleans(),
    note=st.text(max_size=20),
    session_kind=st.none() | st.sampled_from(Kind),
    steps=st.lists(
        st.builds(Step, repeat=st.integers(1, 9), run_seconds=st.integers(0, 999)), max_size=2
    ).map(tuple),
    state=st.none() | st.sampled_from(State),
)
NEWS = st.builds(
    News,
    logged=st.lists(LOGGED, max_size=3).map(tuple),
    report=st.none() | st.builds(Report, on=DAYS, pain=PAIN, told_on=DAYS),
    answer=st.none()
    | st.builds(
        Answer,
        on=DAYS,
        flags=st.lists(st.sampled_from(["RF1", "RF7", "RF10"]), unique=True).map(tuple),
        cleared_on=st.none() | DAYS,
    ),
    cleared_on=st.none() | DAYS,
    told=st.none()
    | st.builds(
        Told,
        on=DAYS,
        recent=st.builds(
            Recent, run_minutes=st.lists(MINUTES, max_size=8).map(tuple), walk_minutes=st.just(20)
        ),
        back=st.none() | st.builds(Back, pain_today=PAIN, usual_pain=st.none() | PAIN),
    ),
    moves=st.lists(
        st.builds(
            Move,
            session_id=st.sampled_from(["1-001", "1-002", "10-001"]),
            to=DAYS,
            start=st.sampled_from([None, "07:30"]),
        ),
        max_size=3,
    ).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(news=st.lists(st.tuples(NEWS, st.booleans()), min_size=1, max_size=5))
def test_stored_news_replace_what_with_news_says(news):
    """With a plan or without one, whatever came before."""
    expected = History()
    with tempfile.TemporaryDirectory() as name:
        journal = a_journal(Path(name))
        for number, (one, has_plan) in enumerate(news, start=1):
            if has_plan:
                journal.save(a_revision(number), {}, one)
            else:
                journal.record(one)
            expected = with_news(expected, one)

            assert journal.history() == expected


def test_being_cleared_counts_for_every_yes_until_then_that_was_not_cleared_before(tmp_path):
    days = [MONDAY + timedelta(number) for number in range(5)]
    answers = (
        Answer(on=days[0], flags=("RF7",), cleared_on=days[1]),  # cleared before
        Answer(on=days[1], flags=()),  # nothing to clear
        Answer(on=days[2], flags=("RF7",)),
        Answer(on=days[3], flags=("RF10",)),  # of the very day
        Answer(on=days[4], flags=("RF10",)),  # after it
    )
    journal = a_journal(tmp_path, *(News(answer=answer) for answer in answers))

    journal.record(News(cleared_on=days[3]))

    cleared = [answer.cleared_on for answer in journal.history().answers]
    assert cleared == [days[1], None, days[3], days[3], None]


def test_a_yes_told_together_with_being_cleared_is_a_new_sign(tmp_path):
    journal = a_journal(tmp_path, News(answer=Answer(on=MONDAY, flags=("RF7",))))
    answer = Answer(on=TUESDAY, flags=("RF10",))

    journal.record(News(answer=answer, cleared_on=TUESDAY))

    assert [one.cleared_on for one in journal.history().answers] == [TUESDAY, None]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE logs SET steps = '[{'",
        "UPDATE logs SET steps = '[{\"hops\": 3}]'",
        "UPDATE logs SET kind = 'swim'",
        "UPDATE logs SET pain_during = 'much'",
        "UPDATE logs SET day = 'Monday'",
        "UPDATE logs SET day = 5",
        "UPDATE answers SET flags = '\"RF1'",
        "UPDATE answers SET flags = '3'",
        "UPDATE told SET recent = '{\"run_minutes\": 3}'",
        "UPDATE told SET back = 'sore'",
        "UPDATE moves SET to_day = '2026-13-01'",
    ],
)
def test_a_fact_that_cannot_be_read_is_told_in_a_sentence(tmp_path, damage):
    journal = a_journal(tmp_path, EVERYTHING.model_copy(update={"logged": (RUN,)}))
    with sqlite3.connect(tmp_path / "maya.db") as connection:
        connection.execute(damage)
    connection.close()

    with pytest.raises(InputError, match=r"maya\.db holds an entry that cannot be read"):
        journal.history()


def test_an_entry_of_the_calendar_that_cannot_be_read_is_told_in_a_sentence(tmp_path):
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {})
    with sqlite3.connect(tmp_path / "maya.db") as connection:
        connection.execute("UPDATE entries SET changed_on = 'Monday'")
    connection.close()

    with pytest.raises(InputError, match=r"maya\.db holds an entry that cannot be read"):
        journal.touched()
