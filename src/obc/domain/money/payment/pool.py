"""Pool: an account that is filled, earned from and emptied; no penny stays behind."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.rate import ZERO, greater, lesser
from obc.domain.money.payment.split import Shares, shared_out
from obc.domain.outcomes.scoring.evidenced import Evidenced, weakest
from obc.domain.outcomes.scoring.step import Operand, Read, Step, Tell

Rule = Literal["back to the payer", "over to next year"]


class Reinvested(Written):
    """The unearned part goes into named services."""

    reinvested_in: Shares


class Redistributed(Written):
    """The unearned part of all who are settled together goes to all of them, in proportion to a value of each.

    Where nobody's value is above zero, it goes back to the payer.
    """

    redistributed_by: Operand


def _kind(given: Any) -> str:
    if isinstance(given, Redistributed) or (isinstance(given, dict) and "redistributed by" in given):
        return "redistributed"
    return "rule" if isinstance(given, str) else "reinvested"


Unearned = Annotated[
    Annotated[Rule, Tag("rule")]
    | Annotated[Reinvested, Tag("reinvested")]
    | Annotated[Redistributed, Tag("redistributed")],
    Discriminator(_kind),
]
"""Where the unearned part goes: a rule, services with their shares, or the other parties."""


class Pool(Step):
    """A pot, and what is earned from it: never less than nothing, never more than it holds.

    What is `unearned` follows its rule, so that the pot is empty at the end. The step's value is what is earned;
    later steps can name `size of …` and `unearned of …`.
    """

    pool: Operand
    earned: Operand
    unearned: Unearned

    def work(self, read: Read) -> Evidenced:
        """What is earned."""
        size, earned = read(self.pool), read(self.earned)
        return Evidenced(greater(lesser(earned.values, size.values), ZERO), weakest(size, earned))

    def parts(self, read: Read, result: Evidenced) -> tuple[tuple[str, Evidenced], ...]:
        """The size of the pot, and what is not earned of it."""
        size = read(self.pool)
        unearned = Evidenced(size.values - result.values, result.states)
        return ((f"size of {self.step}", size), (f"unearned of {self.step}", unearned))

    def sentence(self, tell: Tell) -> str:
        """See `Step`."""
        match self.unearned:
            case Reinvested(reinvested_in=services):
                rest = f"into {shared_out(services)}"
            case Redistributed(redistributed_by=by):
                rest = f"to all parties by {tell(by)}"
            case rule:
                rest = rule
        return f"from a pot of {tell(self.pool)}, {tell(self.earned)} is earned; the rest goes {rest}"
