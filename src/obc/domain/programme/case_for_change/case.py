"""The case for change, worked out: every figure that a business case shows comes from here."""

from pydantic import BaseModel, ConfigDict

from obc.domain.money.finance.finance import Finance
from obc.domain.money.finance.printed import PrintedCheck
from obc.domain.money.finance.projection import Projection, printed_check, projected
from obc.domain.programme.case_for_change.comparison import Compared, compared
from obc.domain.programme.case_for_change.ledger import Ledger, ledger


class Case(BaseModel):
    """A case for change. Amounts are minor units of `currency`; `options` come cheapest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    contract: str
    title: str
    currency: str
    options: tuple[Compared, ...]
    projection: Projection
    services: Ledger
    printed: PrintedCheck


def worked_out(contract: str, title: str, currency: str, finance: Finance) -> Case:
    """The case that a finance file makes."""
    projection = projected(finance)
    return Case(
        contract=contract,
        title=title,
        currency=currency,
        options=compared(projection),
        projection=projection,
        services=ledger(finance),
        printed=printed_check(finance, projection),
    )
