"""The joint analysis of causes: both sides say why it happened, and agree on it, before any sanction."""

from datetime import date
from fractions import Fraction
from typing import Self

from pydantic import Field, model_validator

from obc.domain.contract.variations.proposal import Consent
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Exact, spelled

NOBODY = "nobody"
"""Whom a cause lies with that no party could help."""


class Cause(Written):
    """One cause. `lies with`: the party that could have helped it, or `nobody`; `part`: how much of it is explained."""

    what: Text
    lies_with: Slug
    part: Exact = Field(gt=0, le=1)
    evidence: Text


class Analysis(Written):
    """What both sides found. Its parts add up to the whole; a new analysis starts without consents."""

    causes: tuple[Cause, ...] = Field(min_length=1)
    drawn_up_by: Slug
    on: date
    agreed: tuple[Consent, ...] = ()

    @model_validator(mode="after")
    def _the_whole(self) -> Self:
        total = sum((cause.part for cause in self.causes), Fraction(0))
        if total != 1:
            raise wrong(f"parts of {spelled(total * 100)} %", "the parts of all causes add up to 100 %", "causes")
        return self

    def part_of(self, party: str) -> Fraction:
        """How much of it lies with a party."""
        return sum((cause.part for cause in self.causes if cause.lies_with == party), Fraction(0))

    def agreed_between(self, one: set[str], other: set[str]) -> bool:
        """Whether somebody of each side has agreed."""
        parties = {consent.party for consent in self.agreed}
        return bool(parties & one and parties & other)
