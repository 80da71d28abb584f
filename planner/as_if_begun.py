"""What counts as known where a plan of any origin begins: as if the runner began it on its first day.

Pure functions over her history; which of them a plan asks for is told in ``planner.cli.judging``.
"""

from __future__ import annotations

from datetime import date

from planner.history import History, Told
from planner.past import past_weeks
from planner.plan import HUNDREDTHS
from planner.profile import Back, Recent
from planner.ratings import ONE_DAY, known_by
from planner.volumes import ONE_WEEK, last_run_on, monday_of, runs_done

NOTHING = Recent()


def is_logged(history: History) -> bool:
    """Whether the log tells anything of her runs or her back."""
    return bool(history.logged or history.reports)


def is_far_ahead(start: date, today: date) -> bool:
    """Whether a plan begins later than next week, so that the log can't reach up to it."""
    return monday_of(start) > monday_of(today) + ONE_WEEK


def by_the_file(
    history: History, recent: Recent, back: Back | None, start: date, today: date
) -> History:
    """Without a log: the runs that her file tells of lie right before the plan.

    Her back is as it says on the first day; where that has gone by, today. What it said of her back
    before still counts: a flare does not end by another line in it.
    """
    earlier = tuple(told.model_copy(update={"recent": NOTHING}) for told in history.told[:-1])
    told: tuple[Told, ...] = (Told(on=start, recent=recent, back=back),)
    if start < today:
        told = (Told(on=start, recent=recent), Told(on=today, recent=NOTHING, back=back))
    return history.model_copy(update={"told": (*earlier, *told)})


def running_on(
    history: History, back: Back | None, start: date, today: date, window_days: int
) -> History:
    """For a plan far ahead: as if she ran until then as her log tells of the last weeks.

    ``window_days``: how far back the longest run may lie.
    """
    known = known_by(history, today)
    done = {on: run for on, run in runs_done(known).items() if on <= today}
    since = today - window_days * ONE_DAY
    latest = last_run_on(known, today + ONE_DAY)
    recent = Recent(
        run_minutes=tuple(run / HUNDREDTHS for run in reversed(past_weeks(known, today))),
        longest_run_minutes=max((run for on, run in done.items() if on >= since), default=0)
        / HUNDREDTHS,
        days_since_last_run=(today - latest).days if latest else None,
    )
    told = Told(on=start, recent=recent, back=back)
    return history.model_copy(update={"told": (*history.told, told)})
