"""Each option against the best alternative, losses included: what a case opens with."""

from pydantic import BaseModel, ConfigDict

from obc.domain.money.finance.projection import OPTIONS, Projection


class Compared(BaseModel):
    """An option over the projected years, beside the cheapest of the others.

    `difference_minor`: what it costs more (less, where negative) altogether; `by_year_minor`: year by year.
    `dearer_in`: the years in which it costs more.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    option: str
    total_minor: int
    best_alternative: str
    difference_minor: int
    by_year_minor: tuple[int, ...]
    dearer_in: tuple[str, ...]


def compared(projection: Projection) -> tuple[Compared, ...]:
    """The options, cheapest first. The base year is common to all and left out."""
    totals = {name: sum(projection.option(name)[1:]) for name in OPTIONS}
    return tuple(_compared(projection, name, totals) for name in sorted(OPTIONS, key=lambda name: totals[name]))


def _compared(projection: Projection, name: str, totals: dict[str, int]) -> Compared:
    other = min((one for one in OPTIONS if one != name), key=lambda one: totals[one])
    apart = [a - b for a, b in zip(projection.option(name)[1:], projection.option(other)[1:], strict=True)]
    return Compared(
        option=name,
        total_minor=totals[name],
        best_alternative=other,
        difference_minor=sum(apart),
        by_year_minor=tuple(apart),
        dearer_in=tuple(year for year, one in zip(projection.years[1:], apart, strict=True) if one > 0),
    )
