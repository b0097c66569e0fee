"""Strata: the levels at which people stand, as columns to sum by."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlglot import exp

from obc.domain.measurement.indicators.factors import NOT_KNOWN, Factor, Levels
from obc.engine.indicators.expressions import (
    Expression,
    case,
    column,
    compare,
    either,
    is_empty,
    minus,
    named,
    own,
    text,
    whole,
    year_month_day,
)
from obc.engine.indicators.filters import CodeLists
from obc.engine.indicators.queries import Join, equal, table

PEOPLE = "person"
"""What the table of people is called where levels are read from it."""


class Strata:
    """The factors of a group of definitions. The segment is there already: the sums are by segment in any case."""

    def __init__(self, factors: Sequence[Factor], lists: CodeLists):
        self.factors, self.lists = tuple(factors), lists

    @property
    def names(self) -> list[str]:
        """The columns that hold the levels."""
        return [f"level_{n}" for n, factor in enumerate(self.factors) if factor.factor != "segment"]

    def joins(self, of: str) -> list[Join]:
        """The people, where their levels are asked for."""
        return [Join(table("people", PEOPLE), equal(["person_id"], PEOPLE, of), "left")] if self.names else []

    def columns(self, day: Expression) -> list[Expression]:
        """The levels on the anchor's day, under their names."""
        return [
            named(self._level(factor, day), f"level_{n}")
            for n, factor in enumerate(self.factors)
            if factor.factor != "segment"
        ]

    def levels(self, segment: str, found: Sequence[Any]) -> Levels:
        """The levels of a row of sums: those found stand in the order of `names`."""
        given = iter(found)
        return tuple(segment if factor.factor == "segment" else next(given) for factor in self.factors)

    def _level(self, factor: Factor, day: Expression) -> Expression:
        if factor.factor == "age":
            return self._age(factor, day)
        code = column(factor.factor, PEOPLE)
        if not factor.grouped_by:
            return either(code, text(NOT_KNOWN))
        level = text(NOT_KNOWN)
        for meaning, codes in reversed(factor.meanings(self.lists).items()):
            among = exp.In(this=own(code), expressions=[text(one) for one in codes])
            level = case(among, text(meaning), level)
        return level

    def _age(self, factor: Factor, day: Expression) -> Expression:
        born = column("birth_date", PEOPLE)
        lived = minus(year_month_day(day), year_month_day(born))
        bands: Iterator[tuple[int, str]] = iter(factor.bands)
        level: Expression = text(next(bands)[1])
        for first, name in bands:
            level = case(compare(exp.GTE, lived, whole(first * 10_000)), text(name), level)
        return case(is_empty(born), text(NOT_KNOWN), level)
