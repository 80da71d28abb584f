"""The knowledge: every rule in the order people read them, and the numbers and studies behind them."""

from __future__ import annotations

from planner.rule import Rule
from rules.dose.cut_back_week import CutBackWeek
from rules.dose.goal import Goal
from rules.dose.long_run_share import LongRunShare
from rules.dose.minutes_kept import MinutesKept
from rules.dose.no_zigzag import NoZigzag
from rules.dose.one_thing_at_a_time import OneThingAtATime
from rules.dose.restart_dose import RestartDose
from rules.dose.session_cap import SessionCap
from rules.dose.smooth_ramp import SmoothRamp
from rules.dose.step_back import StepBack
from rules.dose.taper import Taper
from rules.dose.time import Time
from rules.dose.two_clean import TwoClean
from rules.dose.volume_or_intensity import VolumeOrIntensity
from rules.dose.walking_growth import WalkingGrowth
from rules.dose.weekly_volume import WeeklyVolume
from rules.dose.whole_fives import WholeFives
from rules.place.cleared_first import ClearedFirst
from rules.place.closed_days import ClosedDays
from rules.place.days_off import DaysOff
from rules.place.fewest_changes import FewestChanges
from rules.place.flare_rest import FlareRest
from rules.place.hard_days_apart import HardDaysApart
from rules.place.hard_run_week import HardRunWeek
from rules.place.hard_runs import HardRuns
from rules.place.long_run_day import LongRunDay
from rules.place.long_run_weekday import LongRunWeekday
from rules.place.one_a_day import OneADay
from rules.place.own_days import OwnDays
from rules.place.race_day import RaceDay
from rules.place.rest_days import RestDays
from rules.place.room_for_runs import RoomForRuns
from rules.place.run_days import RunDays
from rules.place.run_days_apart import RunDaysApart
from rules.place.run_walk_only import RunWalkOnly
from rules.place.runs_spread import RunsSpread
from rules.place.sessions_wanted import SessionsWanted
from rules.place.strength_apart import StrengthApart
from rules.place.strength_before_hard import StrengthBeforeHard
from rules.place.usual_week import UsualWeek

RULEBOOK: tuple[Rule, ...] = (
    # Safety: limits that are never traded for anything.
    ClearedFirst(),
    FlareRest(),
    DaysOff(),
    StepBack(),
    RunWalkOnly(),
    SessionCap(),
    WeeklyVolume(),
    TwoClean(),
    RestartDose(),
    RunDays(),
    RunDaysApart(),
    RestDays(),
    HardDaysApart(),
    HardRuns(),
    StrengthApart(),
    VolumeOrIntensity(),
    # The runner's time.
    ClosedDays(),
    Time(),
    OneADay(),
    RaceDay(),
    # What is wanted, as far as the limits allow.
    OwnDays(),
    SessionsWanted(),
    FewestChanges(),
    LongRunDay(),
    LongRunWeekday(),
    HardRunWeek(),
    RunsSpread(),
    StrengthBeforeHard(),
    RoomForRuns(),
    UsualWeek(),
    Goal(),
    WalkingGrowth(),
    MinutesKept(),
    CutBackWeek(),
    LongRunShare(),
    Taper(),
    OneThingAtATime(),
    SmoothRamp(),
    NoZigzag(),
    WholeFives(),
)
