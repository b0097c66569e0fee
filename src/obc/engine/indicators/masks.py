"""Masks: one bit a period, so that one row a unit answers for all periods at once.

A truth is two masks, the periods in which the answer is yes and those in which it is no; in the others it is
unknown. Three-valued logic is then plain bit arithmetic.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from sqlglot import exp

from obc.engine.indicators.expressions import Expression, case, either, minus, own, plus, whole

MOST_PERIODS = 60
"""How many periods one mask holds: the bits of a signed 64-bit integer, with room to spare."""


@dataclass(frozen=True)
class Truth:
    """The periods in which the answer is yes, and those in which it is no."""

    yes: Expression
    no: Expression

    @property
    def opposite(self) -> "Truth":
        """Yes for no and no for yes."""
        return Truth(self.no, self.yes)


def both(left: Expression, right: Expression) -> Expression:
    """The periods in both masks."""
    return exp.BitwiseAnd(this=exp.Paren(this=own(left)), expression=exp.Paren(this=own(right)))


def _joined(left: Expression, right: Expression) -> Expression:
    return exp.BitwiseOr(this=exp.Paren(this=own(left)), expression=exp.Paren(this=own(right)))


def in_any(masks: Iterable[Expression]) -> Expression:
    """The periods in any of the masks."""
    return reduce(_joined, masks)


def every(truths: Sequence[Truth], full: Expression) -> Truth:
    """Yes where all are yes, no where any is no; of none at all yes."""
    if not truths:
        return Truth(full, whole(0))
    return Truth(reduce(both, (truth.yes for truth in truths)), in_any(truth.no for truth in truths))


def some(truths: Sequence[Truth]) -> Truth:
    """Yes where any is yes, no where all are no."""
    return Truth(in_any(truth.yes for truth in truths), reduce(both, (truth.no for truth in truths)))


def where(conditions: Iterable[tuple[Expression, Expression]]) -> Expression:
    """The mask of the bits whose condition holds. Bits must differ."""
    return plus(case(condition, bits, whole(0)) for condition, bits in conditions)


def gathered(mask: Expression) -> Expression:
    """All bits that any row has."""
    return exp.BitwiseOrAgg(this=own(mask))


def certain(yes: Expression, full: Expression) -> Truth:
    """A truth that is never unknown: nothing found is a no."""
    found = either(yes, whole(0))
    return Truth(found, minus(full, found))


def bit(mask: Expression, number: int) -> Expression:
    """1 where the bit is set, else 0."""
    shifted = exp.BitwiseRightShift(this=exp.Paren(this=own(mask)), expression=whole(number)) if number else mask
    return exp.Paren(this=exp.BitwiseAnd(this=exp.Paren(this=own(shifted)), expression=whole(1)))
