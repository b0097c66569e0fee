"""Expressions: the few building blocks of SQL that the queries are made of, as SQLGlot trees.

Only what other engines render alike: no ASOF, no `arg_max`, no GROUP BY ALL, no date differences but in days.
What is given to a function is used, or copied where it already stands in a tree, so that one tree may stand in
several places.
"""

from collections.abc import Iterable
from datetime import date

from sqlglot import exp

from obc.domain.core.kernel.period import Duration

Expression = exp.Expression

FAR = date(9999, 12, 31)
"""The day on which what has no end ends."""

EPOCH = date(1970, 1, 1)


_DATE = exp.DataType.build("DATE")
_INTEGER = exp.DataType.build("INT")
_MOMENT = exp.DataType.build("TIMESTAMPNTZ")
"""As on the clock of the place: a type with a zone would move it."""
_DECIMALS = {width: exp.DataType.build(f"DECIMAL({width}, 6)") for width in (18, 38)}


def own(tree: Expression) -> Expression:
    """A tree that stands nowhere yet: itself, or its copy."""
    return tree.copy() if tree.parent is not None else tree


def cast(value: Expression, to: exp.DataType) -> Expression:
    """A value as another type."""
    return exp.Cast(this=own(value), to=to.copy())


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
    return cast(exp.Literal.string(value.isoformat()), _DATE)


def as_decimal(value: Expression, width: int = 18) -> Expression:
    """A decimal with six places: scores are exact in every engine."""
    return cast(value, _DECIMALS[width])


def in_short(number: Expression) -> Expression:
    """An integer of 32 bits: half of what is carried for everybody."""
    return cast(number, _INTEGER)


def moment(value: Expression) -> Expression:
    """A day as its first moment."""
    return cast(value, _MOMENT)


def shifted(value: Expression, by: Duration) -> Expression:
    """A day moved by days or months; the last day of the month where there is no such day."""
    if by == Duration():
        return own(value)
    size, unit = (by.months, "MONTH") if by.months else (by.days, "DAY")
    moved = exp.DateAdd(this=own(value), expression=whole(size), unit=exp.var(unit))
    return cast(moved, _DATE)


def hours_after(value: Expression, hours: int) -> Expression:
    """A moment moved by hours."""
    if not hours:
        return own(value)
    length = exp.Interval(this=exp.Literal.string(str(abs(hours))), unit=exp.var("HOUR"))
    return (exp.Sub if hours < 0 else exp.Add)(this=own(value), expression=length)


def day_number(value: Expression) -> Expression:
    """How many days since 1970."""
    return exp.DateDiff(this=own(value), expression=day(EPOCH), unit=exp.var("DAY"))


def year_month_day(value: Expression) -> Expression:
    """A day as the number 20260503: differences of these, cut to the ten-thousands, are ages in years."""
    year, month, of_month = (
        exp.Extract(this=exp.var(part), expression=own(value)) for part in ("YEAR", "MONTH", "DAY")
    )
    return plus([times(year, whole(10_000)), times(month, whole(100)), of_month])


def between(value: Expression, first: Expression, last: Expression) -> Expression:
    """Whether a value is in a range, both ends included."""
    return exp.Between(this=own(value), low=own(first), high=own(last))


def compare(kind: type[exp.Binary], left: Expression, right: Expression) -> Expression:
    """`left < right`, say, with `exp.LT`."""
    return kind(this=own(left), expression=own(right))


def is_empty(value: Expression) -> Expression:
    """Whether there is no value."""
    return exp.Is(this=own(value), expression=exp.Null())


def is_there(value: Expression) -> Expression:
    """Whether there is a value."""
    return exp.Not(this=is_empty(value))


def all_of(conditions: Iterable[Expression]) -> Expression:
    """Whether all hold; of none at all true."""
    given = [own(condition) for condition in conditions]
    return exp.and_(*given, copy=False) if given else exp.true()


def any_of(conditions: Iterable[Expression]) -> Expression:
    """Whether any holds; of none at all false."""
    given = [own(condition) for condition in conditions]
    return exp.or_(*given, copy=False) if given else exp.false()


def negated(condition: Expression) -> Expression:
    """Whether it does not hold."""
    return exp.not_(own(condition), copy=False)


def case(condition: Expression, then: Expression, otherwise: Expression | None = None) -> Expression:
    """`then` where the condition holds, else `otherwise`, else empty."""
    branch = exp.If(this=own(condition), true=own(then))
    return exp.Case(ifs=[branch], default=None if otherwise is None else own(otherwise))


def either(value: Expression, otherwise: Expression) -> Expression:
    """The value, or the other where it is empty."""
    return exp.Coalesce(this=own(value), expressions=[own(otherwise)])


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
        total = own(value) if total is None else exp.Add(this=total, expression=own(value))
    return whole(0) if total is None else total


def minus(left: Expression, right: Expression) -> Expression:
    """The difference."""
    return exp.Sub(this=own(left), expression=exp.Paren(this=own(right)))


def times(left: Expression, right: Expression) -> Expression:
    """The product."""
    return exp.Mul(this=exp.Paren(this=own(left)), expression=exp.Paren(this=own(right)))


def total(value: Expression) -> Expression:
    """The sum over rows."""
    return exp.Sum(this=own(value))


def least(value: Expression) -> Expression:
    """The smallest over rows."""
    return exp.Min(this=own(value))


def greatest(value: Expression) -> Expression:
    """The greatest over rows."""
    return exp.Max(this=own(value))


def named(value: Expression, name: str) -> Expression:
    """A value under a name."""
    return exp.Alias(this=own(value), alias=exp.to_identifier(name))
