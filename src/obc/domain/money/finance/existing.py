"""The contracts of today: who holds how many, when they end, and by when they must be ended."""

from datetime import date
from fractions import Fraction

from pydantic import Field

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.period import Length


class ExistingContract(Written):
    """One contract of today, the services under it and who holds it."""

    id: Slug
    services: tuple[Slug, ...] = Field(min_length=1)
    provider: Slug
    ends: date | None = Field(default=None, description="where it ends otherwise than the rest")
    source: str | None = None


class Arrangements(Written):
    """What is contracted today: when contracts `end` and what `notice` they need, unless one says otherwise.

    `contracts stated` and `providers stated`: how many a source says there are.
    """

    contracts_stated: int = Field(ge=0)
    providers_stated: int = Field(ge=0)
    ends: date
    notice: Length
    contracts: tuple[ExistingContract, ...]
    source: str | None = None

    @property
    def providers(self) -> tuple[str, ...]:
        """Everybody who holds a contract, in alphabetical order."""
        return tuple(sorted({contract.provider for contract in self.contracts}))

    @property
    def notice_by(self) -> date:
        """The last day to give notice of a contract that ends with the rest."""
        return (-self.notice).after(self.ends)

    @property
    def concentration(self) -> Fraction:
        """The Herfindahl index of contracts by provider: 1 where one holds all, 1/n where n hold one each."""
        held = [sum(contract.provider == provider for contract in self.contracts) for provider in self.providers]
        return Fraction(sum(size * size for size in held), sum(held) ** 2 or 1)
