"""The case-mix model of a contract: frozen when it is signed, so that nobody fits the yardstick to the result."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from math import exp
from typing import Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.provenance import digest
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.factors import Levels


class Effect(Written):
    """How the log odds of the outcome at a level differ from those at the factor's reference level."""

    level: str
    coefficient: Decimal
    standard_error: Decimal = Field(ge=0)


class FactorEffects(Written):
    """One factor of the model: its reference level, the commonest, and the effect of every other."""

    factor: str
    reference: str
    effects: tuple[Effect, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> Self:
        levels = [self.reference, *(effect.level for effect in self.effects)]
        for i, level in enumerate(levels[1:]):
            if level in levels[: i + 1]:
                raise wrong(f"the level '{level}' twice", "give each level one effect", "effects", i, "level")
        return self

    @property
    def coefficients(self) -> dict[str, Decimal]:
        """The coefficient of each level; nought at the reference."""
        return {self.reference: Decimal(), **{effect.level: effect.coefficient for effect in self.effects}}


class CaseMixModel(Written):
    """How likely the outcome is for a person of each kind, as fitted to the counts of one period.

    `definition` is the digest of what the indicator measured then, `counts` that of the counts by stratum. The chance
    of a person is 1 / (1 + e^−x), where x is the constant and the coefficients of the person's levels together.
    """

    indicator: Slug
    fitted_on: Period
    definition: str
    counts: str
    cases: int = Field(ge=1)
    events: int = Field(ge=0)
    c_statistic: Decimal = Field(ge=0, le=1)
    constant: Decimal
    factors: tuple[FactorEffects, ...] = Field(min_length=1)

    @cached_property
    def _coefficients(self) -> tuple[Mapping[str, Decimal], ...]:
        return tuple(factor.coefficients for factor in self.factors)

    def chance(self, levels: Levels) -> float | None:
        """How likely the outcome is at these levels; None where the model has never seen one of them."""
        known = [held.get(level) for held, level in zip(self._coefficients, levels, strict=True)]
        if None in known:
            return None
        return 1 / (1 + exp(-float(self.constant + sum(one for one in known if one is not None))))

    def strange(self, levels: Levels) -> tuple[str, ...]:
        """The levels that the model has never seen, each with its factor."""
        return tuple(
            f"{factor.factor}: {level}"
            for factor, held, level in zip(self.factors, self._coefficients, levels, strict=True)
            if level not in held
        )


class CaseMix(Written):
    """What `case_mix.yaml` says: a model for each indicator that is adjusted for the mix of people."""

    agreed: date | None = None
    source: str
    models: tuple[CaseMixModel, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Self:
        ids = [model.indicator for model in self.models]
        for i, name in enumerate(ids):
            if name in ids[:i]:
                raise wrong(f"two models of '{name}'", "freeze one model an indicator", "models", i, "indicator")
        return self

    def model(self, indicator: str) -> CaseMixModel | None:
        """The model of an indicator, where it has one."""
        return next((model for model in self.models if model.indicator == indicator), None)


def meaning_of(definition: IndicatorDefinition) -> str:
    """The digest of what a definition measures: not of its title, its reasons and who looks after it."""
    words = {"title", "why", "source", "owner", "review_by"}
    return digest(definition.model_dump(by_alias=True, exclude_none=True, exclude=words))
