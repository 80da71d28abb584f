"""What became of a day, for ``why FILE DATE``: what was taken from it, done and felt, and followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.cli.setting import Setting
    from planner.comparing import Change
    from planner.flares import Course
    from planner.followed import Aftermath, Followed, Gone, Seen
    from planner.history import Logged
    from planner.rule import Rule


def tell_aftermath(
    after: Aftermath,
    here: Setting,
    course: Course,
    rules: Mapping[str, Rule],
    *,
    is_ahead: bool,
) -> None:
    """Say what was taken from a day, what was done on it, and what followed."""
    from planner.cli.printing import print_text

    _tell_gone(after.gone, rules)
    for line in _done_lines(after, is_ahead=is_ahead):
        print_text(line, rest="  ")
    followed = tuple(_followed_lines(after.followed, here, course, is_ahead=is_ahead))
    for line in followed:
        print_text(line, rest="  ")
    if not is_ahead and after.done and not followed:
        print_text("Followed: nothing that changed the plan.")


def _tell_gone(gone: Sequence[Gone], rules: Mapping[str, Rule]) -> None:
    """Say what was left out or moved away from a day, when and why."""
    from planner.cli.printing import print_text
    from planner.table import plain_date
    from planner.wording import title

    for one in gone:
        to = f"Moved to {plain_date(one.change.date)}"
        what = to if one.change.what == "moved" else "Left out"
        why = _why(one.change, rules)
        print_text(f"{what} on {plain_date(one.made_on)}: {title(one.session)}{why}", rest="  ")


def _why(change: Change, rules: Mapping[str, Rule]) -> str:
    """The reason of a change in words: its own, or what the first rule behind it is for."""
    from planner.table import plain_date

    said = change.says
    if not said and change.because and change.because[0] in rules:
        name = rules[change.because[0]].title
        said = f"{name[:1].lower()}{name[1:]}"
    needed = f", needed for {plain_date(change.needed_on)}" if change.needed_on else ""
    names = f" [{', '.join(change.because)}]" if change.because else ""
    return f"{f', {said}' if said else ''}{needed}{names}"


def _done_lines(after: Aftermath, *, is_ahead: bool) -> Iterator[str]:
    from planner.history import LogKind
    from planner.logged_words import in_words

    is_skipped = any(one.skipped for one in after.done)
    if is_skipped:
        yield "Done: nothing of what was planned."
    # The morning after is told as what followed.
    told = [one.model_copy(update={"pain_morning": None, "skipped": False}) for one in after.done]
    told = [one for one in told if not _is_bare(one)]
    for one in told:
        yield f"{'Felt' if one.kind is LogKind.DAY else 'Done'}: {in_words(one)}."
    if not told and not is_skipped and not is_ahead:
        yield "Done: nothing is logged for that day."


def _is_bare(one: Logged) -> bool:
    """Whether an entry says no more than that a session of its sort was taken back."""
    from planner.logged_words import in_words, is_empty, session_name

    return is_empty(one) and in_words(one) in ("nothing", f"no {session_name(one)}")


def _followed_lines(
    followed: Followed, here: Setting, course: Course, *, is_ahead: bool
) -> Iterator[str]:
    from planner.logged_words import too_much_words
    from planner.plan import minutes_text

    if followed.pain_morning is not None:
        yield f"Followed: pain {minutes_text(followed.pain_morning)} next morning."
    if followed.set_back is not None:
        because = too_much_words(followed.set_back.because)
        yield f"Followed: this counts as a set-back: {because}. [step-back]"
    if followed.flare is not None:
        yield _flare_line(followed.flare, here, course)
    # Of a day ahead, what is planned says itself when and why it changed.
    if followed.revision is not None and not is_ahead:
        yield _revision_line(followed, here)


def _flare_line(flare: Seen, here: Setting, course: Course) -> str:
    from planner.cli.meaning import why_a_flare
    from planner.plan import minutes_text
    from planner.table import long_date

    on = f"Followed: a flare on {long_date(flare.on)}"
    if flare.told_on is not None:
        return f"{on}, with pain {minutes_text(flare.pain or 0.0)}."
    (by_log,) = (one for one in course.flares if one.day_0 == flare.on)
    return f"{on}: {why_a_flare(here.history, by_log, here.limits)}. [states]"


def _revision_line(followed: Followed, here: Setting) -> str:
    import click

    from planner.cli import telling
    from planner.table import long_date

    assert followed.made_on is not None
    how_many = telling.counted(len(followed.changes), "session")
    when = "On the same day" if followed.same_day else "Followed"
    name = click.format_filename(here.file)
    return (
        f"{when}: revision {followed.revision}, made on {long_date(followed.made_on)}, changed "
        f"{how_many}: runback show {name} --changes {followed.revision}"
    )
