"""What a contract document is written from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.transition.readiness import Readiness
from obc.domain.contract.transition.registers import ExpectationNow, PassageNow
from obc.domain.contract.transition.transition import Amendment, Preparation
from obc.domain.contract.variations.proposal import Proposal
from obc.domain.core.kernel.figure import Figure
from obc.domain.core.kernel.money import written
from obc.domain.core.kernel.rate import spelled
from obc.domain.money.payment.mechanism import Unit
from obc.domain.programme.levers.policy import Policy
from obc.reports.names import Names
from obc.reports.wording import shortest


@dataclass(frozen=True)
class Terms:
    """A contract's terms; `sentence` says what an indicator counts."""

    contract: Contract
    sentence: Callable[[str], str]

    @property
    def names(self) -> Names:
        """What people call parties, accounts and segments."""
        return Names(self.contract)

    def money(self, figure: Figure) -> str:
        """A figure of money by year: £1,000,000 from year 1, then £3,000,000 from year 2."""
        return self.figure(figure, "money")

    def figure(self, figure: Figure, unit: Unit = "number") -> str:
        """A figure by year, in its unit."""
        currency = self.contract.agreement.currency
        parts = []
        for entry in figure.history:
            if unit == "money":
                said = written(int(entry.value * 100), currency).removesuffix(".00")
            else:
                said = f"{spelled(entry.value * 100)} %" if unit == "rate" else shortest(entry.value, 4)
            parts.append(f"{said} from year {entry.from_}" if entry.from_ is not None else said)
        return ", then ".join(parts)


@dataclass(frozen=True)
class Material(Terms):
    """A contract as on a day: its terms, and how its registers stand.

    `policy`: the escalation policy of the programme, where one is named.
    """

    on: date
    expectations: tuple[ExpectationNow, ...]
    passages: tuple[PassageNow, ...]
    amendments: tuple[Amendment, ...]
    mobilisation: tuple[Preparation, ...]
    readiness: Readiness
    changes: tuple[Proposal, ...]
    policy: Policy | None


def source_of(source: str | None) -> str:
    """A source as it stands in a table; a dash where there is none."""
    return source or "–"
