"""Pooled budget: several commissioners pay from one purse, each its share."""

from obc.domain.core.kernel.figure import Written
from obc.domain.money.payment.split import AccountName, Shares


class PooledBudget(Written):
    """An account that commissioners fill in shares (a pooled fund under section 75 of the NHS Act 2006, for one).

    Where a step is `paid by` it, the ledger has each of them pay its part by name.
    """

    account: AccountName
    title: str | None = None
    filled_by: Shares
    source: str | None = None
