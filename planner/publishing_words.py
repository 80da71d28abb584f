"""What is said of entries that stay in a calendar outside as the runner made them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from planner.seen import Seen, clock_of, day_of
from planner.table import plain_date

OVERWRITE = "--overwrite"


def deleted_sentence(ours: Seen, plan: Seen | None, zone: ZoneInfo) -> str:
    """She deleted an entry there, and what the plan says of it by now."""
    did = f"You deleted {_name(ours, zone)}: it stays deleted."
    return did if plan in (ours, None) else f"{did} The plan now has {_name(plan, zone)}."


def meanwhile_sentence(ours: Seen | None, zone: ZoneInfo) -> str:
    """It changed there between our look and our step."""
    name = _name(ours, zone) if ours else "An entry"
    return f"{name} was changed there this very moment, so it stays as it is. Publish again."


def missed_sentence(ours: Seen | None, theirs: Seen, zone: ZoneInfo) -> str:
    """She moved an entry out of a day gone by."""
    name = _name(ours, zone) if ours else "an entry"
    return (
        f"You moved {name} to {_when(theirs, zone)}: it stays there, but it is not part of your plan, "
        "which makes up for nothing missed."
    )


def edited_sentence(
    ours: Seen | None, theirs: Seen | None, plan: Seen | None, zone: ZoneInfo
) -> str:
    """What she did to an entry, and what the plan says of it by now (None: nothing any more)."""
    name = _name(ours, zone) if ours else "an entry"
    moved = ours is not None and theirs is not None and theirs.begin != ours.begin
    if plan is None:
        did = f"{name}, which you changed,"
        if ours and theirs and moved:
            did = f'"{ours.title}", which you moved to {_when(theirs, zone)},'
        return f"{did} is no longer in your plan: delete it there, or publish with {OVERWRITE}."
    if theirs is None:
        did = f"{name} can't be read there any more, so it stays as it is."
    elif moved:
        did = f"You moved {name} to {_when(theirs, zone)}: it stays there."
    else:
        did = f"You changed {name}: it stays as you made it."
    if plan == ours:
        return did
    return f"{did} The plan now has {_name(plan, zone)}."


def _name(shown: Seen, zone: ZoneInfo) -> str:
    return f'"{shown.title}" on {_when(shown, zone)}'


def _when(shown: Seen, zone: ZoneInfo) -> str:
    clock = clock_of(shown.begin, zone)
    return plain_date(day_of(shown.begin, zone)) + (f", {clock}" if clock else "")
