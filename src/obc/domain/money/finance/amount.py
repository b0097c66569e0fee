"""Amounts and financial years as a finance file writes them."""

import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema

from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Exact, Ratios, exact, spelled

_SUFFIX = re.compile(r"(?P<number>.*?\d)\s*(?P<unit>k|m|bn)?", re.IGNORECASE)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
_YEAR = re.compile(r"(\d{4})(?:/(\d{2}))?")
MINOR = 100
"""Minor units in a major one: pence in a pound."""


def _amount(given: Any) -> Any:
    """Text is in pounds (`29_241k`, `£1,000,000`, `0.4m`); a whole number is in pence, as we write it back."""
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    cure = "write an amount, for example 29_241k, 0.4m or 1_000_000"
    found = _SUFFIX.fullmatch(str(given).strip())
    if not found or "%" in str(given):
        raise wrong(f"'{given}'", cure)
    try:
        minor = exact(found["number"]) * _TIMES[(found["unit"] or "").lower()] * MINOR
    except (ValueError, TypeError):
        raise wrong(f"'{given}'", cure) from None
    if minor < 0:
        raise wrong(f"'{given}', which is below nothing", "write an amount of 0 or more")
    if minor.denominator != 1:
        raise wrong(f"'{given}', which has parts of a penny", "write whole pence")
    return int(minor)


Amount = Annotated[
    int,
    BeforeValidator(_amount),
    WithJsonSchema({"type": ["string", "number"], "description": "an amount: 29_241k, 0.4m, 1_000_000"}),
]
"""Money in minor units, never below nothing; written in major units, with k, m or bn for short."""


def label(year: int) -> str:
    """The financial year that begins in April of `year`: 2013/14."""
    return f"{year}/{(year + 1) % 100:02d}"


def _financial_year(given: Any) -> Any:
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    found = _YEAR.fullmatch(str(given).strip())
    if not found or (found[2] and int(found[2]) != (int(found[1]) + 1) % 100):
        raise wrong(f"'{given}'", "write a financial year as 2013/14")
    return int(found[1])


FinancialYear = Annotated[
    int,
    BeforeValidator(_financial_year),
    PlainSerializer(label),
    WithJsonSchema({"type": ["string", "number"], "description": "a financial year: 2013/14"}),
]
"""A year from April to March, called by the year in which it begins."""


def _share(given: Fraction) -> Fraction:
    if not 0 <= given <= 1:
        raise wrong(f"{spelled(given * 100)} %", "write a share from 0 % to 100 %")
    return given


Share = Annotated[Exact, AfterValidator(_share)]
"""A part of a whole, from 0 to 1."""


def minor(exactly: Fraction) -> int:
    """Whole minor units, halves away from zero: the one place where the model rounds."""
    return int(Ratios.of([exactly]).rounded(0, "half up")[0])


def thousands(amount: int) -> int:
    """Minor units as the nearest thousand pounds, as tables print them."""
    return int(Ratios.of([Fraction(amount, MINOR * 1_000)]).rounded(0, "half up")[0])
