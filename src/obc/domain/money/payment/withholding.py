"""What the contract says of withholding: how much of what is due may be kept back, and where it goes if it is lost."""

from typing import Annotated

from pydantic import Field, StringConstraints

from obc.domain.core.kernel.figure import Written, WrittenFigure
from obc.domain.money.payment.settle import PAYER
from obc.domain.money.payment.split import Shares, sole


class WithholdingClause(Written):
    """Without it nothing may be withheld. `most`: the share of a year's payable amount, all sanctions together."""

    most: WrittenFigure
    retained_by: Shares = Field(default_factory=lambda: sole(PAYER))
    source: Annotated[str, StringConstraints(min_length=1)]
