"""Filters: which rows hold which codes."""

from collections.abc import Iterable, Mapping

from sqlglot import exp

from obc.domain.measurement.indicators.conditions import Choice, Filter
from obc.domain.measurement.records.codes import CodeList, Codes
from obc.engine.indicators.expressions import Expression, any_of, between, column, own, text, whole

CodeLists = Mapping[str, CodeList]


def holds(value: Expression, choice: Choice, lists: CodeLists) -> Expression:
    """Whether a value is one of the codes; ranges are of three-character categories."""
    codes = Codes.of(choice, lists)
    conditions: list[Expression] = []
    if codes.single:
        conditions.append(exp.In(this=own(value), expressions=[text(code) for code in codes.single]))
    category = exp.Substring(this=own(value), start=whole(1), length=whole(3))
    conditions += [between(category, text(first), text(last)) for first, last in codes.ranges]
    return any_of(conditions)


def passes(where: Iterable[Filter], table: str, lists: CodeLists) -> list[Expression]:
    """The conditions of the filters on a table's columns."""
    return [holds(column(item.column, table), item.among, lists) for item in where]
