"""Drivers: what may come otherwise than planned, and how far."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Exact, spelled

Driver = Literal[
    "efficiency delivered", "savings delivered", "months late", "cost that stays", "unmet demand", "investment made"
]
"""What may differ beside the growth rates, which are called by their own id.

efficiency delivered, savings delivered: shares of what is planned. months late: savings start that much later.
cost that stays: the share of saved cost that cannot leave. unmet demand: cost that better access brings to light, as
a share of the grown base. investment made: the share of the planned investment that comes on top.
"""

NEUTRAL: Mapping[str, int] = {
    "efficiency delivered": 1,
    "savings delivered": 1,
    "months late": 0,
    "cost that stays": 0,
    "unmet demand": 0,
    "investment made": 0,
}
"""The values under which the case is as it is written. A growth rate moves by 0."""

_SHARES = ("cost that stays", "unmet demand")


class Range(Written):
    """How far a driver may go: `low`, `likely`, `high`; draws are triangular between them.

    For a growth rate the numbers are added to the rate of each year: `low: -0.5 %`.
    """

    driver: str
    low: Exact
    likely: Exact
    high: Exact
    why: str | None = None
    source: str

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.likely <= self.high or self.low == self.high:
            shown = ", ".join(spelled(value) for value in (self.low, self.likely, self.high))
            raise wrong(f"{shown} for low, likely and high", "write them in rising order, low below high")
        if self.driver in NEUTRAL and self.low < 0:
            raise wrong(f"{spelled(self.low)}", f"'{self.driver}' is 0 or more", "low")
        if self.driver in _SHARES and self.high > 1:
            raise wrong(f"{spelled(self.high * 100)} %", f"'{self.driver}' is 100 % at most", "high")
        return self
