"""Numbers that runners type: points of pain, minutes. What is no such number gets one sentence."""

from __future__ import annotations

import re
from typing import Any

import click

DAY_MINUTES = 1440
MOST_POINTS = 10

# Plain digits only: what float() takes besides (1e9, nan, 1_0) nobody types on purpose. A comma
# stands before one or two decimals, so that 1,440 is not taken for one minute and a half.
_NUMBER = re.compile(r"[0-9]{1,5}(\.[0-9]{1,6}|,[0-9]{1,2})?")


def points(text: str) -> float | None:
    """Pain or effort from 0 to 10 in halves; None where the text is no such number."""
    number = _number(text)
    if number is None or number > MOST_POINTS or number * 2 != int(number * 2):
        return None
    return number


def minutes(text: str) -> float | None:
    """Minutes up to a whole day, in hundredths; None where the text is no such number."""
    number = _number(text)
    if number is None or number > DAY_MINUTES or (number and not round(number, 2)):
        return None
    return round(number, 2)


class Points(click.ParamType[float]):
    """An option's points from 0 to 10."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = points(str(value))
        if found is None:
            _refuse("a number from 0 to 10, halves allowed, like 2 or 2.5", param, ctx)
        return found


class Minutes(click.ParamType[float]):
    """An option's minutes."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = minutes(str(value))
        if found is None:
            _refuse(f"minutes from 0 to {DAY_MINUTES}, like 30 or 12.5", param, ctx)
        return found


def _number(text: str) -> float | None:
    text = text.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _refuse(wanted: str, param: click.Parameter | None, ctx: click.Context | None) -> None:
    name = param.opts[0] if param else "This option"
    raise click.UsageError(f"{name} takes {wanted}.", ctx)
