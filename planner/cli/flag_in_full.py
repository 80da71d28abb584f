"""A red flag question in full. A yes says who should look at it, never what somebody has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.cli.studies import OURS, document, known, print_in_full

if TYPE_CHECKING:
    from planner.triage import TriageQuestion


def flag_document(question: TriageQuestion) -> dict[str, Any]:
    """A red flag question as JSON. An emergency stops everything and withdraws the plan."""
    is_emergency = question.care.is_emergency
    return {
        "id": question.id,
        "question": question.question,
        "urgency": question.care.how_soon,
        "care": _care(question),
        "stops": "all" if is_emergency else question.stops,
        "withdraws_plan": is_emergency,
        "ours": question.ours,
        "often_a_false_alarm": question.is_often_false_alarm,
        "checked": flag_checked(question),
        "sources": [document(source) for source in known(flag_sources(question))],
    }


def print_flag(question: TriageQuestion) -> None:
    """A red flag question: what a yes asks for, how it was checked, what it rests on."""
    from planner.cli.printing import print_text

    print_text(f"{question.id}: a red flag question")
    print_text()
    print_text(question.question)
    print_text()
    print_text(f"After a yes: {_care(question)}")
    print_text(_stops(question))
    print_text()
    print_text(f"Checked: {flag_checked(question)}.")
    if flag_sources(question):
        print_text()
        print_text("What it rests on")
    print_in_full(flag_sources(question))


def _care(question: TriageQuestion) -> str:
    from planner.triage import LOCAL_NUMBER

    return question.care.says.replace("{number}", LOCAL_NUMBER)


def _stops(question: TriageQuestion) -> str:
    from planner.triage import FALSE_ALARM

    until = "until a clinician has cleared you (rule cleared-first)"
    if question.care.is_emergency:
        return f"Your plan is withdrawn {until}."
    stopped = "all training" if question.stops == "all" else "running and strength work"
    alone = FALSE_ALARM if question.is_often_false_alarm else ""
    return " ".join(part for part in (f"It stops {stopped} {until}.", question.ours, alone) if part)


def flag_sources(question: TriageQuestion) -> tuple[str, ...]:
    """Its sources; a question from memory has none to show."""
    return tuple(id_ for id_ in question.source if id_ != OURS)


def flag_checked(question: TriageQuestion) -> str:
    """How far a question was checked, in plain words."""
    from planner.sources import CHECKED

    if question.checked:
        return question.checked
    if question.status == ("recalled",):
        return "from memory only, so there is no source to show; asked all the same, to be safe"
    return CHECKED[tuple(word for word in ("read", "secondary") if word in question.status)]
