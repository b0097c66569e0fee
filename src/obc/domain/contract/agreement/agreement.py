"""The agreement: who contracts with whom, for how long, in which currency, and what was varied since."""

from collections.abc import Iterator
from datetime import date
from typing import Self

from pydantic import Field, model_validator

from obc.domain.contract.agreement.calendar import Calendar
from obc.domain.contract.agreement.change import Change
from obc.domain.contract.agreement.finding import first_twice
from obc.domain.contract.agreement.party import HOLDER, Commissioner, Parties, Provider, Signatory, Structure, Text
from obc.domain.contract.agreement.term import Term
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.money import Currency
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong


class Variation(Written):
    """A change of the contract that all parties agreed. The folder holds the contract as varied.

    `before` says what stood there, so that a past settlement can be run again as the contract was then. Figures need
    none: their history has the day on which each value was agreed.
    """

    id: Slug
    agreed: date
    effective: date
    changes: Text = Field(description="what changed, in plain words")
    before: tuple[Change, ...] = ()
    source: Text | None = None


class Agreement(Written):
    """What `contract.yaml` says. Its other files say what matters, how it is measured and what is paid."""

    id: Slug
    title: Text
    summary: Text | None = None
    structure: Structure
    commissioners: tuple[Commissioner, ...] = Field(min_length=1)
    parties: Parties
    signatories: tuple[Signatory, ...] = ()
    term: Term
    currency: Currency
    calendar: Calendar | None = None
    variations: tuple[Variation, ...] = ()
    source: Text | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for finding in self._unsound():
            raise wrong(*finding[:2], *finding[2])
        return self

    def _unsound(self) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
        if not self.term.years.years:
            yield "a term of no years", "write how many years the contract lasts", ("term", "years")
        seen: set[str] = set()
        for name, at in self._named():
            if name in seen:
                yield f"'{name}' twice among the parties", "name each once", at
            seen.add(name)
        if twice := first_twice(signatory.party for signatory in self.signatories):
            yield f"two keys of '{self.signatories[twice].party}'", "give one key a party", ("signatories", twice)
        if twice := first_twice(variation.id for variation in self.variations):
            found = f"'{self.variations[twice].id}' twice among the variations"
            yield found, "give each an id of its own", ("variations", twice, "id")

    def _named(self) -> Iterator[tuple[str, tuple[str | int, ...]]]:
        for i, commissioner in enumerate(self.commissioners):
            yield commissioner.id, ("commissioners", i, "id")
        for i, provider in enumerate(self.parties.named):
            yield provider.id, ("parties", i, "id")

    @property
    def providers(self) -> tuple[Provider, ...]:
        """The named providers; none where they come from the values."""
        return self.parties.named

    @property
    def holder(self) -> Provider | None:
        """The provider that holds the contract, where one does: lead provider, integrator or the single one."""
        role = HOLDER[self.structure]
        return next((provider for provider in self.providers if role and provider.role == role), None)

    @property
    def party_ids(self) -> tuple[str, ...]:
        """The ids of commissioners and named providers."""
        return tuple(name for name, _ in self._named())
