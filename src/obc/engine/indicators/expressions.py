"""Expressions: the few building blocks of SQL that the queries are made of, as SQLGlot trees.

Only what other engines render alike: no ASOF, no `arg_max`, no GROUP BY ALL, no date differences but in days.
Every function copies what it is given, so that one tree may stand in several places.
"""

from collections.abc import Iterable
from datetime import date

from sqlglot import exp

from obc.domain.core.kernel.period import Duration

Expression = exp.Expression

FAR = date(9999, 12, 31)
"""The day on which what has no end ends."""

EPOCH = date(1970, 1, 1)


def column(name: str, table: str | None = None) -> Expression:
    """A column, of a table where it is named."""
    return exp.column(name, table=table)


def whole(number: int) -> Expression:
    """An integer."""
    literal = exp.Literal.number(abs(number))
    return exp.Neg(this=literal) if number < 0 else literal


def text(value: str) -> Expression:
    """A text."""
    return exp.Literal.string(value)


def day(value: date) -> Expression:
    """A day."""
    return exp.cast(exp.Literal.string(value.isoformat()), "DATE")


def as_decimal(value: Expression, width: int = 18) -> Expression:
    """A decimal with six places: scores are exact in every engine."""
    return exp.cast(value.copy(), f"DECIMAL({width}, 6)")


def moment(value: Expression) -> Expression:
    """A day as its first moment."""
    return exp.cast(value.copy(), "TIMESTAMP")


def shifted(value: Expression, by: Duration) -> Expression:
    """A day moved by days or months; the last day of the month where there is no such day."""
    if by == Duration():
        return value.copy()
    size, unit = (by.months, "MONTH") if by.months else (by.days, "DAY")
    moved = exp.DateAdd(this=value.copy(), expression=whole(size), unit=exp.var(unit))
    return exp.cast(moved, "DATE")


def hours_after(value: Expression, hours: int) -> Expression:
    """A moment moved by hours."""
    if not hours:
        return value.copy()
    length = exp.Interval(this=exp.Literal.string(str(abs(hours))), unit=exp.var("HOUR"))
    return exp.Sub(this=value.copy(), expression=length) if hours < 0 else exp.Add(this=value.copy(), expression=length)


def day_number(value: Expression) -> Expression:
    """How many days since 1970."""
    return exp.DateDiff(this=value.copy(), expression=day(EPOCH), unit=exp.var("DAY"))


def year_month_day(value: Expression) -> Expression:
    """A day as the number 20260503: differences of these, cut to the ten-thousands, are ages in years."""
    year, month, of_month = (
        exp.Extract(this=exp.var(part), expression=value.copy()) for part in ("YEAR", "MONTH", "DAY")
    )
    return plus([times(year, whole(10_000)), times(month, whole(100)), of_month])


def between(value: Expression, first: Expression, last: Expression) -> Expression:
    """Whether a value is in a range, both ends included."""
    return exp.Between(this=value.copy(), low=first.copy(), high=last.copy())


def compare(kind: type[exp.Binary], left: Expression, right: Expression) -> Expression:
    """`left < right`, say, with `exp.LT`."""
    return kind(this=left.copy(), expression=right.copy())


def is_empty(value: Expression) -> Expression:
    """Whether there is no value."""
    return exp.Is(this=value.copy(), expression=exp.Null())


def is_there(value: Expression) -> Expression:
    """Whether there is a value."""
    return exp.Not(this=is_empty(value))


def all_of(conditions: Iterable[Expression]) -> Expression:
    """Whether all hold; of none at all true."""
    given = [condition.copy() for condition in conditions]
    return exp.and_(*given, copy=False) if given else exp.true()


def any_of(conditions: Iterable[Expression]) -> Expression:
    """Whether any holds; of none at all false."""
    given = [condition.copy() for condition in conditions]
    return exp.or_(*given, copy=False) if given else exp.false()


def negated(condition: Expression) -> Expression:
    """Whether it does not hold."""
    return exp.not_(condition.copy(), copy=False)


def case(condition: Expression, then: Expression, otherwise: Expression | None = None) -> Expression:
    """`then` where the condition holds, else `otherwise`, else empty."""
    branch = exp.If(this=condition.copy(), true=then.copy())
    return exp.Case(ifs=[branch], default=otherwise.copy() if otherwise is not None else None)


def either(value: Expression, otherwise: Expression) -> Expression:
    """The value, or the other where it is empty."""
    return exp.Coalesce(this=value.copy(), expressions=[otherwise.copy()])


def later(left: Expression, right: Expression) -> Expression:
    """The later of two days that are both there."""
    return case(compare(exp.GT, left, right), left, right)


def earlier(left: Expression, right: Expression) -> Expression:
    """The earlier of two days that are both there."""
    return case(compare(exp.LT, left, right), left, right)


def plus(values: Iterable[Expression]) -> Expression:
    """The sum; of none at all nought."""
    total: Expression | None = None
    for value in values:
        total = value.copy() if total is None else exp.Add(this=total, expression=value.copy())
    return whole(0) if total is None else total


def minus(left: Expression, right: Expression) -> Expression:
    """The difference."""
    return exp.Sub(this=left.copy(), expression=exp.Paren(this=right.copy()))


def times(left: Expression, right: Expression) -> Expression:
    """The product."""
    return exp.Mul(this=exp.Paren(this=left.copy()), expression=exp.Paren(this=right.copy()))


def total(value: Expression) -> Expression:
    """The sum over rows."""
    return exp.Sum(this=value.copy())


def least(value: Expression) -> Expression:
    """The smallest over rows."""
    return exp.Min(this=value.copy())


def greatest(value: Expression) -> Expression:
    """The greatest over rows."""
    return exp.Max(this=value.copy())


def named(value: Expression, name: str) -> Expression:
    """A value under a name."""
    return exp.alias_(value.copy(), name)
