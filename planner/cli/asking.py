"""Asking the red flag questions: on a terminal one by one, in scripts by options."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NoReturn

import click

from planner.errors import CareFirst, InputError

if TYPE_CHECKING:
    from planner.history import Answer, History
    from planner.request import Limits
    from planner.triage import Parts, Standing, TriageQuestion

Command = Callable[..., Any]

WHERE_THE_LIST_IS = 'The README lists them under "When not to run".'


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value is not None else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write it like 2026-11-30.") from None


def triage_options(command: Command) -> Command:
    """The answers to the red flag questions: ``no_red_flags``, ``red_flags`` and ``cleared``."""
    command = click.option(
        "--cleared",
        callback=_day,
        metavar="DATE",
        help="On this day a clinician cleared you of every red flag until then.",
    )(command)
    command = click.option(
        "--red-flag",
        "red_flags",
        multiple=True,
        metavar="ID",
        help="Answer yes to this red flag question, such as RF5; may be given again.",
    )(command)
    return click.option(
        "--no-red-flags", is_flag=True, help="Answer no to all red flag questions."
    )(command)


def is_on_terminal() -> bool:
    """Whether somebody can be asked: both what she types and what she reads are on a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def cleared_day(
    cleared: date | None, red_flags: tuple[str, ...], *, where: Standing, today: date
) -> date | None:
    """The day of ``--cleared``, if it can be one and clears something that is in force."""
    if cleared is None:
        return None
    if red_flags:
        raise click.UsageError(
            "--cleared and --red-flag can't be given together: say first that you were cleared, "
            "then, with a second command, what is new."
        )
    if cleared > today:
        raise InputError(
            f"--cleared {cleared} lies ahead: today is {today}.",
            "Give the day on which a clinician cleared you.",
        )
    if where.since and cleared < where.since:
        raise InputError(
            f"--cleared {cleared} clears nothing: you said yes to a red flag on {where.since}.",
            "Give a day on which a clinician cleared you of it, that day or later.",
        )
    return cleared


def answered(
    no_red_flags: bool,
    red_flags: tuple[str, ...],
    *,
    history: History,
    today: date,
    limits: Limits,
    questions: Sequence[TriageQuestion],
    on_terminal: bool,
    must: bool,
    pain_rose: bool = False,
) -> Answer | None:
    """The answers of today, from the options or asked for; None: nobody was asked.

    ``history`` has ``--cleared`` of the same command in it already. Asked is who must answer (at a
    flare, at the first plan), and who may be asked when it is due or ``pain_rose``.
    """
    from planner.history import Answer
    from planner.triage import in_order, is_due, with_flags_of_the_day

    if no_red_flags and red_flags:
        raise click.UsageError("--no-red-flags and --red-flag contradict each other; give one.")
    if no_red_flags or red_flags:
        flags = {_known(name, questions) for name in red_flags}
    elif on_terminal and (must or pain_rose or is_due(history, today, limits)):
        flags = _ask_all(history, questions)
    elif must and not on_terminal:
        raise click.UsageError(
            "The red flag questions need an answer: add --no-red-flags, or --red-flag ID for each "
            f"yes. {WHERE_THE_LIST_IS}"
        )
    else:
        return None
    answer = Answer(on=today, flags=in_order(flags, questions))
    return with_flags_of_the_day(answer, history, questions)


def advice(
    where: Standing,
    time_zone: str,
    questions: Sequence[TriageQuestion],
    today: date | None = None,
) -> tuple[str, ...]:
    """Which care to seek, with the emergency number of her country if it is known."""
    from planner.emergency import emergency_number
    from planner.triage import care_sentences
    from rules.loading import load_emergency

    return care_sentences(where, questions, emergency_number(time_zone, load_emergency()), today)


def refuse_emergency(
    where: Standing, time_zone: str, questions: Sequence[TriageQuestion]
) -> NoReturn:
    """End the command with what to do at an emergency sign, and exit code 7."""
    *care, hint = advice(where, time_zone, questions)
    raise CareFirst(" ".join(care), hint)


def _known(name: str, questions: Sequence[TriageQuestion]) -> str:
    ids = [question.id for question in questions]
    if name.upper() in ids:
        return name.upper()
    near = get_close_matches(name.upper(), ids, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise click.UsageError(
        f"There is no red flag called {name}.{hint} They are {ids[0]} to {ids[-1]}. "
        f"{WHERE_THE_LIST_IS}"
    )


def _ask_all(history: History, questions: Sequence[TriageQuestion]) -> set[str]:
    """The flags of those that get a yes; those in force are not asked about again."""
    from planner.triage import cleared_flags, standing

    in_force = standing(history, questions).flags
    asked = [question for question in questions if question.id not in in_force]
    _say(
        f"{len(asked)} short questions about signs with which running has to wait. "
        "Think of your back as it is now."
    )
    return set(_yeses(asked, cleared_flags(history)))


def _yeses(questions: Collection[TriageQuestion], cleared: Mapping[str, date]) -> Iterator[str]:
    for place, question in enumerate(questions, start=1):
        if _is_yes(question, f"{place} of {len(questions)}: ") and _is_new(question, cleared):
            yield question.id
            if question.care.is_emergency:
                # What else there may be does not matter any more: she has to get help now.
                return


def _is_yes(question: TriageQuestion, place: str) -> bool:
    if question.parts is None:
        return _confirm(place + question.question)
    return _confirm(place + question.parts.opening) and _has_enough(question.parts)


def _has_enough(parts: Parts) -> bool:
    _say(parts.asks)
    for sign in parts.signs:
        _say(sign, first="  - ", rest="    ")
    most = len(parts.signs)
    fitting = click.prompt(f"A number from 0 to {most}", type=click.IntRange(0, most), err=True)
    if fitting == parts.near:
        _say(parts.near_says)
    return bool(fitting >= parts.yes_from)


def _is_new(question: TriageQuestion, cleared: Mapping[str, date]) -> bool:
    from planner.table import long_date

    if question.id not in cleared:
        return True
    return _confirm(
        f"A clinician cleared you of this on {long_date(cleared[question.id])}. Has anything "
        "about it changed or got worse since then?"
    )


def _confirm(text: str) -> bool:
    from planner.table import wrapped

    prompt = f"{wrapped(text)}\n  y or n:"
    return click.confirm(prompt, default=None, show_default=False, prompt_suffix=" ", err=True)


def _say(text: str, first: str = "", rest: str = "") -> None:
    from planner.table import wrapped

    click.echo(wrapped(text, first, rest), err=True)
