"""Why this on that day: what it holds, what speaks against each alternative, or what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.errors import InputError

if TYPE_CHECKING:
    from planner.alternatives import Alternative
    from planner.cli.setting import Setting
    from planner.followed import Aftermath, Earlier
    from planner.plan import Day, Plan, Session, State
    from planner.request import Limits
    from planner.rule import Breach, Rule

REASONS_TOLD = 2
"""Limits and wishes that an alternative is printed with; the document has all."""

REST_NOTE = (
    "You may rest on any day: log it (runback log, --skipped), and runback replan finds the way on."
)

RULE_IN_FULL = "One rule in full: runback rules NAME."


@dataclass(frozen=True)
class _Behind:
    """What stands behind the words: the rules by name, their numbers, how the back is by day."""

    rules: Mapping[str, Rule]
    limits: Limits
    states: Mapping[date, State]

    def states_of(self, breaches: Sequence[Breach]) -> tuple[State, ...]:
        """The states of the days that these speak of, each once."""
        days = (day for breach in breaches for day in breach.days)
        return tuple(dict.fromkeys(self.states[day] for day in days if day in self.states))


def tell_day(
    file: Path,
    asked: date | timedelta,
    tighter: Path | None,
    today: date | None,
    as_json: bool,
) -> None:
    """Say why a day of the plan holds what it holds; of a day gone by what became of it.

    ``asked`` is the day, or how far it is from today. Where the plan no longer fits the log or the
    file, that comes first, and nothing is said of what else the day could hold. Raises InputError for
    a day outside the plan, and where there is no plan.
    """
    from planner.as_planned import planned_day
    from planner.cli.day_gone import tell_aftermath
    from planner.cli.due import speaking_against
    from planner.cli.files import stored_revisions
    from planner.cli.printing import print_json
    from planner.cli.rulebook import rulebook
    from planner.cli.setting import leg_signs, setting
    from planner.flares import course
    from planner.followed import aftermath, planned_earlier
    from planner.pain import state_on
    from planner.replanning import first_open_day

    revisions = stored_revisions(file)
    plan = revisions[-1]
    here = setting(file, tighter, today)
    day = here.today + asked if isinstance(asked, timedelta) else asked
    held = planned_day(plan, day)
    if held is None:
        raise _outside(plan, day)
    here.refuse_withdrawn()
    rules = rulebook()
    # A --today before the plan was made sees no more of it open than there was then.
    first = first_open_day(here.history, max(here.today, plan.made_on), here.limits)
    is_ahead = day >= first
    against = speaking_against(here, day) if day >= here.today else ()
    done = _done(here, plan)
    asks = is_ahead and not against and not _is_skipped(here, day)
    found = _alternatives(here, revisions, rules, day, first, done) if asks else ()
    signs = leg_signs(here.questions)
    known = course(here.history, here.limits, here.today, signs)
    after = aftermath(here.history, known, revisions, here.journal.changes, day)
    earlier = planned_earlier(revisions, day)
    states = {one.date: one.state for one in plan.days}
    behind = _Behind({rule.name: rule for rule in rules}, here.limits, states)
    if as_json:
        fits = not against if day >= here.today else None
        document = _document(held, earlier, found, after, behind)
        print_json({**document, "fits": fits, "advice": list(against)})
        return
    # Of today it is known how the back is: the plan expected it, and it has come so.
    has_come = day == here.today and state_on(here.history, here.limits, day, signs) is held.state
    is_expected = held.forecast and not has_come
    _tell_planned(held, earlier, against, is_ahead=is_ahead, is_expected=is_expected)
    tell_aftermath(after, here, known, behind.rules, is_ahead=is_ahead)
    if found:
        may_rest = _may_rest(held, done)
        _tell_alternatives(found, behind, here.today, may_rest=may_rest)


def _outside(plan: Plan, day: date) -> InputError:
    from planner.table import long_date

    return InputError(
        f"{long_date(day)} is not in the plan: it goes from {long_date(plan.start)} to "
        f"{long_date(plan.end)}.",
        f"Give a day of the plan, like {plan.start}.",
    )


def _alternatives(
    here: Setting,
    revisions: Sequence[Plan],
    rules: Sequence[Rule],
    day: date,
    first: date,
    done: Collection[str],
) -> tuple[Alternative, ...]:
    """The alternatives, judged as the plan was when it was made."""
    from planner.alternatives import alternatives, as_planned
    from planner.cli.judging import own_plan
    from planner.replanning import own_days

    judged = own_plan(here, revisions)
    request = as_planned(judged.request, judged.part)
    hers = own_days(request, judged.plan, here.history)
    request = request.model_copy(update={"own_days": hers})
    return alternatives(request, judged.part, rules, day, first, done)


def _done(here: Setting, plan: Plan) -> frozenset[str]:
    """The identities of today's sessions that are logged: what is done has no alternative."""
    from planner.as_planned import planned_day
    from planner.replanning import left_undone

    today = planned_day(plan, here.today)
    left = left_undone(today, here.history) if today else ()
    return frozenset(one.id for one in today.sessions if one not in left) if today else frozenset()


def _is_skipped(here: Setting, day: date) -> bool:
    """Whether she told of a day that nothing planned was done: then it holds nothing any more."""
    return any(one.skipped for one in here.history.logged if one.on == day)


def _document(
    day: Day,
    earlier: Earlier | None,
    found: Sequence[Alternative],
    after: Aftermath,
    behind: _Behind,
) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "state": day.state.value,
        "forecast": day.forecast,
        "sessions": [session.model_dump(mode="json") for session in day.sessions],
        "earlier": earlier and earlier.model_dump(mode="json"),
        "alternatives": [
            {
                "instead": one.instead,
                "forbidden_by": [_breach_document(each, behind) for each in one.forbidden_by],
                "not_placed": one.not_placed,
                "elsewhere": [_breach_document(each, behind) for each in one.elsewhere],
                "would_cost": [_breach_document(each, behind) for each in one.would_cost],
                "without_race": one.without_race,
                "return_waits": one.return_waits,
            }
            for one in found
        ],
        **after.model_dump(mode="json"),
    }


def _breach_document(breach: Breach, behind: _Behind) -> dict[str, Any]:
    from planner.cli.studies import cited_for

    rule = behind.rules[breach.rule]
    told = breach.model_dump(mode="json", exclude={"cost"})
    sources = cited_for(rule, behind.limits, behind.states_of([breach]))
    return {**told, "title": rule.title, "sources": list(sources)}


def _tell_planned(
    day: Day,
    earlier: Earlier | None,
    against: Sequence[str],
    *,
    is_ahead: bool,
    is_expected: bool,
) -> None:
    from planner.cli.printing import print_text
    from planner.table import long_date

    expected = f" ({'expected' if is_ahead else 'expected then'})" if is_expected else ""
    # How the back was expected to be when the plan was made may no longer be so.
    back = "" if against else f", back: {day.state.value}{expected}"
    print_text(f"{long_date(day.date)}{back}")
    print_text()
    for sentence in against:
        print_text(sentence)
    if against:
        print_text()
    planned = "Planned before that" if against else "Planned"
    if not day.sessions:
        print_text(f"{planned}: rest.")
    for session in day.sessions:
        print_text(f"{planned}: {_session_words(session)}.")
        for line in (session.note, session.changed):
            print_text(line, first="  ", rest="  ") if line else None
    if earlier is not None:
        had = ", ".join(map(_session_words, earlier.sessions)) or "rest"
        print_text(f"Planned before the change of {long_date(earlier.made_on)}: {had}.", rest="  ")


def _session_words(session: Session) -> str:
    from planner.table import what_to_do
    from planner.wording import title

    steps = what_to_do(session)
    at = f" at {session.start}" if session.start else ""
    return f"{title(session)}{at}{f': {steps}' if steps else ''}"


def _may_rest(day: Day, done: Collection[str]) -> bool:
    """Whether it says anything that she may rest: not beside what is done, nor of a race's day."""
    from planner.plan import Kind

    return bool(day.sessions) and not any(
        one.id in done or one.kind is Kind.RACE for one in day.sessions
    )


def _tell_alternatives(
    found: Sequence[Alternative], behind: _Behind, today: date, *, may_rest: bool
) -> None:
    from planner.cli.printing import print_text
    from planner.cli.studies import said_from
    from planner.table import with_years

    print_text()
    print_text("What else that day could hold, the rest of the plan as it is:")
    for one in found:
        print_text(with_years(verdict(one), today), first="- ", rest="  ")
    by_rule: dict[str, list[Breach]] = {}
    for breach in (breach for one in found for breach in _named(one)):
        by_rule.setdefault(breach.rule, []).append(breach)
    told = [(rule, by_rule[name]) for name, rule in behind.rules.items() if name in by_rule]
    if told:
        print_text()
        print_text("The rules behind it:")
    for rule, named in told:
        carried = said_from(rule, behind.limits, behind.states_of(named))
        print_text(f"{rule.name}: {rule.title}. {carried}", first="- ", rest="  ")
    last = (*((REST_NOTE,) if may_rest else ()), *((RULE_IN_FULL,) if told else ()))
    if last:
        print_text()
        print_text(" ".join(last))


def _against(one: Alternative) -> tuple[Breach, ...]:
    """All that the words about an alternative rest on, what counts most first."""
    if one.without_race:
        return ()
    if one.not_placed:
        return one.forbidden_by
    return one.forbidden_by or (*one.elsewhere, *one.would_cost)


def _named(one: Alternative) -> tuple[Breach, ...]:
    """The breaches that the words about an alternative name."""
    return _against(one)[:REASONS_TOLD]


def verdict(one: Alternative) -> str:
    """What stands against an alternative, in a sentence or two."""
    reasons = " ".join(f"{each.reason} [{each.rule}]" for each in _named(one))
    if one.without_race:
        return f"{one.instead}: {one.without_race}"
    left = len(_against(one)) - REASONS_TOLD
    said = f"{reasons} (and {left} more)" if left > 0 else reasons
    if one.forbidden_by:
        return f"{one.instead}: it would break a limit. {said}"
    if one.not_placed:
        return f"{one.instead}: {one.not_placed}"
    if one.return_waits:
        return f"{one.instead}: possible, but {one.return_waits} {said}".rstrip()
    if one.elsewhere:
        return f"{one.instead}: possible, but the rest of the plan would have to change. {said}"
    if one.would_cost:
        return f"{one.instead}: possible, but: {said}"
    return f"{one.instead}: nothing speaks against it."
