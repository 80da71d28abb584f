"""The runner's file: who she is, what she wants, when she has time, how her back is.

``read_runner`` turns ``maya.toml`` into a ``Runner`` or says in sentences what is wrong with it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Self

from pydantic import (
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from planner.errors import InputError
from planner.plan import Frozen
from planner.profile_errors import TRY, missing_sentence, said, told
from planner.profile_text import TomlText, decode_toml, read_bytes
from planner.profile_values import (
    DAY_MINUTES,
    WEEKDAYS,
    ClockTime,
    Date,
    DayMinutes,
    GoalKind,
    Movement,
    Name,
    Pace,
    PainPoints,
    RunMinutes,
    TimeZone,
    Trigger,
    Weekday,
    pace_seconds,
)
from planner.request import Experience


class Table(Frozen):
    """A table of the file. Nothing is converted: ``"3"`` and ``true`` are no numbers."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, populate_by_name=True
    )


class Person(Table):
    """``[runner]``: who it is for."""

    name: Name = Field(description="What the plan and the calendar call you.", examples=["Maya"])
    time_zone: TimeZone = Field(
        description="Where you live, as an IANA time zone.", examples=["Europe/Zurich"]
    )
    experience: Experience = Field(
        default=Experience.RETURNING,
        strict=False,
        description="How used to running you are: new, returning after a break, or regular.",
    )
    born: int | None = Field(default=None, ge=1900, le=2100, description="Year of birth.")


class Goal(Table):
    """``[goal]``: what she wants to reach."""

    kind: GoalKind = Field(
        description="A race, a time to run without a break, keeping on running, or walking.",
        examples=["keep_running"],
    )
    on: Date | None = Field(
        default=None,
        description="The day of the race; for run_time the day to reach it by, else the earliest.",
        examples=[date(2027, 4, 11)],
    )
    distance_km: float | None = Field(
        default=None, gt=0, le=500, description="Length of the race in km.", examples=[10.0]
    )
    pace: Pace | None = Field(
        default=None, description="Pace of the race, minutes:seconds per km.", examples=["6:45"]
    )
    minutes: float | None = Field(
        default=None,
        ge=1,
        le=DAY_MINUTES,
        description="Minutes to reach: of the longest run without a walking break, or of one walk;"
        " not used for a race.",
        examples=[30],
    )

    @property
    def pace_seconds_per_km(self) -> int | None:
        """Seconds for one km of the race; None where no pace is given."""
        return None if self.pace is None else pace_seconds(self.pace)

    @model_validator(mode="after")
    def _keys_fit_the_kind(self) -> Self:
        for key, kinds in _KINDS_WITH.items():
            if getattr(self, key) is not None and self.kind not in kinds:
                fitting = " and ".join(f'"{kind}"' for kind in kinds)
                raise said((key,), f'it is for kind {fitting}, not for "{self.kind}"')
        for key in _NEEDED_BY[self.kind]:
            if getattr(self, key) is None:
                raise said((key,), f'kind = "{self.kind}" needs it')
        return self


_KINDS_WITH: dict[str, tuple[GoalKind, ...]] = {
    "on": ("race", "run_time"),
    "distance_km": ("race",),
    "pace": ("race",),
}
_NEEDED_BY: dict[GoalKind, tuple[str, ...]] = {
    "race": ("on", "distance_km"),
    "run_time": ("minutes",),
    "keep_running": (),
    "walking": (),
}


class WeekMinutes(Table):
    """``[week.minutes]``: the most minutes of training on each weekday."""

    mon: DayMinutes = Field(default=0, description="Minutes free on Mondays.", examples=[45])
    tue: DayMinutes = Field(default=0, description="Minutes free on Tuesdays.")
    wed: DayMinutes = Field(default=0, description="Minutes free on Wednesdays.")
    thu: DayMinutes = Field(default=0, description="Minutes free on Thursdays.")
    fri: DayMinutes = Field(default=0, description="Minutes free on Fridays.")
    sat: DayMinutes = Field(default=0, description="Minutes free on Saturdays.")
    sun: DayMinutes = Field(default=0, description="Minutes free on Sundays.")

    def on(self, weekday: int) -> int:
        """Minutes free on a weekday, 0 for Monday to 6 for Sunday."""
        return int(getattr(self, WEEKDAYS[weekday]))


class WeekStart(Table):
    """``[week.start]``: when training starts on each weekday, in local time."""

    mon: ClockTime | None = Field(default=None, description="Start of training on Mondays.")
    tue: ClockTime | None = Field(default=None, description="Start of training on Tuesdays.")
    wed: ClockTime | None = Field(default=None, description="Start of training on Wednesdays.")
    thu: ClockTime | None = Field(default=None, description="Start of training on Thursdays.")
    fri: ClockTime | None = Field(default=None, description="Start of training on Fridays.")
    sat: ClockTime | None = Field(default=None, description="Start of training on Saturdays.")
    sun: ClockTime | None = Field(default=None, description="Start of training on Sundays.")

    def on(self, weekday: int) -> str | None:
        """Start as ``HH:MM`` on a weekday, 0 for Monday to 6 for Sunday; None where not given."""
        found: str | None = getattr(self, WEEKDAYS[weekday])
        return found


class Week(Table):
    """``[week]``: sessions wanted each week, and the time there is for them."""

    runs: int = Field(ge=0, le=7, description="Runs wanted each week.", examples=[3])
    walks: int = Field(default=0, ge=0, le=14, description="Walks wanted each week.")
    strength: int = Field(default=0, ge=0, le=7, description="Strength sessions wanted each week.")
    mobility: int = Field(default=0, ge=0, le=7, description="Mobility sessions wanted each week.")
    long_run: Weekday | None = Field(
        default=None, description="The weekday you like best for the long run."
    )
    minutes: WeekMinutes = Field(
        description="The most minutes of training on each weekday; a day left out has none."
    )
    start: WeekStart = Field(
        default=WeekStart(),
        description="When training starts on a weekday, in local time; without it, an all-day"
        " entry in the calendar.",
    )

    @property
    def long_run_weekday(self) -> int | None:
        """The wished weekday of the long run, 0 for Monday; None where there is no wish."""
        return None if self.long_run is None else WEEKDAYS.index(self.long_run)


class Away(Table):
    """``[[away]]``: days without training, both ends included."""

    first: Date = Field(alias="from", description="First day away.", examples=[date(2026, 12, 24)])
    last: Date = Field(alias="to", description="Last day away.", examples=[date(2026, 12, 27)])

    @model_validator(mode="after")
    def _not_reversed(self) -> Self:
        if self.last < self.first:
            raise said(("to",), f'it lies before "from", {self.first}; exchange the two')
        return self


class Recent(Table):
    """``[recent]``: the weeks before the plan, until the journal knows better."""

    run_minutes: tuple[RunMinutes, ...] = Field(
        default=(),
        strict=False,
        max_length=8,
        description="Minutes of running in each of the last weeks, oldest first.",
    )
    longest_run_minutes: float = Field(
        default=0.0, ge=0, le=DAY_MINUTES, description="Longest run of the last 30 days, minutes."
    )
    days_since_last_run: int | None = Field(
        default=None, ge=0, le=3650, description="Days since the last run."
    )
    walk_minutes: DayMinutes = Field(default=0, description="Usual length of one walk, minutes.")


class Back(Table):
    """``[back]``: how the lower back is, on a scale of 0 to 10."""

    pain_today: PainPoints = Field(default=0.0, description="Pain today, 0 to 10.")
    usual_pain: PainPoints | None = Field(
        default=None, description="Pain on a usual day, 0 to 10; without it, that of today."
    )
    worse_with: tuple[Trigger, ...] = Field(
        default=(), strict=False, description="What makes it worse; exercises leave it out."
    )
    better_with: tuple[Movement, ...] = Field(
        default=(), strict=False, description="Directions that ease it; exercises prefer them."
    )
    stop_above: PainPoints | None = Field(
        default=None,
        description="Pain above which you stop a run; may lower the rulebook's limit only.",
    )

    @property
    def pain_today_given(self) -> bool:
        """Whether she wrote how the pain is today; else 0 is only a default."""
        return "pain_today" in self.model_fields_set

    @property
    def usual_pain_points(self) -> float:
        """Pain on a usual day; that of today where she gave none."""
        return self.pain_today if self.usual_pain is None else self.usual_pain

    @field_validator("stop_above")
    @classmethod
    def _never_raised(cls, points: float | None, info: ValidationInfo) -> float | None:
        limit = (info.context or {}).get("stop_above_max")
        if points is not None and limit is not None and points > limit:
            raise said((), f"it may lower the rulebook's limit, {limit:g}, but never raise it")
        return points

    @model_validator(mode="after")
    def _worse_is_not_better(self) -> Self:
        for movement in self.better_with:
            if movement in self.worse_with:
                raise said(
                    ("better_with",), f'"{movement}" is in worse_with too; keep it in one of them'
                )
        return self


class PlanTime(Table):
    """``[plan]``: when the plan starts and how long it is."""

    start: Date | None = Field(default=None, description="First day of the plan; else today.")
    weeks: int | None = Field(
        default=None, ge=1, le=52, description="Weeks to plan; else to the goal, or eight."
    )


class Runner(Table):
    """The runner's whole file. ``back`` is None where she said nothing about it."""

    runner: Person = Field(description="Who the plan is for.")
    goal: Goal = Field(description="What you want to reach.")
    week: Week = Field(description="What you want to do each week, and when you have time.")
    away: tuple[Away, ...] = Field(
        default=(), strict=False, description="Days without training, such as holidays."
    )
    recent: Recent = Field(default=Recent(), description="How you trained in the last weeks.")
    back: Back | None = Field(default=None, description="How your lower back is.")
    plan: PlanTime = Field(default=PlanTime(), description="When the plan starts and ends.")

    @model_validator(mode="after")
    def _goal_after_start(self) -> Self:
        on, start = self.goal.on, self.plan.start
        if on is not None and start is not None and on < start:
            raise said(("goal", "on"), f"it lies before plan.start, {start}")
        return self


_PACE_NEEDED = 'kind = "race" needs it to know how long the race takes'


def pace_seconds_per_km(goal: Goal) -> int:
    """Seconds for one km of the race; InputError where the goal has no pace."""
    if goal.pace_seconds_per_km is None:
        raise InputError(
            f"goal.pace is missing; {_PACE_NEEDED}.", 'Add a line like pace = "6:45" under [goal].'
        )
    return goal.pace_seconds_per_km


def _check_pace_known(runner: Runner, text: TomlText) -> None:
    """A race needs a pace as long as nothing but the file can give one."""
    if runner.goal.kind == "race" and runner.goal.pace is None:
        raise InputError(missing_sentence(Runner, ("goal", "pace"), text, _PACE_NEEDED), TRY)


def parse_runner(data: bytes, file: str, *, stop_above_max: float) -> Runner:
    """The runner in the bytes of a file; ``file`` is its name in messages.

    ``stop_above_max`` is the rulebook's pain limit, which ``[back] stop_above`` may only lower.
    Raises InputError with up to five sentences, one a line.
    """
    return runner_in(decode_toml(data, file), stop_above_max=stop_above_max)


def runner_in(text: TomlText, *, stop_above_max: float) -> Runner:
    """The runner in the tables of a file; see ``parse_runner``."""
    context: dict[str, Any] = {"stop_above_max": stop_above_max}
    try:
        runner = Runner.model_validate(text.data, context=context, by_alias=True, by_name=False)
    except ValidationError as error:
        raise told(Runner, error, text) from None
    _check_pace_known(runner, text)
    return runner


def read_runner(path: Path, *, stop_above_max: float) -> Runner:
    """The runner in a file; see ``parse_runner``. Raises InputError where it can't be read."""
    return parse_runner(read_bytes(path), str(path), stop_above_max=stop_above_max)
