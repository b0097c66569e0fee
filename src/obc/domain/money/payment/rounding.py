"""Round: a rounding point. Nothing is rounded anywhere else."""

from typing import Annotated

from pydantic import Field

from obc.domain.core.kernel.rate import Rounding
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.domain.outcomes.scoring.step import Operand, Read, Step, Tell

PENNY = 2
"""Decimal places of the minor unit in the major one."""


class Round(Step):
    """A value rounded to `places` decimals: money is in pounds here, so 2 places are pence, −3 whole thousands."""

    round: Operand
    places: Annotated[int, Field(ge=-12, le=12)]
    mode: Rounding

    def work(self, read: Read) -> Evidenced:
        """See the class."""
        value = read(self.round)
        return Evidenced(value.values.rounded(self.places, self.mode), value.states)

    def sentence(self, tell: Tell) -> str:
        """See `Step`."""
        return f"{tell(self.round)} rounded {self.mode} to {self.places} decimal places"
