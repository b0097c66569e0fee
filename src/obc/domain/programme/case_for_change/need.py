"""The case that is not money: need, variation between practices, and what people say is wrong."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Exact
from obc.domain.money.finance.amount import Share

Kind = Literal["need", "fragmentation", "variation", "measurement", "incentives", "money"]


class Prevalence(Written):
    """How common a condition is here and in England, as shares of the population."""

    condition: str
    here: Share
    england: Share
    source: str

    @property
    def apart(self) -> Fraction:
        """Here less England."""
        return self.here - self.england

    @property
    def relative(self) -> Fraction | None:
        """Here over England; None where there is none in England."""
        return self.here / self.england if self.england else None


class Practice(Written):
    """A practice: how many of its people were referred, of how many on its list."""

    practice: Slug
    referred: int = Field(ge=0)
    people: int = Field(gt=0)

    @model_validator(mode="after")
    def _a_part(self) -> Self:
        if self.referred > self.people:
            raise wrong(
                f"{self.referred:,} of {self.people:,} people", "write no more than are on the list", "referred"
            )
        return self


class Practices(Written):
    """What is counted by practice, and the counts."""

    what: str
    practices: tuple[Practice, ...] = Field(min_length=2)
    source: str


class Problem(Written):
    """One thing that is wrong today: what it is, who said so and what shows it."""

    id: Slug
    says: str
    kind: Kind
    said_by: str
    evidence: str
    source: str


class Variation(BaseModel):
    """How far practices lie apart, and how many of them further than chance explains (99.8 % limits)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: str
    practices: int
    lowest: Exact
    highest: Exact
    overall: Exact
    times: Exact | None
    beyond_chance: tuple[str, ...]
    source: str


def variation(given: Practices) -> Variation:
    """The spread of rates between practices, with the funnel of the Public Health Technical Guidance."""
    from obc.domain.core.statistics.funnel import funnel_limits  # here: SciPy is slow to load, and few need it

    rates = [Fraction(one.referred, one.people) for one in given.practices]
    referred, people = [one.referred for one in given.practices], [one.people for one in given.practices]
    positions = funnel_limits(referred, people).position
    lowest, highest = min(rates), max(rates)
    return Variation(
        what=given.what,
        practices=len(rates),
        lowest=lowest,
        highest=highest,
        overall=Fraction(sum(referred), sum(people)),
        times=highest / lowest if lowest else None,
        beyond_chance=tuple(_beyond(given, positions.tolist())),
        source=given.source,
    )


def _beyond(given: Practices, positions: list[int]) -> Iterator[str]:
    return (one.practice for one, place in zip(given.practices, positions, strict=True) if abs(place) >= _OUTER)


_OUTER = 2
"""Beyond the outer of the two limits."""
