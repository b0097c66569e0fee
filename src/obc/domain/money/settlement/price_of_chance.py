"""The price of chance: what a contract would pay over its years if nothing changed at all."""

from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.money import Currency, Minor, split
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.settlement.point_value import point_value
from obc.domain.outcomes.monitoring.chance import YearChance


class YearPrice(BaseModel):
    """A year's chances, and what they cost. Money is None where a point has no one value.

    `by_level_minor` and `bonus_minor` add up to `for_chance_minor`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    chance: YearChance
    point_value_minor: Minor | None = None
    to_be_had_minor: Minor | None = None
    for_chance_minor: Minor | None = None
    by_level_minor: tuple[Minor, Minor, Minor] | None = None
    bonus_minor: Minor | None = None


class PriceOfChance(BaseModel):
    """All agreed years. `within`: the chance up to which a threshold counts as sound; `assumed`: cases of everything.

    Totals are None where one year's money is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    contract: str
    title: str
    currency: Currency
    within: float
    assumed: int | None
    years: tuple[YearPrice, ...]

    @property
    def to_be_had_minor(self) -> int | None:
        """All that could be earned."""
        return _sum([year.to_be_had_minor for year in self.years])

    @property
    def for_chance_minor(self) -> int | None:
        """What is expected to be paid with no real change."""
        return _sum([year.for_chance_minor for year in self.years])

    @property
    def dearest(self) -> YearPrice | None:
        """The first of the years in which most points go to chance."""
        return max(self.years, key=lambda year: year.chance.points_for_chance, default=None)


def priced(chance: YearChance, mechanism: Mechanism | None) -> YearPrice:
    """The year's expected points as money, through the contract's own mechanism."""
    worth = point_value(mechanism, chance.points_available, chance.year) if mechanism else None
    if worth is None:
        return YearPrice(chance=chance)
    parts = [Fraction(points) for points in (*chance.by_level, chance.bonus_for_chance)]
    total = round(sum(parts) * worth)
    good, improved, excellent, bonus = split(total, parts) if any(parts) else (0, 0, 0, 0)
    return YearPrice(
        chance=chance,
        point_value_minor=round(worth),
        to_be_had_minor=round(chance.points_available * worth),
        for_chance_minor=total,
        by_level_minor=(good, improved, excellent),
        bonus_minor=bonus,
    )


def _sum(amounts: list[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if amounts and len(known) == len(amounts) else None
