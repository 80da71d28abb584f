"""What is wrong with a value of the runner's file, as one sentence each.

Each names the file, the line, the key, the value found and what is allowed, which is read from the
fields themselves.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from planner.errors import InputError
from planner.profile_text import KeyPath, TomlText, dotted, printable, shown

MOST_PROBLEMS = 5
"""More at once is not read."""

TRY = "Correct the file and try again."

MOST_COMPARED = 60
"""Characters of a misspelt word that are compared: comparing takes time with their square."""


@dataclass(frozen=True)
class Allowed:
    """Beside a type: what a value of it may be, in words."""

    text: str


@dataclass(frozen=True)
class Shape:
    """What one key may hold, with the bounds of its field."""

    type: Any
    metadata: tuple[Any, ...]
    field: FieldInfo | None = None


def said(path: KeyPath, says: str) -> PydanticCustomError:
    """An error in our own words; ``path`` leads from the table that is checked to the key."""
    return PydanticCustomError("said", "{says}", {"says": says, "path": path})


def told(root: type[BaseModel], error: ValidationError, text: TomlText) -> InputError:
    """What pydantic found as one error: the first sentences from the top, one line each.

    ``root`` is the model of the whole file. The rest is counted only: looking for near words takes
    too long for a file full of unknown keys.
    """
    found = [
        (path, detail)
        for detail in error.errors(include_url=False)
        for path in _keys_of(root, detail)
    ]
    found.sort(key=lambda pair: text.where(pair[0])[0] or sys.maxsize)
    lines = [_sentence(root, path, detail, text) for path, detail in found[:MOST_PROBLEMS]]
    if len(found) > MOST_PROBLEMS:
        lines.append(f"{text.file}: and {len(found) - MOST_PROBLEMS} more.")
    return InputError("\n".join(lines), TRY)


def _keys_of(root: type[BaseModel], detail: ErrorDetails) -> Iterator[KeyPath]:
    """The keys that an error is about, where pydantic knows only the table."""
    path: KeyPath = detail["loc"]
    if detail["type"] == "missing":
        yield from _missing_keys(root, path)
    elif detail["type"] == "said":
        yield (*path, *detail["ctx"]["path"])
    else:
        yield path


def _sentence(root: type[BaseModel], path: KeyPath, detail: ErrorDetails, text: TomlText) -> str:
    value = _value(text.data, path)
    says = detail["ctx"]["says"] if detail["type"] == "said" else ""
    if detail["type"] == "extra_forbidden":
        return _unknown_key(root, path, text)
    if value is None:
        return missing_sentence(root, path, text, says)
    if says:
        return _about(text, path, f"is not allowed; {says}")
    shape = _shape_at(root, path)
    near = _nearest(value, _choices(shape))
    hint = f' Did you mean "{near}"?' if near else ""
    return _about(text, path, f"is not allowed; write {_allowed(shape)}") + hint


def _about(text: TomlText, path: KeyPath, says: str) -> str:
    value = shown(_value(text.data, path))
    return f"{text.where(path)[1]}: {dotted(path)} = {value} {_ended(says)}"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith("?") else f"{sentence}."


def _unknown_key(root: type[BaseModel], path: KeyPath, text: TomlText) -> str:
    if not isinstance(_value(text.data, path), dict):
        return _about(text, path, f"is an unknown key; {_known_key(root, path, False)}")
    known = _ended(_known_key(root, path, True))
    return f"{text.where(path)[1]}: [{dotted(path)}] is an unknown table; {known}"


def missing_sentence(
    root: type[BaseModel], path: KeyPath, text: TomlText, because: str = ""
) -> str:
    """That a key is missing, with a line to add."""
    shape = _shape_at(root, path)
    table = f"[{dotted(path[:-1])}]"
    table = f"[{table}]" if any(isinstance(part, int) for part in path) else table
    add = f"add a line like {_example(path[-1], shape)} under {table}"
    if _is_table(shape.type):
        key, field = next(iter(_fields(shape.type).items()))
        inner = _example(key, Shape(None, (), field))
        add = f"add the table [{dotted(path)}] with a line like {inner} under it"
    reason = f"{because}; " if because else ""
    return f"{text.where(path)[1]}: {dotted(path)} is missing; {reason}{add}."


def _missing_keys(root: type[BaseModel], path: KeyPath) -> Iterator[KeyPath]:
    """A missing table is told by the keys that must be in it."""
    shape = _shape_at(root, path)
    needed = []
    if _is_table(shape.type):
        needed = [key for key, field in _fields(shape.type).items() if field.is_required()]
    if not needed:
        yield path
    for key in needed:
        yield from _missing_keys(root, (*path, key))


def _example(key: str | int, shape: Shape) -> str:
    examples = (shape.field.examples if shape.field else None) or ["…"]
    return f"{key} = {shown(examples[0])}"


def _value(data: Any, path: KeyPath) -> Any:
    """What stands in the file at a key; None where nothing does, which TOML can't write."""
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
        else:
            return None
    return data


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _unwrap(kind: Any, metadata: tuple[Any, ...] = ()) -> Shape:
    """A type without ``| None`` and annotations, which are collected."""
    if get_origin(kind) is Annotated:
        inner, *more = get_args(kind)
        bounds = [b for m in more for b in (m.metadata if isinstance(m, FieldInfo) else [m])]
        return _unwrap(inner, (*metadata, *bounds))
    if get_origin(kind) in (Union, UnionType):
        kinds = [part for part in get_args(kind) if part is not NoneType]
        return _unwrap(kinds[0], metadata)
    return Shape(kind, metadata)


def _shape_at(root: type[BaseModel], path: KeyPath) -> Shape:
    shape = Shape(root, ())
    for part in path:
        if isinstance(part, int):
            shape = _unwrap(get_args(shape.type)[0])
        else:
            many = get_origin(shape.type) is tuple
            table = _unwrap(get_args(shape.type)[0]).type if many else shape.type
            field = _fields(table)[part]
            bare = _unwrap(field.annotation, tuple(field.metadata))
            shape = Shape(bare.type, bare.metadata, field)
    return shape


def _choices(shape: Shape) -> list[str]:
    if get_origin(shape.type) is Literal:
        return [str(choice) for choice in get_args(shape.type)]
    if isinstance(shape.type, type) and issubclass(shape.type, Enum):
        return [str(choice.value) for choice in shape.type]
    return []


def _allowed(shape: Shape) -> str:
    """What a key may hold, in words made from the bounds of its field."""
    for entry in shape.metadata:
        if isinstance(entry, Allowed):
            return entry.text
    if get_origin(shape.type) is tuple:
        return _allowed_list(shape)
    if _is_table(shape.type):
        return "a table: a line with its name in brackets, its keys in the lines below"
    if choices := _choices(shape):
        return "one of " + ", ".join(f'"{choice}"' for choice in choices)
    return ("a whole number" if shape.type is int else "a number") + _range(shape)


def _allowed_list(shape: Shape) -> str:
    item = _unwrap(get_args(shape.type)[0])
    if _is_table(item.type):
        return "one table for each, its name in two pairs of brackets, like [[away]]"
    most = _bound(shape, "max_length")
    size = f" of at most {most}" if most is not None else ""
    return f"a list in brackets{size}, each {_allowed(item)}"


def _range(shape: Shape) -> str:
    above, least, most = (_bound(shape, name) for name in ("gt", "ge", "le"))
    low = f" from {least} to" if above is None else f" above {above} and up to"
    step = _bound(shape, "multiple_of")
    return f"{low} {most}" + (f", in steps of {step}" if step is not None else "")


def _bound(shape: Shape, name: str) -> Any:
    found = (getattr(entry, name) for entry in shape.metadata if hasattr(entry, name))
    return next(found, None)


def _known_key(root: type[BaseModel], path: KeyPath, is_table: bool) -> str:
    """The key that was probably meant: elsewhere by this name, else here by a like name."""
    key = str(path[-1])
    table = _shape_at(root, path[:-1]).type
    here = list(_fields(table))
    everywhere = list(_tables(root, ()))
    homes = [home for home, keys in everywhere if key in keys]
    alike = [h for h in homes if _is_table(_shape_at(root, (*h, key)).type) == is_table]
    if homes := alike or homes:
        return "it belongs to " + " or ".join(_place_of(root, home, key) for home in homes)
    if near := _nearest(key, here):
        return f"did you mean {dotted((*path[:-1], near))}?"
    names = [name for _, keys in everywhere for name in keys]
    if near := _nearest(key, names):
        home = next(home for home, keys in everywhere if near in keys)
        return f"did you mean {dotted((*home, near))}?"
    return "known here: " + ", ".join(here)


def _place_of(root: type[BaseModel], home: KeyPath, key: str) -> str:
    if not home:
        return f"the file as the table [{printable(key)}]"
    many = get_origin(_shape_at(root, home).type) is tuple
    return f"[[{dotted(home)}]]" if many else f"[{dotted(home)}]"


def _tables(model: type[BaseModel], path: KeyPath) -> Iterator[tuple[KeyPath, list[str]]]:
    fields = _fields(model)
    yield path, list(fields)
    for key, field in fields.items():
        kind = _unwrap(field.annotation).type
        if get_origin(kind) is tuple:
            kind = _unwrap(get_args(kind)[0]).type
        if _is_table(kind):
            yield from _tables(kind, (*path, key))


def _nearest(word: object, known: Sequence[str]) -> str | None:
    """The known word nearest to a misspelt one; case, spaces and hyphens don't count."""
    if not isinstance(word, str):
        return None
    plain = word[:MOST_COMPARED].strip().casefold().replace("-", "_").replace(" ", "_")
    starts = [name for name in known if len(name) > 2 and plain.startswith(name)]
    close = difflib.get_close_matches(plain, known, n=1, cutoff=0.6)
    return next(iter([*close, *starts]), None)


def zone_exists(name: str) -> bool:
    """Whether there is an IANA time zone of this name; copies of the system's own don't count."""
    from zoneinfo import ZoneInfo

    if name.startswith(("posix/", "right/")) or name in ("localtime", "posixrules"):
        return False
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return False
    return True


def nearest_zones(name: str) -> str:
    """Up to three known time zones that a misspelt one may have meant; empty where none is."""
    from zoneinfo import available_timezones

    known = sorted(available_timezones())
    plain = name[:MOST_COMPARED].strip().casefold().replace(" ", "_")
    city = plain.rpartition("/")[2]
    same = [zone for zone in known if zone.casefold() == plain]
    same += [zone for zone in known if city and zone.casefold().rpartition("/")[2] == city]
    by_lower = {zone.casefold(): zone for zone in known}
    close = difflib.get_close_matches(plain, list(by_lower), n=3, cutoff=0.6)
    found = list(dict.fromkeys([*same, *(by_lower[zone] for zone in close)]))
    return " or ".join(found[:3])
