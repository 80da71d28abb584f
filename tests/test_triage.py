"""Red flags: what answers come to, what they stop, which care they name, when to ask again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.history import Answer, History, News, with_news
from planner.plan import RUNS, Kind
from planner.triage import (
    Standing,
    Verdict,
    care_sentences,
    cleared_flags,
    is_due,
    rose,
    standing,
    stopped_kinds,
    with_flags_of_the_day,
)
from rules.loading import load_limits, load_triage

QUESTIONS = load_triage()
EVERY = [question.id for question in QUESTIONS]
EMERGENCIES = [f"RF{number}" for number in range(1, 10)]
OTHERS = [id_ for id_ in EVERY if id_ not in EMERGENCIES]
DAY = date(2026, 11, 23)
RUNNING_AND_STRENGTH = {*RUNS, Kind.STRENGTH}


def later(days: int) -> date:
    return DAY + timedelta(days=days)


def said(*answers: Answer) -> History:
    return History(answers=answers)


def yes(*flags: str, on: date = DAY, cleared_on: date | None = None) -> Answer:
    return Answer(on=on, flags=flags, cleared_on=cleared_on)


def stands(*flags: str) -> Standing:
    return standing(said(yes(*flags)), QUESTIONS)


def told(*flags: str, number: str | None = "112") -> str:
    return " ".join(care_sentences(stands(*flags), QUESTIONS, number))


def test_nobody_asked_is_unanswered():
    assert standing(History(), QUESTIONS) == Standing(verdict=Verdict.UNANSWERED)


def test_no_to_everything_is_clear_since_the_latest_answers():
    where = standing(said(yes(), yes(on=later(7))), QUESTIONS)

    assert where == Standing(verdict=Verdict.CLEAR, answered_on=later(7))


@pytest.mark.parametrize("flag", EMERGENCIES)
def test_each_emergency_sign_is_an_emergency_and_stops_every_session(flag):
    where = stands(flag)

    assert where.verdict is Verdict.EMERGENCY
    assert set(stopped_kinds(where, QUESTIONS)) == set(Kind)


@pytest.mark.parametrize("flag", OTHERS)
def test_each_other_sign_stops_running_and_strength_until_cleared(flag):
    where = stands(flag)

    assert where.verdict is Verdict.STOPPED
    assert set(stopped_kinds(where, QUESTIONS)) >= RUNNING_AND_STRENGTH


def test_only_signs_of_infection_stop_walking_and_mobility_too():
    """evidence.md, section 4: with RF10 no session of any kind."""
    stopping_all = [
        flag for flag in OTHERS if set(stopped_kinds(stands(flag), QUESTIONS)) == set(Kind)
    ]

    assert stopping_all == ["RF10"]
    assert set(stopped_kinds(stands("RF19"), QUESTIONS)) == RUNNING_AND_STRENGTH


@pytest.mark.parametrize("answers", [(), (Answer(on=DAY),)], ids=["unanswered", "clear"])
def test_without_a_yes_nothing_stops_and_no_care_is_named(answers):
    where = standing(said(*answers), QUESTIONS)

    assert stopped_kinds(where, QUESTIONS) == ()
    assert care_sentences(where, QUESTIONS, "112") == ()


def test_a_later_no_does_not_take_a_yes_back():
    where = standing(said(yes("RF15"), yes(on=later(7))), QUESTIONS)

    assert where == Standing(
        verdict=Verdict.STOPPED, flags=("RF15",), answered_on=later(7), since=DAY
    )


def test_the_worst_sign_counts_and_flags_stand_in_the_order_of_the_questions():
    where = standing(said(yes("RF22", "RF10"), yes("RF2", on=later(1))), QUESTIONS)

    assert where.verdict is Verdict.EMERGENCY
    assert where.flags == ("RF2", "RF10", "RF22")


def test_flags_in_force_count_since_the_earliest_of_them():
    history = said(
        yes("RF12", on=later(-9), cleared_on=later(-8)), yes("RF15"), yes("RF22", on=later(7))
    )

    assert standing(history, QUESTIONS).since == DAY


def test_who_was_cleared_is_clear():
    history = with_news(said(yes("RF5", "RF15")), News(cleared_on=later(2)))

    assert standing(history, QUESTIONS) == Standing(verdict=Verdict.CLEAR, answered_on=DAY)


def test_clearing_does_not_cover_what_came_after_it():
    history = said(yes("RF5", cleared_on=later(2)), yes("RF15", on=later(3)))

    where = standing(history, QUESTIONS)

    assert (where.verdict, where.flags) == (Verdict.STOPPED, ("RF15",))
    assert where.since == later(3)


def test_the_same_yes_after_it_was_cleared_stops_again():
    history = said(yes("RF15", cleared_on=later(2)), yes("RF15", on=later(7)))

    assert standing(history, QUESTIONS).flags == ("RF15",)


def test_a_flag_that_no_question_has_any_more_still_stops():
    """A journal may have been written by another release."""
    where = stands("RF99")

    assert where.verdict is Verdict.STOPPED
    assert set(stopped_kinds(where, QUESTIONS)) == RUNNING_AND_STRENGTH
    assert "--cleared" in told("RF99")


CARE = {
    "RF10": "Speak to a doctor today",
    "RF11": "See a doctor (GP) urgently",
    "RF12": "See a doctor (GP) urgently",
    "RF13": "See a doctor (GP) urgently",
    "RF14": "See a doctor (GP) urgently",
    "RF15": "See a doctor (GP) urgently",
    "RF16": "See a doctor (GP) urgently",
    "RF17": "See a doctor (GP) urgently",
    "RF18": "See a doctor (GP) at a routine appointment.",
    "RF19": "See a doctor (GP) or a physiotherapist before you run again.",
    "RF20": "Stop all running at once. See a doctor (GP) and ask about a sacral stress fracture; "
    "MRI is the test.",
    "RF21": "See a doctor (GP) at a routine appointment and ask about rheumatology.",
    "RF22": "See a doctor (GP) at a routine appointment.",
}
"""evidence.md, section 4: urgency codes and what the tool must do."""


@pytest.mark.parametrize("flag", OTHERS)
def test_each_sign_names_the_care_to_seek_and_the_sign(flag):
    sign = next(question.sign for question in QUESTIONS if question.id == flag)

    assert told(flag).startswith(CARE[flag])
    assert f"You said yes to this: {sign}." in told(flag)


@pytest.mark.parametrize("flag", EVERY)
def test_every_sign_says_that_a_clinician_must_clear_her_and_how_to_tell(flag):
    *_, wait, hint = care_sentences(stands(flag), QUESTIONS, "112")

    assert "until a clinician has cleared you" in wait or "until one has cleared you" in wait
    assert "--cleared" in hint


NAMED_IN_THE_QUESTION = ("RF10", "RF12", "RF20")
"""A recent infection and cancer are asked for; of RF20 the evidence says what to ask a doctor."""


@pytest.mark.parametrize("flag", [id_ for id_ in EVERY if id_ not in NAMED_IN_THE_QUESTION])
def test_nothing_is_diagnosed(flag):
    question = next(question for question in QUESTIONS if question.id == flag)
    pathologies = {"cauda equina", "fracture", "aneurysm", "cancer", "infection", "radiculopathy"}

    text = told(flag).lower()

    assert [word for word in {*pathologies, question.may_point_to} if word in text] == []


@pytest.mark.parametrize("flag", EMERGENCIES)
def test_an_emergency_says_first_what_to_call_and_that_the_plan_is_withdrawn(flag):
    call, withdrawn, _ = care_sentences(stands(flag), QUESTIONS, "144")

    assert call.startswith("Get help now: call 144 (abroad: the local emergency number), or")
    assert "emergency department" in call
    assert "withdrawn" in withdrawn


def test_an_emergency_where_the_number_is_not_known():
    assert told("RF1", number=None).startswith("Get help now: call your local emergency number, or")


def test_at_an_emergency_nothing_less_urgent_is_told():
    assert "GP" not in told("RF1", "RF11", "RF22")
    assert "losing weight" not in told("RF1", "RF11", "RF22")


def test_care_is_told_most_urgent_first_and_once_for_signs_of_the_same_urgency():
    first, second, third, *_ = care_sentences(
        stands("RF18", "RF19", "RF11", "RF12", "RF10"), QUESTIONS, None
    )

    assert first.startswith("Speak to a doctor today")
    assert "losing weight without trying; cancer, now or earlier" in second
    assert "physiotherapist" in third


@pytest.mark.parametrize(
    ("flags", "is_told"),
    # evidence G5: age (RF18) and night pain (RF13) alone; RF20 is a stress fracture's sign.
    [(("RF13",), True), (("RF18",), True), (("RF20",), False), (("RF13", "RF18"), False)],
)
def test_only_a_lone_sign_known_for_false_alarms_is_called_one(flags, is_told):
    said_so = any("false alarm" in one for one in care_sentences(stands(*flags), QUESTIONS, None))

    assert said_so is is_told


def test_walking_is_offered_only_where_it_is_not_stopped():
    assert "Easy walking" in told("RF11")
    assert "walking" not in told("RF10")


@pytest.mark.parametrize(("days", "due"), [(0, False), (6, False), (7, True), (30, True)])
def test_the_questions_are_due_again_after_a_week(days, due):
    assert is_due(said(yes()), later(days), load_limits()) is due


def test_the_questions_are_due_when_they_were_never_asked():
    assert is_due(History(), DAY, load_limits())


def test_the_latest_answers_count_for_when_to_ask_again():
    # Seven days after the first answers, one day after the second.
    assert not is_due(said(yes(), yes(on=later(6))), later(7), load_limits())


@pytest.mark.parametrize(
    ("tenths", "expected"),
    [
        ((30, 40), True),  # ten tenths more
        ((30, 39), False),
        ((40, 30), False),
        ((30,), False),  # nothing to compare with
        ((20, 40, 41), False),  # only the latest two count
    ],
)
def test_pain_rose_by_a_point_since_the_rating_before(tenths, expected):
    ratings = {later(day): value for day, value in enumerate(tenths)}

    assert rose(ratings, None, load_limits()) is expected


@pytest.mark.parametrize(("answered_on", "expected"), [(DAY, True), (later(1), False)])
def test_a_rise_is_asked_about_once(answered_on, expected):
    assert rose({DAY: 30, later(1): 45}, answered_on, load_limits()) is expected


def test_what_she_was_cleared_of_and_when_last():
    history = said(
        yes("RF12", cleared_on=later(1)),
        yes("RF12", "RF15", on=later(5), cleared_on=later(9)),
        yes("RF22", on=later(10)),
    )

    assert cleared_flags(history) == {"RF12": later(9), "RF15": later(9)}


def test_a_second_answer_on_a_day_keeps_the_yes_of_the_first():
    """It replaces the first in the journal, and nobody has cleared her."""
    second = with_flags_of_the_day(yes("RF15"), said(yes("RF5")), QUESTIONS)

    assert second.flags == ("RF5", "RF15")


@pytest.mark.parametrize(
    "earlier", [yes("RF5", cleared_on=DAY), yes("RF5", on=later(-1))], ids=["cleared", "day before"]
)
def test_a_second_answer_does_not_repeat_what_is_cleared_or_of_another_day(earlier):
    assert with_flags_of_the_day(yes(), said(earlier), QUESTIONS).flags == ()


def test_every_question_has_a_sign_in_few_words_that_is_no_diagnosis():
    assert [q.id for q in QUESTIONS if not 10 < len(q.sign) < 120 or "?" in q.sign] == []
    assert [q.id for q in QUESTIONS if q.sign.endswith(".")] == []


def test_the_question_in_two_parts_is_that_of_the_evidence():
    """NICE NG65: both opening conditions and at least four of nine; three: HLA-B27."""
    (question,) = [question for question in QUESTIONS if question.parts]
    parts = question.parts

    assert (question.id, len(parts.signs), parts.yes_from, parts.near) == ("RF21", 9, 4, 3)
    assert "HLA-B27" in parts.near_says
