"""What the contract says of withholding: how much of what is due may be kept back, and where it goes if it is lost."""

from fractions import Fraction
from typing import Annotated

import numpy as np
from pydantic import Field, StringConstraints

from obc.domain.core.kernel.figure import Written, WrittenFigure
from obc.domain.money.payment.settle import PAYER
from obc.domain.money.payment.split import Shares, sole


class WithholdingClause(Written):
    """Without it nothing may be withheld. `most`: the share of a year's payable amount, all sanctions together."""

    most: WrittenFigure
    retained_by: Shares = Field(default_factory=lambda: sole(PAYER))
    source: Annotated[str, StringConstraints(min_length=1)]

    def allowed(self, year: int) -> Fraction:
        """The most that may be withheld of a year; 0 before the first year it holds for."""
        most, known = self.most.at(np.array([year]))
        return most[0] if known[0] else Fraction(0)
