"""The transition: how the contracts of today end or go over, who moves with them, and what must be ready by when.

It stands beside the contract, not in it: dates and states move while the contract's terms stay.
"""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from obc.domain.contract.agreement.finding import first_twice
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong

Becomes = Literal["part of the lead contract", "subcontract", "ends", "stays outside"]


class StaffTransfer(Written):
    """Staff who move with a contract (TUPE). `number`: heads, known or estimated; never who they are."""

    number: int = Field(ge=0)
    from_: Slug
    to: Slug
    consulted: date | None = Field(default=None, description="the day on which consultation began")
    source: Text


class Amendment(Written):
    """A staged amendment: indicators and data duties of this contract, for those that renew before they go over."""

    id: Slug
    title: Text
    renews: date
    indicators: tuple[Slug, ...] = Field(min_length=1)
    data_duties: tuple[Text, ...] = Field(min_length=1)
    source: Text


class Passage(Written):
    """One contract of today on its way: what it becomes, notice, staff, and the amendment that it takes on renewal.

    `state` is that of the amendment; without one, of the notice. `notice given`: the day; none: not yet.
    """

    id: Slug
    becomes: Becomes
    amendment: Slug | None = Field(default=None, description="the staged amendment it takes on renewal")
    staff: StaffTransfer | None = None
    state: Literal["to be offered", "offered", "carried", "refused"] = "to be offered"
    notice_given: date | None = None
    source: Text

    @model_validator(mode="after")
    def _carries(self) -> Self:
        if self.amendment is None and self.state != "to be offered":
            raise wrong(f"'{self.state}' without an amendment", "write the amendment, or leave the state out", "state")
        return self

    @property
    def carries(self) -> bool:
        """Whether it carries the staged amendment."""
        return self.state == "carried"


class Preparation(Written):
    """One piece of the mobilisation plan; `for` names the conditions precedent that hang on it."""

    id: Slug
    title: Text
    owner: Slug
    due: date
    for_: tuple[Slug, ...] = ()
    state: Literal["planned", "under way", "done"] = "planned"
    evidence: Text | None = None
    source: Text

    @model_validator(mode="after")
    def _shown(self) -> Self:
        if self.state == "done" and not self.evidence:
            raise wrong("done without evidence", "say what shows it", "evidence")
        return self


class Transition(Written):
    """`transition.yaml`: staged amendments, the passages of today's contracts, the mobilisation plan."""

    amendments: tuple[Amendment, ...] = ()
    contracts: tuple[Passage, ...] = ()
    mobilisation: tuple[Preparation, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        named = (
            ("amendments", [one.id for one in self.amendments]),
            ("contracts", [one.id for one in self.contracts]),
            ("mobilisation", [one.id for one in self.mobilisation]),
        )
        for part, ids in named:
            if twice := first_twice(ids):
                raise wrong(f"'{ids[twice]}' twice", "give each an id of its own", part, twice, "id")
        return self
