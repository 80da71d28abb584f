"""The red flag questions: what the answers mean for the plan, and which care to seek.

A yes never says what somebody has: it says who should look at it, and how soon.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Literal

from planner.history import Answer, History
from planner.plan import RUNS, Frozen, Kind, TriageWord
from planner.request import Limits
from planner.sources import SourceIds

CLEARED_HINT = (
    "When a clinician has cleared you, say so with --cleared and the day, as in --cleared {day}."
)
"""How the runner tells that she may train again."""

FALSE_ALARM = "This sign alone is often a false alarm, but a clinician has to tell."
LOCAL_NUMBER = "your local emergency number"
LOCAL_NUMBER_ABROAD = "the local emergency number"


class Care(Frozen):
    """The care to seek at one degree of urgency; the lowest ``order`` is the most urgent.

    ``how_soon`` is the degree in a word or two: ``emergency``, ``same day``, ``urgent``.
    ``says`` is one sentence or a few. In that of an emergency ``{number}`` stands for what to call.
    """

    order: int
    how_soon: str
    says: str
    is_emergency: bool = False


class Parts(Frozen):
    """A question in two parts: its opening, and after a yes to it how many of ``signs`` fit.

    From ``yes_from`` on the whole is a yes. With exactly ``near`` it is none, and ``near_says`` is
    told.
    """

    opening: str
    asks: str
    signs: tuple[str, ...]
    yes_from: int
    near: int
    near_says: str


class TriageQuestion(Frozen):
    """One question, what a yes may point to, how urgent it is and what must follow.

    ``sign`` is the question in a few words. ``urgency`` is a code such as ``EMERGENCY_999_AE``, and
    ``care`` what to tell at it. A yes ``stops`` running and strength work, or all sessions.
    ``status`` says how the question was checked, and ``checked`` in words where those for the status
    would say too much; one that is only ``recalled`` is asked, but without a source. ``ours`` is what of
    the consequence no source asks for. Of a sign that ``is_often_false_alarm`` a source says so.
    """

    id: str
    question: str
    sign: str
    may_point_to: str
    urgency: str
    care: Care
    stops: Literal["running and strength", "all"] = "running and strength"
    is_leg_sign: bool = False
    parts: Parts | None = None
    what_to_do: str
    when_asked: str
    source: SourceIds
    status: tuple[str, ...]
    checked: str = ""
    ours: str = ""
    is_often_false_alarm: bool = False
    note: str


class Verdict(StrEnum):
    """What the answers come to."""

    UNANSWERED = "unanswered"
    CLEAR = "clear"
    STOPPED = "stopped"
    EMERGENCY = "emergency"


class Standing(Frozen):
    """Where the runner stands: the ``flags`` in force, in the order of the questions.

    ``answered_on`` is the day of the latest answers, ``since`` that of the earliest flag in force.
    """

    verdict: Verdict
    flags: tuple[str, ...] = ()
    answered_on: date | None = None
    since: date | None = None

    @property
    def word(self) -> TriageWord:
        """How a plan tells of it."""
        match self.verdict:
            case Verdict.UNANSWERED:
                return "unanswered"
            case Verdict.CLEAR:
                return "clear"
        return "stopped"


def standing(history: History, questions: Sequence[TriageQuestion]) -> Standing:
    """What all answers come to.

    A yes stays in force until a clinician has cleared her, whatever she answers later. The worst
    counts. A flag that no question has any more still stops: nobody has cleared her of it.
    """
    if not history.answers:
        return Standing(verdict=Verdict.UNANSWERED)
    open_ = [answer for answer in history.answers if _is_in_force(answer)]
    flags = in_order({flag for answer in open_ for flag in answer.flags}, questions)
    return Standing(
        verdict=_verdict(flags, questions),
        flags=flags,
        answered_on=max(answer.on for answer in history.answers),
        since=min((answer.on for answer in open_), default=None),
    )


def in_order(flags: set[str], questions: Sequence[TriageQuestion]) -> tuple[str, ...]:
    """Flags in the order of the questions; those that no question has come last."""
    known = tuple(question.id for question in questions if question.id in flags)
    return (*known, *sorted(flags - set(known)))


def stopped_kinds(where: Standing, questions: Sequence[TriageQuestion]) -> tuple[Kind, ...]:
    """The kinds of sessions that the answers forbid."""
    if where.verdict is Verdict.EMERGENCY:
        return tuple(Kind)
    if where.verdict is not Verdict.STOPPED:
        return ()
    if any(question.stops == "all" for question in _flagged(where, questions)):
        return tuple(Kind)
    return (*RUNS, Kind.STRENGTH)


def is_due(history: History, today: date, limits: Limits) -> bool:
    """Whether to ask (again): never asked, or the latest answers are a week old or older."""
    if not history.answers:
        return True
    latest = max(answer.on for answer in history.answers)
    return (today - latest).days >= limits.need("triage", "ask_again_days")


def rose(ratings_tenths: Mapping[date, int], answered_on: date | None, limits: Limits) -> bool:
    """Whether the latest rating of pain rose and nobody has asked since: ask in ``moderate``.

    ``ratings_tenths`` are days with their rating, in tenths of a point.
    """
    if len(ratings_tenths) < 2:
        return False
    before, latest = sorted(ratings_tenths)[-2:]
    rise = ratings_tenths[latest] - ratings_tenths[before]
    is_news = answered_on is None or answered_on < latest
    return is_news and rise >= limits.need("triage", "rise_tenths")


def cleared_flags(history: History) -> Mapping[str, date]:
    """The flags that a clinician cleared her of, each with the latest day of that."""
    cleared: dict[str, date] = {}
    for answer in history.answers:
        if answer.cleared_on is not None:
            for flag in answer.flags:
                cleared[flag] = max(answer.cleared_on, cleared.get(flag, answer.cleared_on))
    return cleared


def with_flags_of_the_day(
    answer: Answer, history: History, questions: Sequence[TriageQuestion]
) -> Answer:
    """The answer with what she said yes to earlier on the same day and was not cleared of.

    An answer replaces the one of its day in the journal; a yes must not get lost by that.
    """
    kept = {
        flag
        for earlier in history.answers
        if earlier.on == answer.on and _is_in_force(earlier)
        for flag in earlier.flags
    }
    return answer.model_copy(update={"flags": in_order(kept | set(answer.flags), questions)})


def care_sentences(
    where: Standing,
    questions: Sequence[TriageQuestion],
    emergency_number: str | None,
    today: date | None = None,
) -> tuple[str, ...]:
    """What to do now, most urgent first; the last sentence is how to say that she was cleared.

    ``emergency_number`` is what to call in her country, None where it is not known. At an emergency
    nothing else is told. Nothing in force: nothing to say. ``today`` is the day of the example; without
    it that of the latest answers, the first on which she can have been cleared of all of them.
    """
    if where.verdict not in (Verdict.STOPPED, Verdict.EMERGENCY):
        return ()
    flagged = _flagged(where, questions)
    if where.verdict is Verdict.EMERGENCY:
        flagged = tuple(question for question in flagged if question.care.is_emergency)
    number = LOCAL_NUMBER
    if emergency_number:
        number = f"{emergency_number} (abroad: {LOCAL_NUMBER_ABROAD})"
    told = (
        f"{says.replace('{number}', number)} You said yes to this: {'; '.join(signs)}."
        for says, signs in _by_care(flagged).items()
    )
    hint = CLEARED_HINT.format(day=today or where.answered_on)
    return (*told, _waits(where, questions), hint)


def _is_in_force(answer: Answer) -> bool:
    return bool(answer.flags) and answer.cleared_on is None


def _verdict(flags: tuple[str, ...], questions: Sequence[TriageQuestion]) -> Verdict:
    if not flags:
        return Verdict.CLEAR
    emergencies = {question.id for question in questions if question.care.is_emergency}
    return Verdict.EMERGENCY if emergencies.intersection(flags) else Verdict.STOPPED


def _flagged(where: Standing, questions: Sequence[TriageQuestion]) -> tuple[TriageQuestion, ...]:
    return tuple(question for question in questions if question.id in where.flags)


def _by_care(flagged: Sequence[TriageQuestion]) -> dict[str, list[str]]:
    signs: dict[str, list[str]] = {}
    for question in sorted(flagged, key=lambda question: question.care.order):
        signs.setdefault(question.care.says, []).append(question.sign)
    return signs


def _waits(where: Standing, questions: Sequence[TriageQuestion]) -> str:
    if where.verdict is Verdict.EMERGENCY:
        return (
            "Your plan is withdrawn until a clinician has cleared you: leave out what your calendar "
            "still shows."
        )
    if Kind.WALK in stopped_kinds(where, questions):
        return "No training of any kind until a clinician has cleared you."
    waits = (
        "No running and no strength work until a clinician has cleared you. Easy walking is fine as "
        "long as it feels fine."
    )
    flagged = _flagged(where, questions)
    is_alone = len(flagged) == len(where.flags) == 1
    return f"{FALSE_ALARM} {waits}" if is_alone and flagged[0].is_often_false_alarm else waits
