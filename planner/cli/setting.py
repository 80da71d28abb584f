"""What a planning command knows before it plans: runner, limits, journal, red flags answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.asking import answered, cleared_day, refuse_emergency
from planner.cli.clock import today_in
from planner.cli.files import journal_path
from planner.cli.next_plan import Planner
from planner.cli.rulebook import limits_in_force, rulebook, stop_above_max
from planner.history import History, News, Report, with_news
from planner.journal import Journal, open_journal
from planner.pain import state_on
from planner.past import told_anew
from planner.plan import Plan, State
from planner.profile import Runner, read_runner
from planner.ratings import ratings_of
from planner.request import Limits
from planner.resolving import first_day
from planner.triage import Standing, TriageQuestion, Verdict, rose, standing, stopped_kinds
from rules.loading import load_exercises, load_ladders, load_triage

if TYPE_CHECKING:
    from planner.rule import Rule


@dataclass(frozen=True)
class Asked:
    """The answers to the red flag questions as options of a command, and whether to ask for more."""

    on_terminal: bool
    no_red_flags: bool = False
    red_flags: tuple[str, ...] = ()
    cleared: date | None = None


@dataclass(frozen=True)
class Setting:
    """``history`` has the ``news`` of this command in it, which are not stored yet."""

    file: Path
    runner: Runner
    limits: Limits
    today: date
    journal: Journal
    stored: Plan | None
    history: History
    news: News
    questions: tuple[TriageQuestion, ...]

    @property
    def standing(self) -> Standing:
        """Where she stands with the red flags."""
        return standing(self.history, self.questions)

    def planner(self, rules: Sequence[Rule] | None = None, weeks: int | None = None) -> Planner:
        """All that her next plan is made from."""
        where = self.standing
        return Planner(
            runner=self.runner,
            limits=self.limits,
            ladders=load_ladders(),
            exercises=load_exercises(),
            rules=rules or rulebook(),
            stored=self.stored,
            weeks=weeks,
            history=self.history,
            stopped=stopped_kinds(where, self.questions),
            leg_signs=leg_signs(self.questions),
            triage=where.word,
            triage_on=where.answered_on,
            made_from=self.journal.made_from(),
        )

    def refuse_withdrawn(self) -> None:
        """Stop here where an emergency sign has withdrawn the plan."""
        where = self.standing
        if where.verdict is Verdict.EMERGENCY:
            refuse_emergency(where, self.runner.runner.time_zone, self.questions)


def setting(file: Path, tighter: Path | None, today: date | None) -> Setting:
    """The runner's file and her journal; what her file says anew is news."""
    limits = limits_in_force(tighter)
    runner = read_runner(file, stop_above_max=stop_above_max(limits))
    journal = open_journal(journal_path(file))
    known = journal.history()
    here = Setting(
        file=file,
        runner=runner,
        limits=limits,
        today=today or today_in(runner.runner.time_zone),
        journal=journal,
        stored=journal.latest(),
        history=known,
        news=News(),
        questions=load_triage(),
    )
    return _told_by(here, runner, known)


def with_runner(here: Setting, runner: Runner) -> Setting:
    """The setting as it would be if her file said something else."""
    return _told_by(here, runner, here.journal.history())


def _told_by(here: Setting, runner: Runner, known: History) -> Setting:
    stored = here.stored
    # A journal from before there was a log: what the file said then is taken as said at the start.
    on = stored.start if stored and not known.told else first_day(runner, here.today)
    news = News(told=told_anew(known, runner, on))
    return replace(here, runner=runner, news=news, history=with_news(known, news))


def with_report(here: Setting, report: Report) -> Setting:
    """The setting with a flare that she tells of."""
    return _with(here, here.news.model_copy(update={"report": report}))


def without_reports_of(here: Setting, revision: int) -> Setting:
    """The setting without the flares that were told with a revision, which is to be undone."""
    known = here.journal.history(without_revision=revision)
    news = here.news.model_copy(update={"withdrawn_revision": revision})
    return replace(here, news=news, history=with_news(known, news))


def after_questions(here: Setting, asked: Asked, *, must: bool) -> Setting:
    """The setting with the red flag questions answered, or cleared, as far as they were.

    ``must``: without an answer the command ends; one given earlier that day is enough on a terminal.
    An emergency answer is stored at once, nothing else is, and the command ends with what to do
    (exit code 7).
    """
    cleared = cleared_day(asked.cleared, asked.red_flags, where=here.standing, today=here.today)
    here = _with(here, here.news.model_copy(update={"cleared_on": cleared}))
    here.refuse_withdrawn()
    today_on_terminal = asked.on_terminal and here.standing.answered_on == here.today
    answer = answered(
        asked.no_red_flags,
        asked.red_flags,
        history=here.history,
        today=here.today,
        limits=here.limits,
        questions=here.questions,
        on_terminal=asked.on_terminal,
        must=must and not today_on_terminal,
        pain_rose=_pain_rose(here),
    )
    if answer is not None:
        here = _with(here, here.news.model_copy(update={"answer": answer}))
    if here.standing.verdict is Verdict.EMERGENCY:
        here.journal.record(News(answer=answer, cleared_on=cleared))
    here.refuse_withdrawn()
    return here


def _pain_rose(here: Setting) -> bool:
    """Whether a sore back got worse since the red flag questions were last answered."""
    signs, answered_on = leg_signs(here.questions), here.standing.answered_on
    if answered_on is None or not here.history.told:
        return False
    if state_on(here.history, here.limits, here.today, signs) is not State.MODERATE:
        return False
    return rose(ratings_of(here.history).by_day, answered_on, here.limits)


def leg_signs(questions: Sequence[TriageQuestion]) -> tuple[str, ...]:
    """The red flags that keep running away after a flare: signs in the legs."""
    return tuple(question.id for question in questions if question.is_leg_sign)


def _with(here: Setting, news: News) -> Setting:
    return replace(here, news=news, history=with_news(here.history, news))
