"""What a calendar entry and the terminal say about a session, in a runner's words.

Titles say nothing about health: they show on lock screens and in shared calendars. Numbers of
limits are never written here; they come with the argument.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from planner.plan import Exercise, Frozen, Kind, Session, State, Step, minutes_text

if TYPE_CHECKING:
    from planner.request import Limits

TITLE_LENGTH = 60
"""Most characters of a title: what calendars show on one line."""

EXERCISE_LENGTH = 200
"""Most characters of an exercise's name or amount: a warning in it must stay whole."""

DESCRIPTION_BYTES = 4000
"""Most UTF-8 bytes of a description; calendar programs cut longer ones where they like."""

REST_TITLE = "Rest day"
PAIN_RULE = "pain-rule"
"""The name of these limits in the rulebook."""

_NEWLINES = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class PainRule(Frozen):
    """When to walk and when to stop a run, by pain from 0 to 10 in the back or the legs.

    Up to ``go_up_to`` (not given: ``stop_above``) a runner carries on; above it she walks and stops
    when it has not settled within ``settle_minutes``; above ``stop_above`` she stops. In the state
    ``moderate`` she stops at ``stop_rise`` points above the pain at the start, too.
    Source: the pain monitoring of the rulebook's ``pain-rule`` limits.
    """

    stop_above: float
    go_up_to: float | None = None
    settle_minutes: int | None = None
    stop_rise: float | None = None


def pain_rules(limits: Limits, stop_above: float | None = None) -> dict[State, PainRule]:
    """The pain rule of each state in which running is allowed.

    ``stop_above`` is the runner's own limit; it can lower the rulebook's, never raise it.
    """
    rules: dict[State, PainRule] = {}
    for state in State:
        if state is State.FLARE:
            continue
        stop = limits.need(PAIN_RULE, "stop_above_tenths", state) / 10
        go = limits.get(PAIN_RULE, "go_up_to_tenths", state)
        rise = limits.get(PAIN_RULE, "stop_rise_tenths", state)
        rules[state] = PainRule(
            stop_above=stop if stop_above is None else min(stop, stop_above),
            go_up_to=None if go is None else go / 10,
            settle_minutes=limits.get(PAIN_RULE, "settle_minutes", state),
            stop_rise=None if rise is None else rise / 10,
        )
    return rules


def clean_text(text: str) -> str:
    """Text with plain newlines and without what calendar programs choke on.

    Controls other than tab and newline, lone surrogates and Unicode's noncharacters go.
    """
    return _UNWANTED.sub("", _NEWLINES.sub("\n", text))


def clean_line(text: str, length: int = TITLE_LENGTH) -> str:
    """The same on one line of at most ``length`` characters."""
    line = " ".join(clean_text(text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def title(session: Session) -> str:
    """The title of a session, on one line."""
    return clean_line(session.title) or session.kind.value.replace("_", " ").capitalize()


def describe_steps(steps: Sequence[Step]) -> str:
    """The parts of a run in order: ``10 min run, then 4 × (3 min hard run, 2 min walk)``."""
    return ", then ".join(text for text in map(_step_text, steps) if text)


def description(session: Session, state: State, pain_rule: PainRule | None) -> str:
    """What to do, when to stop, how long it takes: plain text, the essentials first.

    The session's own note, if it has one, stands before all else; why it changed comes last.
    ``pain_rule`` is the one of ``state``. Only a flare has none: there is no running in it.
    """
    if session.kind.is_run:
        lines = [*_run_lines(session), stop_rule(state, pain_rule), _total(session)]
    elif session.kind is Kind.WALK:
        lines = [*_walk_lines(session), _total(session)]
    else:
        lines = [_total(session), *_care_lines(session.kind, state)]
        lines += [_exercise_text(exercise) for exercise in session.exercises]
    return _cut([line for line in (session.note, *lines, session.changed) if line])


def rest_description(rest_walk_minutes: int) -> str:
    """What a rest day allows; ``rest_walk_minutes`` is the longest walk that keeps it one."""
    return (
        "No running and no strength work today. A walk of up to "
        f"{rest_walk_minutes} minutes and some mobility are welcome."
    )


def stop_rule(state: State, rule: PainRule | None) -> str:
    """When to walk and when to stop a run, in one or a few sentences.

    A run without its stop rule must never reach a runner: a rule that lacks a number is refused.
    """
    if state is State.FLARE:
        return "Do not run while your back is flared up."
    if rule is None:
        raise ValueError(f"there is no pain rule for {state}")
    stop = minutes_text(rule.stop_above)
    if state is State.MODERATE:
        if rule.stop_rise is None:
            raise ValueError("the pain rule of moderate needs stop_rise")
        return (
            "Before you start, rate the pain in your back and legs from 0 to 10. Stop when it is "
            f"{minutes_text(rule.stop_rise)} points above that, or above {stop}."
        )
    go_up_to = rule.stop_above if rule.go_up_to is None else min(rule.go_up_to, rule.stop_above)
    go = minutes_text(go_up_to)
    if state is State.RETURNING or go_up_to == rule.stop_above:
        return f"Pain in back or legs, from 0 to 10: up to {go} carry on. Above {go} stop."
    if rule.settle_minutes is None:
        raise ValueError(f"the pain rule of {state} needs settle_minutes")
    return (
        f"Pain in back or legs, from 0 to 10: up to {go} carry on. Above {go} and up to {stop} "
        f"walk, and stop if it is not back to {go} or less within {rule.settle_minutes} minutes. "
        f"Above {stop} stop."
    )


def _duration(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes} min"] if minutes else []
    return " ".join(parts + ([f"{rest} s"] if rest else []))


def _step_text(step: Step) -> str:
    run = "hard run" if step.effort == "hard" else "run"
    amounts = (
        (step.run_seconds, run),
        (step.easy_seconds, "easy run"),
        (step.walk_seconds, "walk"),
    )
    parts = [f"{_duration(seconds)} {what}" for seconds, what in amounts if seconds]
    text = ", ".join(parts)
    if not step.repeat:
        return ""
    if step.repeat == 1 or not parts:
        return text
    return f"{step.repeat} × ({text})" if len(parts) > 1 else f"{step.repeat} × {text}"


def _run_lines(session: Session) -> list[str]:
    steps = describe_steps(session.steps) or f"{minutes_text(session.run_minutes)} min run"
    match session.kind:
        case Kind.HARD_RUN:
            return _hard_lines(session.steps) or [f"{steps}, hard."]
        case Kind.RACE if session.is_advised_against:
            return [f"If you start it all the same: at most {steps}, then walk."]
        case Kind.RACE:
            # A note on a race says that the plan does not get to all of it.
            most = "at most " if session.note else ""
            return [f"Race: {most}{steps}.", "Start slower than feels natural, then run steadily."]
        case Kind.LONG_RUN:
            return [f"Long run: {steps}.", "Slow and easy: you can talk in whole sentences."]
        case Kind.RUN_WALK:
            return [f"{steps}.", "Run easily: you can talk in whole sentences."]
        case _:
            return [f"{steps}, easy: you can talk in whole sentences."]


def _hard_lines(steps: Sequence[Step]) -> list[str]:
    """Warm up, hard part and cool down, each on its line; none without a hard step."""
    before = list(takewhile(lambda step: step.effort == "easy", steps))
    after = list(takewhile(lambda step: step.effort == "easy", reversed(steps)))[::-1]
    hard = steps[len(before) : len(steps) - len(after)]
    if not hard:
        return []
    parts = (("Warm up", before), ("Hard part", hard), ("Cool down", after))
    lines = [f"{name}: {describe_steps(part)}." for name, part in parts if describe_steps(part)]
    return [*lines, "Hard means you can say only a few words at a time; the rest is easy."]


def _walk_lines(session: Session) -> list[str]:
    minutes = minutes_text(session.walk_minutes or session.minutes)
    # A test walk says in its note that it is one walk.
    split = "" if session.is_test_walk else "You may split it into shorter walks. "
    return [
        f"{minutes} min walk at a pace that feels comfortable.",
        f"{split}If pain rises, go slower or cut it short.",
    ]


def _care_lines(kind: Kind, state: State) -> list[str]:
    lines = ["Leave out what makes your back or legs hurt more."]
    if kind is Kind.STRENGTH and state in (State.MODERATE, State.RETURNING):
        lines.append("Use clearly less weight than usual.")
    return lines


def _exercise_text(exercise: Exercise) -> str:
    side = ", each side" if exercise.per_side else ""
    name = clean_line(exercise.name, EXERCISE_LENGTH)
    amount = clean_line(exercise.amount, EXERCISE_LENGTH)
    return f"- {name}: {exercise.sets} × {amount}{side}"


def _total(session: Session) -> str:
    total = f"{minutes_text(session.minutes)} min in total"
    if session.kind.is_run and session.run_minutes and session.walk_minutes:
        run, walk = minutes_text(session.run_minutes), minutes_text(session.walk_minutes)
        return f"{total}: {run} min running, {walk} min walking."
    return f"{total}."


def _cut(lines: Sequence[str]) -> str:
    """Whole lines up to the longest description; the stop rule stands early enough to stay."""
    text = clean_text("\n".join(lines))
    if len(text.encode()) <= DESCRIPTION_BYTES:
        return text
    room = DESCRIPTION_BYTES - len("\n…".encode())
    return text.encode()[:room].decode(errors="ignore").rpartition("\n")[0] + "\n…"
