"""The log of one runner: what stands in her journal, and keeping what she tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import click

from planner.cli.asking import advice, answered, cleared_day, refuse_emergency
from planner.cli.clock import today_in
from planner.cli.files import journal_path
from planner.cli.meaning import Meaning, far_above_others, meaning_of
from planner.cli.rulebook import limits_in_force, stop_above_max
from planner.entering import Entered, Typed, enter, enter_days_done
from planner.history import Answer, History, News, Told, with_news
from planner.journal import Journal, open_journal
from planner.plan import Plan
from planner.profile import Runner, read_runner
from planner.request import Limits
from planner.table import long_date
from planner.triage import Standing, Verdict, standing, stopped_kinds
from rules.loading import load_triage

RED_FLAGS_DUE = (
    'Read "When not to run" in the README: it is time for its questions. If none is a yes: '
    "runback log {name} --no-red-flags; else --red-flag and its name, like RF5."
)


class Flags(NamedTuple):
    """What was said of red flags with the command, and whether they may be asked for."""

    no: bool
    yes: tuple[str, ...]
    cleared: date | None
    may_ask: bool


@dataclass(frozen=True)
class Log:
    """What is known before something is told."""

    file: Path
    runner: Runner
    limits: Limits
    today: date
    journal: Journal
    history: History
    plan: Plan | None

    @property
    def name(self) -> str:
        """The runner's file as it was given, for commands to type."""
        return click.format_filename(self.file)

    def entered(self, typed: Typed, on: date) -> Entered:
        """The entries of a day from what was typed of it."""
        return enter(typed, on, self.plan, self.history)

    def days_done(self, first: date, last: date) -> Entered:
        """The entries of days that were done as planned."""
        if first > last:
            raise click.UsageError(f"--from {first} lies after {last}.")
        return enter_days_done(first, last, self.plan, self.history)

    def keep(self, entered: Entered, flags: Flags, *, as_json: bool) -> None:
        """Store it with the answers to the red flag questions, and tell what follows.

        A new emergency sign is stored alone, and ends the command. Whoever leaves the questions
        unanswered has her entries stored all the same.
        """
        questions = load_triage()
        where = standing(self.history, questions)
        cleared = cleared_day(flags.cleared, flags.yes, where=where, today=self.today)
        news = News(logged=entered.logged, cleared_on=cleared)
        try:
            answer = self._answer(flags, news)
        except click.Abort:
            self.journal.record(news)
            self._tell(entered, news)
            raise
        if answer and standing(History(answers=(answer,)), questions).verdict is Verdict.EMERGENCY:
            self._refuse(answer, cleared, entered)
        news = news.model_copy(update={"answer": answer})
        self.journal.record(news)
        if as_json:
            self._tell_json(entered, news)
        else:
            self._tell(entered, news)

    def _answer(self, flags: Flags, news: News) -> Answer | None:
        return answered(
            flags.no,
            flags.yes,
            history=with_news(self.history, News(cleared_on=news.cleared_on)),
            today=self.today,
            limits=self.limits,
            questions=load_triage(),
            on_terminal=flags.may_ask,
            must=False,
            pain_rose=self._meaning(news).pain_rose,
        )

    def _refuse(self, answer: Answer, cleared: date | None, entered: Entered) -> None:
        news = News(answer=answer, cleared_on=cleared)
        self.journal.record(news)
        if entered.logged:
            click.echo("What you told of your training was not stored.", err=True)
        questions = load_triage()
        where = standing(with_news(self.history, news), questions)
        refuse_emergency(where, self.runner.runner.time_zone, questions)

    def _meaning(self, news: News) -> Meaning:
        before = self._known_before()
        return meaning_of(before, with_news(before, news), self.limits, self.today)

    def _known_before(self) -> History:
        """What is known before this command; before the first plan only the file tells of her."""
        if self.history.told:
            return self.history
        told = Told(on=self.today, recent=self.runner.recent, back=self.runner.back)
        return with_news(self.history, News(told=told))

    def _sentences(self, meaning: Meaning, news: News) -> Iterator[str]:
        """What follows from the news, beside the entries themselves."""
        where = self._standing(news)
        care = advice(where, self.runner.runner.time_zone, load_triage(), self.today)
        if where.verdict is Verdict.EMERGENCY:
            # No plan can follow before she is cleared, and nothing else matters as much.
            yield from care
            return
        if news.cleared_on:
            yield f"Cleared of every red flag up to {long_date(news.cleared_on)}."
        if news.answer:
            yield "Your answers to the red flag questions are stored."
        yield from meaning.sentences(self.name, has_plan=self.plan is not None)
        yield from meaning.advice
        yield from care
        if not meaning.flare and self._holds_what_waits(where):
            yield (
                "Your plan still holds what has to wait, so let it and your calendar follow: runback "
                f"replan {self.name}"
            )
        is_due = meaning.is_due and not self._was_reminded()
        if not meaning.flare and (is_due or (meaning.pain_rose and not news.answer)):
            yield RED_FLAGS_DUE.format(name=self.name)

    def _standing(self, news: News) -> Standing:
        """Where she stands with the red flags once the news are stored."""
        return standing(with_news(self.history, news), load_triage())

    def _holds_what_waits(self, where: Standing) -> bool:
        """Whether the plan has sessions from today on that a red flag forbids."""
        waiting = stopped_kinds(where, load_triage())
        days = self.plan.days if self.plan else ()
        return any(day.has(*waiting) for day in days if day.date >= self.today)

    def _was_reminded(self) -> bool:
        """Whether an entry of this week reminded her of the questions: once a week is enough.

        Weeks are counted from the day of the last answers, without any from Monday on.
        """
        answered_on = max((answer.on for answer in self.history.answers), default=date.min)
        week = self.limits.need("triage", "ask_again_days")
        begun = self.today - timedelta(days=(self.today - answered_on).days % week)
        return any(one.on >= begun for one in self.history.logged)

    def _tell(self, entered: Entered, news: News) -> None:
        from planner.cli.printing import print_text

        stored = (
            *entered.sentences,
            *far_above_others(entered.logged, self._known_before(), self.limits),
        )
        follows = tuple(self._sentences(self._meaning(news), news))
        care_first = self._standing(news).verdict is Verdict.EMERGENCY
        told = (*follows, *stored) if care_first else (*stored, *follows)
        for sentence in told or ("Nothing to log.",):
            print_text(sentence)

    def _tell_json(self, entered: Entered, news: News) -> None:
        from planner.cli.printing import print_json

        meaning, where = self._meaning(news), self._standing(news)
        print_json(
            {
                "logged": [one.model_dump(mode="json") for one in entered.logged],
                "replaced": [one.model_dump(mode="json") for one in entered.replaced],
                "state": meaning.state.value,
                "advice": list(self._sentences(meaning, news)),
                "triage": where.verdict.value,
            }
        )


def open_log(file: Path, tighter: Path | None, today: date | None) -> Log:
    """What is known of the runner of a file. Her journal need not exist yet."""
    limits = limits_in_force(tighter)
    runner = read_runner(file, stop_above_max=stop_above_max(limits))
    journal = open_journal(journal_path(file))
    return Log(
        file=file,
        runner=runner,
        limits=limits,
        today=today or today_in(runner.runner.time_zone),
        journal=journal,
        history=journal.history(),
        plan=journal.latest(),
    )
