"""Scale: an amount multiplied by need, quality, a share, an index or a deflator."""

from collections.abc import Sequence

from pydantic import Field

from obc.domain.core.kernel.rate import ONE, ZERO, Ratios, choose
from obc.domain.outcomes.scoring.evidenced import Evidenced, select, weakest
from obc.domain.outcomes.scoring.step import Operand, Read, Step, Tell


class Scale(Step):
    """An amount times factors. Where a loss is scaled by other factors than a gain, `losses by` names them.

    A loss is a negative amount. What a factor's evidence lacks, the result lacks; but only on its own side.
    """

    scale: Operand
    by: tuple[Operand, ...] = Field(min_length=1)
    losses_by: tuple[Operand, ...] | None = Field(default=None, min_length=1)

    def work(self, read: Read) -> Evidenced:
        """See the class."""
        amount = read(self.scale)
        result = times(amount, [read(factor) for factor in self.by])
        if self.losses_by is None:
            return result
        losses = times(amount, [read(factor) for factor in self.losses_by])
        return select(amount.values < ZERO, losses, result)

    def sentence(self, tell: Tell) -> str:
        """See `Step`."""
        told = " × ".join([tell(self.scale), *map(tell, self.by)])
        if self.losses_by is None:
            return told
        return f"{told}; a loss is multiplied by {' × '.join(map(tell, self.losses_by))} instead"


def times(amount: Evidenced, factors: Sequence[Evidenced]) -> Evidenced:
    """amount × all factors, on the weakest evidence of them; nothing of something unknown is still nothing known."""
    product: Ratios = ONE
    for factor in factors:
        product = product * factor.values
    states = weakest(amount, *factors)
    return Evidenced(choose(Evidenced(amount.values, states).known, amount.values * product, ZERO), states)
