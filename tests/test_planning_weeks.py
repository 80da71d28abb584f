"""The engine on named stories: weeks that look right to a coach."""

from __future__ import annotations

from collections import Counter

import pytest

from planner.plan import Kind
from tests.commands import SAMPLES
from tests.runners import WEEKDAYS, planned
from tests.stories import runs, sample, sessions, story, volume, weeks


@pytest.mark.parametrize("name", ["race-10k", "half-marathon", "keep-running"])
def test_the_long_run_is_the_longest_of_its_week(name):
    for days in weeks(sample(name)):
        held = [s for day in days for s in day.sessions if s.kind.is_run]
        long = [s.run_minutes for s in held if s.kind is Kind.LONG_RUN]
        if long and not any(s.kind is Kind.RACE for s in held):
            assert long[0] == max(s.run_minutes for s in held)


@pytest.mark.parametrize("name", ["race-10k", "keep-running"])
def test_easy_runs_of_a_week_are_alike(name):
    case = planned(next(path for path in SAMPLES if path.stem == name).read_text("utf-8"))
    alike = {tier.name for tier in case.plan.tiers}
    for days in weeks(case.plan):
        easy = [s.run_minutes for day in days for s in day.sessions if s.kind is Kind.EASY_RUN]
        # In a week with a short day the run there is what fits.
        short = [
            case.file["week"]["minutes"][WEEKDAYS[day.date.weekday()]]
            for day in days
            if day.has(Kind.EASY_RUN)
        ]
        if easy and min(short) >= max(easy) + 30:
            assert len(set(easy)) == 1
    assert "alike" not in alike


def test_a_run_on_a_short_day_is_what_fits():
    minutes = {"mon": 20, "wed": 60, "sat": 90}
    plan = story(minutes=minutes, week={"runs": 3}).plan
    mondays = [s.run_minutes for day, s in runs(plan) if day.weekday() == 0]

    assert mondays != []
    assert set(mondays) == {20}


def test_every_week_has_the_same_weekdays():
    plan = story(weeks=12).plan
    held = Counter(tuple(day.date.weekday() for day in days if day.has_run) for days in weeks(plan))

    assert len(held) == 1


def test_cut_back_weeks_hold_20_to_30_percent_less_than_the_week_before():
    outcome = story(weeks=12)
    volumes = [volume(days) for days in weeks(outcome.plan)]
    lighter = [n for n, wish in enumerate(outcome.request.week_wishes) if wish.cut_back]

    # Every fourth week of twelve.
    assert lighter == [3, 7, 11]
    for week in lighter:
        assert 0.7 <= volumes[week] / volumes[week - 1] <= 0.8


@pytest.mark.parametrize("name", ["race-10k", "half-marathon", "keep-running", "whole-year"])
def test_runs_are_whole_minutes(name):
    kinds = (Kind.EASY_RUN, Kind.LONG_RUN, Kind.HARD_RUN)
    minutes = [session.run_minutes for _, session in sessions(sample(name), *kinds)]

    assert [run for run in minutes if run != int(run)] == []


def test_a_whole_year_is_planned_to_its_last_day():
    plan = story(weeks=52).plan

    assert len(plan.days) == 364
    # No week without a run, nobody away.
    assert min(volume(days) for days in weeks(plan)) > 0


CROWDED = {"runs": 3, "walks": 7, "strength": 3, "mobility": 3, "long_run": "sat"}
"""More sessions than days of half an hour hold; only Saturdays are long."""


def test_walks_asked_for_leave_the_long_run_its_day():
    minutes = dict.fromkeys(WEEKDAYS, 30) | {"sat": 120}
    plan = story(week=CROWDED, minutes=minutes, goal={"kind": "keep_running", "minutes": 45}).plan
    longest = [
        max(
            ((day.date, s.run_minutes) for day in days for s in day.sessions),
            key=lambda run: run[1],
        )
        for days in weeks(plan)
    ]

    # She runs 35 minutes, and 10 % more from week to week: 38, 41, 45.
    assert plan.goal.reached
    assert [day.weekday() for day, _ in longest[:3]] == [5, 5, 5]


def test_the_only_run_of_a_week_has_the_longest_day():
    minutes = {"wed": 20, "thu": 30, "fri": 30, "sat": 50, "sun": 30}
    week = {"runs": 1, "walks": 5, "strength": 3, "long_run": "sat"}
    recent = {"run_minutes": [50] * 4, "longest_run_minutes": 50, "days_since_last_run": 2}
    plan = story(
        week=week, minutes=minutes, recent=recent, goal={"kind": "keep_running", "minutes": 45}
    ).plan

    assert plan.goal.reached
    assert {day.weekday() for day, _ in runs(plan)} == {5}
