"""The smooth way to the goal: how much each week should hold where the limits leave room.

Not a limit: the solver keeps as close to these weeks as the limits allow. The way is a straight line
from the longest run known to the one that the goal needs, with a cut-back week every so often and a
taper before a race, in fives where that is possible.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.kept import KeptWeek, catching_up, kept_week, most_after, runs_in, walk_before
from planner.lighter import FIVE, before_race, lighter, neat, number
from planner.plan import State
from planner.request import DAYS_IN_WEEK, Request, WeekWish
from planner.way_back import stage_minutes


@dataclass
class _Way:
    """Where the walk through the weeks has come to, in minutes."""

    cut_backs: frozenset[int]
    longest: list[int]
    volumes: list[int]
    origin: int | None = None
    before_care: int | None = None
    grown: int = 0
    hard_step: int = 0


def week_wishes(request: Request) -> tuple[WeekWish, ...]:
    """What each week of the plan should hold."""
    way = _Way(
        cut_backs=_cut_backs(request),
        longest=[_known_longest(request)],
        volumes=[request.past_week(week) // 100 for week in range(-4, 0)],
    )
    wishes = []
    for week in range(request.weeks):
        wishes.append(_week(request, way, week))
        # What was run in a week before the plan's first day is a part of it for the weeks after.
        way.volumes[-1] += request.run_before_in(week) // 100
    return tuple(wishes)


def _cut_backs(request: Request) -> frozenset[int]:
    """Every so many-th week, counted from the first whole one that is no longer on the ladder,

    also beyond the plan, up to the goal; and the week after a race.
    """
    every = request.limits.need("cut-back-week", "every_weeks", State.MILD)
    first = next((w for w in range(request.weeks) if _is_running_week(request, w)), request.weeks)
    last = request.weeks if request.goal.day is None else request.week_of(request.goal.day) + 1
    held = range(first + every - 1, max(request.weeks, last), every)
    race = _race_week(request)
    after = [race + 1] if race is not None and race + 1 < request.weeks else []
    return frozenset([week for week in held if not _near_race(request, week)] + after)


def _is_running_week(request: Request, week: int) -> bool:
    whole = len(request.days_in(week)) == DAYS_IN_WEEK
    return whole and not request.ladder_weeks[week] and not _is_careful(request, week)


def _is_careful(request: Request, week: int) -> bool:
    states = {request.states[day] for day in request.days_in(week)}
    return bool(states & {State.MODERATE, State.RETURNING, State.FLARE})


def _known_longest(request: Request) -> int:
    """The longest run that counts: of 30 days, and after a flare of those since the restart."""
    first = -request.limits.need("session-cap", "window_days")
    if request.restart is not None and request.restart.day < 0:
        first = max(first, request.restart.day)
    return max(
        (run.run_hundredths // 100 for run in request.past_runs if run.day >= first), default=0
    )


def _race_week(request: Request) -> int | None:
    """The week of the race, which may lie beyond the plan; None where it is not to be run."""
    if request.goal.kind != "race" or request.goal.day is None or not request.race_possible:
        return None
    return request.week_of(request.goal.day)


def _near_race(request: Request, week: int) -> bool:
    """Whether a week lies in the taper or is the race's."""
    race = request.goal.day
    if _race_week(request) is None or race is None or not request.tapers:
        return False
    taper = request.limits.get("taper", "days", State.MILD) or 0
    middle = week * DAYS_IN_WEEK - request.start.weekday() + DAYS_IN_WEEK // 2
    return race - taper <= middle <= race or week == _race_week(request)


def _week(request: Request, way: _Way, week: int) -> WeekWish:
    walk = _walk_minutes(request, week)
    if request.ladder_weeks[week]:
        stages = request.ladder.stages
        way.longest.append(stages[-1].run_hundredths // 100)
        way.volumes.append(request.wishes.runs * way.longest[-1])
        longest_session = max(stage.total_hundredths for stage in stages) // 100
        return WeekWish(easy_minutes=longest_session, walk_minutes=walk)
    if _is_careful(request, week):
        return _careful_week(request, way, week, walk)
    return _running_week(request, way, week, walk)


def _walk_minutes(request: Request, week: int) -> int:
    if had := walk_before(request, week):
        return had
    grown = request.walk_minutes + week * request.limits.need("walking-growth", "growth_minutes")
    return max(min(grown, request.walk_target_minutes), request.walk_minutes)


def _careful_week(request: Request, way: _Way, week: int, walk: int) -> WeekWish:
    """In moderate pain a fifth less than before it; after a flare a share of the weeks before."""
    limits = [request.limits.get("run-days", "max_days", s) for s in request.states_in(week)]
    most = max((limit for limit in limits if limit is not None), default=1)
    runs = max(min(request.wishes.runs, most), 1)
    if request.restart is not None:
        runs = max(min(request.wanted_in(week, "runs"), most), 1)
        most_volume = most_after(request, "weekly-volume", max(way.volumes[-4:], default=0))
        volume = min(stage_minutes(request, week) * runs, most_volume)
        if week > max(request.week_of(request.restart.day), 0):
            # The days of a week on which the way back is over keep the cap after what was reached.
            volume = min(volume, most_after(request, "session-cap", way.longest[-1]) * runs)
    else:
        if way.before_care is None:
            way.before_care = way.volumes[-1]
        volume = min(way.before_care * number(request, "moderate_percent") // 100, way.volumes[-1])
    easy = volume // runs
    way.volumes.append(min(request.wanted_in(week, "runs"), runs) * easy)
    way.longest.append(easy if request.restart else min(easy, max(way.longest[-4:])))
    return WeekWish(easy_minutes=easy, walk_minutes=walk)


def _running_week(request: Request, way: _Way, week: int, walk: int) -> WeekWish:
    runs = runs_in(request, week)
    best, volume = max(way.longest[-4:]), max(way.volumes[-4:], default=0)
    kept = kept_week(request, week, best, volume)
    if kept is not None:
        return _as_before(request, way, week, kept, walk)
    # A week that follows a light one, after days away for example, need not be lighter still.
    full = way.volumes[-1] * 100 >= volume * number(request, "full_week_percent")
    cut = week in way.cut_backs and full and runs > 0
    if cut or _near_race(request, week):
        # The middle of the band that the rules leave: a quarter less, before a race half.
        if _near_race(request, week):
            last_easy = _easy_minutes(request, best, volume, runs)
            long, easy = before_race(request, best, last_easy)
            if week == _race_week(request):
                easy = min(easy, number(request, "race_week_minutes"))
        else:
            long, easy = lighter(request, way.longest[-1], _last_easy(way, runs), runs)
    else:
        wanted = _long_minutes(request, way, best, week)
        long = min(wanted, most_after(request, "session-cap", best))
        if runs > 1:
            # A long run needs the others beside it.
            share = number(request, "long_of_week_percent")
            long = min(long, max(_most_volume(request, volume) * share // 100, 1))
        easy = _easy_minutes(request, long, volume, runs)
        if request.before and runs > 1 and wanted > long:
            long, easy = catching_up(request, (wanted, runs), best, volume) or (long, easy)
    race = week == _race_week(request)
    if runs < 2 and not race:
        easy = long
    if runs < 2 or race or long <= easy:
        long = 0
    way.longest.append(long or easy)
    way.volumes.append(long + max(runs - 1, 1) * easy if long else runs * easy)
    hard = _hard_minutes(request, way, easy, cut=cut, volume=way.volumes[-1])
    return WeekWish(
        easy_minutes=max(easy, 1),
        long_minutes=long,
        hard_minutes=0 if race else hard,
        walk_minutes=walk,
        cut_back=cut,
        taper=_near_race(request, week),
    )


def _as_before(request: Request, way: _Way, week: int, kept: KeptWeek, walk: int) -> WeekWish:
    """The week as the plan before had it; the way goes on from there."""
    if way.origin is None:
        way.origin = max(way.longest[-4:])
    way.grown += 1
    rises = kept.volume > way.volumes[-1]
    way.longest.append(kept.long_minutes or kept.easy_minutes)
    way.volumes.append(kept.volume)
    if not request.hard_steps or (rises and not way.hard_step and request.restart):
        # Hard running begins again in a week that does not rise as well.
        hard = 0
    else:
        hard = kept.hard_minutes
        way.hard_step = max(way.hard_step, int(hard > 0))
    return WeekWish(
        easy_minutes=max(kept.easy_minutes, 1),
        long_minutes=kept.long_minutes,
        hard_minutes=hard,
        walk_minutes=walk,
        cut_back=kept.is_lighter,
        taper=_near_race(request, week),
    )


def _last_easy(way: _Way, runs: int) -> int:
    return max(way.volumes[-1] - way.longest[-1], 0) // max(runs - 1, 1)


def _long_minutes(request: Request, way: _Way, best: int, week: int) -> int:
    """The long run on the line from the first running week to the goal, the cap aside.

    After the race it stays a little below where it began.
    """
    if way.origin is None:
        way.origin = best
    race = _race_week(request)
    if race is not None and week > race:
        kept = neat((way.origin or best) * number(request, "after_race_percent") // 100)
        return max(kept, 1)
    peak = max(peak_minutes(request, best), best)
    way.grown += 1
    weeks = way.grown - 1 + _growing_weeks_left(request, way, week)
    line = way.origin + max(peak - way.origin, 0) * min(way.grown, weeks) // weeks
    if line < min(most_after(request, "session-cap", best), peak):
        # In fives, and never back behind what was run already.
        line = max(neat(line), best)
    return min(line, peak)


def peak_minutes(request: Request, best: int = 0) -> int:
    """The longest run that the goal needs before its day, in minutes; ``best``: what was run."""
    asked = -(-request.goal.asked_hundredths // 100)
    if request.goal.kind == "race":
        ratio = request.limits.need("session-cap", "ratio_percent", State.MILD)
        floor = request.limits.need("session-cap", "floor_minutes", State.MILD)
        needed = min(-(-request.goal.asked_hundredths // ratio), asked - floor)
        return max(-(-needed // FIVE) * FIVE, best)
    if request.goal.kind == "walking":
        return best
    return asked


def _growing_weeks_left(request: Request, way: _Way, week: int) -> int:
    """Weeks until the longest run is due, this one included, cut-back weeks left out."""
    if request.goal.day is None:
        return 1
    due = request.week_of(request.goal.day)
    if request.goal.kind == "race":
        due -= 1
        while due > week and _near_race(request, due):
            due -= 1
    elif request.weekday(request.goal.day) < DAYS_IN_WEEK - 1:
        # The long run of a week that is cut short by the goal's day may come too late.
        due -= 1
    return max(sum(other not in way.cut_backs for other in range(week, due + 1)), 1)


def _easy_minutes(request: Request, long: int, volume: int, runs: int) -> int:
    """An easy run beside the long one: long enough for the long run's share of the week,

    within the weekly limits on the weeks before.
    """
    others = max(runs - 1, 1)
    floor_percent = request.limits.get("long-run-share", "share_floor_percent", State.MILD) or 0
    points = request.limits.get("long-run-share", "above_equal_points", State.MILD) or 0
    share = max(floor_percent, 100 // max(runs, 1) + points)
    fair = -(-(long * 100 - long * share) // (share * others))
    usual = (volume - long) // others
    wanted = max(fair, min(usual, long * number(request, "easy_percent") // 100))
    most = (_most_volume(request, volume) - long) // others
    return neat(max(min(wanted + FIVE - 1, most, long), min(long, FIVE), 1))


def _most_volume(request: Request, volume: int) -> int:
    """How much a week should hold at the most after weeks of this volume."""
    growth = 100 + request.limits.need("smooth-ramp", "growth_target_percent", State.MILD)
    floor = request.limits.need("weekly-volume", "floor_minutes", State.MILD)
    return max(volume * growth // 100, volume + floor)


def _hard_minutes(request: Request, way: _Way, easy: int, *, cut: bool, volume: int) -> int:
    """Hard minutes of the week's hard run: they begin, and grow, in weeks that hold less running.

    The run that holds them is as long as the week's easy runs.
    """
    steps = request.hard_steps
    if not steps:
        return 0
    if cut and way.hard_step < len(steps):
        way.hard_step += 1
    if way.hard_step == 0:
        return 0
    share = request.limits.need("hard-runs", "share_percent", State.MILD)
    known = [one.hard_minutes for one in steps[: way.hard_step] if one.run_minutes <= easy]
    return max((minutes for minutes in known if minutes * 100 <= share * volume), default=0)
