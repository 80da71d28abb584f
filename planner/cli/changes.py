"""What a revision changed, and the rules behind each change: ``runback show --changes``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import InputError

if TYPE_CHECKING:
    from planner.comparing import Change
    from planner.plan import Plan

NOT_STORED = "Why was not stored with this revision: an older runback made it."


def tell_changes_of(file: Path, number: int, *, as_json: bool) -> None:
    """List the changes of a revision against the one before, each with the rules behind it.

    Raises InputError for a revision that the plan does not have.
    """
    from planner.cli.files import journal_path, stored_revisions
    from planner.cli.printing import print_json
    from planner.followed import changes_of
    from planner.journal import open_journal

    revisions = stored_revisions(file)
    stored = open_journal(journal_path(file)).changes
    plan = next((plan for plan in revisions if plan.revision == number), None)
    if plan is None:
        raise InputError(
            f"There is no revision {number}: the plan is at revision {revisions[-1].revision}."
        )
    found = changes_of(revisions, stored, number)
    told = _titles(found)
    if as_json:
        print_json(
            {
                "revision": number,
                "made_on": plan.made_on.isoformat(),
                "why_stored": stored(number) is not None,
                "changes": [change.model_dump(mode="json") for change in found],
                "rules": [{"name": name, "title": title} for name, title in told.items()],
            }
        )
        return
    is_lost = bool(found) and stored(number) is None
    _tell(plan, revisions[0], found, told, is_lost=is_lost)


def _titles(found: Sequence[Change]) -> dict[str, str]:
    """The titles of what is behind some changes: rules in their order, then what is no rule."""
    from planner.cli.rulebook import rulebook
    from rules.loading import load_words

    titles = {rule.name: rule.title for rule in rulebook()}
    titles |= {name: words.title for name, words in load_words().items() if name not in titles}
    behind = {name for change in found for name in change.because}
    return {name: title for name, title in titles.items() if name in behind}


def _tell(
    plan: Plan, first: Plan, found: Sequence[Change], titles: dict[str, str], *, is_lost: bool
) -> None:
    from planner.cli import telling
    from planner.cli.printing import print_text
    from planner.table import long_date

    print_text(telling.headline(plan) + f", made on {long_date(plan.made_on)}")
    print_text()
    if plan.revision == first.revision:
        print_text("This is the first plan, so nothing has changed yet.")
        return
    if not found:
        print_text("No session changed.")
        return
    print_text(f"{telling.counted(len(found), 'session')} changed:")
    for change in found:
        for line in telling.change_lines((change,)):
            print_text(line, first="- ", rest="  ")
    print_text()
    if titles:
        print_text("What is behind it:")
    for name, title in titles.items():
        print_text(f"{name}: {title}.", first="- ", rest="  ")
    print_text(NOT_STORED if is_lost else "One rule in full: runback rules NAME.")
