"""Returns: what the parties hand in for a year beside what is measured, such as what care cost by open book."""

from collections.abc import Mapping
from functools import cached_property
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.provenance import Evidence, digest
from obc.domain.core.kernel.rate import Exact
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.outcomes.scoring.evidenced import Evidenced


class Returned(BaseModel):
    """One figure of a year: which input it fills, how sure it is, and where it comes from.

    Amounts are in the major unit. No value: asked for and not handed in yet.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    figure: str
    value: Exact | None
    evidence: Evidence
    source: str


class Returns(BaseModel):
    """Figures in the order in which they were handed in, one of a name a year."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    figures: tuple[Returned, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> Self:
        keys = [(one.figure, one.year) for one in self.figures]
        for name, year in keys:
            if keys.count((name, year)) > 1:
                raise wrong(f"'{name}' of year {year} twice", "hand in each figure of a year once")
        return self

    @cached_property
    def hash(self) -> str:
        """The digest of the figures."""
        return digest(self)

    def of_year(self, year: int) -> "Returns":
        """Those of one contract year."""
        return Returns(figures=tuple(one for one in self.figures if one.year == year))

    def inputs(self, mechanism: Mechanism) -> Mapping[str, Evidenced]:
        """The inputs of one settlement that ask for a return: what was handed in, or missing."""
        given = {one.figure: one for one in self.figures}
        wanted = [item.input for item in mechanism.inputs if item.from_ == "returns"]
        return {name: _evidenced(given.get(name)) for name in wanted}


NOTHING_RETURNED = Returns()


def _evidenced(one: Returned | None) -> Evidenced:
    if one is None or one.value is None:
        return Evidenced.missing()
    return Evidenced.of([one.value], one.evidence)
