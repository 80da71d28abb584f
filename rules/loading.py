"""Reading the knowledge files: limits, words, sources, ladders, exercises, red flags, care.

The files are part of the package and read once. ``tighten`` reads somebody else's numbers, which
may make a limit stricter, never looser.
"""

from __future__ import annotations

import reprlib
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import StrictInt

from planner.care import CareTopic
from planner.emergency import Emergency
from planner.errors import InputError
from planner.exercises import ExerciseEntry
from planner.ladder_entries import LadderEntry, ladder_of
from planner.plan import Frozen, State
from planner.request import Ladder, Limits
from planner.sources import Carried, Source, SourceIds
from planner.triage import TriageQuestion
from rules.bounds import refuse_more_than_can_be

DIRECTIONS = "directions"
LOWER, HIGHER = "lower is stricter", "higher is stricter"
ALLOWANCE, WISH = "an allowance: lower is stricter", "a wish: either way"
EVERY = "every"
STATES = (*(state.value for state in State), EVERY)
MOST_BYTES = 1_000_000
MOST = 10_000
NEVER_ZERO = (
    *("window_days", "reference_weeks", "base_weeks", "every_weeks"),
    *("step_minutes", "goal_step_minutes"),
    *("sessions_min", "minutes", "minutes_min", "start_minutes", "target_minutes"),
    *("continuous_minutes", "band_3_stage", "band_4_stage"),
)
"""Keys by which the rules divide, or that count from one."""

LEAST_RATIO_PERCENT = 100
"""Less than before each time would come to nothing, and is no growth to limit."""


class Number(Carried):
    """A number of a rule: what carries it, and the sources said to give it from memory only."""

    value: StrictInt
    unverified: SourceIds = ()


class Words(Frozen):
    """A name's numbers in a runner's words; of what is no rule its title and what it means, too.

    ``elsewhere`` are numbers that it goes by and that stand under another name.
    """

    title: str = ""
    says: str = ""
    numbers: Mapping[str, str] = {}
    elsewhere: Mapping[str, Mapping[str, str]] = {}


Numbers = Mapping[str, Mapping[str, Mapping[str, Number]]]
"""Rule name → state → key → number."""


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("rules").joinpath(name).read_text(encoding="utf-8"))


@cache
def load_numbers() -> Numbers:
    """The numbers of all rules with their sources."""
    return {
        rule: {
            state: {key: Number.model_validate(number) for key, number in numbers.items()}
            for state, numbers in states.items()
        }
        for rule, states in _read("limits.toml").items()
        if rule != DIRECTIONS
    }


@cache
def load_limits() -> Limits:
    """The numbers of all rules, without their sources."""
    return Limits(
        by_rule={
            rule: {
                state: {key: number.value for key, number in numbers.items()}
                for state, numbers in states.items()
            }
            for rule, states in load_numbers().items()
        }
    )


@cache
def load_words() -> Mapping[str, Words]:
    """Name → its title, what it means and what its numbers are called, where it has any."""
    return MappingProxyType(
        {name: Words.model_validate(entry) for name, entry in _read("words.toml").items()}
    )


@cache
def load_directions() -> Mapping[str, Mapping[str, str]]:
    """Rule name → key → which way is stricter."""
    directions: dict[str, dict[str, str]] = _read("limits.toml")[DIRECTIONS]
    return MappingProxyType(directions)


@cache
def load_ladder_entries() -> Mapping[str, LadderEntry]:
    """The run/walk ladders with what carries each stage."""
    found = _read("ladders.toml").items()
    return MappingProxyType({name: LadderEntry.model_validate(entry) for name, entry in found})


@cache
def load_ladders() -> Mapping[str, Ladder]:
    """The run/walk ladders: ``gentle`` for beginners, ``blake``, and ``pattern`` after a flare."""
    entries = load_ladder_entries()
    return MappingProxyType({name: ladder_of(name, entries) for name in entries})


@cache
def load_exercises() -> tuple[ExerciseEntry, ...]:
    """The catalogue of exercises."""
    found = _read("exercises.toml").items()
    return tuple(ExerciseEntry.model_validate({"id": id_, **entry}) for id_, entry in found)


@cache
def load_sources() -> Mapping[str, Source]:
    """All sources by id; ``ours`` stands for our own conventions."""
    found = _read("sources.toml").items()
    return MappingProxyType(
        {id_: Source.model_validate({"id": id_, **entry}) for id_, entry in found}
    )


@cache
def load_triage() -> tuple[TriageQuestion, ...]:
    """The red flag questions, in the order in which they are asked."""
    found = _read("triage.toml")
    told = found.pop("care")
    cares = {
        code: {"order": order, **care} for order, (code, care) in enumerate(told.items(), start=1)
    }
    return tuple(
        TriageQuestion.model_validate({"id": id_, "care": cares[entry["urgency"]], **entry})
        for id_, entry in found.items()
    )


@cache
def load_care() -> tuple[CareTopic, ...]:
    """What runners with a sore back read about, in the order in which it is told."""
    found = _read("care.toml").items()
    return tuple(CareTopic.model_validate({"name": name, **entry}) for name, entry in found)


@cache
def load_emergency() -> Emergency:
    """What to call in an emergency, by country."""
    return Emergency.model_validate(_read("emergency.toml"))


class _Place(NamedTuple):
    """Where somebody else's number stands in her file."""

    path: Path
    rule: str
    state: str = ""
    key: str = ""

    def __str__(self) -> str:
        table = ".".join(part for part in (self.rule, self.state) if part)
        return f"{self.path}: [{table}] {self.key}".rstrip()


def tighten(limits: Limits, path: Path) -> Limits:
    """Limits made stricter by a TOML file with plain numbers under ``[rule.state]``.

    ``every`` means: at least so strict in every state that has this limit. A number that would
    loosen a limit, or ask for more than there can be, an unknown rule, state or key and anything but
    a whole number is an InputError.
    """
    by_rule = {
        rule: {state: dict(numbers) for state, numbers in states.items()}
        for rule, states in limits.by_rule.items()
    }
    theirs = _theirs(path)
    for rule, states in theirs.items():
        _known(_Place(path, rule), "rule", rule, tuple(by_rule))
        for state, numbers in _table(_Place(path, rule), states).items():
            place = _Place(path, rule, state)
            _known(place, "state", state, STATES)
            for key, value in _table(place, numbers).items():
                _tighten_one(by_rule[rule], place._replace(key=key), value)
    tightened = Limits(by_rule=by_rule)
    refuse_more_than_can_be(tightened, path, tuple(theirs))
    return tightened


def _theirs(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise InputError(
                f"{path} is larger than {MOST_BYTES:,} bytes.", "Is it the file of limits?"
            )
        return tomllib.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        raise InputError(
            f"{path} can't be read: {error.strerror or error}.", "Check its name."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not a text file in UTF-8.", "It holds [rule.state] tables of key = number."
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{path} is not a TOML file: {error}.", "It holds [rule.state] tables of key = number."
        ) from error


def _known(place: _Place, what: str, word: str, words: tuple[str, ...]) -> None:
    if word in words:
        return
    near = get_close_matches(word, words, n=1)
    listed = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(words)}."
    raise InputError(f"{place}: there is no {what} called {word}.", listed)


def _table(place: _Place, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise InputError(
        f"{place} holds {_shown(value)} where a table belongs.",
        "Write [rule.state] and key = number.",
    )


def _tighten_one(states: dict[str, dict[str, int]], place: _Place, value: Any) -> None:
    directions = load_directions()[place.rule]
    _known(place, "key", place.key, tuple(directions))
    direction = directions[place.key]
    number = _whole(place, value)
    present = {state: keys[place.key] for state, keys in states.items() if place.key in keys}
    if place.state != EVERY and tuple(present) == (EVERY,):
        raise InputError(
            f"{place} can't differ from state to state.", f"Write it under [{place.rule}.every]."
        )
    if place.state == EVERY:
        changed = present
    else:
        now = present.get(place.state, present.get(EVERY))
        if now is None and direction == ALLOWANCE:
            raise InputError(
                f"{place} would ease a limit: the rulebook gives no such allowance here.",
                "Leave it out.",
            )
        changed = {place.state: number if now is None else now}
    if all(_looser(number, now, direction) for now in changed.values()):
        way, mildest = ("at least", min) if direction == HIGHER else ("at most", max)
        raise InputError(
            f"{place} = {number} would loosen a limit: the rulebook allows {way} "
            f"{mildest(changed.values())}.",
            "A limit can be made stricter, never looser.",
        )
    for state, now in changed.items():
        if not _looser(number, now, direction):
            states.setdefault(state, {})[place.key] = number


def _whole(place: _Place, value: Any) -> int:
    least = int(place.key in NEVER_ZERO or place.key.endswith(("_repeats", "_hard_seconds")))
    if place.key == "ratio_percent":
        least = LEAST_RATIO_PERCENT
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MOST:
        raise InputError(
            f"{place} = {_shown(value)} is not a whole number from {least} to {MOST:,}.",
            "Shares are in percent, pain in tenths of a point, time in minutes, days or weeks.",
        )
    return value


def _shown(value: Any) -> str:
    # Python refuses to write out thousands of digits, which a hexadecimal number can hold.
    huge = isinstance(value, int) and value.bit_length() > 64
    return "a huge number" if huge else reprlib.repr(value)


def _looser(number: int, now: int, direction: str) -> bool:
    if direction == WISH:
        return False
    return number < now if direction == HIGHER else number > now
