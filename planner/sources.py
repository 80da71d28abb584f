"""The studies behind the numbers, and how far each may be trusted."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from planner.plan import Frozen

CONVENTION = "convention"

STRENGTH_BY_GRADE = {
    "A": "a randomised trial, or a review of such trials",
    "A-": "a randomised trial in other people or with another outcome",
    "B": "a cohort study",
    "C": "a weak study: looking back, looking once, or a few cases",
    "C/D": "weak studies and opinion",
    "D": "consensus, a guideline or a protocol",
    "F/D": "coaching custom",
    "F": "coaching custom",
    "X": "contradicted by data",
    CONVENTION: "our convention",
}
"""What a grade means in a few words; a source may have better ones of its own."""

FOLKLORE = {
    "F": "Folklore: custom that no study here backs.",
    "X": "Folklore: data contradict it.",
}
"""What to call custom and what data contradict, by the first letter of the grade."""

CHECKED = {
    ("read",): "read in the abstract or on the official page",
    ("secondary",): "as reported by others; the source itself was not read",
    ("read", "secondary"): "read in the abstract or on the official page, some of it only as "
    "reported by others",
    (): "from memory only, not checked: nothing of it is told here",
}
"""How far a source was checked for this project, by what stands behind it apart from memory."""


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


SourceIds = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""Ids of sources; in a file one id may stand without brackets."""


class Carried(Frozen):
    """What carries one number, where the study as a whole would say too much or too little of it.

    ``checked`` is how far the number itself was checked, where the study was read in one part and is
    reported by others in another. ``there`` is what the number is in the study, where that is something
    else than here.
    """

    source: SourceIds
    checked: Literal["", "read", "secondary"] = ""
    there: str = ""


class Source(Frozen):
    """One source: what it showed, in whom, and whether it may be cited.

    ``showed`` holds what was read, or is reported by others; ``unverified`` is from memory only and
    no fact to show to anybody, as is ``doi_unchecked``. ``citable`` is false where nothing but
    memory stands behind it. ``grade_here`` says how good it is for what it is used for here, where that
    is another grade than its own. Who was studied is the ``population``; what is no study is
    ``written_for`` somebody. ``checked_as`` takes the place of the usual words for its ``status``.
    """

    id: str
    authors: str
    cited_as: str
    year: int | None = None
    title: str
    title_checked: bool = True
    journal: str
    place: str = ""
    doi: str | None = None
    doi_unchecked: str | None = None
    pubmed: str | None = None
    grade: str
    grade_here: str = ""
    strength: str = ""
    status: tuple[Literal["read", "secondary", "recalled", "convention"], ...]
    citable: bool
    showed: str = ""
    unverified: str = ""
    did_not_show: str = ""
    population: str = ""
    written_for: str = ""
    checked_as: str = ""
    caveat: str = ""

    def cite(self) -> str:
        """The source in a few words: ``Frandsen et al., Br J Sports Med 2025``.

        What was read only in pages about it, or not at all, says so.
        """
        if self.grade == CONVENTION:
            return self.cited_as
        where = " ".join(part for part in (self.journal, str(self.year or "")) if part)
        name = f"{self.cited_as}, {where}" if where else self.cited_as
        if not self.citable:
            return f"{name} (not verified)"
        return name if "read" in self.status else f"{name} (as reported by others)"

    def short(self) -> str:
        """Names and year: ``Frandsen et al. 2025``."""
        return f"{self.cited_as} {self.year}" if self.year else self.cited_as

    @property
    def checked_words(self) -> str:
        """How far it was checked, in plain words; what is from memory stays out of what is told."""
        if self.grade == CONVENTION:
            return "chosen or derived by us; no source fixes it"
        return (
            self.checked_as
            or CHECKED[tuple(word for word in ("read", "secondary") if word in self.status)]
        )

    @property
    def folklore_words(self) -> str:
        """That it is folklore, where it is: custom, or contradicted by data."""
        return "" if self.grade == CONVENTION else FOLKLORE.get(self.grade[0], "")

    @property
    def grade_words(self) -> str:
        """Its grade, and the one for what it is used for here: ``grade A; D as it is used here``."""
        return "; ".join(part for part in (f"grade {self.grade}", self.grade_here) if part)

    @property
    def strength_words(self) -> str:
        """How strong it is, in plain words: ``one large cohort study``."""
        if self.grade != CONVENTION and not self.citable:
            return "not verified"
        return self.strength or STRENGTH_BY_GRADE[self.grade]
