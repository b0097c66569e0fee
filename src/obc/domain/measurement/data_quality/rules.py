"""The evidence rules of a contract: how good records must be for a value measured from them to count."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from obc.domain.core.kernel.figure import Written, WrittenFigure
from obc.domain.core.kernel.problem import wrong
from obc.domain.measurement.indicators.conditions import column_of

Measure = Literal["completeness", "timeliness", "validity", "consistency"]
"""What is asked of rows: are they all there and filled, sent in time, readable, and without contradiction?"""

MEASURES: tuple[Measure, ...] = ("completeness", "timeliness", "validity", "consistency")


class EvidenceRule(Written):
    """From which share of good rows on a value is final (once its run-out is over) or at least provisional.

    Below `provisional from` it is insufficient: it earns nothing, and is no nought either.
    """

    of: Measure
    final_from: WrittenFigure
    provisional_from: WrittenFigure

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for name in ("final_from", "provisional_from"):
            for entry in getattr(self, name).history:
                if not 0 <= entry.value <= 1:
                    raise wrong(f"{entry.value}", "write a share from 0 % to 100 %", name.replace("_", " "))
        lowest = min(entry.value for entry in self.final_from.history)
        if any(entry.value > lowest for entry in self.provisional_from.history):
            raise wrong(
                f"provisional from {self.provisional_from} and final from {self.final_from}",
                "ask no more of a provisional value than of a final one",
                "provisional from",
            )
        return self


def _column(given: Any) -> Any:
    if isinstance(given, str):
        column_of(given)
    return given


Path = Annotated[str, BeforeValidator(_column)]
"""A column of a logical table: `contacts.happened_at`."""


class EvidenceRules(Written):
    """What `evidence.yaml` says.

    `judged from`: fewer rows of a table than this say nothing, for one bad row among three is no sign. `needed`: the
    columns that must be filled beside those without which no row can be used.
    """

    judged_from: WrittenFigure
    needed: tuple[Path, ...] = ()
    rules: tuple[EvidenceRule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Self:
        measures = [rule.of for rule in self.rules]
        for i, name in enumerate(measures):
            if name in measures[:i]:
                raise wrong(f"two rules of {name}", "write one rule of each", "rules", i, "of")
        return self

    def needed_of(self, table: str) -> tuple[str, ...]:
        """The columns of a table that must be filled beyond the required ones."""
        return tuple(path.partition(".")[2] for path in self.needed if path.partition(".")[0] == table)
