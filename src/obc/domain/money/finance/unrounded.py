"""Which amounts, not yet rounded, a printed projection could have been made from."""

from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.money.finance.amount import MINOR, minor
from obc.domain.money.finance.finance import Finance
from obc.domain.money.finance.projection import exactly

_HALF = Fraction(MINOR * 1_000, 2)
"""A printed thousand may stand for half a thousand more or less."""


class UnroundedBase(BaseModel):
    """The bases in scope (minor units) that give every printed figure of the projection, from the least to the most."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    least_minor: int
    most_minor: int


def unrounded_base(finance: Finance) -> UnroundedBase | None:
    """The range of bases that explain a printed projection; None where none does, or none is printed.

    Growth, efficiency savings and outcomes-based savings stay as the file has them; only the base may move.
    """
    found = exactly(finance, {})
    taken_off = {
        "do nothing": [Fraction(0)] * len(found.do_nothing),
        "do nothing with efficiency": [year[0] for year in found.efficiency_savings],
        "outcomes based": [
            saved[0] - extra[0] for saved, extra in zip(found.outcomes_savings, found.outcomes_extra, strict=True)
        ],
    }
    lows, highs = [], []
    for line in finance.printed:
        if line.line not in taken_off:
            continue
        for printed, off, index in zip(line.amounts, taken_off[line.line], finance.indices, strict=True):
            lows.append((printed + off - _HALF) / index)
            highs.append((printed + off + _HALF) / index)
    if not lows or max(lows) > min(highs):
        return None
    return UnroundedBase(least_minor=minor(max(lows)), most_minor=minor(min(highs)))
