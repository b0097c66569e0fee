"""A scenario: what if the contract said something else, or the rest of the year went otherwise."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from obc.domain.contract.agreement.change import Change
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Exact
from obc.domain.measurement.indicators.values import ALL

Text = Annotated[str, StringConstraints(min_length=1)]


class Turn(Written):
    """What is still to come of an indicator turns out so many `times` as high as what is known of it."""

    indicator: Slug
    segment: Slug = ALL
    times: Exact = Field(ge=0, le=10)


class Scenario(Written):
    """A difference on a contract and its values. Nobody agreed it; it is never part of the contract's folder."""

    title: Text
    source: Text
    contract: tuple[Change, ...] = ()
    rest_of_year: tuple[Turn, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.contract and not self.rest_of_year:
            raise wrong("a scenario that changes nothing", "give it 'contract' or 'rest of year'")
        turns = [(turn.indicator, turn.segment) for turn in self.rest_of_year]
        if len(set(turns)) < len(turns):
            raise wrong("an indicator and segment that turn twice", "say once how each turns out")
        return self
