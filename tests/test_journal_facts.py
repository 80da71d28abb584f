"""The journal keeps facts: the log, reports, answers, what was told, moves, calendars outside."""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.comparing import keep_identities
from planner.errors import InputError
from planner.history import (
    Answer,
    History,
    Logged,
    LogKind,
    Move,
    News,
    Published,
    Report,
    Told,
    with_news,
)
from planner.journal import Journal, open_journal
from planner.journal_tables import MIGRATIONS
from planner.plan import Kind, Plan, State, Step
from planner.profile import Back, Recent
from tests.plans import plan_of
from tests.users import as_plain_user, open_folder

MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(1)

RUN = Logged(
    on=MONDAY,
    kind=LogKind.RUN,
    run_minutes=12.25,
    walk_minutes=8.0,
    pain_during=1.5,
    pain_after=0.0,
    pain_morning=2.0,
    rpe=3.5,
    note="Along the river – 'quoted', \"twice\"\nand on a second line",
    session_kind=Kind.RUN_WALK,
    steps=(Step(repeat=4, run_seconds=60, walk_seconds=90), Step(run_seconds=30, effort="hard")),
    state=State.MILD,
)
EVERYTHING = News(
    logged=(RUN, Logged(on=MONDAY, kind=LogKind.DAY, pain=3.0, skipped=True)),
    report=Report(on=TUESDAY, pain=6.5, told_on=TUESDAY + timedelta(1)),
    answer=Answer(on=TUESDAY, flags=("RF7", "RF10")),
    told=Told(
        on=MONDAY,
        recent=Recent(run_minutes=(40.5, 45), longest_run_minutes=20, days_since_last_run=2),
        back=Back(pain_today=1.5, worse_with=("sitting",), stop_above=4),
    ),
    moves=(Move(session_id="1-002", to=TUESDAY, start="07:30"),),
)


def a_journal(folder: Path, *news: News) -> Journal:
    journal = open_journal(folder / "maya.db")
    for one in news:
        journal.record(one)
    return journal


def a_revision(number: int) -> Plan:
    plan = keep_identities(plan_of("es . r"), None)
    return plan.model_copy(update={"revision": number})


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


def told_flare(pain: float = 6.0, on: date = MONDAY) -> News:
    return News(report=Report(on=on, pain=pain, told_on=on))


def test_of_two_reports_of_a_day_the_later_one_counts(tmp_path):
    journal = a_journal(tmp_path, told_flare(8), told_flare(6))

    assert [report.pain for report in journal.history().reports] == [6]


def undone(revision: int) -> News:
    return News(withdrawn_revision=revision)


def test_an_undo_withdraws_the_report_that_came_with_the_plan(tmp_path):
    journal = a_journal(tmp_path, told_flare(on=TUESDAY))
    journal.save(a_revision(1), {}, told_flare())

    journal.save(a_revision(2), {}, undone(1))

    # That of Tuesday came with no plan, so it stays.
    assert [report.on for report in journal.history().reports] == [TUESDAY]


def test_a_withdrawn_report_stays_in_the_file(tmp_path):
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {}, told_flare())
    journal.record(undone(1))

    with sqlite3.connect(tmp_path / "maya.db") as connection:
        rows = connection.execute("SELECT day, pain, revision, withdrawn FROM reports").fetchall()
    connection.close()

    assert rows == [("2026-11-23", 6.0, 1, 1)]


def test_a_day_can_be_reported_again_after_its_report_was_withdrawn(tmp_path):
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {}, told_flare(6))
    journal.save(a_revision(2), {}, undone(1))

    journal.save(a_revision(3), {}, told_flare(7))

    assert [report.pain for report in journal.history().reports] == [7]


def test_an_undo_brings_back_the_report_that_was_replaced(tmp_path):
    """The plan before was made from it: without it, the next one would forget the flare."""
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {}, told_flare(6))
    journal.save(a_revision(2), {}, told_flare(8))

    journal.save(a_revision(3), {}, undone(2), restores=1)

    assert [report.pain for report in journal.history().reports] == [6]


def test_the_same_report_told_again_still_belongs_to_its_plan(tmp_path):
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {}, told_flare())
    journal.record(News(report=Report(on=MONDAY, pain=6, told_on=TUESDAY)))
    told_on = [report.told_on for report in journal.history().reports]

    journal.save(a_revision(2), {}, undone(1))

    assert told_on == [TUESDAY]
    assert journal.history().reports == ()


def test_more_pain_told_without_a_new_plan_outlives_an_undo(tmp_path):
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {}, told_flare(6))
    journal.record(told_flare(8))

    journal.save(a_revision(2), {}, undone(1))

    assert [report.pain for report in journal.history().reports] == [8]


def test_undoing_an_undo_withdraws_what_came_with_the_plan_it_brought_back(tmp_path):
    """2 came with a flare, 4 brings it back; going back to 1 takes the flare back too."""
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {})
    journal.save(a_revision(2), {}, told_flare())
    journal.save(a_revision(3), {}, told_flare(on=TUESDAY))
    journal.save(a_revision(4), {}, undone(3), restores=2)
    before = [report.on for report in journal.history().reports]

    journal.save(a_revision(5), {}, undone(4), restores=1)

    assert before == [MONDAY]
    assert journal.history().reports == ()


@pytest.mark.parametrize(
    ("restores", "expected"),
    [
        ([], None),
        ([None], None),
        ([None, None], 1),
        ([None, None, None], 2),
        ([None, None, 1], None),  # what is undone now is 1, the first
        ([None, None, None, 2], 1),  # 4 is 2 again; before it came 1
        ([None, None, None, 2, 1], None),  # undone twice: nothing is left
        ([None, None, None, 2, None], 4),  # a new plan after an undo
        ([None, None, None, 2, None, 4], 1),  # back to 4, which is 2 again; before it came 1
    ],
)
def test_an_undo_goes_back_to_the_plan_before(tmp_path, restores, expected):
    """``restores``: for each revision from 1 on, the one that it brings back, if it is an undo."""
    journal = a_journal(tmp_path)
    for number, brought_back in enumerate(restores, start=1):
        journal.save(a_revision(number), {}, restores=brought_back)

    target = journal.undo_target()

    assert (target and target.revision) == expected


def test_the_fingerprint_is_that_of_the_latest_revision(tmp_path):
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {}, made_from="first")
    journal.save(a_revision(2), {}, made_from="second")

    assert journal.made_from() == "second"


def test_a_revision_without_a_fingerprint_has_none(tmp_path):
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {}, made_from="first")
    journal.save(a_revision(2), {})

    assert journal.made_from() is None


def an_entry(entry_id: str, **given: object) -> Published:
    values = {
        "href": f"{entry_id}.ics",
        "etag": '"1"',
        "event": "BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        **given,
    }
    return Published.model_validate({"entry_id": entry_id, **values})


def test_what_was_published_comes_back_by_identity(tmp_path):
    journal = a_journal(tmp_path)
    first, second = an_entry("1-001", is_hers=True), an_entry("1-002")

    journal.save_published("vdir", (second, first))

    assert list(journal.published("vdir").items()) == [("1-001", first), ("1-002", second)]


def test_publishing_again_replaces_all_of_that_place_and_of_no_other(tmp_path):
    journal = a_journal(tmp_path)
    journal.save_published("https://example.org/cal/", (an_entry("1-001"),))
    journal.save_published("vdir", (an_entry("1-001"), an_entry("1-002")))

    journal.save_published("vdir", (an_entry("1-002", etag='"2"'), an_entry("2-001")))

    assert journal.published("vdir") == {
        "1-002": an_entry("1-002", etag='"2"'),
        "2-001": an_entry("2-001"),
    }
    assert journal.published("https://example.org/cal/") == {"1-001": an_entry("1-001")}


def test_places_are_known_in_order_until_nothing_is_in_them(tmp_path):
    journal = a_journal(tmp_path)
    for place in ("vdir", "https://example.org/cal/", "other"):
        journal.save_published(place, (an_entry("1-001"), an_entry("1-002")))

    journal.save_published("other", ())

    assert journal.places() == ("https://example.org/cal/", "vdir")


def test_her_moves_come_with_what_was_published(tmp_path):
    journal = a_journal(tmp_path, EVERYTHING)
    moves = (Move(session_id="1-001", to=MONDAY), Move(session_id="1-002", to=MONDAY))

    journal.save_published("vdir", (an_entry("1-001"),), moves)

    # The second replaces the move to Tuesday.
    assert journal.history().moves == moves


VERSION_1 = (
    "CREATE TABLE meta (name VARCHAR(40) PRIMARY KEY, content VARCHAR(200) NOT NULL)",
    "CREATE TABLE revisions (revision INTEGER PRIMARY KEY, plan_id VARCHAR(200) NOT NULL, "
    "made_on DATE NOT NULL, document TEXT NOT NULL)",
    "CREATE TABLE entries (id VARCHAR(200) PRIMARY KEY, seen_in INTEGER NOT NULL, "
    "changed_in INTEGER NOT NULL, changed_on DATE NOT NULL, print VARCHAR(64) NOT NULL)",
    "INSERT INTO meta VALUES ('runback_schema', '1')",
    "INSERT INTO entries VALUES ('1-001', 1, 1, '2026-11-23', '')",
)


def a_file_of_version_1(folder: Path, *plans: Plan) -> Path:
    """As the first runback wrote it."""
    path = folder / "maya.db"
    with sqlite3.connect(path) as connection:
        for statement in VERSION_1:
            connection.execute(statement)
        for plan in plans:
            connection.execute(
                "INSERT INTO revisions VALUES (?, ?, ?, ?)",
                (plan.revision, plan.plan_id, str(plan.made_on), plan.model_dump_json()),
            )
    connection.close()
    return path


def test_a_file_of_version_1_is_read_with_its_plans_and_left_as_it_is(tmp_path):
    path = a_file_of_version_1(tmp_path, a_revision(1), a_revision(2))
    before = path.read_bytes()
    journal = open_journal(path)

    plans = (journal.latest(), journal.undo_target(), journal.made_from())
    facts = (journal.history(), journal.published("vdir"), journal.places())

    assert plans == (a_revision(2), a_revision(1), None)
    assert facts == (History(), {}, ())
    assert path.read_bytes() == before


def test_a_file_of_version_1_takes_facts_and_keeps_its_plans(tmp_path):
    path = a_file_of_version_1(tmp_path, a_revision(1))

    open_journal(path).record(EVERYTHING)

    assert open_journal(path).history() == with_news(History(), EVERYTHING)
    assert open_journal(path).latest() == a_revision(1)
    assert open_journal(path).used_ids() == {"1-001"}


def test_a_file_of_version_1_takes_a_plan(tmp_path):
    path = a_file_of_version_1(tmp_path, a_revision(1))

    open_journal(path).save(a_revision(2), {}, EVERYTHING, made_from="x", restores=1)

    assert open_journal(path).revisions() == (a_revision(1), a_revision(2))
    assert open_journal(path).made_from() == "x"


def test_a_file_of_version_1_protected_against_writing_is_read():
    with open_folder() as folder:
        path = a_file_of_version_1(folder, a_revision(1))
        path.chmod(0o444)

        answer = as_plain_user(lambda: str(open_journal(path).latest() == a_revision(1)))

    assert answer == "True"


def test_the_first_version_never_changes():
    """Files of it exist; a change of its statements would not reach them."""
    assert MIGRATIONS[0] == VERSION_1[:3]


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
