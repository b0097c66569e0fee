"""Tables as a source prints them, held against the model: every difference has a name."""

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.figure import Written
from obc.domain.money.finance.amount import Amount, thousands

Line = Literal[
    "spend by scope",
    "do nothing",
    "efficiency savings",
    "do nothing with efficiency",
    "outcomes savings",
    "outcomes based",
    "envelope",
]
"""What a printed line shows. By scope: total, in, later, influence, out. envelope: plan, forecast, envelope. All
others: the base year and the projected years."""


class PrintedLine(Written):
    """A line of a printed table, in whole thousands."""

    line: Line
    amounts: tuple[Amount, ...]
    source: str


class Difference(BaseModel):
    """A printed figure that the model does not give, in thousands."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: str
    column: str
    printed_thousands: int
    model_thousands: int

    @property
    def off(self) -> int:
        """The model's figure less the printed one."""
        return self.model_thousands - self.printed_thousands


class PrintedCheck(BaseModel):
    """How many printed figures were held against the model, and those that differ."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    figures: int
    differences: tuple[Difference, ...]


def compared(printed: tuple[PrintedLine, ...], model: dict[str, tuple[tuple[str, int], ...]]) -> PrintedCheck:
    """Printed lines beside the model's (`model`: by line, columns with their amounts in minor units)."""
    return PrintedCheck(
        figures=sum(len(one.amounts) for one in printed), differences=tuple(_differences(printed, model))
    )


def _differences(
    printed: tuple[PrintedLine, ...], model: dict[str, tuple[tuple[str, int], ...]]
) -> Iterator[Difference]:
    for one in printed:
        for given, (column, amount) in zip(one.amounts, model[one.line], strict=True):
            if thousands(given) != thousands(amount):
                yield Difference(
                    line=one.line,
                    column=column,
                    printed_thousands=thousands(given),
                    model_thousands=thousands(amount),
                )
