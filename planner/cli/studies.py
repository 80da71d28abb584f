"""Studies and other sources as the commands tell them: in a few words, in full, as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from planner.plan import Frozen
from planner.sources import CONVENTION

if TYPE_CHECKING:
    from planner.cli.rule_numbers import Told
    from planner.plan import State
    from planner.request import Limits
    from planner.rule import Rule
    from planner.sources import Carried, Source

OURS = "ours"
"""The id of our own conventions."""

MOST_CITED = 2
"""From so many sources beside the first on, a line tells of others."""

OWN_NUMBERS = "made stricter by numbers of your own (--limits)"
"""No study stands for those."""

HOW_COUNTED = ("window_", "reference_")
"""Numbers that begin so say over which days another is counted: what carries them carries no limit."""

TOLD = (
    *("id", "authors", "year", "title", "title_checked", "journal", "place", "doi", "pubmed"),
    *("grade", "grade_here", "status", "citable", "showed", "did_not_show"),
    *("population", "written_for", "caveat"),
)
"""What a document tells of a source; what is from memory only stays out of it."""


def known(ids: Iterable[str]) -> tuple[Source, ...]:
    """The sources of these ids, each once; of ids that runback doesn't know, none."""
    from rules.loading import load_sources

    sources = load_sources()
    return tuple(sources[id_] for id_ in dict.fromkeys(ids) if id_ in sources)


def unknown(ids: Iterable[str]) -> tuple[str, ...]:
    """What a rule of another package names as its source, and runback knows nothing of."""
    from rules.loading import load_sources

    return tuple(id_ for id_ in dict.fromkeys(ids) if id_ not in load_sources())


def in_short(source: Source) -> str:
    """``Frandsen et al., Br J Sports Med 2025 (one large cohort study)``."""
    cited, strength = source.cite(), source.strength_words
    return cited if cited == strength else f"{cited} ({strength})".replace(") (", "; ")


def cited(rule: Rule) -> tuple[str, ...]:
    """All that a rule names as its sources, in short."""
    return (
        *(in_short(source) for source in known(rule.sources)),
        *(not_ours(id_) for id_ in unknown(rule.sources)),
    )


class Carrying(Frozen):
    """What carries the numbers of a rule that are in force in some states, by the ids of sources.

    ``given``: those that give one of the numbers; ``minded``: those that only point to one of ours,
    our own id among them. ``hers``: a number is the runner's own. ``has_numbers``: there are any.
    """

    given: tuple[str, ...] = ()
    minded: tuple[str, ...] = ()
    hers: bool = False
    has_numbers: bool = False


def carrying(rule: Rule, limits: Limits, states: Collection[State]) -> Carrying:
    """What carries the numbers that are in force in some states."""
    from planner.cli.rule_numbers import DETAILS, numbers_of

    numbers = [
        told
        for told in in_force(numbers_of(rule.name, limits), states)
        if not told.key.startswith((*DETAILS, *HOW_COUNTED))
    ]
    carried = [told.document()["sources"] for told in numbers if told.rulebook is None]
    return Carrying(
        given=tuple(id_ for ids in carried if OURS not in ids for id_ in ids),
        minded=tuple(id_ for ids in carried if OURS in ids for id_ in ids),
        hers=len(carried) < len(numbers),
        has_numbers=bool(numbers),
    )


def cited_for(rule: Rule, limits: Limits, states: Collection[State]) -> tuple[str, ...]:
    """What carries the numbers of a rule that are in force in some states, in short.

    First the studies that give one of them, then that others are ours, with the studies that only
    point that way. All that the rule names, where it has no number in these states.
    """
    found = carrying(rule, limits, states)
    if not found.has_numbers:
        return cited(rule)
    by_them = " and ".join(
        one.short() for one in known(found.minded) if one.id not in (OURS, *found.given)
    )
    return (
        *(in_short(source) for source in known(found.given)),
        *["our convention" + f", with {by_them} in mind" * bool(by_them)] * bool(found.minded),
        *[OWN_NUMBERS] * found.hers,
    )


def in_force(numbers: Collection[Told], states: Collection[State]) -> Iterator[Told]:
    """Of a rule's numbers those of some states, or of every one where a state has none of its own."""
    from planner.cli.rule_numbers import EVERY

    own = {(told.key, told.state) for told in numbers}
    for told in numbers:
        lacking = [state for state in states if (told.key, state.value) not in own]
        if told.state in list(states) or (told.state == EVERY and lacking):
            yield told


def said_from(rule: Rule, limits: Limits, states: Collection[State]) -> str:
    """What carries a rule's numbers in some states; ``runback rules NAME`` has all that is known."""
    first, *others = cited_for(rule, limits, states) or ("",)
    hers = [one for one in others if one == OWN_NUMBERS]
    rest = [one for one in others if one != OWN_NUMBERS]
    also = rest if len(rest) < MOST_CITED else ["others"]
    words = "; ".join((first, *also, *hers)).replace("; others", " and others")
    return f"From: {words}." if first else ""


def in_a_word(source: Source, checked: str = "") -> str:
    """``Frandsen et al. 2025 (read)``: who, and how far it was checked.

    ``checked`` is how far the one thing was that is told of it.
    """
    words = [
        word
        for status, word in (("read", "read"), ("secondary", "reported by others"))
        if status in source.status and (checked in ("", status) or checked not in source.status)
    ]
    checked = "read in part" if len(words) > 1 else (words or ["not checked"])[0]
    folklore = ", folklore" if source.folklore_words else ""
    return f"{source.short()} ({checked}{folklore})"


def from_words(carried: Carried) -> str:
    """What carries a number, in a sentence. What is from memory only carries none."""
    studies = " and ".join(
        in_a_word(one, carried.checked) for one in known(carried.source) if one.id != OURS
    )
    if not studies:
        return "Ours, from no study."
    if OURS in carried.source:
        return f"Ours, with {studies} in mind; {carried.there or 'not given there'}."
    return f"From {studies}{f'; {carried.there}' if carried.there else ''}."


def document(source: Source) -> dict[str, Any]:
    """A source as JSON."""
    return {
        **source.model_dump(mode="json", include=set(TOLD)),
        "cite": source.cite(),
        "strength": source.strength_words,
        "checked": source.checked_words,
        "folklore": bool(source.folklore_words),
    }


def unknown_document(id_: str) -> dict[str, Any]:
    """What another package names as a source, as JSON."""
    return {"id": id_, "citable": False, "cite": not_ours(id_), "checked": "not by runback"}


def not_ours(id_: str) -> str:
    """What another package names as a source, in words."""
    return f"{id_} (as its package says; not checked for runback)"


def print_in_full(ids: Iterable[str]) -> None:
    """Each source with all that is known of it."""
    from planner.cli.printing import print_text

    ids = tuple(ids)
    for source in known(ids):
        print_text()
        print_text(_heading(source), first="  ", rest="    ")
        for label, text in _details(source):
            if text:
                print_text(f"{label}{text}", first="    ", rest="      ")
    for id_ in unknown(ids):
        print_text()
        print_text(f"{not_ours(id_)}.", first="  ", rest="    ")


def _heading(source: Source) -> str:
    if source.grade == CONVENTION:
        return "Ours: a number that we derived or chose; no source fixes it."
    year = f" ({source.year})" if source.year else ""
    stop = "" if source.title.endswith("?") else "."
    title = f"{source.title}{stop}" if source.title_checked and source.citable else ""
    where = " ".join(part for part in (source.journal, source.place) if part)
    told = " ".join(part for part in (title, f"{where}." if where else "") if part)
    return f"{source.authors}{year}: {told}"


def _details(source: Source) -> Iterator[tuple[str, str]]:
    if source.grade == CONVENTION:
        return
    yield "", source.folklore_words
    if source.citable:
        yield "How good: ", f"{source.strength_words} ({source.grade_words})"
    yield "Checked: ", source.checked_words
    if source.citable:
        yield "Showed: ", source.showed
        yield "Did not show: ", source.did_not_show
        yield "Studied in: ", source.population
        yield "Written for: ", source.written_for
        yield "Caveat: ", source.caveat
        yield "doi: ", source.doi or ""
