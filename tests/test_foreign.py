"""Reading plans of any origin."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.foreign import read_plan
from planner.plan import Day, GoalResult, Kind, Plan, Session, State, Step

HEADER = "date,kind,run_minutes,walk_minutes\n"


def a_file(folder: Path, text: str | bytes, name: str = "plan.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_csv_gives_every_day_from_the_first_to_the_last(tmp_path):
    path = a_file(
        tmp_path, HEADER + "2026-12-02,run,30,5\n2026-11-30,run_walk,15,15\n2026-12-02,gym,,\n"
    )

    plan = read_plan(path)

    assert [
        (day.date.isoformat(), [(s.kind, s.run_minutes, s.walk_minutes) for s in day.sessions])
        for day in plan.days
    ] == [
        ("2026-11-30", [(Kind.RUN_WALK, 15, 15)]),
        ("2026-12-01", []),
        ("2026-12-02", [(Kind.EASY_RUN, 30, 5), (Kind.STRENGTH, 0, 0)]),
    ]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("easy", Kind.EASY_RUN),
        ("Long Run", Kind.LONG_RUN),
        ("tempo", Kind.HARD_RUN),
        ("INTERVALS", Kind.HARD_RUN),
        ("run/walk", Kind.RUN_WALK),
        ("walk-run", Kind.RUN_WALK),
        ("race", Kind.RACE),
    ],
)
def test_words_of_runners_are_understood(tmp_path, word, kind):
    plan = read_plan(a_file(tmp_path, HEADER + f"2026-11-30,{word},30,0\n"))

    assert plan.days[0].sessions[0].kind is kind


def test_rest_is_a_day_without_session(tmp_path):
    plan = read_plan(a_file(tmp_path, HEADER + "2026-11-30,rest,,\n2026-12-01,run,20,\n"))

    assert plan.days[0].sessions == ()


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ("run,28,5", "Easy run 28 min and 5 min of walking"),
        ("run,28,0", "Easy run 28 min"),
        ("run_walk,28,5", "Run/walk 33 min"),
        ("walk,0,25", "Walk 25 min"),
    ],
)
def test_a_session_is_called_by_what_its_row_says(tmp_path, row, title):
    plan = read_plan(a_file(tmp_path, f"{HEADER}2026-11-30,{row}\n"))

    assert [one.title for one in plan.days[0].sessions] == [title]


def test_sports_no_limit_knows_are_named_in_a_note(tmp_path):
    plan = read_plan(a_file(tmp_path, HEADER + "2026-11-30,cycling,,\n2026-12-01,run,20,\n"))

    assert plan.notes == ("Not judged, no limit here knows it: cycling.",)


@pytest.mark.parametrize(
    "text",
    [
        "date;kind;run_minutes;walk_minutes\n2026-11-30;run;22,5;0\n",  # a German Excel
        "\ufeffdate,kind,run_minutes,walk_minutes\r\n2026-11-30,run,22.5,0\r\n",
        "Date\tKind\tKm\tRun_minutes\tWalk_minutes\n2026-11-30\trun\t5\t22.5\t0\n",
        '[{"date": "2026-11-30", "kind": "run", "run_minutes": 22.5}]',
        '{"name": "x", "sessions": [{"date": "2026-11-30", "kind": "run", "run_minutes": "22.5"}]}',
    ],
)
def test_the_same_plan_in_other_clothes(tmp_path, text):
    plan = read_plan(a_file(tmp_path, text))

    assert [(d.date, d.run_hundredths) for d in plan.days] == [(date(2026, 11, 30), 2250)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-11-30,yogging,30,0", "line 2: 'yogging' is no kind of session known here."),
        ("2026-11-31,run,30,0", "line 2: '2026-11-31' is no date."),
        ("30.11.2026,run,30,0", "'30.11.2026' is no date. Write dates like 2026-11-30."),
        ("2026-11-30,run,half an hour,0", "run_minutes is 'half an hour', which is no number"),
        ("2026-11-30,run,nan,0", "run_minutes is 'nan', which is no number"),
        ("2026-11-30,run,inf,0", "run_minutes is inf; a day has 0 to 1440"),
        ("2026-11-30,run,-5,0", "run_minutes is -5; a day has 0 to 1440"),
        ("2026-11-30,run,30,1441", "walk_minutes is 1441; a day has 0 to 1440"),
        ("2026-11-30,run,,", "run without running minutes"),
        ("2026-11-30,walk,10,20", "walk with 10 minutes of running. Call it run or run_walk"),
        ("2026-11-30,rest,0,20", "rest with 20 minutes of walking"),
        ("2026-11-30,run,22,5,0", "5 cells under 4 columns"),
        ("2026-11-30,run,30,0\n2036-11-30,run,30,0", "more than 731 days"),
        ("0001-01-01,run,30,0", "Use years from 1970 to 2200"),
    ],
)
def test_a_row_that_cannot_be_right_is_told_with_its_place(tmp_path, row, said):
    path = a_file(tmp_path, HEADER + row + "\n")

    with pytest.raises(InputError) as caught:
        read_plan(path)

    sentence = f"{caught.value.message} {caught.value.try_}"
    assert said in sentence
    assert str(path) in sentence


def test_an_unknown_kind_is_told_with_the_nearest_and_a_few_words_that_are_known(tmp_path):
    with pytest.raises(InputError) as caught:
        read_plan(a_file(tmp_path, HEADER + "2026-11-30,intervall,30,0\n"))

    assert "Did you mean interval?" in caught.value.message
    assert "easy_run, long_run, hard_run" in caught.value.try_
    # Forty words hide the few that help.
    assert len(caught.value.try_) < 200


@pytest.mark.parametrize(
    "text",
    [
        *(HEADER + row for row in ("2026-11-30,run,-5,0", "2026-11-30,run,nan,0")),
        *(HEADER + row for row in ("2026-11-30,run,99999,0", "2026-11-30,run,30,0,x,y")),
        *(HEADER, "{", "[5]", "date,kind,kind,run_minutes,walk_minutes"),
        '[{"kind": "run", "run_minutes": 5}]',
    ],
)
def test_what_is_wrong_is_told_with_what_to_try(tmp_path, text):
    with pytest.raises(InputError) as caught:
        read_plan(a_file(tmp_path, text))

    assert caught.value.try_


@pytest.mark.parametrize("text", ["null", "3", '"run"', "true"])
def test_json_that_is_no_list_is_told_as_json(tmp_path, text):
    with pytest.raises(InputError, match="there is no list of sessions"):
        read_plan(a_file(tmp_path, text, "plan.json"))


def test_two_runs_alike_on_one_day_are_two_runs(tmp_path):
    """As two of different length are: a rule judges them."""
    plan = read_plan(a_file(tmp_path, HEADER + "2026-11-30,run,20,0\n2026-11-30,easy,20,0\n"))

    assert [(s.id, s.run_minutes) for s in plan.days[0].sessions] == [
        ("given-1", 20),
        ("given-2", 20),
    ]


def test_a_hard_run_that_does_not_tell_its_parts_is_hard_from_beginning_to_end(tmp_path):
    plan = read_plan(a_file(tmp_path, HEADER + "2026-11-30,tempo,40.5,0\n2026-12-01,run,30,0\n"))

    assert [s.intense_minutes for day in plan.days for s in day.sessions] == [40.5, 0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"  \n \n", "is empty"),
        (b"\xff\xfe\x00\x01", "is not a text file in UTF-8"),
        (b"date,\x00kind", "is not a text file"),
        (b"x" * 5_000_001, "is larger than 5 MB"),
        (b"date,kind\n2026-11-30,run\n", "no column run_minutes or walk_minutes"),
        (b"Tag;Was\n1;2\n", "no column date, kind, run_minutes or walk_minutes"),
        (b"date,kind,kind,run_minutes,walk_minutes\n", "the column kind stands twice"),
        (HEADER.encode(), "holds no session"),
        (b"{", "line 1: this is not JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b'[{"date": "2026-11-30", "kind": "run", "run_minutes": NaN}]', "NaN is no number"),
        (b'[{"date": "2026-11-30", "kind": "run", "run_minutes": true}]', "run_minutes is true"),
        (b'[{"kind": "run", "run_minutes": 5}]', "session 1: date is missing"),
        (b'[{"date": 7, "kind": "run"}]', "session 1: 7 is no date"),
        (b'{"weeks": 5}', "there is no list of sessions"),
        (b"[5]", "session 1: not an object"),
        (b"[]", "holds no session"),
        (b'{"schema": 1}', "plan_id is missing, which every plan of runback has"),
    ],
)
def test_a_file_that_is_no_plan_is_told_in_a_sentence(tmp_path, content, said):
    with pytest.raises(InputError, match=said):
        read_plan(a_file(tmp_path, content))


def test_a_folder_is_no_plan(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        read_plan(tmp_path)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InputError, match="There is no file"):
        read_plan(tmp_path / "nothing.csv")


def one_day(session: Session) -> Plan:
    start = date(2026, 11, 30)
    return Plan(
        plan_id="p",
        made_on=start,
        start=start,
        end=start,
        runner="Maya",
        time_zone="Europe/Zurich",
        goal=GoalResult(kind="keep_running", asked_minutes=0, planned_minutes=0, reached=True),
        days=(Day(date=start, state=State.MILD, sessions=(session,)),),
    )


RUN_WALK = Session(
    id="a",
    kind=Kind.RUN_WALK,
    title="Run/walk 30 min",
    minutes=30,
    run_minutes=15,
    walk_minutes=15,
    steps=(Step(repeat=5, run_seconds=180, walk_seconds=180),),
)


def own_file(folder: Path, plan: Plan, **more: object) -> Path:
    document = {**plan.model_dump(mode="json", by_alias=True), **more}
    return a_file(folder, json.dumps(document), "plan.json")


def test_our_own_json_is_read_back_as_it_was(tmp_path):
    plan = one_day(RUN_WALK)

    assert read_plan(own_file(tmp_path, plan)) == plan


def test_changes_and_advice_at_the_top_of_our_json_are_read_over(tmp_path):
    plan = one_day(RUN_WALK)

    assert read_plan(own_file(tmp_path, plan, changes=[], advice=["rest"])) == plan


def test_easy_parts_of_a_hard_run_are_running_too(tmp_path):
    # 10 minutes to warm up, 6 × (20 + 100 seconds) = 12 minutes.
    steps = (
        Step(run_seconds=600),
        Step(repeat=6, run_seconds=20, easy_seconds=100, effort="hard"),
    )
    strides = {"kind": Kind.HARD_RUN, "steps": steps, "minutes": 22.0, "walk_minutes": 0.0}
    plan = one_day(RUN_WALK.model_copy(update={**strides, "run_minutes": 22.0}))

    assert read_plan(own_file(tmp_path, plan)) == plan


@pytest.mark.parametrize(
    ("update", "said"),
    [
        ({"run_minutes": 5.0}, "its steps hold 15.00 minutes of running, run_minutes says 5.00"),
        ({"minutes": 10.0}, "minutes is less than run_minutes and walk_minutes together"),
        ({"minutes": -30.0}, "minutes is -30"),
        ({"run_minutes": 0.0}, "run_walk without running minutes"),
        ({"kind": Kind.WALK}, "walk with 15 minutes of running"),
    ],
)
def test_numbers_of_our_json_that_contradict_each_other_are_not_judged(tmp_path, update, said):
    forged = one_day(RUN_WALK.model_copy(update=update))

    with pytest.raises(InputError, match=said):
        read_plan(own_file(tmp_path, forged))


def test_our_json_with_a_day_left_out_is_refused(tmp_path):
    plan = one_day(RUN_WALK)

    with pytest.raises(InputError, match="not each day once from 2026-11-30 to 2026-12-01"):
        read_plan(own_file(tmp_path, plan, end="2026-12-01"))
