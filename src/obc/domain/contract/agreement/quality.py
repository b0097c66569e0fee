"""The quality schedule: the vision that the contract serves, and what all parties expect of the quality of care."""

from typing import Self

from pydantic import Field, model_validator

from obc.domain.contract.agreement.finding import first_twice
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.period import Length
from obc.domain.core.kernel.problem import wrong


class Principle(Written):
    """One component of the operating model: how care is to work, whoever gives it."""

    title: Text
    says: Text
    source: Text


class Follows(Written):
    """A service that is in the contract's scope because of the vision."""

    service: Slug
    because: Text


class Vision(Written):
    """Where the contract is to lead, how care works then, and what has to be in scope for that."""

    end_state: Text
    by: Text = Field(description="when it is to be reached, as '2019/20'")
    changes: tuple[Text, ...] = Field(min_length=1)
    operating_model: tuple[Principle, ...] = Field(min_length=1)
    scope_that_follows: tuple[Follows, ...] = ()
    source: Text


class Expectation(Written):
    """One quality expectation: what is expected, who answers for it, what shows it, how often it is reviewed."""

    id: Slug
    title: Text
    expects: Text
    owner: Text = Field(description="the office that answers for it, never a person's name")
    evidence: tuple[Text, ...] = Field(min_length=1)
    reviewed_every: Length
    source: Text


class QualitySchedule(Written):
    """`quality.yaml`: part of the contract. A payment may cite an expectation by its id."""

    vision: Vision | None = None
    expectations: tuple[Expectation, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if twice := first_twice(self.ids):
            found = f"'{self.ids[twice]}' twice"
            raise wrong(found, "give each expectation an id of its own", "expectations", twice, "id")
        return self

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all expectations, in their order."""
        return tuple(one.id for one in self.expectations)
