"""Savings delivered through contracts (QIPP): what was planned, what came, and how sure that is."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from obc.domain.core.kernel.figure import Written, Year
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.money.finance.amount import Amount


class Saving(Written):
    """One scheme in one contract and year. Without a figure of what was delivered it is not due yet, or missing."""

    id: Slug
    contract: Slug
    title: Text
    year: Year
    planned: Amount
    delivered: Amount | None = None
    evidence: Evidence = Evidence.NOT_DUE
    source: Text

    @model_validator(mode="after")
    def _evidenced(self) -> Self:
        if (self.delivered is not None) != self.evidence.usable:
            found = f"'{self.evidence.value}' {'with' if self.delivered is not None else 'without'} a figure"
            raise wrong(found, "a figure is provisional or final; without one it is not due or missing", "evidence")
        return self


class SavingsYear(BaseModel):
    """A contract's savings in one year. Missing is never nothing: `known_of` is the plan of what is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    contract: str
    year: int
    planned_minor: int
    known_of_minor: int
    delivered_minor: int
    short_minor: int
    share: Fraction | None
    evidence: Evidence


def against_plan(savings: Sequence[Saving]) -> tuple[SavingsYear, ...]:
    """By contract and year, in that order. `short`: how much of the plan that is known of did not come."""
    rows = []
    for contract, year in sorted({(one.contract, one.year) for one in savings}):
        own = [one for one in savings if (one.contract, one.year) == (contract, year)]
        known = [one for one in own if one.delivered is not None]
        planned = sum(one.planned for one in known)
        came = sum(one.delivered or 0 for one in known)
        rows.append(
            SavingsYear(
                contract=contract,
                year=year,
                planned_minor=sum(one.planned for one in own),
                known_of_minor=planned,
                delivered_minor=came,
                short_minor=planned - came,
                share=Fraction(came, planned) if planned else None,
                evidence=Evidence.weakest(*(one.evidence for one in own)),
            )
        )
    return tuple(rows)
