"""People missing: a gap between groups in people, not in points of a per cent."""

import math
from fractions import Fraction
from typing import Literal

from obc.domain.measurement.indicators.values import IndicatorValue


def people_missing(
    group: IndicatorValue, whole: IndicatorValue, direction: Literal["higher is better", "lower is better"]
) -> int | None:
    """How many more (or, where lower is better, fewer) of a group would count if it fared as everybody does.

    0 where the group fares as well or better. None where either is no proportion with both counts. The result is
    rounded up: half a person more is a person more.
    """
    if group.measure != "proportion" or whole.measure != "proportion":
        return None
    if group.numerator is None or whole.numerator is None or not group.denominator or not whole.denominator:
        return None
    fair = Fraction(whole.numerator) / Fraction(whole.denominator) * Fraction(group.denominator)
    short = fair - Fraction(group.numerator)
    return max(0, math.ceil(short if direction == "higher is better" else -short))
